"""Terms that come, go or come back: a level of use that changes between weeks, and lasts.

Weeks from one on are held against those before, by the difference of the log-odds of use with a prior
taken from the whole. How unevenly a term is used enlarges the variance. What two weeks explain is no
shift, nor what only some weeks show. A term comes back where weeks of silence differ both from what
was before and from what came after.

Sources: B. Monroe, M. Colaresi and K. Quinn, Fightin' words (Political Analysis 16, 2008); D. Wallace,
Bounds on normal approximations to Student's and the chi-square distributions (Annals of Mathematical
Statistics 30, 1959).
"""

from collections.abc import Iterator, Sequence
from math import erfc, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses import unevenness
from headwater.landscape.analyses.chance import false_shares
from headwater.landscape.analyses.unevenness import Typical
from headwater.landscape.analyses.weeks import NONE, Weeks, use
from headwater.landscape.talk import LEAST_PLACES, Usage

LEAST_WEEKS = 8
LEAST_PART = 4  # weeks that a level lasts
CUTS = (0.25, 0.5, 0.75, 1.0)  # of the weeks: where it may change; the last leaves the last weeks
PEAKS = 2  # weeks that alone explain nothing
LEAST_USE = 20  # people, each counting once a day
PRIOR = 0.1  # of all talk, as if so much more had been as the whole is
HALF = 0.5  # a person, of those who did not use what all use
LEAST_TIMES = 1.5  # the odds grow
MOSTLY = 0.75  # of the weeks of a part that lie beyond the other part's level
STILL_SURE = 2.0  # standard deviations, without the peaks
LEAST_BEFORE, LEAST_SILENCE = 3, 6  # weeks
QUIET = 0.1  # of the usual share: silence, but for a stray use
FALSE_SHARE = 0.05  # of the changes found, that may be chance
MOST = 64  # the surest are enough
BLOCK = 2048  # terms
CELLS = 1 << 22  # of a table of terms by weeks by weeks
Floats = NDArray[np.float64]
Ids = NDArray[np.int64]
Bools = NDArray[np.bool_]


class Changes(NamedTuple):
    """k changes: each of a term, from a week on."""

    terms: Ids  # k, which term of the usage
    since: Ids  # k, the week
    silent: Ids  # k, the week from which a term that comes back was silent; NONE for others
    surprise: Floats  # k, standard deviations; below 0 where the term is used less
    factor: Floats  # k, by how much more than chance the term's use varies
    chance: Floats  # k, that a term does so without reason

    def some(self, places: Ids | Bools) -> "Changes":
        """Keep some of them."""
        return Changes._make(column[places] for column in self)


class Level(NamedTuple):
    """Who used k terms in some weeks, and who wrote, each person counting once a day."""

    said: Floats
    talk: Floats

    @property
    def share(self) -> Floats:
        """Give k x 1."""
        found: Floats = (self.said / self.talk)[:, np.newaxis]
        return found

    def plus(self, other: "Level") -> "Level":
        """Take further weeks in."""
        return Level(self.said + other.said, self.talk + other.talk)

    def minus(self, other: "Level") -> "Level":
        """Leave some weeks out."""
        return Level(self.said - other.said, self.talk - other.talk)

    def times(self, factor: float) -> "Level":
        """Take so much of it."""
        return Level(self.said * factor, self.talk * factor)


NONE_AT_ALL, NOTHING = np.zeros(0, np.int64), np.zeros(0)
NO_CHANGES = Changes(NONE_AT_ALL, NONE_AT_ALL, NONE_AT_ALL, NOTHING, NOTHING, NOTHING)


def changes(usage: Usage, weeks: Weeks) -> Changes:
    """Find the terms whose use changed and stayed so, few of them by chance; the surest first."""
    talk, found, n_tests = weeks.talk, [NO_CHANGES], 0
    if len(talk) < LEAST_WEEKS:
        return NO_CHANGES
    typical = unevenness.typical(
        [unevenness.own(said, talk) for _, said in _blocks(usage, weeks)], len(talk)
    )
    for terms, said in _blocks(usage, weeks):
        for some in (changed(said, talk, typical), returned(said, talk, typical)):
            found.append(some._replace(terms=terms[some.terms]))
            n_tests += len(terms)
    return _most_sure(_joined(found), n_tests)


