"""Score posts: add up small whole numbers from one table, divide by the root of how many."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models.fold import fold
from headwater.landscape.models.ngrams import GROUP_SHIFT, NGrams, ngrams
from headwater.landscape.models.rates import Gate, Language
from headwater.landscape.report.model import ErrorRate

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

BATCH = 256  # posts at a time: their arrays stay in the processor's cache


class Model(NamedTuple):
    """Weights, and what turns their sums into answers. One table serves all languages."""

    version: str
    hate: NDArray[np.int8]  # ROWS
    groups: NDArray[np.int8]  # 11 x ROWS >> GROUP_SHIFT
    scales: Floats  # 12: hate, then the groups
    biases: Floats  # 12
    group_thresholds: Floats  # 11, of the score
    languages: Mapping[str, Language]
    gate: Gate

    @property
    def error_rates(self) -> dict[str, ErrorRate]:
        """Give the error rates of each supported language."""
        return {name: one.error_rate for name, one in self.languages.items()}

    def probability(self, texts: pa.Array, languages: pa.Array) -> Floats:
        """Give n probabilities of hate; every language must be a supported one."""
        slopes, intercepts = (self._of_each(languages, fact) for fact in ("slope", "intercept"))
        odds = slopes * self.scores(texts) + intercepts
        found: Floats = 0.5 + 0.5 * np.tanh(0.5 * odds)  # the logistic function, never overflowing
        return found

    def reaches(self, probability: Floats, languages: pa.Array) -> Flags:
        """Say which of n probabilities reach their language's threshold."""
        found: Flags = probability >= self._of_each(languages, "threshold")
        return found

    def scores(self, texts: pa.Array) -> Floats:
        """Give n log-odds of hate, before any language's calibration."""
        sums = _by_batch(texts, self._hate_sums, 1)[:, 0]
        found: Floats = sums * self.scales[0] + self.biases[0]
        return found

    def targets(self, texts: pa.Array) -> Flags:
        """Say whom n hostile texts are aimed at: n x 11, in the order of the codebook."""
        sums = _by_batch(texts, self._group_sums, len(GROUPS))
        found: Flags = sums * self.scales[1:] + self.biases[1:] >= self.group_thresholds
        return found

    def _of_each(self, languages: pa.Array, fact: str) -> Floats:
        names = languages.dictionary_encode()
        facts = [getattr(self.languages[name], fact) for name in names.dictionary.to_pylist()]
        found: Floats = np.array(facts, np.float32)[names.indices.to_numpy()]
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
