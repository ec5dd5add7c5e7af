"""Bursts: the measure against an independent one, and what is found in talk that is made up."""

from datetime import date

import numpy as np
import pytest
from scipy.stats import binom

from headwater.landscape.analyses.bursts import SPAN, YEAR, bursts, significance, surprise
from headwater.landscape.talk import Usage

N_DAYS = 90


def usage(said, talk):
    """Give the use of terms from a table of k terms by d days."""
    said = np.asarray(said, np.int64)
    terms, days = np.nonzero(said)
    return Usage(
        terms=np.arange(1, 3 * len(said) + 1, dtype=np.uint32).reshape(-1, 3),
        n_authors=said.sum(axis=1),
        n_places=np.full(len(said), 5),
        first_on=date(2024, 3, 1),
        talk=np.asarray(talk),
        n_posts=int(said.sum()),
        n_flagged=0,
        starts=np.searchsorted(terms, np.arange(len(said) + 1)),
        days=days,
        n=said[terms, days],
    )


def talked(rng, n_terms, n_days=N_DAYS, spread=0.3):
    """Draw talk with weekdays and a slow season, each term's use more uneven than chance."""
    days = np.arange(n_days)
    week = 1 + 0.3 * np.cos(2 * np.pi * days / 7)
    talk = rng.poisson(400 * week * (1 + 0.2 * np.sin(2 * np.pi * days / 60)))
    share = rng.lognormal(np.log(0.004), 1, n_terms)[:, None]
    uneven = rng.gamma(1 / spread**2, spread**2, (n_terms, n_days))
    return rng.poisson(share * uneven * talk), talk


@pytest.mark.parametrize(
    ("on", "off", "ratio"), [(30, 40, 0.1), (3, 0, 0.05), (12, 100, 0.2), (0, 50, 0.1), (5, 5, 1)]
)
def test_the_measure_is_the_root_of_twice_the_log_of_a_ratio_of_likelihoods(on, off, ratio):
    chance = ratio / (1 + ratio)
    likely = [binom.logpmf(on, on + off, one) for one in (on / (on + off), chance)]
    expected = np.sign(on - ratio * off) * np.sqrt(2 * (likely[0] - likely[1]))
    counts = (np.array([float(one)]) for one in (on, off, ratio))
    assert significance(*counts)[0] == pytest.approx(expected)


def test_an_example_of_the_paper():
    """COS B's counts of Geminga, as Li and Ma have them in their table 1."""
    counts = (np.array([one]) for one in (76.0, 65.0, 0.4))
    # their formula 17, worked out once by hand with a pocket calculator's logarithms
    on, off, a = 76, 65, 0.4
    both = on + off
    expected = np.sqrt(
        2 * (on * np.log((1 + a) / a * on / both) + off * np.log((1 + a) * off / both))
    )
    assert significance(*counts)[0] == pytest.approx(expected)


def test_what_rises_and_falls_is_found_on_its_first_days():
    rng = np.random.default_rng(1)
    said, talk = talked(rng, 200)
    said[7, 40:43] += [20, 35, 20]
    found = bursts(usage(said, talk), 5)
    assert (found.terms[0], found.days[0]) == (7, 40)
    assert found.surprise[0] > 6


def test_what_rises_for_good_is_found_once():
    rng = np.random.default_rng(2)
    said, talk = talked(rng, 200)
    said[3, 45:] += rng.poisson(15, N_DAYS - 45)
    found = bursts(usage(said, talk), 5)
    assert found.terms.tolist().count(3) == 1
    assert abs(found.days[found.terms == 3][0] - 44) <= 2


def test_what_grows_for_weeks_is_not_found_while_it_grows():
    rng = np.random.default_rng(5)
    said, talk = talked(rng, 200)
    said[3, 40:68] += rng.poisson(np.arange(28))
    said[3, 68:] += rng.poisson(28, N_DAYS - 68)
    assert 3 not in bursts(usage(said, talk), 5).terms


def test_what_comes_every_year_is_not_found():
    rng = np.random.default_rng(3)
    said, talk = talked(rng, 50, n_days=2 * YEAR)
    said[5, 100:103] += 40
    said[6, 100:103] += 40
    said[6, YEAR + 102 : YEAR + 105] += 40
    found = bursts(usage(said, talk), 5)
    assert 5 in found.terms
    assert 6 not in found.terms


def test_more_talk_is_not_more_of_a_term():
    rng = np.random.default_rng(4)
    said, talk = talked(rng, 200)
    busy = rng.poisson(3 * talk[40:43])
    said[:, 40:43] = rng.poisson(3.0 * said[:, :].mean(axis=1, keepdims=True), (200, 3))
    talk[40:43] = busy
    assert not np.isin([38, 39, 40, 41, 42], bursts(usage(said, talk), 5).days).any()


@pytest.mark.parametrize("seed", range(4))
def test_uneven_talk_gives_hardly_a_false_burst(seed):
    rng = np.random.default_rng(seed)
    found = bursts(usage(*talked(rng, 5_000)), 5)
    assert len(found.terms) <= 3


def test_few_users_are_no_burst():
    said, talk = np.zeros((1, N_DAYS), int), np.full(N_DAYS, 100)
    said[0, 50] = 5
    assert len(bursts(usage(said, talk), 5).terms) == 1
    assert not len(bursts(usage(said, talk), 6).terms)


def test_days_without_a_past_tell_nothing():
    said, talk = np.zeros((1, N_DAYS)), np.full(N_DAYS, 100)
    said[0, 2] = said[0, -1] = 50
    strange = surprise(said, talk, 5)
    assert np.isinf(strange[0, :5]).all()
    assert np.isinf(strange[0, N_DAYS - SPAN + 1 :]).all()


def test_no_terms_no_bursts():
    assert not len(bursts(usage(np.zeros((0, N_DAYS)), np.full(N_DAYS, 100)), 5).terms)
