"""From the share a model flags to the share there is.

Source: W. J. Rogan and B. Gladen, Estimating prevalence from the results of a screening test,
American Journal of Epidemiology 107 (1978). Their variance holds where the error rates are known
well; a town is a source that the model has not seen, so the interval is taken from draws of the
error rates and of the sample, which a ratio of uncertain rates needs.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import groupby
from math import sqrt
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape import models
from headwater.landscape.report.model import ErrorRate
from headwater.landscape.shapes import Evidence, Group, Groups

Z = 1.959964  # 95 %
ENDS = (0.025, 0.975)
N_DRAWS = 8192
LEAST_GAIN = 0.01  # of a draw: where the model tells nothing, any share may be
Draws = NDArray[np.float64]


class Flagged(NamedTuple):
    """Posts of one language that were judged, and how many of them were flagged."""

    language: str
    n_posts: int
    n_flagged: int
    n_squares: float  # of them by author, squared and added up: few who write most tell less

    def and_of(self, group: Group) -> "Flagged":
        """Return with more flagged posts, whose authors may be the same."""
        n_squares = (sqrt(self.n_squares) + sqrt(group.n_squares)) ** 2
        return self._replace(n_flagged=self.n_flagged + group.n_posts, n_squares=n_squares)


class Corrected(NamedTuple):
    """A share, 0 to 1, and its 95 % interval."""

    share: float
    low: float
    high: float


Shares = Mapping[tuple[Any, ...], Corrected]


def shares(flagged: Groups, evidence: Evidence) -> Shares:
    """Give the corrected share of each whole, from groups keyed (*whole, language, is_hate)."""
    rates = error_rates(evidence)
    wholes = groupby(flagged, key=lambda group: group.key[:-2])
    return {whole: corrected(by_language(groups), rates) for whole, groups in wholes}


def corrected(flagged: Sequence[Flagged], rates: Mapping[str, ErrorRate]) -> Corrected:
    """Estimate the share of hate over languages, each corrected by its own error rates.

    With q flagged of n posts, sensitivity s and false-positive rate f, a language's share is
    (q - f) / (s - f); languages add up by their posts. The interval holds the middle 95 % of
    that over draws of q, s and f. Since no share is below 0, its upper end is taken of the draws
    that are not; so it stays above 0 where fewer are flagged than false alarms should be. In a
    language without error rates none or all may be hate.
    """
    known = [one for one in flagged if one.language in rates]
    n_known = sum(one.n_posts for one in known)
    if not known:
        return Corrected(0.0, 0.0, 1.0)
    share = _inside(_linear(known, rates))
    low, high = _ends(known, rates)
    part = n_known / sum(one.n_posts for one in flagged)
    ends = min(low, share) * part, max(high, share) * part + (1 - part)
    return Corrected(share * part, *ends)


def high_of_few(flagged: Sequence[Flagged], rates: Mapping[str, ErrorRate], few: int) -> float:
    """Give the upper end at most, were no more than so few posts flagged, all of one author."""
    if any(one.language not in rates for one in flagged):
        return 1.0
    none = [one._replace(n_flagged=0, n_squares=0) for one in flagged]
    ends = [_ends(none, rates)[1]]
    for at, one in enumerate(none):
        n = min(few, one.n_posts)
        some = [*none[:at], one._replace(n_flagged=n, n_squares=n**2), *none[at + 1 :]]
        ends.append(_ends(some, rates)[1])
    return max(ends)


def difference(
    first: Sequence[Flagged], second: Sequence[Flagged], rates: Mapping[str, ErrorRate], risk: float
) -> Corrected:
    """Say by how much the first share is above the second, both corrected by the same error rates.

    The model errs alike in both, so what it errs is drawn once for both; posts are drawn for each. Who
    is in both is drawn twice, which makes the interval too wide rather than too narrow.

    Args:
        first: By language, of languages with error rates.
        second: Likewise.
        rates: Of each language.
        risk: Part of the 5 % that the interval may miss, where it is one of several.
    """
    share = sum(_linear(one, rates) * side for one, side in ((first, 1), (second, -1)))
    drawn = _drawn(first, rates) - _drawn(second, rates, "others")
    low, high = np.quantile(drawn, (ENDS[0] * risk, 1 - ENDS[0] * risk)).tolist()
    return Corrected(share, min(low, share), max(high, share))


def error_rates(evidence: Evidence) -> Mapping[str, ErrorRate]:
    """Give how the model errs in each language: in a town not seen before, or as an audit found.

    An audit's labels are too few for each language by itself, so its rates hold for all.
    """
    model, audit = models.load(*evidence.judge), evidence.audit
    if audit is None or audit.rates is None:
        return models.error_rates(model)
    found = audit.rates._asdict()
    return {
        name: ErrorRate(
            language="all", threshold=one.flags_from(counts=True), **found, n_hate=0, n_other=0
        )
        for name, one in model.languages.items()
    }


def wilson(n_hits: int, n: int) -> Corrected:
    """Give a share with Wilson's interval.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    share = n_hits / n
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * sqrt(share * (1 - share) / n + (Z / (2 * n)) ** 2)
    low, high = _inside(middle - reach), _inside(middle + reach)
    return Corrected(share, min(low, share), max(high, share))


