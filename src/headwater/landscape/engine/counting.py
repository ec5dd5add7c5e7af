"""Count posts and distinct authors of groups, one bucket of authors at a time.

An author lies in one bucket, so distinct authors add up over buckets; that keeps memory bounded.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import daft
import pyarrow as pa
from daft import col

from headwater.landscape.engine.buckets import files_of
from headwater.landscape.engine.repeats import Posts
from headwater.landscape.errors import SettingsError
from headwater.landscape.shapes import REJECT, Group, Grouping, Groups, PostBatch, Step

LEVELS = {"n_posts": "sum", "n_authors": "sum", "n_top": "max", "n_squares": "sum"}
NO_REJECTS = pa.RecordBatch.from_pylist([], REJECT)
Cells = dict[tuple[Any, ...], tuple[int, int, int, int]]


def counts(
    posts: Posts, groupings: Sequence[Grouping], late: Sequence[Step] = ()
) -> dict[Grouping, Groups]:
    """Give the groups of each grouping, in the order of their keys; none by columns that posts lack.

    Args:
        posts: What to count.
        groupings: How.
        late: What is learnt of each post only now, from what was kept of all.

    Raises:
        SettingsError: The work folder does not hold the rows that it should.
    """
    groups: dict[Grouping, list[pa.Table]] = {one: [] for one in groupings}
    wholes: dict[Grouping, list[pa.Table]] = {one: [] for one in groupings}
    countable = [one for one in groups if one.columns <= {*posts.columns, *_adds(late)}]
    n_rows = len(posts.repeats)
    for bucket in _buckets(posts, _needed(countable, late), late):
        n_rows += bucket.count_rows()
        for one in countable:
            among = _among(bucket, one)
            wholes[one].append(_count(among, one.within))
            groups[one].append(_count(_members(among, one), _keys(one)))
    if n_rows != posts.n_rows:
        raise SettingsError(f"the work folder {posts.work.folder} is damaged; run again")
    return {
        one: _joined(one, _merged(groups[one], _keys(one)), _merged(wholes[one], one.within))
        for one in groups
    }


def _adds(late: Sequence[Step]) -> set[str]:
    return {name for step in late for name in step.adds.names}


def _needed(groupings: Sequence[Grouping], late: Sequence[Step]) -> list[str]:
    """Give the columns to read."""
    asked = {name for one in groupings for name in one.columns} - _adds(late)
    return sorted(asked.union(*(step.needs for step in late)))


def _buckets(
    posts: Posts, columns: Sequence[str], late: Sequence[Step]
) -> Iterator[daft.DataFrame]:
    repeats = daft.from_arrow(pa.table({"row": posts.repeats}))
    for number in range(posts.work.n_buckets):
        found = files_of(posts.work.folder / "posts", number)
        if not found:
            continue
        bucket = daft.read_parquet(found).select("row", "author_key", *columns)
        if len(posts.repeats):
            bucket = bucket.join(repeats, on="row", how="anti")
        yield daft.from_arrow(learnt(bucket.to_arrow(), late)) if late else bucket.collect()


def learnt(bucket: pa.Table, late: Sequence[Step]) -> pa.Table:
    """Let these steps learn of each post."""
    rows = pa.RecordBatch.from_struct_array(bucket.to_struct_array().combine_chunks())
    batch = PostBatch(rows, NO_REJECTS)
    for step in late:
        batch = batch.with_columns(step.run(batch))
    return pa.Table.from_batches([batch.rows])


def _among(bucket: daft.DataFrame, grouping: Grouping) -> daft.DataFrame:
    return bucket if grouping.among is None else bucket.where(col(grouping.among).not_null())


def _members(bucket: daft.DataFrame, grouping: Grouping) -> daft.DataFrame:
    schema = bucket.schema()
    for name in grouping.by:
        if schema[name].dtype.is_list():
            bucket = bucket.explode(col(name)).where(col(name).not_null())
    return bucket


def _keys(grouping: Grouping) -> tuple[str, ...]:
    return (*grouping.within, *grouping.by)


def _count(posts: daft.DataFrame, named: tuple[str, ...]) -> pa.Table:
    keys = tuple(dict.fromkeys(named))  # a column may stand in `within` and in `by`
    by_author = posts.groupby(*keys, "author_key").agg(col("row").count("all").alias("n"))
    n = col("n")
    found = [n.sum(), n.count("all"), n.max(), (n * n).sum()]
    found = [one.alias(name) for one, name in zip(found, LEVELS, strict=True)]
    cells = by_author.groupby(*keys).agg(*found) if keys else by_author.agg(*found)
    return cells.select(*keys, *LEVELS).to_arrow()


def _merged(tables: Sequence[pa.Table], keys: tuple[str, ...]) -> Cells:
    if not tables:
        return {}
    merged = pa.concat_tables(tables).group_by(list(dict.fromkeys(keys)))
    merged = merged.aggregate(list(LEVELS.items()))
    columns = [merged[name].to_pylist() for name in keys]
    numbers = [merged[f"{name}_{how}"].to_pylist() for name, how in LEVELS.items()]
    values = zip(*columns, strict=True) if keys else [()]
    return dict(zip(values, zip(*numbers, strict=True), strict=True))


def _joined(grouping: Grouping, groups: Cells, wholes: Cells) -> Groups:
    n_within = len(grouping.within)
    found = [
        Group(key, *cell[:3], *wholes[key[:n_within]][:3], cell[3]) for key, cell in groups.items()
    ]
    return sorted(found, key=lambda group: tuple(map(str, group.key)))
