"""Single posts: what was learnt of each, and the texts of a few, which are kept nowhere."""

from collections.abc import Iterator, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from headwater.landscape.engine.buckets import files_of
from headwater.landscape.engine.parts import ROW_BITS, Job, Learn
from headwater.landscape.engine.repeats import Posts
from headwater.landscape.shapes import PostBatch

Rows = NDArray[np.int64]  # numbers of posts
Words = NDArray[np.uint32]  # numbers of words


def columns(posts: Posts, names: Sequence[str], rows: Rows | None = None) -> pa.Table:
    """Give these columns of posts that are no repeats, and `row`, in the order of `row`.

    Args:
        posts: All posts of a run.
        names: Columns that are kept.
        rows: Numbers of the posts that are asked for; all, if none are given.
    """
    files = [
        path
        for bucket in range(posts.work.n_buckets)
        for path in files_of(posts.work.folder / "posts", bucket)
    ]
    read = (pq.read_table(path, columns=["row", *names], partitioning=None) for path in files)
    found = pa.concat_tables([_chosen(one, rows) for one in read])
    return found.filter(pc.invert(pc.is_in(pc.field("row"), posts.repeats))).sort_by("row")


def _chosen(table: pa.Table, rows: Rows | None) -> pa.Table:
    return table if rows is None else table.filter(pc.is_in(table["row"], pa.array(rows)))


def words(posts: Posts, rows: Rows) -> tuple[Rows, Words]:
    """Give the numbers of the words of these posts, and beside each the row that holds it."""
    found = columns(posts, ("words",), rows)
    lists = pa.concat_arrays(found["words"].chunks)
    held_in = np.repeat(found["row"].to_numpy(), lists.value_lengths().to_numpy())
    return held_in, lists.flatten().to_numpy()


def texts(job: Job, read: Learn, rows: Rows) -> list[str]:
    """Read the texts of these posts once more, in the order of `rows`.

    Args:
        job: that the posts are of.
        read: gives a part's posts as the job's own `learn` does, be it without what steps add.
        rows: numbers of posts.
    """
    parts = [(export, part) for export in job.exports for part in export.parts]
    found: dict[int, str] = {}
    for number in np.unique(rows >> ROW_BITS).tolist():
        places = rows[rows >> ROW_BITS == number] & ((1 << ROW_BITS) - 1)
        taken = _taken(read(*parts[number]), np.sort(places))
        found.update(((number << ROW_BITS) + place, text) for place, text in taken.items())
    return [found[row] for row in rows.tolist()]


def _taken(batches: Iterator[PostBatch], places: Rows) -> dict[int, str]:
    """Give the texts at these rising places of a part."""
    found: dict[int, str] = {}
    before = 0
    for batch in batches:
        rows = batch.rows
        first, end = np.searchsorted(places, (before, before + len(rows)))
        own = places[first:end]
        found.update(zip(own.tolist(), rows["text"].take(own - before).to_pylist(), strict=True))
        before += len(rows)
        if end == len(places):
            break
    return found
