"""Shares with their 95 % intervals, and whether two of them differ."""

from math import hypot
from typing import NamedTuple

Z = 1.959964  # 95 %
N_ERRORS = 2  # standard errors that two estimates of one share may lie apart


class Interval(NamedTuple):
    """A share, 0 to 1, and its 95 % interval."""

    share: float
    low: float
    high: float


ANYTHING = Interval(0.5, 0, 1)  # what is said of no posts


def differ(one: Interval, other: Interval) -> bool:
    """Say whether two estimates of one share lie further apart than their errors explain."""
    lower, upper = sorted((one, other))
    error = hypot(upper.share - upper.low, lower.high - lower.share) / Z
    return upper.share - lower.share > N_ERRORS * error
