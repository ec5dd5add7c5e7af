"""The difference of two shares holds what it should, and claims no more."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pairs import estimate
from scipy.stats import binom

from headwater.landscape.analyses.correction import Flagged, corrected, wilson
from headwater.landscape.comparison.intervals import difference, exact
from headwater.landscape.report.model import ErrorRate

N_TOWNS = 400
NEWCOMBE = [  # his table II, method 10: hits and posts of both, and the ends of the difference
    (48, 80, 56, 70, 0.0524, 0.3339),
    (3, 10, 9, 10, 0.1705, 0.8090),
    (2, 7, 6, 7, 0.0582, 0.8062),
    (0, 29, 5, 56, -0.0381, 0.1926),
    (0, 20, 0, 10, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (0, 20, 10, 10, 0.6791, 1.0000),
    (0, 10, 10, 10, 0.6075, 1.0000),
]


@pytest.mark.parametrize(("hits", "n", "hits_then", "n_then", "low", "high"), NEWCOMBE)
def test_with_wilsons_intervals_it_is_newcombes_method_10(hits, n, hits_then, n_then, low, high):
    told = exact(estimate(*wilson(hits, n)), estimate(*wilson(hits_then, n_then)))
    assert (told.low, told.high) == (pytest.approx(low, abs=6e-5), pytest.approx(high, abs=6e-5))


def test_it_covers_the_difference_of_two_random_samples():
    """Exactly, over all that two samples of 60 can show."""
    n = 60
    shown = [estimate(*wilson(hits, n)) for hits in range(n + 1)]
    told = [[exact(one, other) for other in shown] for one in shown]
    ends = np.array([[(one.low, one.high) for one in row] for row in told])
    covered = []
    for share, then in product((0.02, 0.05, 0.1, 0.2, 0.5), repeat=2):
        chance = np.outer(*(binom.pmf(np.arange(n + 1), n, p) for p in (share, then)))
        holds = (ends[..., 0] <= then - share) & (then - share <= ends[..., 1])
        covered.append((chance * holds).sum())
    assert min(covered) > 0.92
    assert 0.945 < np.mean(covered) < 0.985


def published(rng, share, rate, n=4000):
    """Return the estimate of a town in which the model errs at these rates."""
    sensitivity, alarms = rate
    n_flagged = int(rng.binomial(n, share * sensitivity + (1 - share) * alarms))
    flagged = [Flagged("en", n, n_flagged, n_flagged)]
    return estimate(*corrected(flagged, {"en": RATE}))


RATE = ErrorRate(
    language="en",
    threshold=0.5,
    sensitivity=0.55,
    sensitivity_sd=0.16,
    false_positive_rate=0.01,
    false_positive_rate_sd=0.005,
    n_hate=1000,
    n_other=9000,
)


def drawn_rate(rng):
    """Return how the model errs in a town not seen before."""
    means = (
        (RATE.sensitivity, RATE.sensitivity_sd),
        (RATE.false_positive_rate, RATE.false_positive_rate_sd),
    )
    spreads = [(mean, np.log1p((sd / mean) ** 2)) for mean, sd in means]
    drawn = [rng.lognormal(np.log(mean) - var / 2, np.sqrt(var)) for mean, var in spreads]
    return np.minimum(drawn, 0.99)


def coverage(*, same_errors, shares, n_towns=N_TOWNS):
    """Say how often the interval holds the true difference, and how often it tells one."""
    rng = np.random.default_rng([int(same_errors), *(round(1e4 * share) for share in shares)])
    held, told = 0, 0
    for _ in range(n_towns):
        rate = drawn_rate(rng)
        other = rate if same_errors else drawn_rate(rng)
        found = exact(published(rng, shares[0], rate), published(rng, shares[1], other))
        held += found.low <= shares[1] - shares[0] <= found.high
        told += found.low > 0 or found.high < 0
    return held / n_towns, told / n_towns


@pytest.mark.parametrize("shares", [(0.02, 0.02), (0.02, 0.06), (0.08, 0.03)])
def test_it_covers_where_the_model_errs_in_each_report_in_its_own_way(shares):
    held, _ = coverage(same_errors=False, shares=shares)
    assert held > 0.93


@pytest.mark.parametrize("shares", [(0.02, 0.02), (0.02, 0.06), (0.08, 0.03)])
def test_errors_that_both_reports_share_make_it_too_wide_and_never_too_narrow(shares):
    held, _ = coverage(same_errors=True, shares=shares)
    assert held > 0.97


def test_a_difference_is_told_where_none_is_in_one_of_twenty_at_most():
    for same_errors in (True, False):
        _, told = coverage(same_errors=same_errors, shares=(0.03, 0.03))
        assert told <= 0.07


thousandths = st.integers(0, 1000).map(lambda n: n / 1000)
estimates = (
    st.lists(thousandths, min_size=3, max_size=3).map(sorted).map(lambda s: (s[1], s[0], s[2]))
)


@given(estimates, estimates)
def test_the_other_way_round_it_is_the_same_with_the_other_sign(first, second):
    one, other = (
        difference(estimate(*first), estimate(*second)),
        difference(estimate(*second), estimate(*first)),
    )
    assert (one.value, one.low, one.high) == (-other.value, -other.high, -other.low)
    assert (one.least_rise, one.least_fall) == (other.least_fall, other.least_rise)


@given(estimates, estimates)
def test_what_is_printed_holds_what_is_exact_and_hardly_more(first, second):
    first, second = estimate(*first), estimate(*second)
    printed, found = difference(first, second), exact(first, second)
    half = max((found.high - found.low) / 2, 1e-6)
    for wider in (found.low - printed.low, printed.high - found.high):
        assert -1e-9 <= wider <= half / 10 + 1e-9
    assert abs(printed.value - found.value) <= half / 20 + 1e-9
    assert printed.low <= printed.value <= printed.high or half < 1e-5


@given(estimates, estimates)
def test_a_direction_needs_a_change_above_the_least_that_is_told(first, second):
    told = exact(estimate(*first), estimate(*second))
    assert (told.low > 0) == (told.value > told.least_rise)
    assert (told.high < 0) == (-told.value > told.least_fall)


@given(estimates, st.floats(0, 1))
def test_beside_a_bound_only_the_ends_are_subtracted(told, bound):
    share, low, high = told
    found = exact(estimate(*told), estimate(None, None, bound))
    assert (found.value, found.low, found.high) == (None, 0 - high, bound - low)
    assert found.least_rise is found.least_fall is None
    for hidden in (bound / 2, 0, bound):
        assert found.low <= hidden - share <= found.high or not low <= share <= high


@given(estimates)
def test_what_is_hidden_gives_nothing(told):
    nothing = estimate(None, None, None)
    for pair in ((nothing, estimate(*told)), (estimate(*told), nothing), (nothing, nothing)):
        assert set(difference(*pair)) == {None}
    assert set(difference(estimate(None, None, 0.1), estimate(None, None, 0.2))) == {None}
