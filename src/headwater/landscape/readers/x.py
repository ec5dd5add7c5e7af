"""X, once Twitter: API v2 as paged or flattened, API v1.1, and the tables of twarc and minet."""

import re
from typing import Any

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import (
    PAGE,
    Form,
    Get,
    Layout,
    always,
    every,
    keys,
    listed,
    present,
)

RETWEET = re.compile(r"RT @\w+: ")
PROTECTED = {flag: reasons.NOT_PUBLIC for flag in (True, "True", "true")}


def _flattened(tweet: dict[str, Any]) -> list[Any]:
    """Put into a tweet what its page says apart: its author, and the tweets it refers to."""
    page = tweet.get(PAGE)
    if isinstance(page, dict) and isinstance(page.get("includes"), dict):
        users, tweets = _index(page, "users"), _index(page, "tweets")
        author = tweet.get("author_id")
        tweet.setdefault("author", users.get(author) if _is_id(author) else None)
        referred = tweet.get("referenced_tweets")
        if isinstance(referred, list):
            tweet["referenced_tweets"] = [_filled(one, tweets) for one in referred]
    return [tweet]


def _index(page: dict[str, Any], name: str) -> dict[Any, Any]:
    """Give what a page includes by id, made once a page."""
    made: dict[Any, Any] | None = page.get(f"@{name}")
    if made is None:
        items = page["includes"].get(name)
        objects = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
        made = page[f"@{name}"] = {one["id"]: one for one in objects if _is_id(one.get("id"))}
    return made


def _is_id(value: object) -> bool:
    return isinstance(value, str)


def _filled(reference: Any, tweets: dict[Any, Any]) -> Any:
    if isinstance(reference, dict) and _is_id(reference.get("id")):
        return tweets.get(reference["id"], {}) | reference
    return reference


def _texts(get: Get) -> Values:
    """Give the text, whole where it is long; of a retweet the text it passes on."""
    own, referred = get("note_tweet.text | text"), get("referenced_tweets")
    return [
        (shared or {}).get("text", text)
        for text, shared in zip(
            own, (_of_kind(some, "retweeted") for some in referred), strict=True
        )
    ]


def _of_kind(references: object, kind: str) -> dict[str, Any] | None:
    for one in listed(references):
        if isinstance(one, dict) and one.get("type") == kind:
            return one
    return None


def _is_share(get: Get) -> Values:
    return [_of_kind(some, "retweeted") is not None for some in get("referenced_tweets")]


def _parents(get: Get) -> Values:
    found = [_of_kind(some, "replied_to") for some in get("referenced_tweets")]
    return [(one or {}).get("id") for one in found]


V2 = Form(
    mark="author_id",
    fields={
        "platform": always("x"),
        "post_id": "id",
        "author": "author_id",
        "thread": "conversation_id",
        "parent": _parents,
        "links": every("entities.urls", "expanded_url"),
        "text": _texts,
        "posted_at": "created_at",
        "stated_language": "lang",
        "n_reactions": "public_metrics.like_count",
        "n_replies": "public_metrics.reply_count",
        "n_shares": "public_metrics.retweet_count",
        "n_views": "public_metrics.impression_count",
        "is_share": _is_share,
    },
    keys=keys("author_id created_at conversation_id public_metrics"),
    refuse={"author.protected": PROTECTED},
)


def _unescaped(get: Get) -> Values:
    """Give the texts of twarc's table, which writes a line break as a backslash and an n."""
    texts = get("text")
    return [text.replace("\\n", "\n") if isinstance(text, str) else text for text in texts]


def _unmarked(get: Get) -> Values:
    """Give the texts of minet's table, a retweet's without the words that say it is one."""
    pairs = zip(get("text"), get("retweeted_id"), strict=True)
    return [RETWEET.sub("", text, count=1) if of and text else text for text, of in pairs]


TWARC = V2._replace(
    mark="referenced_tweets.retweeted.id",
    fields=V2.fields
    | {
        "parent": "referenced_tweets.replied_to.id",
        "text": _unescaped,
        "is_share": present("referenced_tweets.retweeted.id"),
    },
    keys=keys("id conversation_id referenced_tweets.retweeted.id author_id text created_at"),
)
V1 = Form(
    mark="user",
    fields={
        "platform": always("x"),
        "post_id": "id_str | id",
        "author": "user.id_str | user.id",
        "parent": "in_reply_to_status_id_str | in_reply_to_status_id",
        "links": every("entities.urls", "expanded_url"),
        "text": " | ".join(
            f"{holder}{field}"
            for holder in ("retweeted_status.", "")
            for field in ("extended_tweet.full_text", "full_text", "text")
        ),
        "posted_at": "created_at",
        "stated_language": "lang",
        "n_reactions": "favorite_count",
        "n_replies": "reply_count",
        "n_shares": "retweet_count",
        "is_share": present("retweeted_status"),
    },
    keys=keys("id_str created_at user screen_name retweet_count"),
    refuse={"user.protected": PROTECTED},
)
MINET = Form(
    mark="user_screen_name",
    fields={
        "platform": always("x"),
        "post_id": "id",
        "author": "user_id | user_screen_name",
        "parent": "to_tweetid",
        "links": "links",
        "text": _unmarked,
        "posted_at": "timestamp_utc",
        "stated_language": "lang",
        "n_reactions": "like_count",
        "n_replies": "reply_count",
        "n_shares": "retweet_count",
        "n_views": "impression_count",
        "is_share": present("retweeted_id"),
    },
    keys=keys("id timestamp_utc user_screen_name text to_tweetid retweeted_id"),
)
LAYOUT = Layout(
    name="x",
    # a table of twarc has both marks: its columns stand for the same names
    forms=(TWARC, V2, V1, MINET),
    pages=("data", "statuses"),
    inner=_flattened,
    tabular=True,
)
READER = reading.reader(LAYOUT, "https://docs.x.com/x-api/fundamentals/data-dictionary")
