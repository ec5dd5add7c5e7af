"""Polarisation: known answers, closed forms against lots that are really drawn, planted camps."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape.analyses.correction import Corrected
from headwater.landscape.analyses.polarisation import divided, e_i, esteban_ray, lot

camps = st.lists(st.integers(0, 3), min_size=1, max_size=5)
someone = st.tuples(st.integers(0, 3), st.integers(0, 2), camps)  # own camp, stratum, answered
shares = st.lists(st.floats(0.01, 1), min_size=3, max_size=3).map(
    lambda own: np.array(own) / sum(own)
)


@pytest.mark.parametrize(
    ("groups", "positions", "told"),
    [
        ([0.5, 0.5], [0, 1], 0.2031),
        ([1 / 3, 1 / 3, 1 / 3], [0, 0.5, 1], 0.1066),
        ([0.9, 0.1], [0, 1], 0.0830),
        ([1.0, 0.0], [0, 1], 0.0),
    ],
)
def test_poles_give_what_is_known_of_them(groups, positions, told):
    assert esteban_ray(groups, positions) == pytest.approx(told, abs=5e-5)


@given(shares, st.floats(0.1, 1.6), st.floats(0.5, 3))
def test_poles_give_what_a_loop_over_pairs_gives(groups, alpha, scale):
    places = (0, 0.5, 1)
    pairs = [
        one ** (1 + alpha) * other * abs(here - there)
        for one, here in zip(groups, places, strict=True)
        for other, there in zip(groups, places, strict=True)
    ]
    assert esteban_ray(groups, places, alpha, scale) == pytest.approx(scale * sum(pairs))


def test_many_talks_are_measured_at_once():
    rows = [[0.5, 0, 0.5], [0.1, 0.9, 0], [0, 1, 0]]
    assert esteban_ray(rows) == pytest.approx([float(esteban_ray(row)) for row in rows])


def test_an_interval_holds_what_any_share_in_it_gives():
    told = divided(Corrected(0.02, 0.01, 0.05))
    each = [float(esteban_ray([h, 1 - h, 0])) for h in (0.01, 0.02, 0.05)]
    assert (told.low, told.share, told.high) == pytest.approx(each)
    wide = divided(Corrected(0.1, 0.05, 0.9))  # with the most in its middle
    assert wide.high == pytest.approx(float(esteban_ray([0.5, 0.5, 0])), rel=1e-3)


def test_recognition_enters_as_a_third_pole():
    without, with_it = divided(Corrected(0.1, 0.1, 0.1)), Corrected(0.3, 0.1, 0.5)
    told = divided(Corrected(0.1, 0.1, 0.1), with_it)
    assert told.share == pytest.approx(float(esteban_ray([0.1, 0.6, 0.3])))
    assert without.share < told.low < told.share < told.high


def test_ties_give_the_index_that_is_known():
    assert e_i(60, 40) == pytest.approx(-0.2)
    assert (e_i(5, 0), e_i(0, 5), e_i(3, 3)) == (-1, 1, 0)


def people(rows):
    """Give what `lot` takes, and each person's shares as a loop finds them."""
    own, stratum = (np.array([row[at] for row in rows]) for at in (0, 1))
    person = np.repeat(np.arange(len(rows)), [len(row[2]) for row in rows])
    answered = np.array([one for row in rows for one in row[2]])
    shares = [[row[2].count(camp) / len(row[2]) for camp in range(4)] for row in rows]
    return (own, stratum, person, answered), np.array(shares)


@given(st.lists(someone, min_size=1, max_size=25))
def test_a_lot_is_what_many_draws_give(rows):
    (own, stratum, person, answered), parts = people(rows)
    rng = np.random.default_rng(1)
    drawn = np.zeros(2_000)
    for one in np.unique(stratum):
        here, whats = own[stratum == one], parts[stratum == one]
        for at in range(len(drawn)):
            drawn[at] += rng.permutation(whats)[np.arange(len(here)), here].sum()
    told = lot(own, stratum, person, answered)
    assert told.n == len(rows)
    assert told.inside == pytest.approx(parts[np.arange(len(own)), own].sum())
    assert told.expected == pytest.approx(drawn.mean(), abs=1e-9 + 5 * told.sd / 40)
    assert told.sd == pytest.approx(drawn.std(), rel=0.15, abs=1e-7)


@given(st.lists(st.tuples(st.integers(0, 3), st.just(1), camps), min_size=2, max_size=6))
def test_a_lot_of_few_is_what_all_orders_give(rows):
    (own, stratum, person, answered), parts = people(rows)
    orders = permutations(range(len(own)))
    each = [parts[list(order)][np.arange(len(own)), own].sum() for order in orders]
    told = lot(own, stratum, person, answered)
    assert (told.expected, told.sd) == pytest.approx((np.mean(each), np.std(each)), abs=1e-7)


def test_where_each_answers_once_a_lot_is_that_of_the_margins():
    own, answered = np.array([0, 0, 0, 1, 1, 2]), np.array([0, 1, 1, 1, 2, 2])
    told = lot(own, own * 0, np.arange(6), answered)
    a, b, n = np.array([3, 2, 1]), np.array([1, 3, 2]), 6
    s = (a * b).sum()
    variance = (s - (a * b * (a + b)).sum() / n + (s / n) ** 2) / (n - 1)
    assert told == pytest.approx((6, 3, s / n, variance**0.5))
