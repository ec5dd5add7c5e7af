"""Near-copies and shared links, against sets of words and plain dictionaries."""

import tracemalloc
from collections import defaultdict
from itertools import combinations, pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from headwater.landscape.analyses import copies
from tests.landscape.travels import partition, sketched

LEAST_EQUAL = 33  # of 64 bytes: half of the pairs of words, and what agrees by chance

# few values, few bytes that differ: sketches that meet in some bands and not in others
few_sketches = arrays(
    np.uint8, st.tuples(st.integers(0, 24), st.just(8)), elements=st.integers(0, 2)
)


def widened(small):
    """Make sketches of 64 bytes from 8, each of them repeated."""
    return np.ascontiguousarray(np.repeat(small, 8, axis=1))


def everywhere(sketches):
    return copies.alike(sketches, np.arange(len(sketches)))


def n_equal(sketches, one, other):
    return int((sketches[one] == sketches[other]).sum())


def families(random, n_families, n_others):
    """Make texts of families, each member with some words of its own, and texts without a family."""
    texts = []
    for _ in range(n_families):
        words = _words(random, random.randrange(8, 50))
        for _ in range(random.randrange(2, 9)):
            kept = random.choice((1, 0.97, 0.9, 0.8, 0.6))
            texts.append(" ".join(w if random.random() < kept else _word(random) for w in words))
    return texts + [" ".join(_words(random, random.randrange(8, 50))) for _ in range(n_others)]


def _words(random, n):
    return [_word(random) for _ in range(n)]


def _word(random):
    return f"w{int(random.paretovariate(0.4)) % 50_000}"  # some words everywhere, most rare


def resemblances(texts):
    """Give n x n shares of pairs of neighbouring words that two texts have in common."""
    held = [set(pairwise(text.split())) for text in texts]
    number = {pair: place for place, pair in enumerate(sorted(set().union(*held)))}
    holds = np.zeros((len(texts), len(number)), np.float32)
    for row, pairs in zip(holds, held, strict=True):
        row[[number[pair] for pair in pairs]] = 1
    both, size = holds @ holds.T, holds.sum(axis=1)
    return both / (size[:, None] + size - both)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_alike_is_found_and_what_is_not_is_left(seed):
    texts = families(Random(seed), 100, 200)  # noqa: S311 made-up words
    sketches, places = sketched(texts)
    assert len(places) == len(texts)
    together = np.zeros((len(texts), len(texts)), np.bool_)
    for group in partition(everywhere(sketches)):
        together[np.ix_(sorted(group), sorted(group))] = True
    once = np.triu_indices(len(texts), 1)
    share, together = resemblances(texts)[once], together[once]
    assert (share >= 0.7).sum() > 150
    assert together[share >= 0.7].mean() >= 0.97
    assert (share[together] >= 0.4).mean() >= 0.95
    assert share[together].min() >= 0.1  # both are alike with a third


@given(few_sketches)
def test_all_of_a_group_are_like_one_of_them(small):
    sketches = widened(small)
    for group in partition(everywhere(sketches)):
        likeness = [min(n_equal(sketches, hub, one) for one in group) for hub in group]
        assert max(likeness) >= LEAST_EQUAL
        assert len(group) > 1


def test_what_no_round_is_left_for_is_no_copy(monkeypatch):
    monkeypatch.setattr(copies, "MOST_ROUNDS", 1)
    sketches = np.zeros((100, 64), np.uint8)
    for place in range(1, 100):
        sketches[place] = sketches[place - 1]
        sketches[place, [place % 64, (place + 32) % 64]] = place
    (group,) = partition(everywhere(sketches))
    assert any(min(n_equal(sketches, hub, one) for one in group) >= LEAST_EQUAL for hub in group)


@given(few_sketches)
def test_equal_sketches_are_always_together(small):
    found = partition(everywhere(widened(small)))
    group_of = {post: number for number, group in enumerate(found) for post in group}
    for one, other in combinations(range(len(small)), 2):
        if (small[one] == small[other]).all():
            assert group_of[one] == group_of[other]


@given(few_sketches, st.randoms())
def test_the_order_of_rows_changes_nothing(small, random):
    order = list(range(len(small)))
    random.shuffle(order)
    found = partition(everywhere(widened(small)))
    moved = copies.alike(widened(small[order]), np.array(order, np.int64))
    assert partition(moved) == found
    assert moved.n == len(found)


def test_the_same_posts_give_the_same_groups_to_the_byte():
    sketches, _ = sketched(families(Random(7), 40, 100))  # noqa: S311
    for one, other in zip(everywhere(sketches), everywhere(sketches), strict=True):
        assert np.array_equal(one, other)


def test_groups_stand_in_order_and_number_their_posts_as_given():
    sketches, _ = sketched(
        ["one two three four five six seven"] * 3 + ["eight nine ten eleven twelve thirteen"] * 4
    )
    found = copies.alike(sketches, np.array([10, 20, 30, 1, 2, 3, 4]))
    assert found.group.tolist() == [0] * 4 + [1] * 3
    assert found.post.tolist() == [1, 2, 3, 4, 10, 20, 30]


def test_a_text_that_drifts_copy_by_copy_is_no_copy_of_its_beginning():
    words = [f"word{n}" for n in range(40)]
    texts = []
    for n in range(160):
        words[n % 40] = f"new{n}"
        texts.append(" ".join(words))
    sketches, _ = sketched(texts)
    found = partition(everywhere(sketches))
    assert not [group for group in found if {0, 159} <= group]
    assert max(max(group) - min(group) for group in found) < 40
    assert sum(map(len, found)) > 140


def test_texts_that_share_a_band_are_not_compared_all_with_all():
    rng = np.random.default_rng(0)
    sketches = rng.integers(0, 256, (20_000, 64), np.uint8)
    sketches[:, :4] = 7
    tracemalloc.start()
    found = everywhere(sketches)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.n == 0
    assert peak < 30e6  # two hundred million pairs would take thousands


@pytest.mark.parametrize("n", [0, 1])
def test_nothing_to_compare_gives_no_group(n):
    found = copies.alike(np.zeros((n, 64), np.uint8), np.arange(n))
    assert (found.n, len(found.group), len(found.post)) == (0, 0, 0)
    found = copies.linked(np.zeros((n, 2), np.uint64), np.arange(n))
    assert (found.n, len(found.group), len(found.post)) == (0, 0, 0)


@given(st.sets(st.tuples(st.integers(0, 9), st.integers(0, 3), st.integers(0, 3))))
def test_posts_are_together_when_they_hold_the_same_link(held):
    rows = np.array(sorted(held), np.uint64).reshape(-1, 3)
    found = copies.linked(rows[:, 1:], rows[:, 0].astype(np.int64))
    expected = defaultdict(set)
    for post, *key in held:
        expected[tuple(key)].add(post)
    told = sorted(sorted(found.post[found.group == one].tolist()) for one in range(found.n))
    assert told == sorted(sorted(group) for group in expected.values() if len(group) > 1)
