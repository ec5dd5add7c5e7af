"""Mastodon statuses, and ActivityStreams 2.0 as any server of the Fediverse writes it."""

import re
from functools import partial
from typing import Any

from headwater.landscape.readers import reading, reasons
from headwater.landscape.readers.blocks import Values
from headwater.landscape.readers.forms import (
    Fields,
    Form,
    Get,
    Layout,
    Refusals,
    Source,
    always,
    beneath,
    every,
    keys,
    present,
)

PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public", "Public")
INSTANCE = re.compile(r"^https?://([^/]+)|@([^/@]+)$")  # in an address, or in name@instance


def _instances(path: str) -> Source:
    """Make a rule that gives the instance on which an account is."""
    return partial(_hosts, path)


def _hosts(path: str, get: Get) -> Values:
    found = [INSTANCE.search(one) if isinstance(one, str) else None for one in get(path)]
    return [one and (one[1] or one[2]).lower() for one in found]


STATUS = Form(
    mark="visibility",
    fields={
        "platform": always("mastodon"),
        "post_id": "uri | id",
        "author": "account.url | account.acct",
        "community": _instances("account.url | account.acct"),
        "parent": "in_reply_to_id",
        "answered_as": "id",  # of the server that was asked, as `in_reply_to_id` is
        "links": "reblog.card.url | card.url",
        "text": "reblog.content | content",
        "posted_at": "created_at",
        "edited_at": "edited_at",
        "stated_language": "reblog.language | language",
        "n_reactions": "favourites_count",
        "n_replies": "replies_count",
        "n_shares": "reblogs_count",
        "is_share": present("reblog"),
    },
    keys=keys("content visibility account created_at"),
    refuse={"visibility": {"direct": reasons.NOT_PUBLIC, "private": reasons.NOT_PUBLIC}},
    markup=True,
)


def _is_public(*fields: object) -> bool:
    named = [one for some in fields for one in (some if isinstance(some, list) else [some])]
    return any(one in PUBLIC for one in named if isinstance(one, str))


def _with_audience(activity: dict[str, Any]) -> list[Any]:
    """Note on an activity whether all the world is among those it is for."""
    if "type" in activity:
        inside = activity.get("object")
        said = activity if "to" in activity or not isinstance(inside, dict) else inside
        activity["@public"] = _is_public(said.get("to"), said.get("cc"))
    return [activity]


def _shared(get: Get) -> Values:
    """Give the text of what is announced; an address alone says nothing."""
    pairs = zip(get("object.content"), get("object"), strict=True)
    return ["" if content is None and isinstance(what, str) else content for content, what in pairs]


NOTE: Fields = {
    "platform": always("mastodon"),
    "post_id": "id",
    "author": "attributedTo",
    "community": _instances("attributedTo"),
    "thread": "conversation | context",
    "parent": "inReplyTo",
    "links": every("attachment", "href"),
    "text": "content",
    "posted_at": "published",
    "edited_at": "updated",
}
NOT_POSTS = {
    "Follow": "follow",
    "Like": "like",
    "Accept": "answer to a follow",
    "Reject": "answer to a follow",
    "Add": "pin",
    "Remove": "pin",
    "Block": "block",
    "Flag": "report",
    "Undo": "undoing",
    "Person": "profile",
}
REFUSE: Refusals = {
    "type": {
        "Delete": reasons.REMOVED,
        "Tombstone": reasons.REMOVED,
        **{kind: reasons.not_a_post(word) for kind, word in NOT_POSTS.items()},
    },
    "@public": {False: reasons.NOT_PUBLIC},
}
CREATE = Form(
    mark="type=Create",
    fields=beneath("object", NOTE)
    | {"platform": always("mastodon"), "author": "actor", "community": _instances("actor")},
    keys=keys("type actor object published"),
    refuse=REFUSE,
    markup=True,
)
UPDATE = CREATE._replace(
    mark="type=Update",
    fields=CREATE.fields | {"edited_at": "object.updated | published"},
)
ANNOUNCE = Form(
    mark="type=Announce",
    fields={
        **NOTE,
        "author": "actor",
        "community": _instances("actor"),
        "parent": "object.id | object",
        "text": _shared,
        "is_share": always(True),
    },
    keys=CREATE.keys,
    refuse=REFUSE,
    markup=True,
)
OBJECT = Form(
    mark="type", fields=NOTE, keys=keys("attributedTo content to type"), refuse=REFUSE, markup=True
)
LAYOUT = Layout(
    name="mastodon",
    forms=(STATUS, CREATE, UPDATE, ANNOUNCE, OBJECT),
    pages=("orderedItems", "statuses", "first.orderedItems"),
    inner=_with_audience,
)
READER = reading.reader(LAYOUT, "https://docs.joinmastodon.org/entities/Status/")
