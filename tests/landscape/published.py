"""Intervals in their published forms, for the audit's own to be measured beside."""

from math import hypot, sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.audit.intervals import Interval, Z

Floats = NDArray[np.float64]


class Counted(NamedTuple):
    """How many of how many."""

    n_hits: int
    n: int


def wilson(n_hits: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Give the lower and upper ends of k intervals, from k counts.

    Source: E. B. Wilson, Journal of the American Statistical Association 22 (1927).
    """
    share = n_hits / n
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    reach = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + (Z / (2 * n)) ** 2)
    return np.maximum(middle - reach, 0), np.minimum(middle + reach, 1)


def mover(weights: Floats, n_hits: Floats, n: Floats) -> Interval:
    """Add k strata up, and the reach of their Wilson intervals by squares.

    Source: G. Y. Zou, W. Huang and X. Zhang, A note on confidence interval estimation for a linear
    function of binomial proportions, Computational Statistics and Data Analysis 53 (2009).

    Args:
        weights: parts of all posts; they add up to 1.
        n_hits: posts labelled as hate in each stratum.
        n: posts labelled in each stratum.
    """
    shares = n_hits / n
    lows, highs = wilson(n_hits, n)
    share = float(weights @ shares)
    below = float(np.linalg.norm(weights * (shares - lows)))
    above = float(np.linalg.norm(weights * (highs - shares)))
    return Interval(share, share - below, share + above)


def rogan_gladen(flagged: Counted, found: Counted, passed: Counted) -> Interval:
    """Correct the share that a model flags by its errors on posts that are known.

    Source: W. J. Rogan and B. Gladen, Estimating prevalence from the results of a screening test,
    American Journal of Epidemiology 107 (1978).

    Args:
        flagged: of all posts.
        found: flagged, of those known to be hate.
        passed: not flagged, of those known not to be.
    """
    share, sensitivity, specificity = (one.n_hits / one.n for one in (flagged, found, passed))
    gain = sensitivity + specificity - 1
    true = _inside((share + specificity - 1) / gain)
    errors = _error(flagged), true * _error(found), (1 - true) * _error(passed)
    reach = Z * hypot(*errors) / gain
    return Interval(true, _inside(true - reach), _inside(true + reach))


def _error(counted: Counted) -> float:
    rate = counted.n_hits / counted.n
    return sqrt(rate * (1 - rate) / counted.n)


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)
