"""The correction of flagged shares, against vectors and a simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape import models
from headwater.landscape.analyses.correction import Flagged, corrected, high_of_few, wilson
from headwater.landscape.publication import digits
from headwater.landscape.report.model import ErrorRate


def rate(
    sensitivity, sensitivity_sd, false_positive_rate, false_positive_rate_sd, language="en"
) -> ErrorRate:
    return ErrorRate(
        language=language,
        threshold=0.5,
        sensitivity=sensitivity,
        sensitivity_sd=sensitivity_sd,
        false_positive_rate=false_positive_rate,
        false_positive_rate_sd=false_positive_rate_sd,
        n_hate=300,
        n_other=3000,
    )


def binomial(share: float, n: int) -> float:
    return (share * (1 - share) / n) ** 0.5


def test_it_gives_the_published_vector():
    rates = {"en": rate(0.80, binomial(0.80, 300), 0.015, binomial(0.015, 3000))}
    found = corrected([Flagged("en", 20_000, 600, 600)], rates)
    assert found.share == pytest.approx(0.01911, abs=5e-6)
    assert found.low == pytest.approx(0.01280, abs=5e-4)  # draws, not the normal curve
    assert found.high == pytest.approx(0.02542, abs=5e-4)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"), [(3, 40, 0.0258, 0.1986), (0, 10, 0.0, 0.2775)]
)
def test_wilson_gives_the_published_vector(hits, n, low, high):
    found = wilson(hits, n)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_languages_add_up_by_their_posts():
    rates = {"en": rate(0.5, 0, 0.01, 0), "de": rate(0.4, 0, 0.02, 0)}
    found = corrected([Flagged("en", 3000, 100, 100), Flagged("de", 1000, 40, 40)], rates)
    by_hand = 0.75 * (100 / 3000 - 0.01) / 0.49 + 0.25 * (0.04 - 0.02) / 0.38
    assert found.share == pytest.approx(by_hand)


def test_fewer_flags_than_false_alarms_give_no_share_but_an_upper_bound():
    found = corrected([Flagged("en", 10_000, 5, 5)], {"en": rate(0.4, 0.05, 0.005, 0.001)})
    assert (found.share, found.low) == (0, 0)
    assert 0 < found.high < 0.01


def test_the_interval_holds_however_unevenly_authors_write():
    rng = np.random.default_rng(3)
    known = {"en": rate(0.5, 1e-6, 0.002, 1e-9)}
    covered = {"as authors": 0, "as if each wrote once": 0}
    for _ in range(400):
        written = rng.geometric(0.02, 300)  # posts of each author: few write most
        flagged = rng.binomial(written, np.where(rng.random(300) < 0.1, 0.3, 0.002))
        n, n_flagged = int(written.sum()), int(flagged.sum())
        expected = 0.1 * 0.3 + 0.9 * 0.002
        share = (expected - 0.002) / 0.498
        for name, squares in zip(covered, (int((flagged**2).sum()), n_flagged), strict=True):
            found = corrected([Flagged("en", n, n_flagged, squares)], known)
            covered[name] += found.low <= share <= found.high
    assert covered["as authors"] >= 0.92 * 400
    assert covered["as if each wrote once"] < 0.7 * 400


@given(st.integers(0, 500), st.integers(501, 5000))
def test_the_interval_holds_the_share_and_both_are_shares(n_flagged, n):
    rates = {"en": rate(0.4, 0.05, 0.005, 0.002)}
    found = corrected([Flagged("en", n, n_flagged, n_flagged)], rates)
    assert 0 <= found.low <= found.share <= found.high <= 1


BOTH = {"en": (0.4, 0.15, 0.005, 0.003), "de": (0.45, 0.21, 0.0025, 0.0027)}


@given(
    st.integers(500, 5000),
    st.integers(0, 5000),
    st.lists(st.tuples(st.sampled_from(["en", "de"]), st.integers(1, 10)), max_size=3),
)
def test_however_few_posts_are_flagged_and_whose_they_are_the_upper_end_is_no_higher(n, n_de, few):
    rates = {name: rate(*one, language=name) for name, one in BOTH.items()}
    none = [Flagged("en", n, 0, 0), *([Flagged("de", n_de, 0, 0)] if n_de else [])]
    most = high_of_few(none, rates, 10)
    left, found = 10, []
    for one in none:
        own = [min(size, left, one.n_posts) for name, size in few if name == one.language][:1]
        left -= sum(own)
        squares = sum(size**2 for size in own)
        found.append(one._replace(n_flagged=sum(own), n_squares=squares))
    assert corrected(found, rates).high <= digits.ladder(most)


def factor(rng, mean: float, sd: float) -> float:
    variance = np.log1p((sd / mean) ** 2)
    return min(rng.lognormal(np.log(mean) - variance / 2, np.sqrt(variance)), 0.99)


def beta(rng, mean: float, sd: float) -> float:
    size = mean * (1 - mean) / sd**2 - 1
    return rng.beta(mean * size, (1 - mean) * size)


@pytest.mark.parametrize("truth", [0.005, 0.02, 0.06, 0.1])
@pytest.mark.parametrize(
    "known", [*models.error_rates(models.load("balanced")).values(), rate(0.4, 0.1, 0.004, 0.002)]
)
@pytest.mark.parametrize(("town", "least"), [(factor, 0.93), (beta, 0.85)])
def test_the_interval_covers_the_truth_over_towns_that_err_each_in_its_own_way(
    town, least, known, truth
):
    rng = np.random.default_rng(1)
    covered = 0
    for _ in range(300):
        sensitivity = town(rng, known.sensitivity, known.sensitivity_sd)
        alarms = town(rng, known.false_positive_rate, known.false_positive_rate_sd)
        n_flagged = rng.binomial(8000, truth * sensitivity + (1 - truth) * alarms)
        found = corrected([Flagged("en", 8000, int(n_flagged), int(n_flagged))], {"en": known})
        covered += found.low <= truth <= found.high
    assert covered >= least * 300
