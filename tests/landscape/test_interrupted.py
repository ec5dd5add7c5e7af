"""What a count did at an event: against plain references, and on days of real incidents."""

import csv
from collections import Counter
from datetime import date
from math import log

import numpy as np
import pytest
from scipy import stats

from headwater.landscape.analyses.episodes import BEFORE
from headwater.landscape.analyses.interrupted import (
    BEHIND,
    effect,
    followed,
    half_life,
    newey_west,
)
from headwater.landscape.analyses.series import Series, bursts
from tests.landscape.daily import YEAR, drawn, levels

LAG, SIZE, HALF_LIFE = 1, 3.0, 2.0  # of planted effects: days, times, days
MEAN = 60  # posts a day
APART = 28  # days between incidents


def test_the_fit_and_its_covariance_are_those_of_the_definition():
    rng = np.random.default_rng(1)
    design = np.stack([np.ones(30), np.arange(30.0), rng.normal(size=30)], axis=1)
    told = rng.normal(size=30).cumsum()
    fit, spread = newey_west(design, told, 3)
    assert fit == pytest.approx(np.linalg.lstsq(design, told)[0])
    left = told - design @ fit
    middle = sum(
        (1 - abs(i - j) / 4) * left[i] * left[j] * np.outer(design[i], design[j])
        for i in range(30)
        for j in range(30)
        if abs(i - j) <= 3
    )
    bread = np.linalg.pinv(design.T @ design)
    assert spread == pytest.approx(bread @ middle @ bread * 30 / 27)


def test_without_lags_and_with_even_errors_the_covariance_is_nearly_the_usual_one():
    rng = np.random.default_rng(2)
    days = np.arange(4000.0)
    told = 3 + 0.01 * days + rng.normal(size=4000)
    design = np.stack([np.ones(4000), days], axis=1)
    _, spread = newey_west(design, told, 0)
    assert np.sqrt(spread[1, 1]) == pytest.approx(stats.linregress(days, told).stderr, rel=0.05)


def test_a_step_in_a_smooth_series_is_told_as_it_is():
    days = np.arange(80)
    counts = 1e6 * np.exp(0.01 * days) * np.where(days >= 40, 2.5, 1)
    found = effect(counts, np.ones(80), 40)
    assert found.times == pytest.approx(2.5, rel=1e-4)
    assert effect(counts, counts, 40).times == pytest.approx(1)


@pytest.mark.parametrize("at", [0, 20, 71, 79])
def test_at_the_ends_nothing_is_told(at):
    assert effect(np.full(80, 50.0), np.ones(80), at) is None


@pytest.mark.parametrize("days", [0.8, 2.0, 5.0])
def test_a_half_life_is_that_of_the_decay(days):
    excess = 500 * 0.5 ** (np.arange(40) / days)
    expected = np.full(60, 100.0)
    counts = expected + np.concatenate([np.zeros(20), excess])
    assert half_life(counts, expected, 20) == pytest.approx(days)


def test_what_does_not_fade_has_no_half_life():
    expected = np.full(40, 100.0)
    assert half_life(expected * 2, expected, 20) is None
    assert half_life(expected + np.eye(40)[20] * 50, expected, 20) is None


@pytest.fixture(scope="module")
def incidents(research_data):
    """Give the days of real incidents, as days of their year, years apart."""
    path = research_data / "events" / "arvig_incidents_germany_2014_2017.csv"
    if not path.exists():
        pytest.skip("no list of incidents among the research data")
    years = {}
    with path.open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            on = date.fromisoformat(row["date"])
            years.setdefault(on.year, Counter())[on.timetuple().tm_yday - 1] += 1
    return [years[year] for year in sorted(years)]


def _chosen(rng, incidents):
    """Draw days of a year on which something happened, as often as it did, some weeks apart."""
    days, weights = zip(*sorted(incidents.items()), strict=True)
    drawn_days = rng.choice(days, 400, p=np.array(weights) / sum(weights))
    chosen = []
    for day in drawn_days.tolist():
        inside = APART <= day < YEAR - APART
        if inside and all(abs(day - one) >= APART for one in chosen):
            chosen.append(day)
    return sorted(chosen)


def _debate(rng, days, size=SIZE):
    """Draw a year of debate that days set off: what follows them, the rest, and both without chance."""
    level = levels(rng, MEAN, YEAR, 1, 0.1, 0.5, 0.2, 0.3)[0]
    usual = levels(np.random.default_rng(0), MEAN, YEAR, 1, 0, 0, 0.2, 0.3)[0]
    times = np.ones(YEAR)
    for day in days:
        after = np.arange(YEAR - day - LAG)
        times[day + LAG :] += (size - 1) * 0.5 ** (after / HALF_LIFE)
    return rng.poisson(level * times), rng.poisson(10 * level), usual * times, 10 * usual


