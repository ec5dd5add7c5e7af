"""YouTube comments and comment threads of the Data API v3, with the replies inside them."""

from typing import Any

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.forms import Form, Layout, always, keys


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
LAYOUT = Layout("youtube", (COMMENT,), pages=("items",), inner=_comments)
READER = reading.reader(LAYOUT, "https://developers.google.com/youtube/v3/docs/commentThreads")
