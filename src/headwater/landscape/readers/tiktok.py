"""TikTok videos and comments of the Research API, and minet's tables of videos."""

from headwater.landscape.readers import reading, reasons
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
MINET = Form(
    mark="author_unique_id",
    fields={
        "platform": always("tiktok"),
        "post_id": "id",
        "author": "author_id | author_unique_id",
        "thread": "id",
        "text": "description",
        "posted_at": "timestamp",
        "n_reactions": "digg_count",
        "n_replies": "comment_count",
        "n_shares": "share_count",
        "n_views": "play_count",
    },
    keys=keys("id description author_unique_id digg_count"),
    refuse={
        "is_ad": {"true": reasons.not_a_post("advert")},
        "author_secret": {"true": reasons.NOT_PUBLIC},
    },
)
LAYOUT = Layout(
    "tiktok", (COMMENT, VIDEO, MINET), pages=("data.videos", "data.comments"), tabular=True
)
READER = reading.reader(LAYOUT, "https://developers.tiktok.com/doc/research-api-codebook")
