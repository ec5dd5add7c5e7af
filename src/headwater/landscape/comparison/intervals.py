"""The difference of two shares, each told with its 95 % interval, and its own interval.

With shares `a` and `b` and their intervals, the difference `d = b - a` lies between

    d - sqrt((b - low b)^2 + (high a - a)^2)  and  d + sqrt((high b - b)^2 + (a - low a)^2)

which keeps what is lopsided in the two (the method of variance estimates recovery, MOVER). With
Wilson's intervals it is Newcombe's method 10.

Sources: G. Y. Zou and A. Donner, Construction of confidence limits about effect measures: a general
approach, Statistics in Medicine 27 (2008). R. G. Newcombe, Interval estimation for the difference
between independent proportions, Statistics in Medicine 17 (1998).

**The model's errors.** The formula takes the two estimates as independent. Two audits are. Two
estimates of the model in one town are not: it errs there in some way of its own, in both periods, so
that both are too high or both too low, and in the difference that partly cancels. How far it does
depends on whether the model errs in both periods alike, which nobody has checked: words, topics and
people change. So nothing is taken off. A correlation of the estimates, which the full formula would
subtract, is 0 or more; leaving it out makes an interval that is too wide, never too narrow.

**The least change that is told** is how far the first share would have to move for its interval not to
hold 0: `sqrt((b - low b)^2 + (high a - a)^2)` for a rise, the other root for a fall. To be seen four
times in five, a change must be about 1.4 times as large.

**Where one of the two is only a bound** there is no `d`. The difference then lies between the ends
subtracted, `low b - high a` and `high b - low a`: each end errs once in 40, so both hold in 95 of 100
(Bonferroni). Of two bounds nothing is told.
"""

from math import ceil, floor, hypot, log10
from typing import NamedTuple

from headwater.landscape.report.model import Estimate

NOISE = 1e-9  # of binary fractions
NARROWEST = 1e-6  # half an interval: a hundredth of what a report prints


class Difference(NamedTuple):
    """By how much the second share is above the first; None for what cannot be told."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    least_rise: float | None = None
    least_fall: float | None = None


def difference(first: Estimate, second: Estimate) -> Difference:
    """Give the difference of two published shares, in the digits that its interval supports."""
    found = exact(first, second)
    return found if found.low is None else _printed(found)


def exact(first: Estimate, second: Estimate) -> Difference:
    """Give the difference of two published shares, with all digits."""
    if first.high is None or second.high is None or first.share is second.share is None:
        return Difference()
    first_low, second_low = (one.low or 0 for one in (first, second))  # no share is below 0
    if first.share is None or second.share is None:
        return Difference(None, second_low - first.high, second.high - first_low)
    down = hypot(second.share - second_low, first.high - first.share)
    up = hypot(second.high - second.share, first.share - first_low)
    value = second.share - first.share
    return Difference(value, max(value - down, -1), min(value + up, 1), down, up)


def _printed(exact: Difference) -> Difference:
    """Keep two digits of half the interval; round its ends, and what is least told, outwards."""
    low, high = exact.low or 0, exact.high or 0
    power = floor(log10(max((high - low) / 2, NARROWEST))) - 1
    scale, digits = 10.0**-power, -power
    rise, fall = (
        None if one is None else round(ceil(one * scale - NOISE) / scale, digits)
        for one in (exact.least_rise, exact.least_fall)
    )
    return Difference(
        None if exact.value is None else round(exact.value, digits) + 0.0,  # no minus nought
        max(round(floor(low * scale + NOISE) / scale, digits), -1.0) + 0.0,
        min(round(ceil(high * scale - NOISE) / scale, digits), 1.0) + 0.0,
        rise,
        fall,
    )
