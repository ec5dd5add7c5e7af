"""A sample of posts hangs on the posts alone."""

import numpy as np
import pyarrow as pa
import pytest

from headwater.landscape import engine
from headwater.landscape.engine.buckets import Buckets
from headwater.landscape.engine.work import Work
from headwater.landscape.shapes import KEY, UTC

N, D = 300, 16


def key(n: int) -> bytes:
    return int(n).to_bytes(8, "little") + (int(n) * 0x0811111111111111 % (1 << 64)).to_bytes(
        8, "little"
    )


def written(folder, values, authors, n_buckets=4, repeats=()):
    """Write posts with these values; numbers in `repeats` are the post before once more."""
    n = len(values)
    posts = np.arange(n)
    for row in repeats:
        posts[row] = posts[row - 1]
    about = pa.FixedSizeListArray.from_arrays(pa.array(values.ravel()), D)
    rows = pa.RecordBatch.from_pydict(
        {
            "row": pa.array(range(n), pa.int64()),
            "author_key": pa.array([key(author) for author in authors], KEY),
            "about": about,
            "post_key": pa.array([key(post) for post in posts], KEY),
            "edited_at": pa.nulls(n, UTC),
        }
    )
    for name, by, kept in (
        ("posts", "author_key", ["row", "author_key", "about"]),
        ("keys", "post_key", ["row", "post_key", "edited_at"]),
    ):
        buckets = Buckets(folder / name, 0, n_buckets, by)
        buckets.write(rows.select(kept))
        buckets.finish()
    return engine.posts(Work(folder, b"", n_buckets), ("about",))


@pytest.fixture
def values():
    return np.random.default_rng(3).integers(-127, 128, (N, D)).astype(np.int8)


def drawn(posts, most):
    table = engine.sample(posts, "about", ("author_key",), most)
    return [tuple(row) for row in engine.values_of(table["about"]).tolist()]


def test_the_sample_is_the_same_in_any_order_and_in_any_buckets(tmp_path, values):
    order = np.random.default_rng(4).permutation(N)
    authors = np.arange(N) % 50
    one = drawn(written(tmp_path / "one", values, authors), 40)
    other = drawn(written(tmp_path / "other", values[order], authors[order] + 7, 1), 40)
    assert one == other
    assert len(set(one)) == 40


def test_a_smaller_sample_is_part_of_a_larger(tmp_path, values):
    posts = written(tmp_path, values, np.arange(N))
    assert set(drawn(posts, 10)) < set(drawn(posts, 100))
    assert len(drawn(posts, 10 * N)) == N


def test_what_many_copied_is_drawn_once(tmp_path, values):
    values[:200] = values[0]
    assert len(drawn(written(tmp_path, values, np.arange(N)), N)) == N - 199


def test_repeats_are_no_posts(tmp_path, values):
    posts = written(tmp_path, values, np.arange(N), repeats=range(1, N, 2))
    assert len(drawn(posts, N)) == N // 2


def test_other_columns_are_those_of_the_post(tmp_path, values):
    authors = np.random.default_rng(5).integers(0, 99, N)
    table = engine.sample(written(tmp_path, values, authors), "about", ("author_key",), 50)
    rows = table["row"].to_pylist()
    assert table["author_key"].to_pylist() == [key(authors[row]) for row in rows]
    assert (engine.values_of(table["about"]) == values[rows]).all()
