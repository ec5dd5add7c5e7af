"""Days on which more people use a term than its past, its season and what came after explain.

A term is held against the weeks before, and against the days just before or the weeks after, each by
Li and Ma's significance for counts on and off a source; the lesser counts. So neither a trend nor a
weekday makes a burst, and a term whose use rose at once and for good makes one. What another year had
on the same days is a feast, and what grows for weeks is a new habit: neither is one. Use that is uneven by itself must stand out more (quasi-likelihood).

Source: T.-P. Li and Y.-Q. Ma, Analysis methods for results in gamma-ray astronomy, The Astrophysical
Journal 272 (1983), formula 17; P. McCullagh and J. Nelder, Generalized linear models (1989), chapter
9; Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B
57 (1995).
"""

from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses.spans import so_far, spans
from headwater.landscape.talk import Usage

SPAN = 3  # days that are looked at together
FAR, NEAR, GAP, AFTER = 56, 14, 4, 28  # days
YEAR, SLACK = 365, 4  # days; feasts move a little
YEARLY = 0.5  # of the use, that another year had too
GROWING = 1.5  # times the use, in the weeks after
LEAST_PAST = 5  # days
FALSE_SHARE = 0.001  # of the bursts found, that may be chance: a true one has many
MOST = 4096  # the strongest are enough
APART = 6  # days between two bursts of one term
BLOCK = 2048  # terms
QUIET, QUIET_VARIANCE = 0.9, 0.561  # of squared differences, and their part of a normal variance
LEAST_SPANS = 8  # that tell how uneven use is
Floats = NDArray[np.float64]


class Bursts(NamedTuple):
    """k bursts, the most surprising first."""

    terms: NDArray[np.int64]  # k, which term of the usage
    days: NDArray[np.int64]  # k, the first of its days, from 0
    surprise: Floats  # k, standard deviations