def _share(one: Flagged, rate: ErrorRate) -> float:
    return (one.n_flagged / one.n_posts - rate.false_positive_rate) / _gain(rate)


def _linear(flagged: Sequence[Flagged], rates: Mapping[str, ErrorRate]) -> float:
    """Give the corrected share over languages, be it below 0."""
    n_all = sum(one.n_posts for one in flagged)
    return sum(one.n_posts / n_all * _share(one, rates[one.language]) for one in flagged)


def _drawn(flagged: Sequence[Flagged], rates: Mapping[str, ErrorRate], use: str = "posts") -> Draws:
    """Draw shares over languages; a language errs alike in all parts of a town."""
    n_all = sum(one.n_posts for one in flagged)
    drawn = np.zeros(N_DRAWS)
    for one in flagged:
        sensitivity, alarms = _rates(rates[one.language])
        share = one.n_flagged / one.n_posts
        # authors are drawn, each with all of their posts; with one post each it is the binomial
        spread = sqrt(one.n_squares * (1 - share)) / one.n_posts
        found = np.maximum(share + _normal(one.language, use) * spread, 0)
        gain = np.maximum(sensitivity - alarms, LEAST_GAIN)
        drawn += one.n_posts / n_all * np.minimum((found - alarms) / gain, 1)
    return drawn


def _ends(flagged: Sequence[Flagged], rates: Mapping[str, ErrorRate]) -> tuple[float, float]:
    """Give the interval of the share over languages; some of its draws are below 0."""
    drawn = _drawn(flagged, rates)
    possible = drawn[drawn > 0]
    n_all = sum(one.n_posts for one in flagged)
    least = 3 / (n_all * min(_gain(rates[one.language]) for one in flagged))  # the rule of three
    high = float(np.quantile(possible, ENDS[1])) if len(possible) else 0.0
    return _inside(float(np.quantile(drawn, ENDS[0]))), _inside(max(high, least))


@cache
def _rates(rate: ErrorRate) -> tuple[Draws, Draws]:
    """Draw sensitivities and false-positive rates of sources not seen before."""
    rng = _rng(rate.language, "rates")
    hits = _factors(rng, rate.sensitivity, rate.sensitivity_sd)
    return hits, _factors(rng, rate.false_positive_rate, rate.false_positive_rate_sd)


def _factors(rng: np.random.Generator, mean: float, sd: float) -> Draws:
    """Draw rates that differ between sources by factors: log-normal, of this mean and spread."""
    variance = np.log1p((sd / mean) ** 2)
    drawn = rng.lognormal(np.log(mean) - variance / 2, np.sqrt(variance), N_DRAWS)
    return np.minimum(drawn, 1 - LEAST_GAIN)


@cache
def _normal(language: str, use: str) -> Draws:
    return _rng(language, use).standard_normal(N_DRAWS)


def _rng(language: str, use: str) -> np.random.Generator:
    """Give draws that are the same in each run, and others for each language and use."""
    return np.random.default_rng(int.from_bytes(f"{language} {use}".encode()))


def _gain(rate: ErrorRate) -> float:
    return rate.sensitivity - rate.false_positive_rate


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def by_language(groups: Iterable[Group]) -> list[Flagged]:
    """Put together what was judged and flagged in each language."""
    found: dict[str, Flagged] = {}
    for group in groups:
        *_, language, is_hate = group.key
        before = found.get(language, Flagged(language, 0, 0, 0))
        after = before._replace(n_posts=before.n_posts + group.n_posts)
        found[language] = after.and_of(group) if is_hate else after
    return list(found.values())
