"""Reddit comments and submissions, as Pushshift keeps them, as listings, and as minet's tables."""

import re
from functools import partial
from typing import Any

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import (
    Form,
    Get,
    Layout,
    Source,
    always,
    joined,
    keys,
    present,
    together,
)

GONE = {"[removed]": reasons.REMOVED, "[deleted]": reasons.REMOVED}
CLOSED = {"private": reasons.PRIVATE_CHAT, "employees_only": reasons.PRIVATE_CHAT}
NOBODY = frozenset({"[deleted]", "[Deleted]", "[removed]"})
SUBREDDIT = re.compile(r"reddit\.com/r/([^/]+)/comments/([^/]+)")


def _authors(get: Get) -> Values:
    """Give no author where the account is gone: many would become one."""
    return [None if _is_gone(one) else one for one in get("author_fullname | author")]


def _is_gone(author: object) -> bool:
    return isinstance(author, str) and author in NOBODY


def _from_address(path: str, pattern: str) -> Source:
    """Make a rule that writes subreddit and post, as an address has them, into a pattern."""
    return partial(_parts_of, path, pattern)


def _parts_of(path: str, pattern: str, get: Get) -> Values:
    found = [SUBREDDIT.search(one) if isinstance(one, str) else None for one in get(path)]
    return [one and pattern.format(*one.groups()) for one in found]


COMMENT = Form(
    mark="body",
    fields={
        "platform": always("reddit"),
        "post_id": joined("t1_{}", "id"),
        "author": _authors,
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
        "author": _authors,
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


MINET_COMMENT = Form(
    mark="comment_url",
    fields={
        "platform": always("reddit"),
        "post_id": joined("t1_{}", "id"),
        "author": _authors,
        "community": _from_address("comment_url", "{0}"),
        "thread": _from_address("comment_url", "t3_{1}"),
        "parent": joined("t1_{}", "parent"),
        "text": "comment",
        "posted_at": "published_date",
        "edited_at": "edited_date",
    },
    keys=keys("comment_url author id points published_date comment"),
    refuse={"comment": GONE},
)
MINET_POST = Form(
    mark="author_text",
    fields={
        "platform": always("reddit"),
        "post_id": _from_address("url", "t3_{1}"),
        "author": _authors,
        "community": _from_address("url", "{0}"),
        "thread": _from_address("url", "t3_{1}"),
        "links": "external_link",
        "text": together("title", "author_text"),
        "posted_at": "published_date",
        "edited_at": "edited_date",
        "n_replies": "number_comments",
    },
    keys=keys("title url author_text points number_comments published_date"),
    refuse={"author_text": GONE},
)


def _thing(record: dict[str, Any]) -> list[Any]:
    """Take a listing's thing out of its wrapping."""
    inside = record.get("data")
    return [inside] if isinstance(inside, dict) and "kind" in record else [record]


LAYOUT = Layout(
    name="reddit",
    forms=(MINET_COMMENT, MINET_POST, COMMENT, SUBMISSION),
    pages=("data.children",),
    inner=_thing,
    tabular=True,
)
READER = reading.reader(LAYOUT, "https://github.com/reddit-archive/reddit/wiki/JSON")