def changed(said: Floats, talk: Floats, typical: Typical) -> Changes:
    """Find which of k terms rose or fell for good; to fall is to rise as time runs backwards.

    Args:
        said: k x w, who used each term in each week.
        talk: w, who wrote.
        typical: How uneven the use of most terms is.
    """
    n_weeks = len(talk)
    ends = np.round(n_weeks * np.array(CUTS)).clip(LEAST_PART, n_weeks - LEAST_PART)
    cuts = np.unique(ends.astype(int)).tolist()
    found = [NO_CHANGES]
    for cut in cuts:
        found.append(_rose(said, talk, cut, typical))
        fell = _rose(said[:, ::-1], talk[::-1], n_weeks - cut, typical)
        found.append(fell._replace(since=n_weeks - fell.since, surprise=-fell.surprise))
    best = _once(_joined(found))
    return best._replace(chance=np.minimum(best.chance * len(cuts), 1))


def returned(said: Floats, talk: Floats, typical: Typical) -> Changes:
    """Find which of k terms were used, fell silent for weeks, and are used again; as `changed`."""
    first, since = _silences(said / talk)
    terms = np.flatnonzero(since)
    said, first, since = said[terms], first[terms], since[terms]
    parts = _parts(first, since, len(talk))
    levels = early, silent, late = [_level(said, talk, one) for one in parts]
    prior = early.plus(silent).plus(late).times(PRIOR)
    fit = np.select(parts, [one.share for one in levels])
    factor = _factor(said, talk, (fit, fit), len(parts), typical)
    both = [log_odds(one, silent, prior) for one in (late, early)]
    sure = np.minimum(*(change / np.sqrt(variance * factor) for change, variance in both))
    heard = said / talk > silent.share
    room = len(talk) - 2 * LEAST_BEFORE - LEAST_SILENCE + 1  # where a silence may begin
    chance = _chance(sure, typical.freedom + len(talk) - len(parts)) * room * (room + 1) / 2
    found = Changes(terms, since, first, sure, factor, np.minimum(chance, 1))
    return found.some(
        np.flatnonzero(_mostly(heard, parts[0]) & _mostly(heard, parts[2]) & (sure > 0))
    )


def log_odds(one: Level, other: Level, prior: Level) -> tuple[Floats, Floats]:
    """Give how much higher the log-odds of use are in one than in the other, and the variance of that."""
    both = [at.plus(prior) for at in (one, other)]
    odds = [np.log(at.said / np.maximum(at.talk - at.said, HALF)) for at in both]
    variance = 1 / (one.said + prior.said) + 1 / (other.said + prior.said)
    return odds[0] - odds[1], variance


