"""Words whose company changes: the measure, and what is found in talk that is made up."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import chi2

from headwater.landscape.analyses.company import LEAST_PEOPLE, chance, moves
from headwater.landscape.analyses.telling import Held

N_POSTS, N_THEMES, N_WORDS = 6_000, 8, 150


def talk(seed, *, growing=False):
    """Draw posts of themes, early and late, and words that go with themes, the same all the time."""
    rng = np.random.default_rng(seed)
    late = np.arange(N_POSTS) >= N_POSTS // 2
    weights = np.ones((2, N_THEMES))
    if growing:
        weights[1] = np.linspace(0.2, 3, N_THEMES)
    labels = np.empty(N_POSTS, np.int64)
    for half in (0, 1):
        own = late == bool(half)
        labels[own] = rng.choice(N_THEMES, own.sum(), p=weights[half] / weights[half].sum())
    labels[rng.random(N_POSTS) < 0.1] = -1
    likes = rng.dirichlet(np.full(N_WORDS, 0.5), N_THEMES + 1)
    words = [rng.choice(N_WORDS, 8, p=likes[label]) for label in labels]
    return np.array(words) + 1, labels, late


def held(words):
    at = np.arange(len(words))
    posts = np.repeat(at, words.shape[1])
    return Held(words.ravel().astype(np.uint32), posts, at % 1500, at % 7, np.zeros_like(at))


def moving(words, labels, late, word=9_999, first=1, then=5):
    """Let a word stand in posts of one theme early, and of another late."""
    for half, theme in ((~late, first), (late, then)):
        words[np.flatnonzero(half & (labels == theme))[:80], 0] = word
    return words


@pytest.mark.parametrize("growing", [False, True])
def test_a_word_that_moves_is_found_and_no_other(growing):
    for seed in range(3):
        words, labels, late = talk(seed, growing=growing)
        (one,) = moves(held(moving(words, labels, late)), labels, late)
        assert (one.word, one.left, one.came) == (9_999, 1, 5)
        assert words[one.post].tolist().count(9_999) == 1
        assert one.n_there[0] == 0
        assert one.n_there[1] == one.n_people[1] > LEAST_PEOPLE
        assert one.n_places == 7


@pytest.mark.parametrize("growing", [False, True])
def test_words_that_go_along_with_the_debate_do_not_move(growing):
    n_found = 0
    for seed in range(10, 18):
        words, labels, late = talk(seed, growing=growing)
        n_found += len(moves(held(words), labels, late))
    assert n_found <= 1


def test_chance_is_that_of_chi_square():
    """Without more spread than chance the p-values are those of the exact fit."""
    rng = np.random.default_rng(4)
    odds = rng.uniform(0.5, 2, 5)
    shares = rng.dirichlet(np.full(5, 4), 60)
    then = shares * odds / (shares * odds).sum(axis=1, keepdims=True)
    people = np.stack([rng.poisson(300 * shares), rng.poisson(200 * then)], axis=1).astype(float)
    found = chance(people, odds)
    squares = np.array([_least_squares(one, odds) for one in people])
    usual = max(np.median(squares / 4) / (1 - 2 / 36) ** 3, 1)
    assert np.log(found) == pytest.approx(np.log(chi2.sf(squares / usual, 4)), abs=0.1)


def _least_squares(people, odds):
    """Give Pearson's chi-square at the fit that is likeliest, found by a general search."""

    def expected(free):
        shares = np.exp(free) / np.exp(free).sum()
        then = shares * odds / (shares * odds).sum()
        return np.stack([people[0].sum() * shares, people[1].sum() * then])

    best = minimize(
        lambda free: -(people * np.log(expected(free))).sum(), np.zeros(people.shape[1]), tol=1e-12
    )
    fit = expected(best.x)
    return ((people - fit) ** 2 / fit).sum()


def test_words_of_few_people_or_places_are_not_looked_at():
    words, labels, late = talk(2)
    words = moving(words, labels, late)
    some = held(words)
    assert moves(some._replace(places=np.arange(N_POSTS) % 2), labels, late) == []
    assert moves(some._replace(authors=np.arange(N_POSTS) % (LEAST_PEOPLE - 1)), labels, late) == []


def test_one_half_or_one_theme_tells_nothing():
    words, labels, late = talk(3)
    for other in (np.zeros_like(late), np.ones_like(late)):
        assert moves(held(words), labels, other) == []
    assert moves(held(words), np.minimum(labels, 0), late) == []
    assert moves(held(words), np.full_like(labels, -1), late) == []


def test_where_all_words_move_none_is_found():
    """What most words do is taken as chance: talk of another kind altogether tells of no word."""
    words, labels, late = talk(5)
    some = held(moving(words, labels, late))
    assert len(moves(some, labels, late)) == 1
    rng = np.random.default_rng(5)
    swapped = np.where(late & (rng.random(N_POSTS) < 0.7), (labels + 3) % N_THEMES, labels)
    assert moves(some, swapped, late) == []
