"""From people's answers to the share of hate in a town's posts, and to the model's errors there."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.audit import agreement, noise
from headwater.landscape.audit.design import Sample, Whole
from headwater.landscape.audit.estimators import Floats, Labelled, Mean, drawn_shares, ppi
from headwater.landscape.audit.intervals import Interval, differ
from headwater.landscape.audit.noise import NOT_ASKED, Answers, Gold
from headwater.landscape.labelled import FEW_HITS, Audit, Base, Hits, Rates

METHOD = "stratified PPI++ with mid-p interval, corrected for the annotators' errors"
ENDS = (0.025, 0.975)
N_DRAWS = 8192
SEED = 1978  # the same draws in each run
LEAST_GAIN = 0.1  # a model that tells less cannot be corrected by its errors
LEAST_RATE = 1e-5
Bools = NDArray[np.bool_]


class Drawn(NamedTuple):
    """The m posts that people label, and what is known of those they were drawn from."""

    sample: Sample
    is_flagged: Bools  # m, by the model
    authors: Whole  # m: whose they are, as a number that means nothing outside the sample
    on: date
    model_says: Interval  # the model's own corrected estimate
    of: Base


def audited(answers: Answers, drawn: Drawn, golds: Sequence[Gold]) -> Audit:
    """Say what people found; nothing of it is of one post or one annotator.

    Args:
        answers: m posts by 3, in the order of the sample; who is asked first is chance.
        drawn: the posts.
        golds: what each annotator answered in the gold test.
    """
    found = estimate(answers, drawn.sample, golds)
    pairs = agreement.pairs(answers)
    return Audit(
        *found,
        high_of_few=estimate(_few(drawn.sample), drawn.sample, golds).high,
        hits=_hits(answers, drawn.authors),
        method=METHOD,
        drawn_on=drawn.on,
        n_posts=len(answers),
        n_labels=int(np.count_nonzero(answers != NOT_ASKED)),
        alpha=agreement.alpha(pairs),
        positive_agreement=agreement.positive_agreement(pairs),
        disagrees=differ(found, drawn.model_says),
        rates=_rates(answers, drawn, golds, found),
        of=drawn.of,
    )


def estimate(answers: Answers, sample: Sample, golds: Sequence[Gold]) -> Interval:
    """Estimate the share of hate in n posts from the answers on m of them.

    Labelled shares and annotators' errors are drawn, and each corrected by the other. But the gold
    test is harder than a town's posts are, and its false alarms may be more than there. So the upper
    end is at least what it would be without any, and at least that of no hit.
    """
    labelled = Labelled(noise.outcomes(answers), sample.scores, sample.strata, sample.weights)
    mean = ppi(labelled, sample.mean_score)
    rng = np.random.default_rng(SEED)
    errors = noise.drawn_errors(golds, N_DRAWS, rng)
    found = drawn_shares(mean, N_DRAWS, rng)
    none = drawn_shares(Mean(0, 0, mean.one_hit), N_DRAWS, rng)
    drawn = errors.corrected(found)
    without_alarms = errors._replace(false_alarms=np.zeros(N_DRAWS)).corrected(found)
    share = _inside(float(noise.errors(golds).corrected(np.asarray(mean.share))))
    low = _inside(float(np.quantile(drawn, ENDS[0])))
    high = max(float(np.quantile(some, ENDS[1])) for some in (drawn, without_alarms, none))
    return Interval(share, min(low, share), max(_inside(high), share))


def is_firm(rates: Rates) -> bool:
    """Say whether the model's errors are known well enough to correct by; not if any is no number."""
    gain = rates.sensitivity - rates.false_positive_rate
    are_rates = all(0 < rate <= 1 for rate in rates)
    return are_rates and gain >= max(LEAST_GAIN, 2 * rates.sensitivity_sd)


def _few(sample: Sample) -> Answers:
    """Give the answers of two people who call hate the few posts that stand for most."""
    answers = np.full((len(sample.places), 3), NOT_ASKED, np.int8)
    answers[:, 0] = 0
    answers[np.argsort(-sample.weights, kind="stable")[:FEW_HITS], :2] = 1
    return answers


def _hits(answers: Answers, authors: Whole) -> Hits:
    counts = np.bincount(authors[noise.outcomes(answers)])
    return Hits(int(counts.sum()), int(np.count_nonzero(counts)), int(counts.max(initial=0)))


def _rates(answers: Answers, drawn: Drawn, golds: Sequence[Gold], whole: Interval) -> Rates | None:
    """Give how the model errs in this town; None where the labels do not tell.

    Of posts flagged and of posts not, people say how many are hate; how many there are of each is
    known. The rates turn the share flagged into the share that people found, so that parts
    corrected by them add up to it. Drawn apart from each other, as they are used, they leave a part
    more open than it is: sensitivity and false alarms fall and rise against each other. They are of
    all languages together: for each by itself the labels are too few.
    """
    flagged = drawn.of.n_flagged / drawn.of.n_judged
    rng = np.random.default_rng(SEED)
    errors = noise.drawn_errors(golds, N_DRAWS, rng)
    shares, points = [], []
    for part in (drawn.is_flagged, ~drawn.is_flagged):
        if not part.any():
            return None
        mean = ppi(_part(answers, drawn.sample, part), 0)
        shares.append(errors.corrected(drawn_shares(mean, N_DRAWS, rng)).clip(0, 1))
        points.append(float(noise.errors(golds).corrected(np.asarray(mean.share)).clip(0, 1)))
    found, missed = shares[0] * flagged, shares[1] * (1 - flagged)
    hate = (found + missed).clip(np.finfo(float).tiny, 1 - np.finfo(float).eps)
    alarms = (flagged - found) / (1 - hate)
    if not 0 < whole.share < 1:
        return None
    # the two estimates of all hate differ by chance, so that more may seem found than there is
    at = min(points[0] * flagged, whole.share)
    sensitivity = at / whole.share
    false_alarms = max((flagged - at) / (1 - whole.share), LEAST_RATE)
    rates = Rates(
        sensitivity,
        _spread(found / hate, sensitivity),
        false_alarms,
        _spread(alarms, false_alarms),
    )
    return rates if is_firm(rates) else None


def _part(answers: Answers, sample: Sample, part: Bools) -> Labelled:
    """Give the labelled posts of a part, whose scores tell nothing more."""
    weights = sample.weights[part]
    is_hate = noise.outcomes(answers)[part]
    return Labelled(is_hate, np.zeros(len(weights)), sample.strata[part], weights / weights.sum())


def _spread(drawn: Floats, around: float) -> float:
    """Give the root mean square of what lies between draws and the value that is used."""
    return float(np.sqrt(((drawn - around) ** 2).mean()))


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)
