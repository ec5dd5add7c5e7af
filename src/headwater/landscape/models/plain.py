"""A model of one function: whatever says of a text how likely it is hate."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models.model import Flags, Floats, Judgement
from headwater.landscape.models.rates import Gate, Language

NEVER_EVEN = Gate(
    groups=(), gap=1.0, gap_high=1.0
)  # nobody measured it, so groups are not compared


class Plain(NamedTuple):
    """Any function from texts to probabilities, with what is known of its errors.

    A language without error rates is judged text by text, and no share is made of it.
    """

    version: str
    probability: Callable[[pa.Array], Floats]  # n texts -> n, of hate
    languages: Mapping[str, Language]
    targets: Callable[[pa.Array], Flags] | None = None  # m hostile texts -> m x 11
    gate: Gate = NEVER_EVEN

    def judge(self, texts: pa.Array, languages: pa.Array, *, counts: bool) -> Judgement:
        """Judge n posts as `Model.judge` says."""
        probability = np.asarray(self.probability(texts), np.float32)
        names = languages.dictionary_encode()
        known = (self.languages[name] for name in names.dictionary.to_pylist())
        flags_from = np.array([one.flags_from(counts) for one in known], np.float32)
        is_hate = probability >= flags_from[names.indices.to_numpy()]
        targets = np.zeros((len(texts), len(GROUPS)), np.bool_)
        if self.targets and is_hate.any():
            targets[is_hate] = self.targets(texts.filter(pa.array(is_hate)))
        return Judgement(probability, is_hate, targets)
