"""Fit vectors of words so that a post's own add up to what a reader of whole posts makes of it.

Sources: Hoerl and Kennard 1970 (ridge regression); Hestenes and Stiefel 1952 (conjugate gradients);
Arora, Liang and Ma 2017 (a word weighs a / (a + how common it is)).
"""

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float32]

COMMON = 0.01  # share of posts: a word that stands in so many weighs half
STRAYING = 2.0  # what it costs a word to stray from where it was expected
EXPECTED = 30.0  # the same, of the map between the two readers
WELL_KNOWN, MOST_SAY = (
    20,
    500,
)  # posts: from there the map learns of a word; beyond it weighs no more
N_STEPS = 30


def weights(common: Floats) -> Floats:
    """Give how much each word weighs, by the share of posts that it stands in."""
    found: Floats = (COMMON / (COMMON + common)).astype(np.float32)
    return found


def main_axes(read: Floats, n_axes: int) -> tuple[Floats, Floats]:
    """Give the middle of vectors and the axes along which they differ most, as columns."""
    middle = read.mean(axis=0)
    _, axes = np.linalg.eigh((read - middle).T @ (read - middle))
    return middle, axes[:, ::-1][:, :n_axes]


def unit(vectors: Floats) -> Floats:
    """Give vectors of length 1; nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Floats = vectors / np.maximum(lengths, np.float32(1e-9))
    return found


def fitted(held: sp.csr_matrix, wanted: Floats, expected: Floats) -> Floats:
    """Give the vectors of words that bring posts closest to what is wanted of them.

    Args:
        held: n posts x m words, how much each weighs in each; each row of length 1.
        wanted: n x d.
        expected: m x d, where each word would lie if no post told.
    """
    found, left = expected.copy(), wanted - held @ expected
    ahead = (gradient := held.T @ left).copy()
    size = (gradient**2).sum(axis=0)
    for _ in range(N_STEPS):
        moved = held @ ahead
        step = size / ((moved**2).sum(axis=0) + STRAYING * (ahead**2).sum(axis=0) + 1e-12)
        found += step * ahead
        left -= step * moved
        gradient = held.T @ left - STRAYING * (found - expected)
        size, before = (gradient**2).sum(axis=0), size
        ahead = gradient + size / (before + 1e-12) * ahead
    return found.astype(np.float32)


def expected(of_words: Floats, taught: Floats, n_posts: NDArray[np.int64]) -> Floats:
    """Say where words lie by the reader of single words, by a linear map to the ones posts taught."""
    seen = unit(of_words - of_words.mean(axis=0))
    seen = np.column_stack([seen, np.ones(len(seen), np.float32)])
    known = n_posts >= WELL_KNOWN
    say = np.sqrt(np.minimum(n_posts[known], MOST_SAY))[:, np.newaxis].astype(np.float32)
    ours, theirs = seen[known] * say, taught[known] * say
    inside = ours.T @ ours + EXPECTED * np.eye(ours.shape[1], dtype=np.float32)
    found: Floats = seen @ np.linalg.solve(inside, ours.T @ theirs)
    return found
