"""Terms that come, go or come back: the measure, and what is found in talk that is made up."""

import numpy as np
import pytest
from scipy.optimize import isotonic_regression
from scipy.special import polygamma
from scipy.stats import t as student

from headwater.landscape.analyses import changes, unevenness
from headwater.landscape.analyses.changes import CUTS, LEAST_PART, Level, log_odds
from headwater.landscape.analyses.weeks import LEAST_TALK, NONE, use, weeks
from tests.landscape.test_bursts import usage

KINDS = ("even", "uneven", "bursting", "bursting for two weeks")


def by_day(said):
    """Spread each week's use over its days."""
    days = np.zeros((len(said), 7 * said.shape[1]), np.int64)
    for day in range(7):
        days[:, day::7] = (said + day) // 7
    return days


def talked(seed, kind, n_weeks=13, n_terms=800):
    """Draw w weeks of talk in which nothing changes, each term's use as uneven as its kind is."""
    rng = np.random.default_rng(seed)
    talk = rng.poisson(1500 * (1 + 0.2 * np.sin(np.arange(n_weeks) / 3)))
    share = rng.lognormal(np.log(0.006), 1, n_terms)[:, None]
    uneven = np.ones((n_terms, n_weeks))
    if kind == "uneven":
        uneven = rng.gamma(4, 0.25, uneven.shape)
    if kind.startswith("bursting"):
        bursts = rng.random(uneven.shape) < 0.02
        if kind.endswith("weeks"):
            bursts[:, 1:] |= bursts[:, :-1]
        uneven = np.where(bursts, rng.exponential(15, uneven.shape), 0.5)
    return np.minimum(rng.poisson(share * uneven * talk), talk), talk


def found_in(said, talk):
    days, talked = by_day(said), by_day(talk[None])[0]
    made = usage(days, talked)
    return changes.changes(made, weeks(made.talk))


def test_the_difference_of_log_odds_is_that_of_the_paper():
    """Monroe, Colaresi and Quinn 2008, worked out by hand: 30 of 10,000 beside 5 of 12,000."""
    one, other, prior = (
        Level(np.array([said]), np.array([talk]))
        for said, talk in ((30.0, 10_000.0), (5.0, 12_000.0), (3.5, 1_000.0))
    )
    change, variance = log_odds(one, other, prior)
    assert change[0] == pytest.approx(1.5409, abs=5e-5)
    assert (change / np.sqrt(variance))[0] == pytest.approx(4.012, abs=5e-4)


@pytest.mark.parametrize("freedom", [8, 20, 110])
def test_chance_is_students(freedom):
    sure = np.array([0.5, 2.0, 4.0, 8.0])
    expected = 2 * student.sf(sure, freedom)
    assert np.log(changes._chance(sure, freedom)) == pytest.approx(np.log(expected), rel=0.03)


def test_the_rising_fit_is_isotonic_regression():
    rng = np.random.default_rng(2)
    said, talk = rng.poisson(9, (40, 15)).astype(float), rng.poisson(300, 15).astype(float)
    for own, fit in zip(said, unevenness.rising(said, talk), strict=True):
        assert fit == pytest.approx(isotonic_regression(own / talk, weights=talk).x)


@pytest.mark.parametrize("freedom", [6, 12, 50])
def test_degrees_of_freedom_are_told_from_how_alike_terms_are(freedom):
    exact = float(polygamma(1, freedom / 2))
    assert unevenness._log_variance(freedom) == pytest.approx(exact, rel=0.08)
    assert unevenness._freedom(exact) == pytest.approx(freedom, rel=0.1)


def test_how_uneven_most_terms_are_is_found():
    said, talk = talked(1, "uneven", n_weeks=52, n_terms=3000)
    typical = unevenness.typical([unevenness.own(said.astype(float), talk)], 52)
    assert typical.spread == pytest.approx(0.25, rel=0.2)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("n_weeks", [8, 13, 52])
