"""From the share a model flags to the share there is.

Source: W. J. Rogan and B. Gladen, Estimating prevalence from the results of a screening test,
American Journal of Epidemiology 107 (1978). The variance adds what is not known of the model's
error rates on a source that it has not seen: a town is one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import sqrt
from statistics import NormalDist
from typing import Any, NamedTuple

from headwater.landscape import models
from headwater.landscape.report.model import ErrorRate
from headwater.landscape.shapes import Group, Groups

Z, TAIL = 1.959964, 0.025  # 95 %
NORMAL = NormalDist()


class Flagged(NamedTuple):
    """Posts of one language that were judged, and how many of them were flagged."""

    language: str
    n_posts: int
    n_flagged: int


class Corrected(NamedTuple):
    """A share, 0 to 1, and its 95 % interval."""

    share: float
    low: float
    high: float
    high_of_none: float  # what `high` would be, had nothing been found
    per_post: float  # at most what one more post found adds to the share


def shares(by_language: Groups) -> Mapping[tuple[Any, ...], Corrected]:
    """Give the corrected share of each whole, from groups keyed (*whole, language, is_hate)."""
    rates = models.load().error_rates
    wholes = groupby(by_language, key=lambda group: group.key[:-2])
    return {whole: corrected(_flagged(groups), rates) for whole, groups in wholes}


def corrected(flagged: Sequence[Flagged], rates: Mapping[str, ErrorRate]) -> Corrected:
    """Estimate the share of hate over languages, each corrected by its own error rates.

    With q flagged of n posts, sensitivity s, false-positive rate f and J = s - f, a language
    has p = (q - f) / J and var p = (q(1-q)/n + p² var s + (1-p)² var f) / J². Languages add up
    by their share of the posts. Shares are cut to 0..1 last, so that they do not drift upwards.
    """
    n_all = sum(one.n_posts for one in flagged)
    none = [one._replace(n_flagged=0) for one in flagged]
    least_gain = min(_gain(rates[one.language]) for one in flagged)
    share, sd = _added(flagged, rates)
    return Corrected(
        _inside(share),
        _inside(share - Z * sd),
        _high(share, sd),
        high_of_none=_high(*_added(none, rates)),
        per_post=1 / (n_all * least_gain),
    )


def wilson(n_hits: int, n: int) -> Corrected:
    """Give a share with Wilson's interval.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    share = n_hits / n
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * sqrt(share * (1 - share) / n + (Z / (2 * n)) ** 2)
    low, high = _inside(middle - reach), _inside(middle + reach)
    return Corrected(share, low, high, Z**2 / (n + Z**2), 1 / n)


def _added(flagged: Sequence[Flagged], rates: Mapping[str, ErrorRate]) -> tuple[float, float]:
    """Give the share over languages, not yet cut to 0..1, and its standard deviation."""
    n_all = sum(one.n_posts for one in flagged)
    share = variance = 0.0
    for one in flagged:
        weight = one.n_posts / n_all
        found, spread = _language(one, rates[one.language])
        share += weight * found
        variance += weight**2 * spread
    return share, sqrt(variance)


def _language(one: Flagged, rate: ErrorRate) -> tuple[float, float]:
    """Give one language's share and its variance."""
    flagged, gain = one.n_flagged / one.n_posts, _gain(rate)
    share = (flagged - rate.false_positive_rate) / gain
    inside = _inside(share)
    noise = flagged * (1 - flagged) / one.n_posts
    missed = (inside * rate.sensitivity_sd) ** 2
    alarms = ((1 - inside) * rate.false_positive_rate_sd) ** 2
    return share, (noise + missed + alarms) / gain**2


def _high(share: float, sd: float) -> float:
    """Give the upper end of the interval, knowing that no share is below 0.

    It is the quantile of a normal distribution cut at 0. Far above 0 that is share + Z sd; where
    the model flags less than its false alarms alone should be, it stays above 0.
    """
    if sd == 0:
        return _inside(share)
    beyond_zero = NORMAL.cdf(max(share / sd, -30.0))
    return _inside(max(share, -30.0 * sd) - sd * NORMAL.inv_cdf(TAIL * beyond_zero))


def _gain(rate: ErrorRate) -> float:
    return rate.sensitivity - rate.false_positive_rate


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _flagged(groups: Iterator[Group]) -> list[Flagged]:
    found: dict[str, Flagged] = {}
    for group in groups:
        *_, language, is_hate = group.key
        before = found.get(language, Flagged(language, 0, 0))
        n_flagged = before.n_flagged + group.n_posts * is_hate
        found[language] = Flagged(language, before.n_posts + group.n_posts, n_flagged)
    return list(found.values())
