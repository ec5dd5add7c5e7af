"""The shipped model's own n-grams as a sparse matrix."""

import numpy as np
import pyarrow as pa
from scipy import sparse

from headwater.landscape.models.fold import fold
from headwater.landscape.models.ngrams import ROWS, ngrams

BATCH = 2048


def matrix(texts: pa.Array) -> sparse.csr_matrix:
    """Give n x ROWS counts, each row divided by the root of its number of n-grams."""
    parts = [_part(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]
    return sparse.vstack(parts, format="csr")


def _part(texts: pa.Array) -> sparse.csr_matrix:
    kinds = list(ngrams(fold(texts)))
    post = np.concatenate(
        [np.repeat(np.arange(len(texts)), kind.ends - kind.starts) for kind in kinds]
    )
    rows = np.concatenate([kind.rows[_within(kind.starts, kind.ends)] for kind in kinds])
    n = np.bincount(post, minlength=len(texts))
    values = (1 / np.sqrt(n))[post].astype(np.float32)
    return sparse.csr_matrix((values, (post, rows)), shape=(len(texts), ROWS))


def _within(starts: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """Give the places from each start to its end, one after the other."""
    lengths = ends - starts
    shift = np.repeat(starts - (lengths.cumsum() - lengths), lengths)
    return np.arange(lengths.sum()) + shift
