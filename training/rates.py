"""How the model errs on a source it has not seen: what a town is to it.

Towns are made of sources left out of training: the hate and talk of collected sources, and those
of one part of our own families. What a town's people write plainly lies between constructions that
the model has never met (families left out) and those it has (new draws of families it knows).
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Scores = NDArray[np.float64]
Flags = NDArray[np.bool_]

Z = 1.959964  # 95 %
SHARES = (0.005, 0.01, 0.02, 0.03)  # of hate: what a town must be able to tell
COLLECTED = (0.25, 0.5, 0.75)  # of a town's hate; the rest is plain, as in our families: assumed
KNOWN = (0.0, 0.5, 1.0)  # of a town's plain posts: as constructions that the model has met
WARM = (0.05, 0.1)  # of its other talk: half names groups, half is rude or bitter; assumed
LEAST_GAIN = 0.15
FROM_COLLECTED = ("hate", "civil", "heated")  # what a town has of one collected source each
THRESHOLDS = np.arange(-2.0, 5.01, 0.1)  # of the score


class Tested(NamedTuple):
    """Scores that a model which has not seen this source gives to its posts; None: too few."""

    source: str
    hate: Scores | None = None
    civil: Scores | None = None  # ordinary talk
    heated: Scores | None = None  # what is no hate in places where hate is common
    rude: Scores | None = None  # to things, teams, politicians
    mention: Scores | None = None  # of groups, without hate


class Rate(NamedTuple):
    """The share of posts flagged in a new town: its mean, and its spread between towns."""

    mean: float
    sd: float


class Rates(NamedTuple):
    """The same at each threshold."""

    mean: Scores
    sd: Scores

    def at(self, place: int) -> Rate:
        """Give the rate at one threshold."""
        return Rate(float(self.mean[place]), float(self.sd[place]))


class Towns(NamedTuple):
    """m made-up towns at each threshold."""

    parts: NDArray[np.str_]  # m x 4: the sources of hate, of civil and heated talk, our own part
    hate: Scores  # m x mixtures x thresholds: the share flagged
    other: Scores  # the same, of what is no hate

    def rates(self, rows: Flags) -> tuple[Rates, Rates]:
        """Give sensitivities and false-positive rates over these towns."""
        parts = self.parts[rows]
        return _rates(self.hate[rows], parts[:, [0, 3]]), _rates(self.other[rows], parts[:, 1:])


class Figures(NamedTuple):
    """How corrected shares fare at one true share of hate."""

    share: float
    half_width: float  # of the 95 % interval, however many posts there are
    coverage: float | None  # of the truth by that interval; None: there are too few sources to tell
    error: float | None  # root mean square


class Point(NamedTuple):
    """What the chosen threshold gives."""

    threshold: float
    sensitivity: Rate
    false_positive: Rate
    figures: tuple[Figures, ...]
    n_towns: int


def best(tested: Sequence[Tested], known: Sequence[Tested]) -> Point:
    """Choose the threshold at which corrected shares err least, and say how they fare.

    Coverage and error are of towns that had no say: their sources had none in the threshold, nor in
    the rates that correct them, nor in the rates by which the threshold was chosen.
    """
    towns = made(tested, known)
    apart = _apart(towns.parts)
    n = len(apart)
    at = _least([_tried(towns, town, apart[town])[0] for town in range(n) if apart[town].any()])
    # of two sources of a kind one is the town's own: what chooses a threshold for it must share the other
    inside = _apart(towns.parts[:, [len(set(own)) > 2 for own in towns.parts.T]])
    fared = [_fared(towns, town, apart[town], inside) for town in range(n)]
    rates = tuple(one.at(at) for one in towns.rates(np.ones(n, np.bool_)))
    found = [one for one in fared if one is not None]
    figures = tuple(
        Figures(share, half_width(share, *rates), *_summed([one[:, k] for one in found]))
        for k, share in enumerate(SHARES)
    )
    return Point(float(THRESHOLDS[at]), *rates, figures, n)


def alarms(tested: Sequence[Tested], known: Sequence[Tested], threshold: float) -> Rate:
    """Give the share of other talk that is flagged in a new town at this threshold."""
    towns = made(tested, known)
    at = int(np.abs(THRESHOLDS - threshold).argmin())
    return towns.rates(np.ones(len(towns.parts), np.bool_))[1].at(at)


def made(tested: Sequence[Tested], known: Sequence[Tested]) -> Towns:
    """Make a town of each choice of sources.

    Args:
        tested: What heads that have not seen a source give to it.
        known: What the shipped heads give to new draws of our own families.
    """
    flags, met = _flags(tested), _flags(known)
    ours = list(met["mention"])
    collected = [[name for name in flags[kind] if name not in ours] for kind in FROM_COLLECTED]
    parts = list(product(*collected, ours))
    hate, other = zip(*(_town(flags, met, *part) for part in parts), strict=True)
    return Towns(np.array(parts), np.array(hate), np.array(other))


def _flags(tested: Sequence[Tested]) -> dict[str, dict[str, Scores]]:
    return {
        kind: {
            one.source: _flagged(own) for one in tested if (own := getattr(one, kind)) is not None
        }
        for kind in Tested._fields[1:]
    }


def _town(
    flags: dict[str, dict[str, Scores]], met: dict[str, dict[str, Scores]], *parts: str
) -> tuple[list[Scores], list[Scores]]:
    """Give its sensitivities and false-positive rates, one a mixture."""
    hate, civil, heated, ours = parts
    found, other = [], []
    for known in KNOWN:
        own = {
            kind: known * met[kind][ours] + (1 - known) * flags[kind][ours]
            for kind in ("hate", "civil", "rude", "mention")
        }
        calm = (flags["civil"][civil] + own["civil"]) / 2
        warm = ((flags["heated"][heated] + own["rude"]) / 2 + own["mention"]) / 2
        found += [part * flags["hate"][hate] + (1 - part) * own["hate"] for part in COLLECTED]
        other += [(1 - part) * calm + part * warm for part in WARM]
    return found, other


def _flagged(scores: Scores) -> Scores:
    """Give the share of posts that each threshold flags."""
    return 1 - np.searchsorted(np.sort(scores), THRESHOLDS) / len(scores)


def _apart(parts: NDArray[np.str_]) -> list[Flags]:
    """Mark for each town those that share no source with it, but for one that all towns have."""
    sets = [set(own) for own in parts.tolist()]
    everywhere = set.intersection(*sets)
    sets = [own - everywhere for own in sets]
    shared = [np.array([own.isdisjoint(other) for other in sets]) for own in sets]
    return [found & (np.arange(len(sets)) != town) for town, found in enumerate(shared)]


def _fared(towns: Towns, town: int, others: Flags, apart: list[Flags]) -> Scores | None:
    """Give 2 x shares: squared error and coverage in a town, all set by others; None where too few.

    Args:
        towns: All of them.
        town: Which one.
        others: Those that share no source with it.
        apart: For each town those that correct it while the threshold is chosen.
    """
    inner = [
        _tried(towns, other, others & apart[other])[0]
        for other in np.flatnonzero(others)
        if (others & apart[other]).any()
    ]
    if not inner:
        return None
    errors, covered = _tried(towns, town, others)
    at = _least(inner, np.isfinite(errors).all(axis=1))
    return np.array([errors[at], covered[at]])


def _summed(fared: Sequence[Scores]) -> tuple[float | None, float | None]:
    """Give coverage and root mean square error over towns."""
    if not fared:
        return None, None
    error, covered = np.mean(fared, axis=0)
    return float(covered), float(np.sqrt(error))


def _tried(towns: Towns, town: int, others: Flags) -> tuple[Scores, Scores]:
    """Give squared error and coverage of a town corrected by others' rates: thresholds x shares."""
    sensitivity, false_positive = towns.rates(others)
    gain = sensitivity.mean - false_positive.mean
    is_sharp = gain[:, None] >= LEAST_GAIN
    gain = np.maximum(gain, LEAST_GAIN)
    shares = np.array(SHARES)[:, None, None, None]  # by mixtures of hate, of other talk, thresholds
    hate, other = towns.hate[town][:, None], towns.other[town][None]
    found = (shares * hate + (1 - shares) * other - false_positive.mean) / gain
    inside = np.clip(found, 0, 1)
    reach = _spread(inside, sensitivity, false_positive) / gain
    errors = ((inside - shares) ** 2).mean(axis=(1, 2)).T
    covered = (np.abs(found - shares) <= reach).mean(axis=(1, 2)).T
    return np.where(is_sharp, errors, np.inf), np.where(is_sharp, covered, 0)


