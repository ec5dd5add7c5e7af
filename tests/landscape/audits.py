"""Made-up audits: towns with a known share of hate, scores of a known quality, people who err.

A town's model errs in its own way: it takes hate for half or twice as common as it is, or worse
(a factor, log-normal), and is too sure of itself or not sure enough (the slope of its log-odds).
"""

from math import exp, log, sqrt
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from published import wilson
from scipy.stats import binom

from headwater.landscape.audit import Gold, estimate
from headwater.landscape.audit.design import design, drawn
from headwater.landscape.audit.intervals import Z
from headwater.landscape.audit.noise import NOT_ASKED, drawn_errors, errors, outcomes

N_POSTS = 20_000
AUDITS_A_TOWN = 20
N_DRAWS = 2048


class People(NamedTuple):
    """Annotators, and how many answers they give in the gold test."""

    sensitivity: float
    false_alarms: float
    n_hate: int
    n_other: int
    harder: float = 1  # times as many false alarms in the gold test as among the town's posts


PERFECT = People(1, 0, 10**9, 10**9)
ORDINARY = People(0.85, 0.01, 120, 280)
HARDER = ORDINARY._replace(harder=10)


class Cell(NamedTuple):
    """What many audits of one kind come to."""

    coverage: float
    width: float
    random_width: float  # of Wilson's interval of a random sample, answered and corrected alike
    random_coverage: float
    wald_coverage: float


def town(rng, share, auc):
    """Return whether each of n posts is hate, and its score; below 0.5 scores mislead."""
    is_hate = np.arange(N_POSTS) < round(share * N_POSTS)
    apart = sqrt(2) * NormalDist().inv_cdf(auc)
    signal = rng.standard_normal(N_POSTS) + apart * is_hate
    believed = min(share * exp(rng.normal(0, log(2))), 0.6)
    slope = exp(rng.normal(0, 0.25))
    odds = log(believed / (1 - believed)) + slope * abs(apart) * (signal - apart / 2)
    return is_hate, 1 / (1 + np.exp(-odds))


def answered(rng, is_hate, people):
    """Ask a second person where the first says hate, and a third where the two differ."""
    says_hate = np.where(is_hate, people.sensitivity, people.false_alarms)[:, np.newaxis]
    answers = (rng.random((len(is_hate), 3)) < says_hate).astype(np.int8)
    second = answers[:, 0] == 1
    third = second & (answers[:, 0] != answers[:, 1])
    answers[~second, 1], answers[~third, 2] = NOT_ASKED, NOT_ASKED
    return answers


def gold_test(rng, people):
    """Hold the gold test, of people who err alike as of one."""
    found = rng.binomial(people.n_hate, people.sensitivity)
    alarmed = rng.binomial(people.n_other, people.harder * people.false_alarms)
    return [Gold(people.n_hate, int(found), people.n_other, int(alarmed))]


def audits(share, auc, budget, people, n_audits):
    """Hold many audits, and as many of random samples beside."""
    rng = np.random.default_rng([round(share * 1e6), round(auc * 1e6), budget, people.n_hate])
    random_hits = iter(hits_of_random_samples(rng, share, budget, people, n_audits))
    rows = []
    for _ in range(n_audits // AUDITS_A_TOWN):
        is_hate, scores = town(rng, share, auc)
        plan = design(scores, budget)
        for _ in range(AUDITS_A_TOWN):
            rows.append(audit(rng, is_hate, scores, plan, people, next(random_hits)))
    ends = np.array(rows)
    covered = (ends[:, ::2] <= share) & (share <= ends[:, 1::2])
    coverage, random_coverage, wald_coverage = covered.mean(axis=0).tolist()
    width, random_width, _ = (ends[:, 1::2] - ends[:, ::2]).mean(axis=0).tolist()
    return Cell(coverage, width, random_width, random_coverage, wald_coverage)


def hits_of_random_samples(rng, share, budget, people, n_audits):
    """Return the quantiles of what they find, so that their mean width is not left to chance."""
    left = errors([Gold(1, people.sensitivity, 1, people.false_alarms)])
    called_hate = left.false_alarms + share * (left.sensitivity - left.false_alarms)
    quantiles = (rng.permutation(n_audits) + 0.5) / n_audits
    return binom.ppf(quantiles, budget, called_hate)


def audit(rng, is_hate, scores, plan, people, random_hits):
    """Return the two ends by the audit, by a random sample, and by Wald from the audit's sample."""
    sample = drawn(scores, plan, int(rng.integers(2**62)))
    golds = gold_test(rng, people)
    answers = answered(rng, is_hate[sample.places], people)
    found = estimate(answers, sample, golds)
    random = random_sample(rng, random_hits, len(answers), golds, people)
    return found.low, found.high, *random, *wald(answers, plan, sample)


def random_sample(rng, n_hits, n, golds, people):
    """Return Wilson's ends, corrected for the annotators' errors by draws as the audit is."""
    low, high = wilson(n_hits, n)
    if people is PERFECT:
        return low, high
    normal = rng.standard_normal(N_DRAWS) / Z
    drawn_hits = n_hits / n + np.where(normal > 0, high - n_hits / n, n_hits / n - low) * normal
    left = drawn_errors(golds, N_DRAWS, rng)
    without_alarms = left._replace(false_alarms=np.zeros(N_DRAWS)).corrected(drawn_hits)
    low = np.quantile(left.corrected(drawn_hits), 0.025)
    return np.clip([low, np.quantile(without_alarms, 0.975)], 0, 1)


def wald(answers, plan, sample):
    """Return the ends of the textbook's normal interval, which believes what it sees."""
    n_hits = np.bincount(sample.strata, outcomes(answers), minlength=len(plan.sizes))
    weights, shares = plan.sizes / plan.sizes.sum(), n_hits / plan.labels
    reach = Z * sqrt((weights**2 * shares * (1 - shares) / plan.labels).sum())
    return weights @ shares - reach, weights @ shares + reach
