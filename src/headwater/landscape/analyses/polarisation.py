"""How far a debate divides: poles of attitude, and camps that answer each other or do not.

Sources: J. Esteban and D. Ray, On the measurement of polarization, Econometrica 62 (1994). D. Krackhardt
and R. Stern, Informal networks and organizational crises, Social Psychology Quarterly 51 (1988), for E-I.
W. Hoeffding, A combinatorial central limit theorem, Annals of Mathematical Statistics 22 (1951), for
what pairing by lot gives.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from headwater.landscape.analyses.correction import Corrected
from headwater.landscape.travel import Places

ALPHA = 1.3  # how much a pole's own size counts; in (0, 1.6]
POLES = (0.0, 0.5, 1.0)  # hostile, neutral, recognising
STEPS = 101  # looked at in an interval
NOBODY = Corrected(0.0, 0.0, 0.0)
Floats = NDArray[np.float64]


class Lot(NamedTuple):
    """How many of n people answer inside their community, each in parts where they answer several."""

    n: int
    inside: float
    expected: float  # were what each answers dealt out by lot
    sd: float


def esteban_ray(
    shares: ArrayLike, positions: ArrayLike = POLES, alpha: float = ALPHA, scale: float = 1.0
) -> Floats:
    """Give Esteban and Ray's polarisation of groups of these shares at these positions.

    Args:
        shares: ... x k, each row adding up to 1.
        positions: k.
        alpha: How much people of one group feel as one, in (0, 1.6].
        scale: What to multiply by.
    """
    part, place = np.asarray(shares, float), np.asarray(positions, float)
    gaps = np.abs(np.subtract.outer(place, place))
    told: Floats = scale * np.einsum("...i,ij,...j", part ** (1 + alpha), gaps, part)
    return told


def divided(hostile: Corrected, recognising: Corrected = NOBODY) -> Corrected:
    """Give the polarisation of a talk with these shares of poles, the rest neutral.

    Its interval holds what any shares give that lie within the intervals of the two.
    """
    grids = (np.linspace(one.low, one.high, STEPS) for one in (hostile, recognising))
    first, last = (one.ravel() for one in np.meshgrid(*grids))
    possible = first + last <= 1
    inside = _of_poles(first[possible], last[possible])
    share = float(_of_poles(np.array([hostile.share]), np.array([recognising.share]))[0])
    return Corrected(share, min(share, inside.min()), max(share, inside.max()))


def e_i(internal: float, external: float) -> float:
    """Give the E-I index of ties: -1 where all stay inside, 1 where all cross."""
    return (external - internal) / (external + internal)


def lot(own: Places, stratum: Places, person: Places, answered: Places) -> Lot:
    """Say how many people answer inside, and how many would if lots decided who answers what.

    Each community keeps its people. What a person answers is dealt out as a whole, to somebody of the
    same stratum: as shares over communities, so that each person counts once. With `a` people of a
    community, n in a stratum and shares w of person and community, the sum over the lot is known in
    closed form, as Hoeffding has it for any sum of x(i, lot(i)).

    Args:
        own: n, the community of each person.
        stratum: n, within which lots are drawn.
        person: m answers, from 0 to n - 1, each at least once.
        answered: m, the communities that they answer.
    """
    width = max(own.max(initial=0), answered.max(initial=0)) + 1
    pairs, n_answers = np.unique(person * width + answered, return_counts=True)
    who, where = np.divmod(pairs, width)
    share = n_answers / np.bincount(person)[who]
    cells, at = np.unique(
        np.concatenate([stratum * width + own, stratum[who] * width + where]), return_inverse=True
    )
    a = np.bincount(at[: len(own)], minlength=len(cells)).astype(float)
    drawn = np.bincount(at[len(own) :], share, len(cells))  # n times the mean of the shares
    like = a[at[len(own) :]] * share
    strata, of = np.unique(stratum, return_inverse=True)
    of_cell = np.searchsorted(strata, cells // width)
    sums = (of[who], like), (of[who], like * share), (of_cell, a * drawn**2)
    by_person = of, np.bincount(who, like, len(own)) ** 2
    total, squares, rows, columns = (
        np.bincount(place, weight, len(strata)) for place, weight in (*sums, by_person)
    )
    n = np.bincount(of, minlength=len(strata))
    spread = squares - (rows + columns) / n + (total / n) ** 2
    variance = (np.maximum(spread, 0) / np.maximum(n - 1, 1)).sum()
    inside = share[where == own[who]].sum()
    return Lot(len(own), float(inside), float((total / n).sum()), float(np.sqrt(variance)))


def _of_poles(hostile: Floats, recognising: Floats) -> Floats:
    shares = np.stack([hostile, 1 - hostile - recognising, recognising], axis=-1)
    return esteban_ray(np.clip(shares, 0, 1))
