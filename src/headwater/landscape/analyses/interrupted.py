"""Whether a count changed at an event, beyond what a control series and other days show.

A straight line through the logarithm of the count's share of its control, with a change of level and of
slope at the event; what is told is how much higher the first week after it lies. The variance allows for days that
are like their neighbours (Newey and West). The same is asked of all other days: a change must exceed
that of 95 in 100 of these placebo days.

Source: A. Wagner and others, Segmented regression analysis of interrupted time series studies in
medication use research, Journal of Clinical Pharmacy and Therapeutics 27 (2002); W. Newey and K. West,
A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix,
Econometrica 55 (1987); A. Abadie, A. Diamond and J. Hainmueller, Journal of the American Statistical
Association 105 (2010), for placebos.
"""

from collections.abc import Sequence
from math import exp, log
from typing import NamedTuple

import numpy as np

from headwater.landscape.analyses.spans import Floats

BEFORE, BEHIND = 21, 10  # days of the regression: those before are whole weeks
WEEK, MIDDLE = 7, 3.0  # days: of the week that is told, and from the event to its middle
LAGS = 3  # days whose neighbours are alike
Z = 1.959964  # 95 %
LEAST_PLACEBOS = 20
BEYOND = 0.95  # of placebo days
COMPETING = 7  # days around an event, in which nothing else may have happened
HALF = 0.5  # post, so that a day without any has a logarithm
LEAST_DECAY, MOST_DECAY = 3, 14  # days that tell a half-life, which is no longer than these


class Effect(NamedTuple):
    """By how many times a count is higher in the week from a day on, and its 95 % interval."""

    times: float
    low: float
    high: float


def effect(n: Floats, control: Floats, at: int) -> Effect | None:
    """Tell the effect of an event; None where the days around it do not suffice.

    Args:
        n: d daily counts.
        control: d: the rest of the talk, weekdays evened; ones, for the count by itself.
        at: The event's day.
    """
    if at < BEFORE or at + BEHIND > len(n):
        return None
    own = slice(at - BEFORE, at + BEHIND)
    days = np.arange(-BEFORE, BEHIND, dtype=np.float64)
    behind = (days >= 0).astype(np.float64)
    design = np.stack([np.ones_like(days), days, behind, behind * days], axis=1)
    rate = np.log((n[own] + HALF) / (control[own] + HALF))
    told = np.array([0.0, 0.0, 1.0, MIDDLE])
    fit, spread = newey_west(design, rate, LAGS)
    change, error = float(told @ fit), float(np.sqrt(told @ spread @ told))
    return Effect(exp(change), exp(change - Z * error), exp(change + Z * error))


def newey_west(design: Floats, told: Floats, lags: int) -> tuple[Floats, Floats]:
    """Give a least-squares fit and its covariance, errors being alike over some days.

    Args:
        design: n x p.
        told: n.
        lags: Days.
    """
    inverse = np.linalg.inv(design.T @ design)
    fit = inverse @ design.T @ told
    scores = design * (told - design @ fit)[:, None]
    middle = scores.T @ scores
    for lag in range(1, lags + 1):
        apart = scores[lag:].T @ scores[:-lag]
        middle = middle + (1 - lag / (lags + 1)) * (apart + apart.T)
    n, p = design.shape
    return fit, inverse @ middle @ inverse * n / (n - p)


def followed(n: Floats, control: Floats, at: int, happened: Sequence[int]) -> bool:
    """Say whether a rise at an event is more than chance, its control and other events explain.

    Args:
        n: d daily counts.
        control: d: the rest of the talk, weekdays evened.
        at: The event's day.
        happened: The days of all events.
    """
    if sum(abs(day - at) <= COMPETING for day in happened) > 1:
        return False
    found = effect(n, control, at)
    if found is None or found.low <= 1 or n[at : at + WEEK].mean() <= n[at - BEFORE : at].mean():
        return False  # the last: only the control fell
    others = placebos(n, control, at)
    return len(others) >= LEAST_PLACEBOS and bool((others < found.times).mean() >= BEYOND)


def placebos(n: Floats, control: Floats, at: int) -> Floats:
    """Give the effects at all days on which the event tells nothing."""
    days = (day for day in range(len(n)) if not at - BEHIND < day < at + BEFORE)
    told = (effect(n, control, day) for day in days)
    return np.array([one.times for one in told if one is not None])


def half_life(n: Floats, expected: Floats, peak: int) -> float | None:
    """Give in how many days half of the excess of the peak was gone; None where it cannot be told.

    Args:
        n: d daily counts.
        expected: d, of each.
        peak: The day from which the excess falls.
    """
    excess = (n - expected)[peak : peak + MOST_DECAY]
    over = np.flatnonzero(excess <= 0)
    excess = excess[: over[0]] if len(over) else excess
    if len(excess) < LEAST_DECAY:
        return None
    slope = np.polyfit(np.arange(len(excess)), np.log(excess), 1, w=np.sqrt(excess))[0]
    decay = max(-float(slope), 0.0)
    return log(2) / decay if decay * MOST_DECAY > log(2) else None
