"""Many posts in files, made of the fictional town's texts under new ids."""

import csv
from itertools import cycle, islice
from pathlib import Path

import orjson

from headwater.landscape import sample

HOURS = 90 * 24


def table(folder: Path, n_posts: int) -> Path:
    """Write n posts as NDJSON with ordinary column names; give the file."""
    path = folder / f"posts-{n_posts}.ndjson"
    if path.exists():
        return path
    texts = _texts(folder)
    with path.open("wb") as file:
        for number, text in enumerate(islice(cycle(texts), n_posts)):
            file.write(orjson.dumps(_post(number, text), option=orjson.OPT_APPEND_NEWLINE))
    return path


def _post(number: int, text: str) -> dict[str, object]:
    day, hour = divmod(number * 7919 % HOURS, 24)
    month, day = divmod(day, 30)
    return {
        "id": f"p{number}",
        "author": f"a{number * 2654435761 % 200_003}",
        "created_at": f"2024-{3 + month:02}-{1 + day:02}T{hour:02}:15:00Z",
        "text": text,
        "platform": ("news", "forum", "board")[number % 3],
    }


def _texts(folder: Path) -> list[str]:
    town = folder / "town"
    if not town.exists():
        sample.write(town)
    with (town / "news-comments.csv").open(newline="") as file:
        return [row["text"] for row in csv.DictReader(file) if row["text"]]


def rich(folder: Path, n_posts: int) -> Path:
    """Write n posts of about 2 kB as Bluesky gives them, with much that no reader needs."""
    path = folder / f"rich-{n_posts}.ndjson"
    if path.exists():
        return path
    with path.open("wb") as file:
        for number, text in enumerate(islice(cycle(_texts(folder)), n_posts)):
            file.write(orjson.dumps(_view(number, text), option=orjson.OPT_APPEND_NEWLINE))
    return path


def _view(number: int, text: str) -> dict[str, object]:
    did, at = f"did:plc:{number % 20_003:024}", "2024-03-01T10:15:00.123Z"
    uri, picture = f"at://{did}/app.bsky.feed.post/{number}", f"{number:052}@jpeg"
    card = {"uri": f"https://news.example/{number}", "title": text[:40], "description": text * 2}
    reply = {"parent": {"cid": picture, "uri": f"{uri}p"}, "root": {"cid": picture, "uri": uri}}
    record = {
        "$type": "app.bsky.feed.post",
        "createdAt": at,
        "langs": ["en"],
        "text": text,
        "facets": [{"features": [{"uri": card["uri"]}], "index": {"byteStart": 1, "byteEnd": 9}}],
        "embed": {
            "$type": "app.bsky.embed.external",
            "external": card | {"thumb": {"ref": picture}},
        },
        "reply": reply,
    }
    return {
        "uri": uri,
        "cid": picture,
        "author": {"did": did, "handle": f"p{number}.example", "avatar": picture, "labels": []},
        "record": record,
        "embed": {"$type": "app.bsky.embed.external#view", "external": card | {"thumb": picture}},
        **{f"{kind}Count": number % 7 for kind in ("like", "reply", "repost", "quote")},
        "indexedAt": at,
        "viewer": {"threadMuted": False, "embeddingDisabled": False},
        "labels": [],
    }
