"""What the sketch and the analyses of travel need of a town, without the engine."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape import find, scrub
from headwater.landscape.analyses.copies import Groups
from headwater.landscape.shapes import PostBatch
from headwater.landscape.steps import sketch
from headwater.landscape.travel import Posts

KEY = bytes(range(32))
STEP = sketch.step(KEY)
NEEDED = (
    "post_key",
    "edited_at",
    "posted_on",
    "hour",
    "author_key",
    "thread_key",
    "community_key",
    "platform",
    "is_share",
    "sketch",
)


def bare(texts) -> PostBatch:
    rows = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], names=["text"])
    return PostBatch(rows, pa.record_batch([], schema=pa.schema([])))


def sketches(column) -> tuple[np.ndarray, np.ndarray]:
    """Give the sketches there are, m x 64, and the places of their posts."""
    values = column.to_pylist()
    places = np.flatnonzero([one is not None for one in values])
    joined = b"".join(one for one in values if one is not None)
    return np.frombuffer(joined, np.uint8).reshape(-1, 64), places


def sketched(texts) -> tuple[np.ndarray, np.ndarray]:
    return sketches(STEP.run(bare(texts))["sketch"])


def town(folder, timezone) -> pa.Table:
    """Read, scrub and sketch a folder of exports, repeats dropped as the engine does."""
    rules = scrub.Rules(KEY, timezone)
    found = []
    for export in find([str(folder)]):
        for part in export.in_zone(timezone).parts:
            for raw in export.reader.read(part):
                batch = scrub.batch(raw, rules)
                found.append(batch.with_columns(STEP.run(batch)).rows.select([*NEEDED, "text"]))
    rows = pa.Table.from_batches(found)
    edited = [one or 0 for one in rows["edited_at"].cast(pa.int64()).to_pylist()]
    order = np.argsort(edited, kind="stable")
    keys = rows["post_key"].to_pylist()
    last = {keys[place]: place for place in order.tolist()}
    return rows.take(sorted(last.values())).combine_chunks()


def posts(rows: pa.Table) -> Posts:
    """Number what has a name."""
    days = rows["posted_on"].cast(pa.int32()).to_numpy().astype(np.int64)
    names = [pc.unique(rows["platform"]).to_pylist()]
    numbers = [_numbers(rows[f"{one}_key"]) for one in ("author", "thread", "community")]
    return Posts(
        days * 24 + rows["hour"].to_numpy(),
        *numbers,
        np.array([names[0].index(one) for one in rows["platform"].to_pylist()]),
        np.array(rows["is_share"].to_pylist()),
        tuple(names[0]),
    )


def _numbers(keys) -> np.ndarray:
    return np.unique(np.array(keys.to_pylist(), "S16"), return_inverse=True)[1]


def made(hour, author=None, **columns) -> Posts:
    """Give n posts of these hours, each by an author of its own unless said otherwise."""
    hour, n = np.asarray(hour, np.int64), len(hour)
    own = {"author": np.arange(n) if author is None else author, "thread": np.arange(n)}
    rest = {
        "community": np.zeros(n, int),
        "platform": np.zeros(n, int),
        "is_share": np.zeros(n, bool),
    }
    columns = {**own, **rest, **columns}
    platforms = columns.pop("platforms", ("bluesky", "mastodon", "telegram"))
    return Posts(hour, *(np.asarray(one) for one in columns.values()), platforms)


def groups(*members) -> Groups:
    """Give groups of these posts."""
    group = np.repeat(np.arange(len(members)), [len(one) for one in members])
    flat = [post for one in members for post in sorted(one)]
    return Groups(len(members), group.astype(np.int64), np.array(flat, np.int64))


def partition(found: Groups) -> set[frozenset[int]]:
    """Give the groups without their numbers."""
    return {frozenset(found.post[found.group == one].tolist()) for one in range(found.n)}
