"""Judge posts in two stages: n-grams settle what is plainly harmless, an encoder reads the rest.

What the second stage reads is decided post by post, by a fixed score: a share of each batch would
make the answer to a post hang on its neighbours.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import passages
from headwater.landscape.models.encoder import Encoder
from headwater.landscape.models.linear import Linear
from headwater.landscape.models.model import Flags, Floats, Judgement
from headwater.landscape.models.rates import Gate, Language
from headwater.landscape.shapes import TEXT


class Reading(NamedTuple):
    """How the two stages read posts in one language, and what their scores mean."""

    slope: float
    intercept: float
    encoder_share: float  # of the score of what both stages have read
    each_from: float  # score of the n-grams: from there the encoder reads a post, too
    counted_from: float  # the same, of posts that are counted


class Cascade(NamedTuple):
    """Two stages, and what turns their scores into answers, at one effort."""

    version: str
    linear: Linear
    encoder: Callable[[], Encoder]  # read when first needed
    languages: Mapping[str, Language]
    readings: Mapping[str, Reading]  # of the same languages
    group_thresholds: Floats  # 11, of the score
    gate: Gate

    def judge(self, texts: pa.Array, languages: pa.Array, *, counts: bool) -> Judgement:
        """Judge n posts as `Model.judge` says; of posts that are counted the encoder reads fewer."""
        cut = passages.cut(texts)
        of_each = languages.take(pa.array(cut.posts))
        scores, deeper = self.scores(cut.texts, of_each, counts=counts)
        slopes, intercepts, shares, *_ = self._read(of_each)
        odds = slopes * scores + intercepts
        probability: Floats = 0.5 + 0.5 * np.tanh(0.5 * cut.pooled(odds))  # logistic, no overflow
        flags_from = {name: one.flags_from(counts) for name, one in self.languages.items()}
        hostile = probability >= _of_each(languages, flags_from)
        targets = np.zeros((len(texts), len(GROUPS)), np.bool_)
        for read in (np.flatnonzero(hostile), cut.most_hateful(odds)[hostile]):
            texts_read = cut.texts.take(pa.array(read))
            targets[hostile] |= self._targets(texts_read, deeper[read], shares[read])
        # hostility at nobody but political opponents is counted apart, never as hate
        is_hate = hostile & ~(targets[:, POLITICAL] & (targets.sum(axis=1) == 1))
        return Judgement(probability, is_hate, targets)

    def scores(
        self, texts: pa.Array, languages: pa.Array, *, counts: bool
    ) -> tuple[Floats, Floats]:
        """Give n log-odds of hate, and what the encoder says of groups: n x 11, NaN if not asked.

        They are as the two stages were taught; no language's calibration is in them.
        """
        _, _, shares, each_from, counted_from = self._read(languages)
        scores = self.linear.hate_scores(texts)
        goes_up = scores >= (counted_from if counts else each_from)
        deeper = np.full((len(texts), len(GROUPS)), np.nan, np.float32)
        if goes_up.any():
            answers = self.encoder().answers(texts.filter(pa.array(goes_up)))
            scores[goes_up] += shares[goes_up] * (answers[:, 0] - scores[goes_up])
            deeper[goes_up] = answers[:, 1:]
        return scores, deeper

    def _targets(self, texts: pa.Array, deeper: Floats, shares: Floats) -> Flags:
        scores = self.linear.group_scores(texts)
        joined = scores + shares[:, np.newaxis] * (deeper - scores)
        found: Flags = np.where(np.isnan(deeper), scores, joined) >= self.group_thresholds
        return found

    def _read(self, languages: pa.Array) -> Floats:
        """Give 5 x n: of each post, what `Reading` says of its language."""
        return _of_each(languages, self.readings).T


def _of_each(languages: pa.Array, facts: Mapping[str, Any]) -> Floats:
    """Give the fact of each post's language, or its facts as rows."""
    places = pc.index_in(languages, pa.array(facts, TEXT)).to_numpy(zero_copy_only=False)
    found: Floats = np.array(list(facts.values()), np.float32)[places]
    return found


POLITICAL = GROUPS.index("political")
