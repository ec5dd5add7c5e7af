"""Days from which a daily count stays higher or lower, for two weeks at the least.

The series is cut in two where that explains most, and each part again (binary segmentation), as long
as the gain in Poisson likelihood exceeds a penalty. It is divided by how uneven the series is by itself,
over days that follow each other and over days a week apart, so that noise that goes on from day to day is
not taken for a change. A change must be sudden: it shows in the four weeks before and behind it by themselves,
and these fit a step better than a slope.

Source: A. Scott and M. Knott, A cluster analysis method for grouping means in the analysis of variance,
Biometrics 30 (1974); P. McCullagh and J. Nelder, Generalized linear models (1989), chapter 9.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from headwater.landscape.analyses.bursts import QUIET, QUIET_VARIANCE
from headwater.landscape.analyses.series import (
    AROUND,
    LEAST_TIMES,
    WEEK,
    Days,
    Flags,
    Series,
    evened,
)
from headwater.landscape.analyses.spans import Floats, so_far

LASTS = 14  # days
PENALTY = 2.5  # times the logarithm of the days and series looked at: the least gain
LEAST_RATE = 1e-9
MOST_ALIKE = 0.8  # of one day and the next


class Level(NamedTuple):
    """A day from which a count has another level."""

    series: int
    first: int  # day, from 0
    end: int  # the day behind the last of its level
    times: float  # the level of the four weeks before
    surprise: float  # the root of the gain in the weeks around


def levels(series: Series, keep: Flags, weekday: int = 0) -> tuple[Level, ...]:
    """Find the changes of level, in the order of series and days.

    Args:
        series: What is counted.
        keep: Days that are in no burst.
        weekday: Of the first day, 0 to 6.
    """
    even = evened(series, keep, weekday)
    n, weight = (np.where(keep, one, 0.0) for one in even)
    penalty = PENALTY * np.log(max(series.n.size, 2))
    return tuple(
        level for of in range(len(series.n)) for level in _of_one(of, n[of], weight[of], penalty)
    )


def _of_one(of: int, n: Floats, weight: Floats, penalty: float) -> list[Level]:
    """Find the changes of one series: of all cuts the least goes, until each stands by itself."""
    counted, uneven = so_far(np.stack([n, weight])), longrun(n, weight)
    cuts = sorted(_cuts(counted, uneven, (0, len(n)), penalty))
    while cuts:
        edges = [0, *cuts, len(n)]
        told = [_told(of, n, weight, uneven, edges[at : at + 3]) for at in range(len(cuts))]
        least = min(told, key=lambda one: one.surprise)
        if least.surprise > np.sqrt(penalty):
            return told
        cuts.remove(least.first)
    return []


def _told(of: int, n: Floats, weight: Floats, uneven: float, edges: Sequence[int]) -> Level:
    """Tell a change; one that is small or slow has no surprise."""
    start, at, end = edges
    before, behind = slice(max(start, at - AROUND), at), slice(at, min(end, at + AROUND))
    times = _rate(n[behind], weight[behind]) / max(_rate(n[before], weight[before]), LEAST_RATE)
    around = slice(before.start, behind.stop)
    gain = _gains(so_far(np.stack([n, weight])[:, around]), uneven, np.array([at - before.start]))
    is_news = max(times, 1 / max(times, LEAST_RATE)) >= LEAST_TIMES
    is_told = is_news and _is_step(n, weight, before, behind)
    return Level(of, at, end, times, float(np.sqrt(gain[0])) if is_told else 0.0)


def longrun(n: Floats, weight: Floats) -> float:
    """Give the variance of sums over many days, as a multiple of that of chance alone."""
    rate = _rate(n, weight)
    if rate <= 0:
        return 1.0
    usual = np.where(weight > 0, rate * weight, np.nan)
    day, week = (_differing(n / usual, apart) for apart in (1, WEEK))
    chance = float(np.nanmean(1 / usual))
    uneven = max(week - chance, 0.0)
    alike = min(max(1 - (day - chance) / uneven, 0.0), MOST_ALIKE) if uneven else 0.0
    return 1 + float(np.nanmean(usual)) * uneven * (1 + alike) / (1 - alike)


def _differing(relative: Floats, apart: int) -> float:
    """Give half the mean squared difference of days so far apart, the greatest left out."""
    squares = np.sort((relative[apart:] - relative[:-apart]) ** 2 / 2)
    squares = squares[~np.isnan(squares)]
    quiet = squares[: int(QUIET * len(squares))]
    return float(quiet.sum() / QUIET_VARIANCE / len(squares)) if len(squares) else 0.0


def _cuts(before: Floats, uneven: float, part: tuple[int, int], penalty: float) -> Iterator[int]:
    """Cut a part of the days in two where that explains enough, and each half again."""
    first, end = part
    if end - first < 2 * LASTS:
        return
    places = np.arange(LASTS, end - first - LASTS + 1)
    gains = _gains((before[:, first : end + 1].T - before[:, first]).T, uneven, places)
    if gains.max() > penalty:
        at = first + int(places[gains.argmax()])
        yield at
        yield from _cuts(before, uneven, (first, at), penalty)
        yield from _cuts(before, uneven, (at, end), penalty)


def _gains(before: Floats, uneven: float, at: Days) -> Floats:
    """Give what two levels explain beyond one, of days that are cut in these places.

    Args:
        before: 2 x (days + 1): what was counted before each, and what that is held against.
        uneven: The variance, as a multiple of that of chance.
        at: First days of the second level.
    """
    left, whole = before[:, at], before[:, -1:]
    likely = _likely(*left) + _likely(*(whole - left)) - _likely(*whole)
    gains: Floats = 2 * likely / uneven
    return np.maximum(gains, 0)


def _likely(n: Floats, weight: Floats) -> Floats:
    """Give the logarithm of how likely counts are at their own level, but for what all share."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = np.where((n > 0) & (weight > 0), n * np.log(n / weight), 0)
    return found


def _is_step(n: Floats, weight: Floats, before: slice, behind: slice) -> bool:
    """Say whether a step fits the weeks around better than a slope."""
    own = slice(before.start, behind.stop)
    rates = np.divide(
        n[own], weight[own], out=np.zeros(own.stop - own.start), where=weight[own] > 0
    )
    days = np.arange(own.start, own.stop)
    return _missed(rates, weight[own], days >= behind.start) < _missed(rates, weight[own], days)


def _missed(rates: Floats, weight: Floats, by: Floats | Flags) -> float:
    """Give what a regression of rates on one thing leaves unexplained."""
    root = np.sqrt(weight)
    design = np.stack([root, root * by], axis=1)
    fit = np.linalg.lstsq(design, root * rates, rcond=None)[0]
    return float((((root * rates) - design @ fit) ** 2).sum())


def _rate(n: Floats, weight: Floats) -> float:
    return float(n.sum() / weight.sum()) if weight.sum() > 0 else 0.0