NO_BURSTS = Bursts(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def bursts(usage: Usage, least: int) -> Bursts:
    """Find the bursts in which a term was used at least so often, each person counting once a day."""
    found, n_tests = [NO_BURSTS], 0
    for first in range(0, len(usage.terms), BLOCK):
        said = _dense(usage, first, min(first + BLOCK, len(usage.terms)))
        strange = surprise(said, usage.talk, least)
        terms, days = np.nonzero(_peaks(strange))
        found.append(Bursts(terms + first, days, strange[terms, days]))
        n_tests += strange.size
    return _sure(Bursts(*map(np.concatenate, zip(*found, strict=True))), n_tests)


def surprise(said: Floats, talk: NDArray[np.int64], least: int) -> Floats:
    """Give how far each three days stand out, in standard deviations.

    Args:
        said: k x d, how many used each term on each day.
        talk: d, how many wrote at all.
        least: Of users on three days together; fewer are no burst.

    Returns:
        k x d, by the first of the three days; -inf where few used the term, the past is too short to
        tell, or another year had the like.
    """
    used, wrote = (so_far(counts.astype(np.float64)) for counts in (said, talk))
    on = spans(used, 0, SPAN)
    on[:, :LEAST_PAST] = on[:, len(talk) - SPAN + 1 :] = 0
    cells = np.nonzero(on >= least)
    seen = Seen(on[cells], used, wrote, _unevenness(on, talk)[cells[0]], cells)
    far, near = seen.against(-FAR, 0), seen.against(-NEAR, -1)
    after = seen.against(SPAN + GAP, SPAN + AFTER)
    explained = seen.is_yearly() | seen.is_growing()
    strange = np.where(explained, -np.inf, np.fmin(far, np.fmax(near, after)))
    found = np.full(said.shape, -np.inf)
    found[cells] = strange
    return found


def significance(on: Floats, off: Floats, ratio: Floats) -> Floats:
    """Give by how many standard deviations counts exceed what others foretell; below 0, fall short.

    Args:
        on: Counts that may be too many.
        off: Counts that foretell them.
        ratio: How much was looked at for the first, by how much for the second; above 0.
    """
    both = on + off
    with np.errstate(divide="ignore", invalid="ignore"):
        first = np.where(on > 0, on * np.log((1 + ratio) / ratio * on / both), 0)
        second = np.where(off > 0, off * np.log((1 + ratio) * off / both), 0)
    found: Floats = np.sign(on - ratio * off) * np.sqrt(2 * np.maximum(first + second, 0))
    return found


class Seen(NamedTuple):
    """Cells of a table of terms by days that may be bursts: c cells of k terms and d days."""

    on: Floats  # c, who used the term on these three days
    used: Floats  # k x (d + 1), who used each term before each day
    wrote: Floats  # d + 1, who wrote at all before each day
    uneven: Floats  # c, of the term
    cells: tuple[NDArray[np.int64], ...]

    def against(self, first: int, end: int) -> Floats:
        """Hold each cell against days before or after it; NaN where nobody wrote then."""
        off, ratio = self._rate(first, end)
        strange = significance(self.on, off, np.where(ratio > 0, ratio, 1))
        return np.where(ratio > 0, strange / np.sqrt(1 + self.uneven * off * ratio), np.nan)

    def is_yearly(self) -> NDArray[np.bool_]:
        """Say where the same days of another year had at least half of it."""
        found = np.zeros(len(self.on), np.bool_)
        for year in (-YEAR, YEAR):
            for slack in range(-SLACK, SLACK + 1):
                off, ratio = self._rate(year + slack, year + slack + SPAN)
                found |= off * ratio >= self.on * YEARLY
        return found

    def is_growing(self) -> NDArray[np.bool_]:
        """Say where use had only begun to grow."""
        off, ratio = self._rate(SPAN + GAP, SPAN + AFTER)
        return off * ratio >= self.on * GROWING

    def _rate(self, first: int, end: int) -> tuple[Floats, Floats]:
        """Give the use on days around each cell, and how much more was written in the cell; or 0."""
        terms, days = self.cells
        last = len(self.wrote) - 1
        starts, ends = (np.clip(days + at, 0, last) for at in (first, end))
        wrote = self.wrote[np.minimum(days + SPAN, last)] - self.wrote[days]
        around = self.wrote[ends] - self.wrote[starts]
        ratio = np.divide(wrote, around, out=np.zeros(len(days)), where=around > 0)
        return self.used[terms, ends] - self.used[terms, starts], ratio


def _unevenness(on: Floats, talk: NDArray[np.int64]) -> Floats:
    """Give by how much more than chance the use of each term differs from three days to the next.

    The squared coefficient of variation of its rate. Neighbours are held against each other, so that a
    level that changes does not count, and the greatest differences are left out, which are bursts.
    """
    wrote = spans(so_far(talk.astype(np.float64)), 0, SPAN)
    days = np.arange(LEAST_PAST, len(talk) - SPAN + 1, SPAN)
    days = days[wrote[days] > 0]
    if len(days) < LEAST_SPANS:
        return np.zeros(len(on))
    rate = on[:, days] / wrote[days] * wrote[days].mean()
    differ = np.sort(np.diff(rate, axis=1) ** 2 / 2, axis=1)[:, : int(QUIET * (len(days) - 1))]
    level = (rate[:, 1:] + rate[:, :-1]) / 2
    more = differ.sum(axis=1) / QUIET_VARIANCE - level.sum(axis=1)
    squares = (level**2).sum(axis=1)
    found: Floats = np.divide(more, squares, out=np.zeros(len(on)), where=squares > 0)
    return np.maximum(found, 0)


def _peaks(strange: Floats) -> NDArray[np.bool_]:
    """Mark days that stand out, and more than those around them; of equal ones the first."""
    found = strange > 0
    for apart in range(1, APART + 1):
        found[:, apart:] &= strange[:, apart:] > strange[:, :-apart]
        found[:, :-apart] &= strange[:, :-apart] >= strange[:, apart:]
    return found


def _sure(found: Bursts, n_tests: int) -> Bursts:
    """Keep the bursts of which no more than a small share is chance."""
    order = np.argsort(-found.surprise, kind="stable")
    chance = np.array([erfc(one / sqrt(2)) / 2 for one in found.surprise[order]])
    allowed = FALSE_SHARE * np.arange(1, len(order) + 1) / max(n_tests, 1)
    passed = np.flatnonzero(chance <= allowed)
    n_kept = min(passed[-1] + 1, MOST) if len(passed) else 0
    kept = order[:n_kept]
    return Bursts(found.terms[kept], found.days[kept], found.surprise[kept])


def _dense(usage: Usage, first: int, end: int) -> Floats:
    """Lay out the use of some terms by day."""
    pairs = slice(usage.starts[first], usage.starts[end])
    said = np.zeros((end - first, len(usage.talk)))
    terms = np.repeat(np.arange(end - first), np.diff(usage.starts[first : end + 1]))
    said[terms, usage.days[pairs]] = usage.n[pairs]
    return said
