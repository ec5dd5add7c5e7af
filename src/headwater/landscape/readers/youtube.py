"""YouTube comments and threads of them from the Data API v3, and minet's tables."""

from typing import Any

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.forms import Form, Layout, always, keys, together


def _comments(record: dict[str, Any]) -> list[Any]:
    """Give the comments of a thread: the first, with what the thread knows of it, and its answers."""
    snippet, replies = record.get("snippet"), record.get("replies")
    first = snippet.get("topLevelComment") if isinstance(snippet, dict) else None
    if not isinstance(snippet, dict) or not isinstance(first, dict):
        return [record]
    thread = {"@video": snippet.get("videoId"), "@public": snippet.get("isPublic")}
    below = replies.get("comments") if isinstance(replies, dict) else None
    answers = below if isinstance(below, list) else []
    first = first | thread | {"@n_replies": snippet.get("totalReplyCount")}
    return [first, *(one | thread if isinstance(one, dict) else one for one in answers)]


COMMENT = Form(
    mark="snippet",
    fields={
        "platform": always("youtube"),
        "post_id": "id",
        "author": "snippet.authorChannelId.value | snippet.authorChannelUrl",
        "community": "snippet.channelId",
        "thread": "snippet.videoId | @video",
        "parent": "snippet.parentId",
        "text": "snippet.textOriginal | snippet.textDisplay",
        "posted_at": "snippet.publishedAt",
        "edited_at": "snippet.updatedAt",
        "n_reactions": "snippet.likeCount",
        "n_replies": "@n_replies",
    },
    keys=keys("snippet authorChannelId publishedAt textDisplay"),
    refuse={
        "@public": {False: reasons.NOT_PUBLIC},
        "snippet.moderationStatus": {"rejected": reasons.REMOVED, "heldForReview": reasons.REMOVED},
    },
)
MINET_COMMENT = Form(
    mark="comment_id",
    fields={
        "platform": always("youtube"),
        "post_id": "comment_id",
        "author": "author_channel_id",
        "thread": "video_id",
        "parent": "parent_comment_id",
        "text": "text",
        "posted_at": "published_at",
        "edited_at": "updated_at",
        "n_reactions": "like_count",
        "n_replies": "reply_count",
    },
    keys=keys("video_id comment_id author_channel_id text published_at"),
)
MINET_VIDEO = Form(
    mark="video_id",
    fields={
        "platform": always("youtube"),
        "post_id": "video_id",
        "author": "channel_id",
        "community": "channel_id",
        "thread": "video_id",
        "text": together("title", "description"),
        "posted_at": "published_at",
        "n_reactions": "like_count",
        "n_replies": "comment_count",
        "n_views": "view_count",
    },
    keys=keys("video_id title description channel_id published_at"),
)
LAYOUT = Layout(
    name="youtube",
    forms=(COMMENT, MINET_COMMENT, MINET_VIDEO),
    pages=("items",),
    inner=_comments,
    tabular=True,
)
READER = reading.reader(LAYOUT, "https://developers.google.com/youtube/v3/docs/commentThreads")
