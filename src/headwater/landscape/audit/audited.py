"""From people's answers to the share of hate in a town's posts."""

from typing import NamedTuple

import numpy as np

from headwater.landscape.audit import agreement, noise
from headwater.landscape.audit.design import Sample
from headwater.landscape.audit.estimators import Floats, Labelled, drawn_shares, ppi
from headwater.landscape.audit.intervals import Interval, differ
from headwater.landscape.audit.noise import NOT_ASKED, Answers, Gold

METHOD = "stratified PPI++ with mid-p interval, corrected for the annotators' errors"
ENDS = (0.025, 0.975)
N_DRAWS = 8192
SEED = 1978  # the same draws in each run


class Audited(NamedTuple):
    """The share of hate as people found it. Nothing here is of one post or one annotator."""

    share: float  # 0 to 1; `low` and `high` are its 95 % interval
    low: float
    high: float
    method: str
    n_posts: int  # that people labelled
    n_labels: int  # answers they gave
    alpha: float | None  # Krippendorff's
    positive_agreement: float | None
    cross_check: Interval | None
    disagrees: bool  # with the cross-check: then it is not for publication


def estimate(
    answers: Answers,
    sample: Sample,
    scores: Floats,
    gold: Gold,
    cross_check: Interval | None = None,
) -> Audited:
    """Estimate the share of hate in n posts from the answers on m of them.

    Args:
        answers: m posts by 3, in the order of the sample; who is asked first is chance.
        sample: as drawn from these scores.
        scores: n probabilities of hate, 0 to 1.
        gold: what the same annotators answered in the gold test.
        cross_check: the share by other means, such as the model's own corrected estimate.
    """
    found = _interval(answers, sample, scores, gold)
    pairs = agreement.pairs(answers)
    return Audited(
        *found,
        method=METHOD,
        n_posts=len(answers),
        n_labels=int(np.count_nonzero(answers != NOT_ASKED)),
        alpha=agreement.alpha(pairs),
        positive_agreement=agreement.positive_agreement(pairs),
        cross_check=cross_check,
        disagrees=cross_check is not None and differ(found, cross_check),
    )


def _interval(answers: Answers, sample: Sample, scores: Floats, gold: Gold) -> Interval:
    """Draw labelled shares and annotators' errors, and correct each by the other."""
    weights = 1 / (sample.probabilities * len(scores))
    labelled = Labelled(noise.outcomes(answers), scores[sample.places], sample.strata, weights)
    mean = ppi(labelled, float(scores.mean(dtype=np.float64)))
    rng = np.random.default_rng(SEED)
    errors = noise.drawn_errors(gold, N_DRAWS, rng)
    drawn = errors.corrected(drawn_shares(mean, N_DRAWS, rng))
    share = float(noise.errors(gold).corrected(np.asarray(mean.share)))
    low, high = np.quantile(drawn, ENDS).clip(0, 1).tolist()
    share = min(max(share, 0.0), 1.0)
    return Interval(share, min(low, share), max(high, share))
