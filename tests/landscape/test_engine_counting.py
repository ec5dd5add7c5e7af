"""Counting and dropping repeats, against a count by hand."""

from collections import Counter, defaultdict
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import engine
from headwater.landscape.engine.buckets import Buckets
from headwater.landscape.engine.work import Work
from headwater.landscape.shapes import KEY, TEXT, UTC, Group, Grouping

GROUPINGS = (
    Grouping(within=(), by=("language",)),
    Grouping(within=("platform",), by=("language",)),
    Grouping(within=(), by=("is_hate",), among="is_hate"),
    Grouping(within=("platform",), by=("language", "is_hate"), among="is_hate"),
    Grouping(within=(), by=("targets",), among="is_hate"),
)
COLUMNS = ("is_hate", "language", "platform", "targets")
POST = st.fixed_dictionaries(
    {
        "post": st.integers(0, 30),
        "author": st.integers(0, 12),
        "edited_at": st.none() | st.integers(0, 3),
        "language": st.sampled_from(["en", "de", "da"]),
        "platform": st.sampled_from(["x", "reddit"]),
        "is_hate": st.none() | st.booleans(),
        "targets": st.lists(st.sampled_from(["jews", "women"]), unique=True),
    }
)


def key(n: int) -> bytes:
    return n.to_bytes(1, "big") * 16


def written(folder: Path, parts: list[list[dict]], n_buckets: int) -> Work:
    work = Work(folder, b"", n_buckets)
    for number, posts in enumerate(parts):
        rows = pa.RecordBatch.from_pydict(
            {
                "row": pa.array([(number << 40) + at for at in range(len(posts))], pa.int64()),
                "author_key": pa.array([key(post["author"]) for post in posts], KEY),
                "post_key": pa.array([key(post["post"]) for post in posts], KEY),
                "edited_at": pa.array([post["edited_at"] for post in posts], UTC),
                "language": pa.array([post["language"] for post in posts], TEXT),
                "platform": pa.array([post["platform"] for post in posts], TEXT),
                "is_hate": pa.array([post["is_hate"] for post in posts], pa.bool_()),
                "targets": pa.array([post["targets"] for post in posts], pa.list_(TEXT)),
            }
        )
        for folder_name, column in (("posts", "author_key"), ("keys", "post_key")):
            buckets = Buckets(folder / folder_name, number, n_buckets, column)
            buckets.write(rows)
            buckets.finish()
    return work


def last_edits(parts: list[list[dict]]) -> list[dict]:
    best: dict[int, tuple] = {}
    for number, posts in enumerate(parts):
        for at, post in enumerate(posts):
            order = (post["edited_at"] or 0, number, at)
            if post["post"] not in best or best[post["post"]][0] < order:
                best[post["post"]] = (order, post)
    return [post for _, post in best.values()]


def by_hand(posts: list[dict], grouping: Grouping) -> set[Group]:
    groups, wholes = defaultdict(Counter), defaultdict(Counter)
    for post in posts:
        if grouping.among and post[grouping.among] is None:
            continue
        whole = tuple(post[name] for name in grouping.within)
        wholes[whole][post["author"]] += 1
        members = [()]
        for name in grouping.by:
            values = post[name] if isinstance(post[name], list) else [post[name]]
            members = [(*member, value) for member in members for value in values]
        for member in members:
            groups[(*whole, *member)][post["author"]] += 1

    def three(authors: Counter) -> tuple[int, int, int]:
        return authors.total(), len(authors), max(authors.values())

    n = len(grouping.within)
    return {
        Group(k, *three(own), *three(wholes[k[:n]]), sum(one * one for one in own.values()))
        for k, own in groups.items()
    }


@pytest.mark.parametrize("n_buckets", [1, 4])
@settings(max_examples=15, deadline=None)
@given(parts=st.lists(st.lists(POST, min_size=1, max_size=25), min_size=1, max_size=3))
def test_counts_equal_a_count_by_hand(n_buckets, parts, tmp_path_factory):
    work = written(tmp_path_factory.mktemp("work"), parts, n_buckets)
    posts = engine.posts(work, COLUMNS)
    kept = last_edits(parts)
    assert len(posts.repeats) == sum(map(len, parts)) - len(kept)
    counted = engine.counts(posts, (*GROUPINGS, *GROUPINGS))  # two analyses may ask for the same
    for grouping in GROUPINGS:
        assert set(counted[grouping]) == by_hand(kept, grouping)


def test_by_a_column_that_the_posts_lack_nothing_is_counted(tmp_path):
    post = {"post": 1, "author": 1, "edited_at": 1, "language": "en", "platform": "x"}
    work = written(tmp_path, [[post | {"is_hate": True, "targets": []}]], n_buckets=1)
    posts = engine.posts(work, ("language",))
    known, unknown = GROUPINGS[0], GROUPINGS[1]
    assert engine.counts(posts, (known, unknown)) == {
        known: [Group(("en",), 1, 1, 1, 1, 1, 1, 1)],
        unknown: [],
    }


def test_a_run_without_posts_counts_nothing(tmp_path):
    posts = engine.posts(Work(tmp_path, b"", 2), COLUMNS)
    assert engine.counts(posts, GROUPINGS) == {grouping: [] for grouping in GROUPINGS}
