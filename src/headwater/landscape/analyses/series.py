"""Days on which a daily count is higher than the weeks before and the weeks after let expect.

A run of up to 13 days is held against four weeks before and four weeks after, each by Li and Ma's
significance; the lesser counts, so neither a trend nor a change for good makes a burst. Weekdays are
evened out, and how far such an expectation misses by itself is learnt from the same series, for runs
of each length: so noise that is uneven, or goes on from day to day, must be exceeded too. Days that
were found are left out of what is expected, and all is done again.

Source: T.-P. Li and Y.-Q. Ma, Analysis methods for results in gamma-ray astronomy, The Astrophysical
Journal 272 (1983), formula 17; D. Wallace, Bounds on normal approximations to Student's and the
chi-square distributions, Annals of Mathematical Statistics 30 (1959); Y. Benjamini and Y. Hochberg,
Journal of the Royal Statistical Society B 57 (1995).
"""

from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses.bursts import significance
from headwater.landscape.analyses.spans import Floats, so_far, spans

LENGTHS = (1, 2, 3, 5, 8, 13)  # days of a burst
AROUND, GAP = 28, 4  # days before and behind it; between it and those behind
LEAST_AROUND = 14  # days of those, that tell what to expect
WEEK, YEAR, SLACK = 7, 365, 4  # days; feasts move a little
YEARLY = 0.5  # of the surprise, that another year had too
STEADIED = 50  # posts that no difference between weekdays counts as
LEAST_TIMES = 1.25  # what is expected: less is no news
FALSE_SHARE = 0.05  # of the bursts found, that may be chance
QUIET, QUIET_VARIANCE = 0.75, 0.2764  # of squared misses, and their part of a normal variance
STANDS_OUT = 2.0  # standard deviations, of a day beside a burst
LEAST_FREEDOM = 2.0
PASSES = 4
Flags = NDArray[np.bool_]
Days = NDArray[np.int64]
_normal_tail = np.vectorize(lambda z: erfc(z / sqrt(2)) / 2, otypes=[np.float64])


class Series(NamedTuple):
    """k daily counts over d days, and what they are held against."""

    n: Floats  # k x d
    of: Floats  # k x d: the rest of the talk, say; ones, where nothing


class Burst(NamedTuple):
    """A run of days on which a count stands out."""

    series: int
    first: int  # day, from 0
    peak: int
    end: int  # the day behind the last
    expected: float  # of the count, on all its days

    def meets(self, other: "Burst") -> bool:
        """Say whether another one has some of its days."""
        return self.series == other.series and self.first < other.end and other.first < self.end


class Cells(NamedTuple):
    """Runs of one length, by their series and first day: k x d each; NaN where nothing can be told."""

    surprise: Floats
    chance: Floats
    expected: Floats


def bursts(series: Series, weekday: int = 0) -> tuple[Burst, ...]:
    """Find the bursts, in the order of series and days.

    Args:
        series: What is counted.
        weekday: Of the first day, 0 to 6.
    """
    keep = np.ones(series.n.shape, np.bool_)
    found: tuple[Burst, ...] = ()
    for _ in range(PASSES):
        again = _found(evened(series, keep, weekday), keep)
        if again == found:
            break
        found, keep = again, outside(again, series.n.shape)
    return found


def outside(found: tuple[Burst, ...], shape: tuple[int, ...]) -> Flags:
    """Mark the days of each series that are in no burst."""
    keep = np.ones(shape, np.bool_)
    for one in found:
        keep[one.series, one.first : one.end] = False
    return keep


def evened(series: Series, keep: Flags, weekday: int) -> Series:
    """Put the usual difference between weekdays into what counts are held against.

    Each weekday is held against the weeks around its days; where little was counted, weekdays are
    taken for alike.
    """
    n_days = series.n.shape[1]
    counted, against = (so_far(np.where(keep, one, 0)) for one in series)
    usual = spans(against, -3, 4)
    usual = np.divide(spans(counted, -3, 4), usual, out=np.zeros_like(usual), where=usual > 0)
    usual = np.where(keep, usual * series.of, 0)
    day_of = (np.arange(n_days) + weekday) % WEEK
    factors = np.ones((len(series.n), WEEK))
    for day in range(WEEK):
        own = day_of == day
        said = np.where(keep, series.n, 0)[:, own].sum(axis=1)
        factors[:, day] = (said + STEADIED) / (usual[:, own].sum(axis=1) + STEADIED)
    return Series(series.n, series.of * factors[:, day_of])


def tail(t: Floats, freedom: Floats) -> Floats:
    """Give the chance that Student's t is so large or larger, by Wallace's formula; NaN of NaN."""
    near = np.sqrt(freedom * np.log1p(t**2 / freedom)) * (8 * freedom + 1) / (8 * freedom + 3)
    found: Floats = _normal_tail(np.copysign(near, t))
    return found


def cells(series: Series, keep: Flags, n_days: int) -> Cells:
    """Hold each run of so many days against the weeks before and behind it.

    Args:
        series: Whose weekdays are evened.
        keep: Days that tell what is usual.
        n_days: Of each run.
    """
    on, weight = (spans(so_far(one), 0, n_days) for one in series)
    outside_runs = (-AROUND, 0), (n_days + GAP, n_days + GAP + AROUND)
    sides = [_against(on, weight, series, keep, n_days, span) for span in outside_runs]
    before, behind = (side.surprise for side in sides)
    is_before = (before <= behind) | np.isnan(behind)
    is_whole = np.arange(on.shape[1]) <= on.shape[1] - n_days
    lesser = (np.where(is_before, *pair) for pair in zip(*sides, strict=True))
    return Cells(*(np.where(is_whole, one, np.nan) for one in lesser))


