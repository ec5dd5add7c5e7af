"""Telegram: the `result.json` that the desktop program exports of one chat.

Source: https://core.telegram.org/import-export
"""

import re
from collections.abc import Sequence

import orjson

from headwater.landscape.sample import ids
from headwater.landscape.sample.exports.lines import Json
from headwater.landscape.sample.posts import Fate, Post
from headwater.landscape.sample.town import TIMEZONE

MARK = re.compile(r"(https://\S+|(?<!\S)@\w+|[\w.]+@[\w.]+\w)")


def town_square(posts: Sequence[Post]) -> bytes:
    """Write the open group in which the whole town may read along."""
    return _chat("Fjordby Torvet", "public_supergroup", 1_500_000_001, posts)


def private_group(posts: Sequence[Post]) -> bytes:
    """Write the closed group, which nobody should have exported."""
    return _chat("Naboer Havnegade", "private_group", 1_500_000_002, posts)


def _chat(name: str, kind: str, number: int, posts: Sequence[Post]) -> bytes:
    chat = {
        "name": name,
        "type": kind,
        "id": number,
        "messages": [
            _service(post) if post.fate == Fate.SERVICE else _message(post) for post in posts
        ],
    }
    return orjson.dumps(chat, option=orjson.OPT_INDENT_2)


def _message(post: Post) -> Json:
    entities = _entities(post.text)
    message = {**_envelope(post, "message"), "from": post.account.name, "from_id": _user(post)}
    if post.edited_at:
        message["edited"] = f"{post.edited_at.astimezone(TIMEZONE):%Y-%m-%dT%H:%M:%S}"
        message["edited_unixtime"] = str(int(post.edited_at.timestamp()))
    if post.parent_id:
        message["reply_to_message_id"] = int(post.parent_id)
    if post.n_likes:
        message["reactions"] = [{"type": "emoji", "count": post.n_likes, "emoji": "👍"}]
    if len(entities) == 1:
        return {**message, "text": post.text, "text_entities": entities}
    mixed = [one["text"] if one["type"] == "plain" else one for one in entities]
    return {**message, "text": mixed, "text_entities": entities}


def _service(post: Post) -> Json:
    joined = {"actor": post.account.name, "actor_id": _user(post), "action": "join_group_by_link"}
    return {**_envelope(post, "service"), **joined, "text": "", "text_entities": []}


def _envelope(post: Post, kind: str) -> dict[str, object]:
    return {
        "id": int(post.post_id),
        "type": kind,
        "date": f"{post.at.astimezone(TIMEZONE):%Y-%m-%dT%H:%M:%S}",
        "date_unixtime": str(int(post.at.timestamp())),
    }


def _user(post: Post) -> str:
    return f"user{ids.number(post.account.handle, 10)}"


def _entities(text: str) -> list[dict[str, str]]:
    return [{"type": _kind(part), "text": part} for part in MARK.split(text) if part]


def _kind(part: str) -> str:
    if not MARK.fullmatch(part):
        return "plain"
    if part.startswith("@"):
        return "mention"
    return "link" if part.startswith("https") else "email"
