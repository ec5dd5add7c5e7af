"""Find what was exported more than once; the last edit stays.

Posts are the same when platform and id are. Of equal edits the later record stays, files taken
in the order of their names.
"""

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.landscape.engine.buckets import as_integers, files_of
from headwater.landscape.engine.work import Work


class Posts(NamedTuple):
    """All posts of a run, on disk, and the rows that are none: repeats."""

    work: Work
    columns: tuple[str, ...]
    n_rows: int
    repeats: pa.Array  # numbers of the rows that are none, int64


def posts(work: Work, columns: tuple[str, ...]) -> Posts:
    """Give the posts of all finished parts, repeats marked."""
    found, n_rows = [pa.array([], pa.int64())], 0
    for number in range(work.n_buckets):
        if bucket := files_of(work.folder / "keys", number):
            keys = pa.concat_tables(pq.read_table(path, partitioning=None) for path in bucket)
            n_rows += len(keys)
            found.append(_repeats(keys))
    return Posts(work, columns, n_rows, pa.concat_arrays(found))


def _repeats(keys: pa.Table) -> pa.Array:
    first, second = as_integers(keys["post_key"]).T
    suspects = _seen_before(first)  # few, so that only they are sorted in full
    rows = keys["row"].to_numpy()[suspects]
    edited = keys["edited_at"].cast(pa.int64()).fill_null(0).to_numpy()[suspects]
    first, second = first[suspects], second[suspects]
    order = np.lexsort((rows, edited, second, first))
    first, second = first[order], second[order]
    older = (first[:-1] == first[1:]) & (second[:-1] == second[1:])
    return pa.array(np.sort(rows[order][:-1][older]), pa.int64())


def _seen_before(values: np.ndarray) -> np.ndarray:
    """Give the places of values that occur more than once."""
    ordered = np.sort(values)
    twice = np.unique(ordered[:-1][ordered[:-1] == ordered[1:]])
    return np.flatnonzero(np.isin(values, twice))