def test_where_nothing_changes_next_to_nothing_is_found(kind, n_weeks):
    n_found = [len(found_in(*talked(seed, kind, n_weeks)).terms) for seed in range(4)]
    assert sum(n_found) <= 2


def test_what_rises_falls_and_comes_back_is_found_with_its_weeks():
    said, talk = talked(5, "even", n_weeks=26)
    rng = np.random.default_rng(6)
    said[:9] = rng.poisson(12, (9, 26))
    said[:3, :18] = 0
    said[3:6, 20:] = 0
    said[6:9, 8:18] = 0
    found = found_in(said, talk)
    assert sorted(found.terms.tolist()) == list(range(9))
    told = {term: at for at, term in enumerate(found.terms.tolist())}
    for term in range(9):
        at = told[term]
        since, silent = ((18, NONE), (20, NONE), (18, 8))[term // 3]
        assert abs(found.since[at] - since) <= 1
        assert found.silent[at] == silent
        assert (found.surprise[at] > 0) == (term // 3 != 1)
    assert (np.diff(found.chance) >= 0).all()


def test_a_ramp_is_a_rise():
    said, talk = talked(7, "even", n_weeks=12)
    said[0] = [0, 0, 0, 0, 0, 4, 17, 26, 33, 49, 35, 36]
    assert found_in(said, talk).terms.tolist() == [0]


@pytest.mark.parametrize("n_peaks", [1, 2])
def test_what_one_or_two_weeks_explain_is_no_change(n_peaks):
    said, talk = talked(8, "even")
    said[:20] = np.random.default_rng(1).poisson(3, (20, 13))
    said[:20, 11 - n_peaks : 11] += 80
    assert not found_in(said, talk).terms.size


def test_few_weeks_few_people_and_few_places_tell_nothing():
    said, talk = talked(9, "even")
    said[0, :9], said[0, 9:] = 0, 30
    assert found_in(said, talk).terms.tolist() == [0]
    assert not found_in(said[:, 6:], talk[6:]).terms.size
    days = by_day(said)
    made = usage(days, by_day(talk[None])[0])._replace(n_places=np.full(len(said), 2))
    assert not changes.changes(made, weeks(made.talk)).terms.size


def test_the_order_of_terms_changes_nothing():
    said, talk = talked(10, "uneven")
    said[:5, :9] = 0
    said[:5, 9:] = 25
    one, turned = found_in(said, talk), found_in(said[::-1], talk)
    assert sorted((len(said) - 1 - turned.terms).tolist()) == sorted(one.terms.tolist())
    assert np.sort(one.chance) == pytest.approx(np.sort(turned.chance))
    assert len(one.terms) >= 5


def test_weeks_end_on_the_last_day_and_quiet_ones_are_left_out():
    talk = np.full(7 * 4 + 3, 20)
    talk[3 + 7 : 3 + 14] = 1
    cut = weeks(talk)
    assert cut.starts.tolist() == [3, 17, 24]
    assert cut.talk.tolist() == [140, 140, 140]
    assert cut.of_day.tolist() == [NONE] * 3 + [0] * 7 + [NONE] * 7 + [1] * 7 + [2] * 7
    assert LEAST_TALK > 7
    said = np.zeros((2, len(talk)), np.int64)
    said[1, [0, 4, 12, 30, 29]] = [9, 2, 5, 3, 4]
    assert use(usage(said, talk), cut, 0, 2).tolist() == [[0, 0, 0], [2, 0, 7]]


def test_levels_may_change_at_quarters_and_before_the_last_weeks():
    assert len(CUTS) == 4
    said, talk = talked(11, "even", n_weeks=52)
    said[0, : 52 - LEAST_PART], said[0, 52 - LEAST_PART :] = 0, 25
    assert found_in(said, talk).terms.tolist() == [0]


def test_what_everybody_always_says_does_not_change():
    said, talk = talked(12, "even")
    said[0] = talk
    assert not found_in(said, talk).terms.size
