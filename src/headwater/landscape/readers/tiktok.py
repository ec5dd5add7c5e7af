"""TikTok videos and comments of the Research API."""

from headwater.landscape.readers import reading
from headwater.landscape.readers.forms import Form, Layout, always, keys

COMMENT = Form(
    mark="text",
    fields={
        "platform": always("tiktok"),
        "post_id": "id",
        "thread": "video_id",
        "parent": "parent_comment_id",
        "text": "text",
        "posted_at": "create_time",
        "n_reactions": "like_count",
        "n_replies": "reply_count",
    },
    keys=keys("id video_id text create_time parent_comment_id"),
)
VIDEO = Form(
    mark="video_description",
    fields={
        "platform": always("tiktok"),
        "post_id": "id | video_id",
        "author": "username",
        "thread": "id | video_id",
        "text": "video_description",
        "posted_at": "create_time",
        "n_reactions": "like_count",
        "n_replies": "comment_count",
        "n_shares": "share_count",
        "n_views": "view_count",
    },
    keys=keys("video_description create_time"),
)
LAYOUT = Layout("tiktok", (COMMENT, VIDEO), pages=("data.videos", "data.comments"), tabular=True)
READER = reading.reader(LAYOUT, "https://developers.tiktok.com/doc/research-api-codebook")