def _debates(incidents, size=SIZE, n_seeds=4):
    for at, year in enumerate(incidents):
        for seed in range(n_seeds):
            rng = np.random.default_rng([at, seed])
            days = _chosen(rng, year)
            yield days, *_debate(rng, days, size)


def test_debate_is_aligned_with_the_incidents_that_set_it_off(incidents):
    n_days = n_found = 0
    lags = []
    for days, counts, rest, *_ in _debates(incidents):
        found = bursts(Series(counts[None].astype(float), rest[None].astype(float)))
        for day in days:
            own = [one for one in found if 0 <= one.first - day <= BEFORE]
            lags += [one.peak - day for one in own]
            n_found += bool(own)
        n_days += len(days)
        strays = [one for one in found if not any(0 <= one.peak - day <= 9 for day in days)]
        assert len(strays) <= 1
    assert n_days >= 100
    assert n_found >= 0.9 * n_days
    assert np.median(lags) == LAG
    assert np.mean(np.abs(np.array(lags) - LAG) <= 1) >= 0.9


def test_the_size_of_an_effect_lies_in_its_interval(incidents):
    held, wide = [], []
    for days, counts, rest, true, true_rest in _debates(incidents):
        for day in days:
            told, without_chance = effect(counts, rest, day), effect(true, true_rest, day)
            held.append(told.low <= without_chance.times <= told.high)
            wide.append(log(told.high / told.low))
    assert np.mean(held) >= 0.9
    assert np.median(wide) < log(4)


def test_the_half_life_is_recovered(incidents):
    found = []
    for days, counts, rest, *_ in _debates(incidents, size=6):
        for day in days:
            before = slice(day - 21, day)
            usual = rest * counts[before].sum() / rest[before].sum()
            found.append(half_life(counts.astype(float), usual, day + LAG))
    told = [one for one in found if one]
    assert len(told) >= 0.8 * len(found)
    assert HALF_LIFE / 1.6 <= np.median(told) <= HALF_LIFE * 1.6


def test_an_effect_is_followed_beyond_chance_and_a_day_without_one_hardly_ever(incidents):
    yes, no = [], []
    for days, counts, rest, *_ in _debates(incidents, size=4):
        lone = days[:: max(len(days) // 3, 1)]
        yes += [followed(counts, rest, day, days) for day in lone]
    for days, counts, rest, *_ in _debates(incidents, size=1):
        no += [followed(counts, rest, day, days) for day in days]
    assert np.mean(yes) >= 0.5
    assert np.mean(no) <= 0.08  # by design 5 in 100: where nothing stood out, it is not even asked


def test_what_the_control_shows_too_is_no_effect():
    rng = np.random.default_rng(3)
    both = drawn(rng, 100, 120)[0]
    both[60:70] *= 3
    counts, rest = rng.poisson(both).astype(float), rng.poisson(10 * both).astype(float)
    assert not followed(counts, rest, 60, [60])


def test_what_else_happened_within_a_week_leaves_it_open():
    rng = np.random.default_rng(4)
    counts, rest = drawn(rng, 100, 150, noise=0.05)[0], drawn(rng, 1000, 150, noise=0.05)[0]
    counts[70:] = rng.poisson(counts[70:] * 4)
    assert followed(counts, rest, 70, [70])
    assert followed(counts, rest, 70, [62, 70])
    assert not followed(counts, rest, 70, [63, 70])
    assert not followed(counts, rest, 70, [70, 70])


def test_a_control_that_falls_is_no_rise():
    rng = np.random.default_rng(6)
    counts, rest = drawn(rng, 100, 150, noise=0.05)[0], drawn(rng, 1000, 150, noise=0.05)[0]
    counts[70:] *= 0.9
    rest[70:] *= 0.3
    assert effect(counts, rest, 70).low > 1
    assert not followed(counts, rest, 70, [70])


def test_what_many_other_days_show_as_well_is_no_effect():
    rng = np.random.default_rng(7)
    counts, rest = drawn(rng, 100, 300, noise=0.05)[0], drawn(rng, 1000, 300, noise=0.05)[0]
    for day in range(30, 300, 40):
        counts[day : day + 20] *= 4
    assert effect(counts, rest, 150).low > 1
    assert not followed(counts, rest, 150, [150])


def test_a_fall_is_not_followed():
    counts = np.full(150, 100.0)
    counts[70 : 70 + BEHIND] = 30
    assert not followed(counts, np.full(150, 100.0), 70, [70])
