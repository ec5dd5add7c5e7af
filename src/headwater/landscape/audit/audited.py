"""From people's answers to the share of hate in a town's posts, and to the model's errors there."""

from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.audit import agreement, noise
from headwater.landscape.audit.design import Sample
from headwater.landscape.audit.estimators import Floats, Labelled, drawn_shares, ppi
from headwater.landscape.audit.intervals import Interval, differ
from headwater.landscape.audit.noise import NOT_ASKED, Answers, Gold
from headwater.landscape.shapes import Audit, Base, Rates

METHOD = "stratified PPI++ with mid-p interval, corrected for the annotators' errors"
ENDS = (0.025, 0.975)
N_DRAWS = 8192
SEED = 1978  # the same draws in each run
LEAST_GAIN = 0.1  # a model that tells less cannot be corrected by its errors
N_DIGITS = 3  # of the model's errors: with more they would tell how many posts were flagged
Bools = NDArray[np.bool_]


class Drawn(NamedTuple):
    """The m posts that people label, and what is known of those they were drawn from."""

    sample: Sample
    is_flagged: Bools  # m, by the model
    on: date
    model_says: Interval  # the model's own corrected estimate
    of: Base


def audited(answers: Answers, drawn: Drawn, gold: Gold) -> Audit:
    """Say what people found; nothing of it is of one post or one annotator.

    Args:
        answers: m posts by 3, in the order of the sample; who is asked first is chance.
        drawn: the posts.
        gold: what the same annotators answered in the gold test.
    """
    found = estimate(answers, drawn.sample, gold)
    pairs = agreement.pairs(answers)
    return Audit(
        *found,
        method=METHOD,
        drawn_on=drawn.on,
        n_posts=len(answers),
        n_labels=int(np.count_nonzero(answers != NOT_ASKED)),
        alpha=agreement.alpha(pairs),
        positive_agreement=agreement.positive_agreement(pairs),
        disagrees=differ(found, drawn.model_says),
        rates=_rates(answers, drawn, gold),
        of=drawn.of,
    )


def estimate(answers: Answers, sample: Sample, gold: Gold) -> Interval:
    """Estimate the share of hate in n posts from the answers on m of them.

    Labelled shares and annotators' errors are drawn, and each corrected by the other.
    """
    labelled = Labelled(noise.outcomes(answers), sample.scores, sample.strata, sample.weights)
    mean = ppi(labelled, sample.mean_score)
    rng = np.random.default_rng(SEED)
    errors = noise.drawn_errors(gold, N_DRAWS, rng)
    drawn = errors.corrected(drawn_shares(mean, N_DRAWS, rng))
    share = _inside(float(noise.errors(gold).corrected(np.asarray(mean.share))))
    low, high = np.quantile(drawn, ENDS).clip(0, 1).tolist()
    return Interval(share, min(low, share), max(high, share))


def _rates(answers: Answers, drawn: Drawn, gold: Gold) -> Rates | None:
    """Give how the model errs in this town; None where the labels do not tell.

    Of posts flagged and of posts not, people say how many are hate; how many there are of each is
    known. The rates are of all languages together: for each by itself the labels are too few.
    """
    flagged = drawn.of.n_flagged / drawn.of.n_judged
    rng = np.random.default_rng(SEED)
    errors = noise.drawn_errors(gold, N_DRAWS, rng)
    shares = []
    for part in (drawn.is_flagged, ~drawn.is_flagged):
        if not part.any():
            return None
        mean = ppi(_part(answers, drawn.sample, part), 0)
        shares.append(errors.corrected(drawn_shares(mean, N_DRAWS, rng)).clip(0, 1))
    found, missed = shares[0] * flagged, shares[1] * (1 - flagged)
    hate = (found + missed).clip(np.finfo(float).tiny)
    alarms = (flagged - found) / (1 - hate)
    rates = Rates(*map(_rounded, (*_mean_and_sd(found / hate), *_mean_and_sd(alarms))))
    gain = rates.sensitivity - rates.false_positive_rate
    is_firm = gain >= max(LEAST_GAIN, 2 * rates.sensitivity_sd)  # false where any is no number
    return rates if is_firm and min(rates) > 0 else None


def _part(answers: Answers, sample: Sample, part: Bools) -> Labelled:
    """Give the labelled posts of a part, whose scores tell nothing more."""
    weights = sample.weights[part]
    is_hate = noise.outcomes(answers)[part]
    return Labelled(is_hate, np.zeros(len(weights)), sample.strata[part], weights / weights.sum())


def _mean_and_sd(drawn: Floats) -> tuple[float, float]:
    return float(drawn.mean()), float(drawn.std())


def _rounded(rate: float) -> float:
    return float(f"{rate:.{N_DIGITS}g}")


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)