def half_width(share: float, sensitivity: Rate, false_positive: Rate) -> float:
    """Give half the 95 % interval of a corrected share, on a sample without end."""
    gain = sensitivity.mean - false_positive.mean
    return float(_spread(np.array(share), sensitivity, false_positive) / gain)


def _spread(share: Scores, sensitivity: Rate | Rates, false_positive: Rate | Rates) -> Scores:
    """Give half the 95 % interval of the share flagged."""
    spread: Scores = Z * np.hypot(share * sensitivity.sd, (1 - share) * false_positive.sd)
    return spread


def _rates(shares: Scores, sources: NDArray[np.str_]) -> Rates:
    """Give means and spread for a new town, of towns x mixtures x thresholds.

    The fewer sources towns are made of, the wider: by Student's t, and as a further draw of them. The
    parts of our own text count as sources.
    """
    n = len(np.unique(sources))
    wider = stats.t.ppf(0.975, n - 1) / Z * np.sqrt((n + 1) / (n - 1))
    return Rates(shares.mean(axis=(0, 1)), shares.std(axis=(0, 1)) * wider)


def _least(errors: Sequence[Scores], among: Flags | None = None) -> int:
    """Give the threshold with the least error over towns, of those among which it must be."""
    mean = np.mean(errors, axis=(0, 2))
    return int((mean if among is None else np.where(among, mean, np.inf)).argmin())
