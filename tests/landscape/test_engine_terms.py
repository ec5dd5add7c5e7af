"""The use of terms, against a count by hand."""

from collections import defaultdict
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import engine
from headwater.landscape.engine import terms
from headwater.landscape.engine.buckets import Buckets
from headwater.landscape.engine.work import Work
from headwater.landscape.shapes import KEY, UTC

FIRST_ON = date(2024, 3, 1)
POST = st.fixed_dictionaries(
    {
        "author": st.integers(0, 6),
        "place": st.integers(0, 3),
        "day": st.integers(0, 4),
        "is_hate": st.none() | st.booleans(),
        "words": st.lists(st.integers(1, 5), max_size=8),
    }
)


def key(n: int) -> bytes:
    """Make keys that differ in few of their bits."""
    return n.to_bytes(8, "little") + (n << 32).to_bytes(8, "little")


def written(folder, posts, n_buckets):
    columns = {
        "row": pa.array(range(len(posts)), pa.int64()),
        "author_key": pa.array([key(post["author"]) for post in posts], KEY),
        "community_key": pa.array([key(post["place"]) for post in posts], KEY),
        "posted_on": pa.array([FIRST_ON + timedelta(post["day"]) for post in posts], pa.date32()),
        "is_hate": pa.array([post["is_hate"] for post in posts], pa.bool_()),
        **{
            name: pa.array([post.get(name, []) for post in posts], pa.list_(pa.uint32()))
            for name in ("words", "disguised")
        },
        "post_key": pa.array([key(at) for at in range(len(posts))], KEY),
        "edited_at": pa.nulls(len(posts), UTC),
    }
    rows = pa.RecordBatch.from_pydict(columns)
    for name, by, kept in (
        ("posts", "author_key", ["row", "author_key", *terms.COLUMNS[1:]]),
        ("keys", "post_key", ["row", "post_key", "edited_at"]),
    ):
        buckets = Buckets(folder / name, 0, n_buckets, by)
        buckets.write(rows.select(kept))
        buckets.finish()
    return engine.posts(Work(folder, b"", n_buckets), terms.COLUMNS)


def spans(post):
    """Give the terms of a post, as tuples of words."""
    words = post["words"]
    return {tuple(words[at : at + n]) for n in (1, 2, 3) for at in range(len(words) - n + 1)}


def by_hand(posts, least):
    users, days, places = (defaultdict(set) for _ in range(3))
    for post in posts:
        for term in spans(post):
            users[term].add(post["author"])
            days[term].add((post["day"], post["author"]))
            places[term].add(post["place"])
    first = min(post["day"] for post in posts)
    return {
        term: (
            len(users[term]),
            len(places[term]),
            {
                day: sum(on == day for on, _ in days[term])
                for day in sorted({on for on, _ in days[term]})
            },
        )
        for term in users
        if len(users[term]) >= least
    }, first


def told(usage):
    found = {}
    for at, words in enumerate(usage.terms.tolist()):
        pairs = slice(usage.starts[at], usage.starts[at + 1])
        days = dict(zip(usage.days[pairs].tolist(), usage.n[pairs].tolist(), strict=True))
        term = tuple(word for word in words if word)
        found[term] = (int(usage.n_authors[at]), int(usage.n_places[at]), days)
    return found


@given(st.lists(POST, min_size=1, max_size=40), st.integers(1, 4), st.sampled_from([1, 4]))
@settings(max_examples=60, deadline=None)
def test_terms_are_counted_as_by_hand(tmp_path_factory, posts, least, n_buckets):
    kept = written(tmp_path_factory.mktemp("work"), posts, n_buckets)
    usage = terms.usage(kept, least)
    expected, first = by_hand(posts, least)
    assert usage.first_on == FIRST_ON + timedelta(first)
    assert told(usage) == {
        term: (authors, places, {day - first: n for day, n in days.items()})
        for term, (authors, places, days) in expected.items()
    }
    talk = defaultdict(set)
    for post in posts:
        talk[post["day"] - first].add(post["author"])
    assert usage.talk.tolist() == [len(talk[day]) for day in range(max(talk) + 1)]


@given(st.lists(POST, min_size=1, max_size=40), st.integers(1, 4), st.sampled_from([1, 4]))
@settings(max_examples=60, deadline=None)
def test_words_in_disguise_are_counted_as_by_hand(tmp_path_factory, posts, least, n_buckets):
    posts = [post | {"disguised": sorted(post["words"])[::2]} for post in posts]
    kept = written(tmp_path_factory.mktemp("work"), posts, n_buckets)
    expected, first = by_hand([post | {"words": post["disguised"]} for post in posts], least)
    assert told(terms.disguises(kept, least)) == {
        term: (authors, places, {day - first: n for day, n in days.items()})
        for term, (authors, places, days) in expected.items()
        if len(term) == 1
    }


@given(st.lists(POST, min_size=1, max_size=40), st.data())
@settings(max_examples=60, deadline=None)
def test_posts_that_hold_terms_are_found_as_by_hand(tmp_path_factory, posts, data):
    kept = written(tmp_path_factory.mktemp("work"), posts, 1)
    usage = terms.usage(kept, 1)
    every = np.arange(len(usage.terms))
    some = np.array([at for at in every if data.draw(st.booleans())], np.int64)
    held = terms.held(kept, usage, some)
    words = [tuple(word for word in usage.terms[at].tolist() if word) for at in some]
    first = min(post["day"] for post in posts)
    expected = sorted(
        (words[at], post["day"] - first, bool(post["is_hate"]))
        for post in posts
        for at in range(len(words))
        if words[at] in spans(post)
    )
    columns = held.terms.tolist(), held.days.tolist(), held.hateful.tolist()
    assert sorted((words[at], *rest) for at, *rest in zip(*columns, strict=True)) == expected
    assert (np.diff(held.posts) >= 0).all()


@pytest.mark.parametrize("size", [4, 16, 1 << 20])
def test_lots_of_any_size_give_the_same_counts(tmp_path, monkeypatch, size):
    rng = np.random.default_rng(3)
    posts = [
        {
            "author": int(rng.integers(9)),
            "place": int(rng.integers(3)),
            "day": int(rng.integers(6)),
            "is_hate": None,
            "words": rng.integers(1, 6, rng.integers(0, 9)).tolist(),
        }
        for _ in range(200)
    ]
    kept = written(tmp_path, posts, 2)
    whole = told(terms.usage(kept, 2))
    monkeypatch.setattr(terms, "WORDS_PER_LOT", size)
    assert told(terms.usage(kept, 2)) == whole
    assert len(whole) > 20


def test_a_term_of_three_communities_is_of_three_whatever_their_keys(tmp_path):
    posts = [
        {"author": at, "place": at % 3, "day": 0, "is_hate": None, "words": [7]} for at in range(9)
    ]
    (n_places,) = terms.usage(written(tmp_path, posts, 1), 1).n_places
    assert n_places == 3


def test_of_a_term_used_everywhere_so_many_communities_are_counted(tmp_path):
    n = terms.MOST_PLACES + 20
    posts = [{"author": 1, "place": at, "day": 0, "is_hate": None, "words": [7]} for at in range(n)]
    posts.append({"author": 1, "place": 0, "day": 0, "is_hate": None, "words": [8]})
    n_places = terms.usage(written(tmp_path, posts, 1), 1).n_places
    assert sorted(n_places.tolist()) == [1, terms.MOST_PLACES]
