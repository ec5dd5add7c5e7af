"""Fit the heads: logistic regression on the n-grams, by L-BFGS, and make whole numbers of them."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse, special

from headwater.landscape.models.ngrams import GROUP_SHIFT, ROWS
from training import weighting
from training.posts import Flags, Posts, evenly

Floats = NDArray[np.floating] | NDArray[np.int8]

HATE_STRENGTH, GROUP_STRENGTH = 4.0, 8.0  # inverse of the penalty
OFFSET_PENALTY = 0.01  # of how readily each source calls a post hate
MOST_ROWS, FULL_ROWS = 12_000, 8_000  # of one source; that count in full, so that none dominates
ROUNDS = 30
LARGEST, CLIPPED = 127, 0.9999  # of a signed byte; share of coefficients below it


class Head(NamedTuple):
    """One linear answer: coefficients * scale, and a bias."""

    coefficients: Floats
    bias: float
    scale: float = 1.0

    def scores(self, features: sparse.csr_matrix) -> NDArray[np.float64]:
        """Give n log-odds."""
        sums: NDArray[np.float64] = features @ self.coefficients.astype(np.float32)
        return sums * self.scale + self.bias

    def rounded(self) -> "Head":
        """Give the head as it ships: whole numbers from -127 to 127 and their scale."""
        used = np.abs(self.coefficients[self.coefficients != 0])
        scale = float(np.quantile(used, CLIPPED)) / LARGEST
        whole = np.clip(np.rint(self.coefficients / scale), -LARGEST, LARGEST)
        return Head(whole.astype(np.int8), self.bias, scale)


class Problem(NamedTuple):
    """What one head is fitted to: n posts, and the penalty that keeps it small."""

    features: sparse.csr_matrix  # n x rows
    labels: Flags
    weights: Floats
    definition: NDArray[np.int64]  # n, whose meaning of the label a post follows, from 0
    strength: float  # inverse of the penalty

    def units(self) -> tuple[Floats, Floats]:
        """Give the scales of coefficients and offsets in which the loss is about as round."""
        squares = self.features.copy()
        squares.data **= 2
        curve = squares.T @ self.weights / 4 + 1 / self.strength
        offsets = np.bincount(self.definition, self.weights) / 4 + OFFSET_PENALTY
        return 1 / np.sqrt(curve), 1 / np.sqrt(offsets)


def logistic(problem: Problem) -> Head:
    """Fit one head; its bias is the mean of the offsets that each definition has."""
    n_rows = problem.features.shape[1]
    wide, offset_unit = problem.units()
    unit = np.concatenate([wide, offset_unit])
    loss = _loss(problem, n_rows, unit)
    options = {"maxiter": ROUNDS, "maxcor": 6}
    best = optimize.minimize(loss, 0 * unit, jac=True, method="L-BFGS-B", options=options)
    point = best.x * unit
    bias = np.average(point[n_rows:][problem.definition], weights=problem.weights)
    return Head(point[:n_rows].astype(np.float32), float(bias))


def _loss(problem: Problem, n_rows: int, unit: Floats) -> Callable[[Floats], tuple[float, Floats]]:
    features, labels, weights, definition, strength = problem
    signs = np.where(labels, 1, -1).astype(np.float32)
    transposed = features.T.tocsr()
    penalty = np.full(len(unit), 1 / strength)
    penalty[n_rows:] = OFFSET_PENALTY

    def loss(scaled: Floats) -> tuple[float, Floats]:
        point = scaled * unit
        sums = features @ point[:n_rows].astype(np.float32)
        margins = signs * (sums + point[n_rows:][definition].astype(np.float32))
        pull = -signs * special.expit(-margins) * weights
        pulls = np.concatenate([transposed @ pull, np.bincount(definition, pull)])
        value = weights @ np.logaddexp(0, -margins) + 0.5 * (point @ (penalty * point))
        return float(value), (pulls + penalty * point) * unit

    return loss


def hate(features: sparse.csr_matrix, posts: Posts, rows: Flags) -> Head:
    """Fit the hate head on these rows of all posts, or as many as may be of each source."""
    rows = rows & _few_enough(posts, rows)
    kept = posts.where(rows)
    own = features[np.flatnonzero(rows)], kept.hate, _weights(kept), weighting.definitions(kept)
    return logistic(Problem(*own, HATE_STRENGTH))


def _few_enough(posts: Posts, rows: Flags) -> Flags:
    """Mark posts evenly over each source."""
    found = np.zeros(len(rows), np.bool_)
    for source in np.unique(posts.source):
        found[evenly(np.flatnonzero(rows & (posts.source == source)), MOST_ROWS)] = True
    return found


def groups(features: sparse.csr_matrix, posts: Posts, rows: Flags) -> list[Head]:
    """Fit one head a group on the hostile ones of these rows."""
    hostile = rows & posts.has_groups & posts.groups.any(axis=1)
    narrow = narrowed(features[np.flatnonzero(hostile)])
    even, one = np.ones(narrow.shape[0], np.float32), np.zeros(narrow.shape[0], np.int64)
    return [
        logistic(Problem(narrow, own, even, one, GROUP_STRENGTH)) for own in posts.groups[hostile].T
    ]


def narrowed(features: sparse.csr_matrix) -> sparse.csr_matrix:
    """Join the rows that the group heads share."""
    parts = features.data, features.indices >> GROUP_SHIFT, features.indptr
    return sparse.csr_matrix(parts, shape=(features.shape[0], ROWS >> GROUP_SHIFT))


def _weights(posts: Posts) -> Floats:
    every = np.ones(len(posts.hate), np.bool_)
    found = weighting.weights(posts, every, lambda n: min(1, FULL_ROWS / n))
    return found.astype(np.float32)
