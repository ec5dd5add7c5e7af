"""How improbable counts are, and which of many improbable ones to believe."""

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.travel import Places

Numbers = NDArray[np.float64]


def log_tail(n_hits: Places, n: Places, chance: Numbers) -> Numbers:
    """Bound the logarithm of the chance of so many hits or more, where more than expected are meant.

    Hardly above the exact one: the chance of that many, times what a geometric row adds to it.

    Source: W. Feller, An Introduction to Probability Theory and Its Applications I, VI.3 (1968).

    Args:
        n_hits: More than `n * chance`.
        n: Trials.
        chance: Of a hit, between 0 and 1.
    """
    log_factorial = np.append(0, np.log(np.arange(1, n.max(initial=0) + 1)).cumsum())
    ways = log_factorial[n] - log_factorial[n_hits] - log_factorial[n - n_hits]
    exactly = ways + n_hits * np.log(chance) + (n - n_hits) * np.log1p(-chance)
    more = (n_hits + 1) * (1 - chance) / (n_hits + 1 - (n + 1) * chance)
    bound: Numbers = np.minimum(exactly + np.log(more), 0)
    return bound


def false_shares(p_values: Numbers) -> Numbers:
    """Give for each p-value the share of chance among all that are no larger.

    Source: Y. Benjamini and Y. Hochberg, Controlling the false discovery rate (Journal of the Royal
    Statistical Society B 57, 1995).
    """
    order = np.argsort(p_values, kind="stable")
    raw = p_values[order] * len(p_values) / np.arange(1, len(p_values) + 1)
    shares = np.empty_like(p_values)
    shares[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1)
    return shares