def _against(
    on: Floats, weight: Floats, series: Series, keep: Flags, n_days: int, span: tuple[int, int]
) -> Cells:
    """Hold runs against the days of a span before or behind them."""
    kept = so_far(keep.astype(np.float64))
    off, against = (spans(so_far(np.where(keep, one, 0)), *span) for one in series)
    told = (spans(kept, *span) >= LEAST_AROUND) & (against > 0) & (weight > 0)
    ratio = np.divide(weight, against, out=np.ones_like(on), where=told)
    expected, by_chance = off * ratio, off * ratio * (1 + ratio)
    usual = told & (spans(kept, 0, n_days) == n_days)
    uneven = _unevenness((on - expected) ** 2, expected, by_chance, usual)[:, None]
    surprise = significance(on, off, ratio)
    surprise /= np.sqrt(1 + uneven * expected**2 / np.maximum(by_chance, 1e-9))
    chance = tail(surprise, np.maximum(usual.sum(axis=1, keepdims=True) / n_days, LEAST_FREEDOM))
    return Cells(*(np.where(told, one, np.nan) for one in (surprise, chance, expected)))


def _unevenness(missed: Floats, expected: Floats, by_chance: Floats, usual: Flags) -> Floats:
    """Give by how much more than chance expectations miss: the squared share of what was expected.

    The greatest misses are left out, which may be bursts.
    """
    found = np.zeros(len(missed))
    for at, own in enumerate(usual):
        quiet = float(np.sort(missed[at, own])[: int(QUIET * own.sum())].sum()) / QUIET_VARIANCE
        level = float((expected[at, own] ** 2).sum())
        found[at] = (quiet - float(by_chance[at, own].sum())) / level if level > 0 else 0
    return np.maximum(found, 0)


def _found(series: Series, keep: Flags) -> tuple[Burst, ...]:
    """Choose the runs of which hardly any is chance: the least likely of those that meet.

    A thing that stands out does so in many runs, which count as one; the share of chance is one of
    bursts (Benjamini and Hochberg), each tried as often as there are runs.
    """
    by_length = [cells(series, keep, n_days) for n_days in LENGTHS]
    chance = np.stack([one.chance for one in by_length])
    n_tests = int(np.count_nonzero(~np.isnan(chance)))
    for at, (one, n_days) in enumerate(zip(by_length, LENGTHS, strict=True)):
        chance[at][_is_no_news(series.n, one, n_days)] = np.nan
    apart = _apart(chance)
    rare = np.array([chance[place] for place in apart])
    allowed = FALSE_SHARE * np.arange(1, len(rare) + 1) / max(n_tests, 1)
    n_kept = np.flatnonzero(rare <= allowed).max(initial=-1) + 1
    found: list[Burst] = []
    for length, of, day in apart[:n_kept]:
        burst = _burst(series.n, of, (day, day + LENGTHS[length]), by_length[0])
        if not any(map(burst.meets, found)):  # with the days beside it, it may be the same
            found.append(burst)
    return tuple(sorted(found))


def _apart(chance: Floats) -> list[tuple[int, int, int]]:
    """Give the runs that may stand out by length, series and day, the least likely of those that meet."""
    places = np.argwhere(chance <= FALSE_SHARE)
    order = np.argsort(chance[tuple(places.T)], kind="stable")
    taken = np.zeros(chance.shape[1:], np.bool_)
    found = []
    for length, of, day in places[order].tolist():
        first, end = day, day + LENGTHS[length]
        if not taken[of, max(first - GAP, 0) : end + GAP].any():
            found.append((length, of, day))
            taken[of, first:end] = True
    return found


def _is_no_news(n: Floats, found: Cells, n_days: int) -> Flags:
    """Say of runs whether they are hardly more than expected, or another year had the like."""
    known: Flags = ~(spans(so_far(n), 0, n_days) >= LEAST_TIMES * found.expected)
    surprise = np.nan_to_num(found.surprise)
    for shift in [year + slack for year in (-YEAR, YEAR) for slack in range(-SLACK, SLACK + 1)]:
        there = np.arange(n.shape[1]) + shift
        inside = (there >= 0) & (there < n.shape[1])
        known[:, inside] |= surprise[:, there[inside]] >= YEARLY * surprise[:, inside]
    return known


def _burst(n: Floats, of: int, run: tuple[int, int], daily: Cells) -> Burst:
    """Tell a burst, with the days beside its run that stand out by themselves."""
    first, end = run
    stands_out = np.nan_to_num(daily.surprise[of]) >= STANDS_OUT
    while first > 0 and stands_out[first - 1]:
        first -= 1
    while end < len(stands_out) and stands_out[end]:
        end += 1
    usual = np.nan_to_num(daily.expected[of, first:end])
    peak = first + int((n[of, first:end] - usual).argmax())
    return Burst(of, first, peak, end, float(usual.sum()))
