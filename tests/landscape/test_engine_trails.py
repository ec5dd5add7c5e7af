"""What posts tell of travel, gathered from disk, against the posts as they were written."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import engine
from tests.landscape.kept import key, written

PLATFORMS = ("news", "bluesky", "telegram")
POST = st.fixed_dictionaries(
    {
        "id": st.integers(0, 30),  # of two with one id the later stays
        "author": st.integers(0, 6),
        "thread": st.integers(0, 3),
        "community": st.integers(0, 3),
        "platform": st.sampled_from(PLATFORMS),
        "day": st.integers(0, 4),
        "hour": st.integers(0, 23),
        "is_share": st.booleans(),
        "links": st.lists(st.integers(0, 5), max_size=3, unique=True),
        "sketch": st.none() | st.binary(min_size=64, max_size=64),
        "words": st.lists(st.integers(1, 9), max_size=4),
    }
)


def _pairs(codes, names):
    """Say which number stands for which name; a number has one name, a name one number."""
    pairs = set(zip(codes.tolist(), names, strict=True))
    assert len({code for code, _ in pairs}) == len({name for _, name in pairs}) == len(pairs)


@given(st.lists(POST, min_size=1, max_size=30), st.sampled_from([1, 4]))
@settings(max_examples=60, deadline=None)
def test_posts_are_gathered_as_they_were_written(tmp_path_factory, posts, n_buckets):
    found = engine.trails(written(tmp_path_factory.mktemp("work"), posts, n_buckets))
    last = {post["id"]: row for row, post in enumerate(posts)}
    rows = sorted(last.values())
    left = [posts[row] for row in rows]
    told = found.posts
    assert found.rows.tolist() == rows
    begin = (date(2024, 3, 1) - date(1970, 1, 1)).days * 24
    assert told.hour.tolist() == [begin + 24 * one["day"] + one["hour"] for one in left]
    assert [told.platforms[at] for at in told.platform] == [one["platform"] for one in left]
    assert list(told.platforms) == sorted(set(told.platforms))
    assert told.is_share.tolist() == [one["is_share"] for one in left]
    for name in ("author", "thread", "community"):
        _pairs(getattr(told, name), [one[name] for one in left])
    assert found.sketched.tolist() == [at for at, one in enumerate(left) if one["sketch"]]
    assert [bytes(one) for one in found.sketches] == [
        one["sketch"] for one in left if one["sketch"]
    ]
    links = [(at, key(link)) for at, one in enumerate(left) for link in one["links"]]
    held = [one.tobytes() for one in np.ascontiguousarray(found.links)]
    assert list(zip(found.linking.tolist(), held, strict=True)) == links


@pytest.mark.parametrize("n_buckets", [1, 4])
def test_the_words_of_chosen_posts_are_found_beside_their_rows(tmp_path, n_buckets):
    post = {"thread": 0, "community": 0, "platform": "news", "day": 0, "hour": 1}
    post |= {"is_share": False, "links": [], "sketch": None}
    posts = [post | {"id": at, "author": at, "words": [at + 1] * (at % 3)} for at in range(9)]
    rows, words = engine.words(written(tmp_path, posts, n_buckets), np.array([8, 1, 3, 4]))
    assert rows.tolist() == [1, 4, 8, 8]
    assert words.tolist() == [2, 5, 9, 9]
