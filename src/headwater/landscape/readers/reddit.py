"""Reddit comments and submissions, as Pushshift and its successors keep them, and listings."""

from typing import Any

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.forms import Form, Layout, always, joined, keys, present, together

GONE = {"[removed]": reasons.REMOVED, "[deleted]": reasons.REMOVED}
CLOSED = {"private": reasons.PRIVATE_CHAT, "employees_only": reasons.PRIVATE_CHAT}
COMMENT = Form(
    mark="body",
    fields={
        "platform": always("reddit"),
        "post_id": joined("t1_{}", "id"),
        "author": "author_fullname | author",
        "community": "subreddit",
        "thread": "link_id",
        "parent": "parent_id",
        "text": "body",
        "posted_at": "created_utc",
        "n_reactions": "score",
    },
    keys=keys("body subreddit link_id created_utc"),
    refuse={"body": GONE, "subreddit_type": CLOSED},
)
SUBMISSION = Form(
    mark="title",
    fields={
        "platform": always("reddit"),
        "post_id": joined("t3_{}", "id"),
        "author": "author_fullname | author",
        "community": "subreddit",
        "thread": joined("t3_{}", "id"),
        "links": "url_overridden_by_dest",
        "text": together("title", "selftext"),
        "posted_at": "created_utc",
        "n_reactions": "score",
        "n_replies": "num_comments",
        "n_shares": "num_crossposts",
        "is_share": present("crosspost_parent"),
    },
    keys=keys("title selftext subreddit created_utc"),
    refuse={
        "selftext": GONE,
        "subreddit_type": CLOSED,
        "promoted": {True: reasons.not_a_post("advert")},
    },
)


def _thing(record: dict[str, Any]) -> list[Any]:
    """Take a listing's thing out of its wrapping."""
    inside = record.get("data")
    return [inside] if isinstance(inside, dict) and "kind" in record else [record]


LAYOUT = Layout("reddit", (COMMENT, SUBMISSION), pages=("data.children",), inner=_thing)
READER = reading.reader(LAYOUT, "https://github.com/reddit-archive/reddit/wiki/JSON")