def _rose(said: Floats, talk: Floats, cut: int, typical: Typical) -> Changes:
    """Find the terms that from this week on are used more than before, and go on so."""
    share, late = said / talk, np.arange(len(talk)) >= cut
    before, after = _level(said, talk, ~late), _level(said, talk, late)
    lasts = _mostly(share > before.share, late) & _mostly(share < after.share, ~late)
    grew = np.flatnonzero(lasts & (after.share > before.share)[:, 0])
    found = [NO_CHANGES]
    for some in np.array_split(grew, max(len(grew) * len(talk) ** 2 // CELLS, 1)):
        one = _risen(said[some], talk, late, typical)
        found.append(one._replace(terms=some[one.terms]))
    return _joined(found)


def _risen(said: Floats, talk: Floats, late: Bools, typical: Typical) -> Changes:
    """Find of some terms those used more in late weeks, be it without the highest of these."""
    before, after = _level(said, talk, ~late), _level(said, talk, late)
    prior = before.plus(after).times(PRIOR)
    fit, step = unevenness.rising(said, talk), np.where(late, after.share, before.share)
    factor = _factor(said, talk, (fit, step), 2 + np.log(len(talk)), typical)
    peaks = _level(said, talk, _highest(np.where(late, said / talk, -1)))
    still = after.minus(peaks)
    change, variance = log_odds(after, before, prior)
    rest, its_variance = log_odds(still, before, before.plus(still).times(PRIOR))
    goes_on = rest >= np.maximum(STILL_SURE * np.sqrt(its_variance * factor), np.log(LEAST_TIMES))
    since = (fit >= (before.share + after.share) / 2).argmax(axis=1)
    sure = change / np.sqrt(variance * factor)
    chance = _chance(sure, typical.freedom + len(talk) - 2)
    found = Changes(np.arange(len(said)), since, np.full_like(since, NONE), sure, factor, chance)
    return found.some(np.flatnonzero(goes_on & (change >= np.log(LEAST_TIMES))))


def _factor(
    said: Floats, talk: Floats, fits: tuple[Floats, Floats], n_fitted: float, typical: Typical
) -> Floats:
    """Give by how much more than chance the mean of some weeks varies.

    Args:
        said: k x w.
        talk: w.
        fits: The shares expected of each week; and those by which weeks that hang together are known.
        n_fitted: Numbers that the first was fitted with, of each term.
        typical: How uneven most terms are.
    """
    n_weeks, expected = len(talk), fits[0] * talk
    freedom = n_weeks - n_fitted
    squares = ((said - expected) ** 2).sum(axis=1) / expected.sum(axis=1)
    factor = unevenness.moderated(
        squares * n_weeks / freedom, freedom, typical.variance(said), typical
    )
    hangs = unevenness.clinging((said - fits[1] * talk) / np.sqrt(talk), 2)
    found: Floats = 1 + (factor - 1) * hangs
    return found


def _chance(student: Floats, freedom: float) -> Floats:
    """Give how improbable so much in either direction is, nearly (Wallace)."""
    scale = (8 * freedom + 1) / (8 * freedom + 3)
    normal = scale * np.sqrt(freedom * np.log1p(student**2 / freedom))
    return np.array([erfc(one / sqrt(2)) for one in normal])


def _level(said: Floats, talk: Floats, inside: Bools) -> Level:
    """Add up the weeks inside: w, or k x w."""
    return Level((said * inside).sum(axis=1), (talk * inside).sum(axis=-1))


def _mostly(is_so: Bools, inside: Bools) -> Bools:
    """Say whether something is so in most of the weeks inside."""
    found: Bools = (is_so & inside).sum(axis=1) >= MOSTLY * inside.sum(axis=-1)
    return found


def _highest(shares: Floats) -> Bools:
    found = np.zeros(shares.shape, np.bool_)
    np.put_along_axis(found, np.argpartition(shares, -PEAKS, axis=1)[:, -PEAKS:], True, axis=1)
    return found


def _silences(shares: Floats) -> tuple[Ids, Ids]:
    """Give where each term's longest silence begins and where it ends; 0 and 0 where none counts."""
    at = np.arange(shares.shape[1])
    heard = shares > QUIET * shares.mean(axis=1, keepdims=True)
    last = np.maximum.accumulate(np.where(heard, at, NONE), axis=1)  # week in which it was heard
    ends = np.zeros_like(heard)
    ends[:, :-1] = heard[:, 1:]
    length = np.where(ends & (last + 1 >= LEAST_BEFORE), at - last, 0)
    length[:, len(at) - LEAST_BEFORE :] = 0
    until = length.argmax(axis=1)
    longest = length.max(axis=1)
    since = np.where(longest >= LEAST_SILENCE, until + 1, 0)
    return np.where(since, since - longest, 0), since


def _parts(first: Ids, since: Ids, n_weeks: int) -> list[Bools]:
    """Mark the weeks before, in and after each silence."""
    at, first, since = np.arange(n_weeks), first[:, np.newaxis], since[:, np.newaxis]
    return [at < first, (at >= first) & (at < since), at >= since]


def _once(found: Changes) -> Changes:
    """Keep of each term the change that is least by chance."""
    order = np.lexsort((found.chance, found.terms))
    return found.some(order[np.unique(found.terms[order], return_index=True)[1]])


def _most_sure(found: Changes, n_tests: int) -> Changes:
    """Keep changes of which few are chance, the surest first; a term that comes back only as such."""
    others = np.ones(n_tests - len(found.terms))
    sure = found.some(
        false_shares(np.append(found.chance, others))[: len(found.terms)] <= FALSE_SHARE
    )
    back = np.isin(sure.terms, sure.terms[sure.silent != NONE])
    sure = sure.some(~back | (sure.silent != NONE))
    order = np.lexsort((sure.since, -np.abs(sure.surprise), sure.chance))
    if len(order) > MOST:  # of equals at the edge all go: their order hangs on the run's key
        order = order[sure.chance[order] < sure.chance[order[MOST]]]
    return sure.some(order)


def _joined(found: Sequence[Changes]) -> Changes:
    return Changes._make(map(np.concatenate, zip(*found, strict=True)))


def _blocks(usage: Usage, weeks: Weeks) -> Iterator[tuple[Ids, Floats]]:
    """Give terms used often enough in enough places, and who used them in each week."""
    for first in range(0, len(usage.terms), BLOCK):
        end = min(first + BLOCK, len(usage.terms))
        said = use(usage, weeks, first, end)
        some = (usage.n_places[first:end] >= LEAST_PLACES) & (said.sum(axis=1) >= LEAST_USE)
        yield np.flatnonzero(some) + first, said[some]
