"""Posts as a run keeps them on disk: what the engine reads to tell of words and of travel."""

from datetime import date, timedelta

import pyarrow as pa

from headwater.landscape import engine
from headwater.landscape.engine.buckets import Buckets
from headwater.landscape.engine.work import Work
from headwater.landscape.shapes import KEY, TEXT, UTC

WORDS = pa.list_(pa.uint32())
KEPT = {*engine.TRAIL_COLUMNS, *engine.ANSWER_COLUMNS, "words"}


def key(n: int) -> bytes:
    return n.to_bytes(8, "little") + (n * 0x0811111111111111 % (1 << 64)).to_bytes(8, "little")


def written(folder, posts, n_buckets):
    """Write posts as parts do, a part for every third of them."""
    for part in range(3):
        own = [(row, post) for row, post in enumerate(posts) if row % 3 == part]
        if own:
            _write(folder, part, own, n_buckets)
    return engine.posts(Work(folder, b"", n_buckets), ())


def _parent(post):
    return key(post["parent"]) if post.get("parent") is not None else None


def _write(folder, part, own, n_buckets):
    rows, posts = zip(*own, strict=True)
    keys = {
        f"{name}_key": pa.array([key(post[name]) for post in posts], KEY)
        for name in ("author", "thread", "community")
    }
    days = [date(2024, 3, 1) + timedelta(post["day"]) for post in posts]
    links = [[key(link) for link in post["links"]] for post in posts]
    columns = {
        "row": pa.array(rows, pa.int64()),
        **keys,
        "platform": pa.array([post["platform"] for post in posts], TEXT),
        "posted_on": pa.array(days, pa.date32()),
        "hour": pa.array([post["hour"] for post in posts], pa.int8()),
        "is_share": pa.array([post["is_share"] for post in posts]),
        "link_keys": pa.array(links, pa.list_(KEY)),
        "sketch": pa.array([post["sketch"] for post in posts], pa.binary(64)),
        "words": pa.array([post["words"] for post in posts], WORDS),
        "is_hate": pa.array([post.get("is_hate", False) for post in posts], pa.bool_()),
        "language": pa.array([post.get("language", "en") for post in posts], TEXT),
        "post_key": pa.array([key(post["id"]) for post in posts], KEY),
        "answered_key": pa.array([key(post.get("answered_as", post["id"])) for post in posts], KEY),
        "parent_key": pa.array([_parent(post) for post in posts], KEY),
        "edited_at": pa.nulls(len(posts), UTC),
    }
    batch = pa.RecordBatch.from_pydict(columns)
    kept = {
        "posts": ("author_key", ["row", *sorted(KEPT)]),
        "keys": ("post_key", ["row", "post_key", "edited_at"]),
    }
    for name, (by, chosen) in kept.items():
        buckets = Buckets(folder / name, part, n_buckets, by)
        buckets.write(batch.select(chosen))
        buckets.finish()
