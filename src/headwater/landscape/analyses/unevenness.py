"""How unevenly terms are used from week to week, beyond what chance explains.

What most terms do is known from all of them, and what one does by itself from few weeks; the two are
put together, and a term more uneven than that is taken as it is.

Sources: G. Smyth, Linear models and empirical Bayes methods (Statistical Applications in Genetics and
Molecular Biology 3, 2004), with quartiles in place of moments; P. McCullagh and J. Nelder, Generalized
linear models (1989), chapter 9; R. Barlow et al., Statistical inference under order restrictions
(1972), for the rising fit; G. Box, G. Jenkins and G. Reinsel, Time series analysis (1994), chapter 2,
for the variance of the mean of weeks that follow each other.
"""

from collections.abc import Iterable
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

LEAST_MEAN = 3.0  # people a week, of a term that tells how uneven most are
LEAST_TERMS = 20  # that tell it
UNKNOWN, MOST_FREEDOM = 10.0, 100.0
IQR = 1.349  # standard deviations of a normal variable between its quartiles
CLINGS = 10  # weeks' worth of the belief that weeks do not hang together
MOST_CLINGING = 0.9
Floats = NDArray[np.float64]


class Typical(NamedTuple):
    """How uneven most terms are."""

    spread: float  # squared coefficient of variation of their use from week to week
    freedom: float  # degrees of it: how alike terms are in that

    def variance(self, said: Floats) -> Floats:
        """Give by how much more than chance weeks of such use differ, as a factor: k of k x w."""
        found: Floats = 1 + self.spread * said.mean(axis=-1)
        return found


class Own(NamedTuple):
    """How uneven terms are around their own mean: k of them."""

    mean: Floats  # people a week
    factor: Floats  # of the variance of chance


def own(said: Floats, talk: Floats) -> Own:
    """Say how uneven the use of k terms is in w weeks."""
    expected = said.sum(axis=1, keepdims=True) / talk.sum() * talk
    squares = (said - expected) ** 2 / np.maximum(expected, np.finfo(float).tiny)
    return Own(said.mean(axis=1), squares.sum(axis=1) / (len(talk) - 1))


def typical(found: Iterable[Own], n_weeks: int) -> Typical:
    """Say how uneven most terms are."""
    mean, factor = (np.concatenate(column) for column in zip(*found, strict=True))
    often = mean >= LEAST_MEAN
    if often.sum() < LEAST_TERMS:
        return Typical(0, UNKNOWN)
    mean, factor = mean[often], factor[often]
    spread = max(float(np.median((factor - 1) / mean)), 0)
    ratio = np.log(np.maximum(factor / (1 + spread * mean), np.finfo(float).tiny))
    low, high = np.quantile(ratio, [0.25, 0.75])
    beyond = ((high - low) / IQR) ** 2 - _log_variance(n_weeks - 1)
    return Typical(spread, _freedom(beyond))


def moderated(own: Floats, freedom: float, prior: Floats, typical: Typical) -> Floats:
    """Put what k terms do and what most do together; never less than chance or than their own."""
    both = (typical.freedom * prior + freedom * own) / (typical.freedom + freedom)
    found: Floats = np.maximum(np.maximum(both, own), 1)
    return found


def rising(said: Floats, talk: Floats) -> Floats:
    """Fit shares that never fall to k terms in w weeks, by the greatest of the least means."""
    sums, talked = (np.insert(one.cumsum(axis=-1), 0, 0, axis=-1) for one in (said, talk))
    n_weeks = len(talk)
    least = np.full((len(said), n_weeks, n_weeks), np.inf)
    for first in range(n_weeks):
        share = (sums[:, first + 1 :] - sums[:, [first]]) / (talked[first + 1 :] - talked[first])
        least[:, first, first:] = np.minimum.accumulate(share[:, ::-1], axis=1)[:, ::-1]
    begun = np.tri(n_weeks, dtype=bool).T  # a mean that begins after a week says nothing of it
    found: Floats = np.where(begun, least, -np.inf).max(axis=1)
    return found


def clinging(residuals: Floats, n_fitted: int) -> Floats:
    """Give by how much weeks that hang together enlarge the variance of their mean: k of k x w."""
    n_weeks = residuals.shape[-1]
    squares = np.maximum((residuals**2).sum(axis=-1), np.finfo(float).tiny)
    alike = (residuals[:, 1:] * residuals[:, :-1]).sum(axis=-1) / squares + n_fitted / n_weeks
    alike = np.clip(alike * n_weeks / (n_weeks + CLINGS), 0, MOST_CLINGING)
    found: Floats = (1 + alike) / (1 - alike)
    return found


def _log_variance(freedom: float) -> float:
    """Give the variance of the logarithm of chi-square over its degrees of freedom, nearly."""
    return 2 / freedom + 2 / freedom**2


def _freedom(log_variance: float) -> float:
    """Turn `_log_variance` round."""
    if log_variance <= _log_variance(MOST_FREEDOM):
        return MOST_FREEDOM
    return (1 + sqrt(1 + 2 * log_variance)) / log_variance
