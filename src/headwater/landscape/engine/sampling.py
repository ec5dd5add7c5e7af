"""Some of the posts for an analysis to learn from: always the same ones, however they were exported."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from headwater.landscape.engine.buckets import files_of
from headwater.landscape.engine.repeats import Posts

ODD, FURTHER = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93))


def sample(posts: Posts, by: str, columns: Sequence[str], most: int) -> pa.Table:
    """Give `row`, `by` and these columns of at most so many posts that differ in `by`.

    Those with the lowest hashes of it: which they are hangs on nothing else, and what many copied
    is taken once, from the post of the lowest number.

    Args:
        posts: To choose from.
        by: A column of lists of small numbers, a multiple of eight in each.
        columns: What else to give of each.
        most: How many.
    """
    kept: list[pa.Table] = []
    for bucket in range(posts.work.n_buckets):
        for path in files_of(posts.work.folder / "posts", bucket):
            read = pq.read_table(path, columns=["row", by, *columns], partitioning=None)
            own = read.filter(pc.invert(pc.is_in(read["row"], posts.repeats)))
            kept = [_lowest(pa.concat_tables([*kept, own]).sort_by("row"), by, most)]
    return kept[0].combine_chunks()


def values_of(column: pa.Array | pa.ChunkedArray) -> NDArray[np.int8]:
    """Give n lists of one length as n x d."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    values: NDArray[np.int8] = whole.flatten().to_numpy()
    return values.reshape(-1, whole.type.list_size)


def _lowest(rows: pa.Table, by: str, most: int) -> pa.Table:
    parts = np.ascontiguousarray(values_of(rows[by])).view(np.uint64)
    hashes = np.zeros(len(rows), np.uint64)
    for part in parts.T:
        hashes = (hashes ^ part) * ODD
        hashes ^= hashes >> np.uint64(32)
    _, first = np.unique(hashes * FURTHER, return_index=True)
    return rows.take(pa.array(first[:most]))
