"""From people's answers to the share of posts that speak well of others or speak up against hate.

One person's answer is enough here, and where more were asked each counts as a part. How far people
differ in what they call positive enters the interval, as if those who labelled were drawn from many.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.audit import agreement
from headwater.landscape.audit.asking import Answer
from headwater.landscape.audit.design import Sample, Whole
from headwater.landscape.audit.estimators import Floats, Labelled, Mean, drawn_shares, ppi
from headwater.landscape.audit.noise import NOT_ASKED
from headwater.landscape.labelled import Hits, Positive

ENDS = (0.025, 0.975)
N_DRAWS = 8192
SEED = 1979  # the same draws in each run
LEAST_PART = 0.5  # of those asked of a post, who call it positive


def positive(answers: Sequence[Answer], sample: Sample, authors: Whole) -> Positive | None:
    """Estimate the share of positive posts; None where not all were asked for it.

    Args:
        answers: Of all m posts one at least, in the order given.
        sample: The m posts.
        authors: m: whose they are.
    """
    if any(one.is_positive is None for one in answers):
        return None
    said = _said(answers, len(sample.places))
    part = np.where(said == NOT_ASKED, 0, said).sum(axis=1) / (said != NOT_ASKED).sum(axis=1)
    mean = ppi(Labelled(part, np.zeros(len(part)), sample.strata, sample.weights), 0)
    mean = mean._replace(variance=mean.variance + _between(said, sample.weights, mean.share))
    low, high = _ends(mean)
    each = np.bincount(authors[part >= LEAST_PART])
    return Positive(
        share=mean.share,
        low=min(low, mean.share),
        high=max(high, mean.share),
        hits=Hits(int(each.sum()), int(np.count_nonzero(each)), int(each.max(initial=0))),
        n_twice=int(np.count_nonzero((said != NOT_ASKED).sum(axis=1) > 1)),
        alpha=agreement.alpha(said),
    )


def _said(answers: Sequence[Answer], n_posts: int) -> NDArray[np.int8]:
    """Put what each person first said of each post into m x people."""
    people = sorted({one.annotator for one in answers})
    said = np.full((n_posts, len(people)), NOT_ASKED, np.int8)
    for one in reversed(answers):
        said[one.post, people.index(one.annotator)] = bool(one.is_positive)
    return said


def _between(said: NDArray[np.int8], weights: Floats, share: float) -> float:
    """Give the variance that stems from who labelled."""
    asked = said != NOT_ASKED
    of_each = weights @ asked
    shares = weights @ (said == 1) / of_each
    parts, n = of_each / of_each.sum(), said.shape[1]
    return float((parts**2 * (shares - share) ** 2).sum() * n / max(n - 1, 1))


def _ends(mean: Mean) -> tuple[float, float]:
    """Give the 95 % interval; its upper end is at least that of no hit."""
    rng = np.random.default_rng(SEED)
    drawn = drawn_shares(mean, N_DRAWS, rng)
    none = drawn_shares(Mean(0, 0, mean.one_hit), N_DRAWS, rng)
    high = max(float(np.quantile(some, ENDS[1])) for some in (drawn, none))
    return max(float(np.quantile(drawn, ENDS[0])), 0.0), min(high, 1.0)
