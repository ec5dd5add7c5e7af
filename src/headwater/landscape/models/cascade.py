"""Judge posts in two stages: n-grams settle what is plainly harmless, an encoder reads the rest.

What the second stage reads is decided post by post, by a fixed score: a share of each batch would
make the answer to a post hang on its neighbours.
"""

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import passages
from headwater.landscape.models.encoder import Encoder
from headwater.landscape.models.linear import Linear
from headwater.landscape.models.rates import Gate, Language
from headwater.landscape.report.model import ErrorRate, TargetAlarm

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


class Judgement(NamedTuple):
    """What the model says of n posts."""

    probability: Floats  # n, of hate
    is_hate: Flags  # n
    targets: Flags  # n x 11, whom a hostile post is aimed at, in the order of the codebook


class Model(NamedTuple):
    """Two stages, and what turns their scores into answers, at one effort."""

    version: str
    linear: Linear
    encoder: Callable[[], Encoder]  # read when first needed
    encoder_share: float  # of the score of groups, where both stages have read a post
    languages: Mapping[str, Language]
    group_thresholds: Floats  # 11, of the score
    gate: Gate

    @property
    def error_rates(self) -> dict[str, ErrorRate]:
        """Give the error rates of each language that they were measured in."""
        return {name: one.error_rate for name, one in self.languages.items() if one.error_rate}

    @property
    def target_alarms(self) -> tuple[TargetAlarm, ...]:
        """Give how often harmless posts are taken for hate against each group, by language."""
        return tuple(alarm for one in self.languages.values() for alarm in one.target_alarms)

    def tier(self, language: str) -> Literal["measured", "transferred", "abstains"]:
        """Say how far the model may be trusted in a language."""
        if language not in self.languages:
            return "abstains"
        return "measured" if language in self.error_rates else "transferred"

    def judge(self, texts: pa.Array, languages: pa.Array, *, counts: bool) -> Judgement:
        """Judge n posts; every language must be one that the model knows.

        Args:
            texts: n scrubbed texts.
            languages: n tags.
            counts: The posts are to be counted: the threshold is the one whose errors are known,
                with few false alarms among harmless talk, so that the encoder needs to read
                little. Else each is judged for itself, where hate is as likely as not.
        """
        cut = passages.cut(texts)
        of_each = languages.take(pa.array(cut.posts))
        scores, deeper = self.scores(cut.texts, of_each, counts=counts)
        slopes = self._of_each(of_each, lambda one: one.slope)
        intercepts = self._of_each(of_each, lambda one: one.intercept)
        odds = slopes * scores + intercepts
        probability: Floats = 0.5 + 0.5 * np.tanh(0.5 * cut.pooled(odds))  # logistic, no overflow
        hostile = probability >= self._of_each(languages, lambda one: one.use(counts).threshold)
        targets = np.zeros((len(texts), len(GROUPS)), np.bool_)
        for read in (np.flatnonzero(hostile), cut.most_hateful(odds)[hostile]):
            targets[hostile] |= self._targets(cut.texts.take(pa.array(read)), deeper[read])
        # hostility at nobody but political opponents is counted apart, never as hate
        is_hate = hostile & ~(targets[:, POLITICAL] & (targets.sum(axis=1) == 1))
        return Judgement(probability, is_hate, targets)

    def scores(
        self, texts: pa.Array, languages: pa.Array, *, counts: bool
    ) -> tuple[Floats, Floats]:
        """Give n log-odds of hate, and what the encoder says of groups: n x 11, NaN if not asked.

        They are as the two stages were taught; no language's calibration is in them.
        """
        scores = self.linear.hate_scores(texts)
        goes_up = scores >= self._of_each(languages, lambda one: one.use(counts).encoder_from)
        deeper = np.full((len(texts), len(GROUPS)), np.nan, np.float32)
        if goes_up.any():
            answers = self.encoder().answers(texts.filter(pa.array(goes_up)))
            share = self._of_each(languages, lambda one: one.encoder_share)[goes_up]
            scores[goes_up] += share * (answers[:, 0] - scores[goes_up])
            deeper[goes_up] = answers[:, 1:]
        return scores, deeper

    def _targets(self, texts: pa.Array, deeper: Floats) -> Flags:
        scores = self.linear.group_scores(texts)
        read = ~np.isnan(deeper)
        scores[read] += self.encoder_share * (deeper[read] - scores[read])
        found: Flags = scores >= self.group_thresholds
        return found

    def _of_each(self, languages: pa.Array, fact: Callable[[Language], float]) -> Floats:
        names = languages.dictionary_encode()
        facts = [fact(self.languages[name]) for name in names.dictionary.to_pylist()]
        found: Floats = np.array(facts, np.float32)[names.indices.to_numpy()]
        return found


POLITICAL = GROUPS.index("political")
