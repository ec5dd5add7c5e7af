"""Score posts: add up small whole numbers from one table, divide by the root of how many."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models.fold import fold
from headwater.landscape.models.ngrams import GROUP_SHIFT, NGrams, ngrams

Floats = NDArray[np.float32]

BATCH = 256  # posts at a time: their arrays stay in the processor's cache


class Linear(NamedTuple):
    """Weights of n-grams, and what turns their sums into log-odds. One table for all languages."""

    hate: NDArray[np.int8]  # ROWS
    groups: NDArray[np.int8]  # 11 x ROWS >> GROUP_SHIFT
    scales: Floats  # 12: hate, then the groups
    biases: Floats  # 12

    def hate_scores(self, texts: pa.Array) -> Floats:
        """Give n log-odds of hate."""
        sums = _by_batch(texts, self._hate_sums, 1)[:, 0]
        found: Floats = sums * self.scales[0] + self.biases[0]
        return found

    def group_scores(self, texts: pa.Array) -> Floats:
        """Give n x 11 log-odds that a hostile text is aimed at each group of the codebook."""
        sums = _by_batch(texts, self._group_sums, len(GROUPS))
        found: Floats = sums * self.scales[1:] + self.biases[1:]
        return found

    def _hate_sums(self, kind: NGrams) -> NDArray[np.int64]:
        return _within(self.hate[kind.rows], kind)[:, None]

    def _group_sums(self, kind: NGrams) -> NDArray[np.int64]:
        rows = kind.rows >> GROUP_SHIFT
        return np.column_stack([_within(head[rows], kind) for head in self.groups])


def _by_batch(texts: pa.Array, sums: Callable[[NGrams], NDArray[np.int64]], n_heads: int) -> Floats:
    found = np.zeros((len(texts), n_heads), np.float32)
    for at in range(0, len(texts), BATCH):
        kinds = list(ngrams(fold(texts[at : at + BATCH])))
        n_grams = sum(kind.ends - kind.starts for kind in kinds)
        total = sum(sums(kind) for kind in kinds)
        found[at : at + BATCH] = total / np.sqrt(np.maximum(n_grams, 1))[:, None]
    return found


def _within(weights: NDArray[np.int8], kind: NGrams) -> NDArray[np.int64]:
    """Add up the weights of each post."""
    so_far = np.zeros(len(weights) + 1, np.int64)
    np.cumsum(weights, out=so_far[1:])
    sums: NDArray[np.int64] = so_far[kind.ends] - so_far[kind.starts]
    return sums
