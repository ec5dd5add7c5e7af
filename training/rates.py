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


class Towns(NamedTuple):
    """m made-up towns at each threshold."""

    parts: NDArray[np.str_]  # m x 4: the sources of hate, of civil and heated talk, our own part
    hate: Scores  # m x mixtures x thresholds: the share flagged
    other: Scores  # the same, of what is no hate

    def rates(self, rows: Flags, at: int) -> tuple[Rate, Rate]:
        """Give sensitivity and false-positive rate over these towns at one threshold."""
        parts = self.parts[rows]
        return _rate(self.hate[rows, :, at], parts[:, [0, 3]]), _rate(
            self.other[rows, :, at], parts[:, 1:]
        )


class Figures(NamedTuple):
    """How corrected shares fare at one true share of hate."""

    share: float
    half_width: float  # of the 95 % interval, however many posts there are
    coverage: float  # of the truth by that interval
    error: float  # root mean square


class Point(NamedTuple):
    """What the chosen threshold gives."""

    threshold: float
    sensitivity: Rate
    false_positive: Rate
    figures: tuple[Figures, ...]
    n_towns: int


def best(tested: Sequence[Tested], known: Sequence[Tested]) -> Point:
    """Choose the threshold at which corrected shares err least, and say how they fare.

    Coverage and error are of towns that had no say: not in the threshold, and their sources not in
    the rates that correct them.
    """
    towns = made(tested, known)
    apart = _apart(towns.parts)
    errors, covered = _tried(towns, apart)
    at = _least(errors)
    judged_at = [_least(errors[others], tried) for others, tried in zip(apart, errors, strict=True)]
    each = np.arange(len(apart))
    rates = towns.rates(np.ones(len(apart), np.bool_), at)
    figures = tuple(
        Figures(share, half_width(share, *rates), float(hit.mean()), float(np.sqrt(error.mean())))
        for share, error, hit in zip(
            SHARES, errors[each, judged_at].T, covered[each, judged_at].T, strict=True
        )
    )
    return Point(float(THRESHOLDS[at]), *rates, figures, len(apart))


def alarms(tested: Sequence[Tested], known: Sequence[Tested], threshold: float) -> Rate:
    """Give the share of other talk that is flagged in a new town at this threshold."""
    towns = made(tested, known)
    at = int(np.abs(THRESHOLDS - threshold).argmin())
    return towns.rates(np.ones(len(towns.parts), np.bool_), at)[1]


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
    """Mark for each town those that share no source with it; where all have one, it is shared."""
    varied = parts[:, (parts != parts[0]).any(axis=0)]
    return [(varied != own).all(axis=1) for own in varied]


def _tried(towns: Towns, apart: list[Flags]) -> tuple[Scores, Scores]:
    """Give squared error and coverage of each town, threshold and share, by others' rates."""
    shape = len(apart), len(THRESHOLDS), len(SHARES)
    errors, covered = np.full(shape, np.inf), np.zeros(shape)
    for town, others in enumerate(apart):
        for at in range(len(THRESHOLDS)):
            rates = towns.rates(others, at)
            if rates[0].mean - rates[1].mean < LEAST_GAIN:
                continue
            flagged = towns.hate[town, :, at], towns.other[town, :, at]
            for k, share in enumerate(SHARES):
                errors[town, at, k], covered[town, at, k] = _fared(share, *flagged, *rates)
    return errors, covered


def _fared(
    share: float, hate: Scores, other: Scores, sensitivity: Rate, false_positive: Rate
) -> tuple[float, float]:
    flagged = share * hate[:, None] + (1 - share) * other[None, :]
    found = (flagged - false_positive.mean) / (sensitivity.mean - false_positive.mean)
    inside = np.clip(found, 0, 1)
    reach = _reach(inside, sensitivity, false_positive)
    return float(((inside - share) ** 2).mean()), float((np.abs(found - share) <= reach).mean())


def half_width(share: float, sensitivity: Rate, false_positive: Rate) -> float:
    """Give half the 95 % interval of a corrected share, on a sample without end."""
    return float(_reach(np.array(share), sensitivity, false_positive))


def _reach(share: Scores, sensitivity: Rate, false_positive: Rate) -> Scores:
    spread = np.hypot(share * sensitivity.sd, (1 - share) * false_positive.sd)
    reach: Scores = Z * spread / (sensitivity.mean - false_positive.mean)
    return reach


def _rate(shares: Scores, sources: NDArray[np.str_]) -> Rate:
    """Give mean and spread over towns; the fewer sources they are made of, the wider."""
    n = len(np.unique(sources))
    wider = stats.t.ppf(0.975, n - 1) / Z
    return Rate(float(shares.mean()), float(shares.std() * wider))


def _least(errors: Scores, tried: Scores | None = None) -> int:
    """Give the threshold with the least error over these towns, of those tried on another."""
    mean = errors.mean(axis=(0, 2))
    if tried is not None:
        mean = np.where(np.isfinite(tried).all(axis=1), mean, np.inf)
    return int(mean.argmin())
