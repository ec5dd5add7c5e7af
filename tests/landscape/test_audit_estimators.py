"""Shares and intervals from labelled posts, against published numbers and by hand."""

import numpy as np
import pytest
from audits import town
from published import Counted, mover, rogan_gladen, wilson
from scipy.optimize import brentq
from scipy.stats import binom

from headwater.landscape.audit import Interval
from headwater.landscape.audit.design import design, drawn
from headwater.landscape.audit.estimators import Labelled, Mean, drawn_shares, ppi
from headwater.landscape.audit.intervals import differ


def floats(*values):
    return np.array(values, float)


def test_mover_gives_the_published_vector():
    found = mover(floats(0.02, 0.08, 0.90), floats(90, 6, 0), floats(300, 300, 600))
    assert found == pytest.approx((0.00760, 0.00629, 0.01371), abs=5e-6)


def test_rogan_gladen_gives_the_published_vector():
    found = rogan_gladen(Counted(600, 20_000), Counted(240, 300), Counted(2955, 3000))
    assert found == pytest.approx((0.01911, 0.01280, 0.02542), abs=5e-6)


def test_wilson_gives_the_published_vectors():
    lows, highs = wilson(floats(3, 0), floats(40, 10))
    assert lows == pytest.approx([0.0258, 0], abs=5e-5)
    assert highs == pytest.approx([0.1986, 0.2775], abs=5e-5)


def test_two_estimates_differ_beyond_two_standard_errors():
    one = Interval(0.02, 0.01, 0.03)
    assert not differ(one, Interval(0.04, 0.02, 0.06))
    assert differ(one, Interval(0.06, 0.04, 0.08))
    assert differ(Interval(0.06, 0.04, 0.08), one)


def labelled(is_hate, scores, strata=None, weights=None):
    n = len(is_hate)
    strata = np.zeros(n, int) if strata is None else strata
    weights = np.full(n, 1 / n) if weights is None else weights
    return Labelled(np.asarray(is_hate, bool), np.asarray(scores, float), strata, weights)


def test_of_a_random_sample_it_is_ppi_as_published():
    rng = np.random.default_rng(1)
    is_hate, scores = rng.random(200) < 0.2, rng.random(200)
    scores[is_hate] += 0.5
    lam = np.cov(is_hate, scores)[0, 1] / scores.var(ddof=1)
    found = ppi(labelled(is_hate, scores), 0.6)
    assert 0 < lam < 1
    assert found.share == pytest.approx(lam * 0.6 + (is_hate - lam * scores).mean())
    assert found.variance == pytest.approx((is_hate - lam * scores).var(ddof=1) / 200)


def test_scores_that_are_the_truth_leave_no_variance():
    is_hate = np.arange(100) < 10
    found = ppi(labelled(is_hate, is_hate), 0.08)
    assert (found.share, found.variance) == pytest.approx((0.08, 0))


def test_scores_that_point_the_wrong_way_are_not_used():
    is_hate = np.arange(100) < 10
    found = ppi(labelled(is_hate, ~is_hate), 0.5)
    assert found.share == pytest.approx(0.1)


def test_strata_add_up_by_their_weights():
    strata, weights = np.repeat([0, 1], [60, 40]), np.repeat([0.9 / 60, 0.1 / 40], [60, 40])
    is_hate = np.concatenate([np.arange(60) < 3, np.arange(40) < 20])
    found = ppi(labelled(is_hate, np.full(100, 0.1), strata, weights), 0.1)
    within = 0.9**2 * 0.05 * 0.95 / 59 + 0.1**2 * 0.5 * 0.5 / 39
    assert found == pytest.approx((0.9 * 0.05 + 0.1 * 0.5, within, 0.9 / 60))


def test_it_is_unbiased_over_samples():
    is_hate, scores = (part[::40] for part in town(np.random.default_rng(1), 0.1, 0.8))
    plan = design(scores, 100)
    found = []
    for seed in range(1000):
        sample = drawn(scores, plan, seed)
        places, weights = sample.places, 1 / (sample.probabilities * len(scores))
        chosen = labelled(is_hate[places], scores[places], sample.strata, weights)
        found.append(ppi(chosen, scores.mean()).share)
    assert np.mean(found) == pytest.approx(is_hate.mean(), abs=3 * np.std(found) / 1000**0.5)


def mid_p(n_hits, n, below):
    """Solve for the share at which so few, or so many, hits have half of 5 %."""

    def tail(share):
        at = binom.pmf(n_hits, n, share)
        less = binom.cdf(n_hits, n, share) - at
        return (less if below else 1 - less - at) + at / 2 - 0.025

    return brentq(tail, 1e-12, 1 - 1e-12)


@pytest.mark.parametrize(("n_hits", "n"), [(1, 500), (3, 100), (10, 1000), (50, 100)])
def test_of_one_stratum_the_draws_give_a_binomials_mid_p_interval(n_hits, n):
    share = n_hits / n
    mean = Mean(share, share * (1 - share) / (n - 1), 1 / n)
    low, high = np.quantile(drawn_shares(mean, 200_000, np.random.default_rng(1)), (0.025, 0.975))
    assert low == pytest.approx(mid_p(n_hits, n, below=False), rel=0.15, abs=2e-4)
    assert high == pytest.approx(mid_p(n_hits, n, below=True), rel=0.04)


@pytest.mark.parametrize(("share", "end"), [(0.0, 0.975), (1.0, 0.025)])
def test_nothing_found_may_hide_some_and_nothing_missed_may_hide_some(share, end):
    drawn_ = drawn_shares(Mean(share, 0, 1 / 500), 100_000, np.random.default_rng(1))
    assert abs(np.quantile(drawn_, end) - share) == pytest.approx(3 / 500, rel=0.05)


def test_no_hits_in_six_strata_hide_no_more_than_in_a_random_sample_though_mover_says_so():
    weights, n = np.full(6, 1 / 6), np.full(6, 1000 / 6)
    drawn_ = drawn_shares(Mean(0, 0, 1 / 1000), 100_000, np.random.default_rng(1))
    of_random = wilson(floats(0), floats(1000))[1][0]
    assert np.quantile(drawn_, 0.975) < of_random < mover(weights, np.zeros(6), n).high / 2
