"""What people's own errors do to a count, and how to take them out.

Who wrongly calls 1 % of harmless posts hate turns a share of 0.2 % into 1.2 %. So a post that one
person calls hate is shown to a second, and where the two differ to a third; what errors remain is
told by a test on posts whose answer is known.
"""

from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOT_ASKED = -1
LEAST_GAIN = 0.01  # of a draw: where annotators tell nothing, any share may be
Floats = NDArray[np.float64]
Answers = NDArray[np.int8]  # m posts by 3 in the order asked: 1 hate, 0 not, NOT_ASKED


class Gold(NamedTuple):
    """One person's answers to posts whose answer is known; it is told of nobody."""

    n_hate: int  # answers to posts that are hate
    n_hate_found: int
    n_other: int  # answers to posts that are not
    n_other_alarmed: int
    weight: float = 1  # of the labels, as many as are theirs


class Errors(NamedTuple):
    """How often labelled posts come out as hate: those that are, and those that are not."""

    sensitivity: Floats
    false_alarms: Floats

    def corrected(self, share: Floats) -> Floats:
        """Give the share there is, from the share that came out; it may be below 0.

        Where the annotators tell nothing it may be any: every other such draw is 0, the rest 1.
        """
        gain = np.asarray(self.sensitivity - self.false_alarms)
        known = gain >= LEAST_GAIN
        share = (share - self.false_alarms) / np.where(known, gain, 1)
        return np.where(known, share, np.arange(share.size).reshape(share.shape) % 2)


def outcomes(answers: Answers) -> NDArray[np.bool_]:
    """Tell for m posts whether most of those asked call it hate."""
    if (n_waiting := np.count_nonzero(waiting(answers))) > 0:
        raise ValueError(f"{n_waiting} posts still lack an answer")
    most: NDArray[np.bool_] = (answers == 1).sum(axis=1) > (answers == 0).sum(axis=1)
    return most


def waiting(answers: Answers) -> NDArray[np.bool_]:
    """Tell for m posts whether another person is to be asked."""
    n_hate, n_other = (answers == 1).sum(axis=1), (answers == 0).sum(axis=1)
    lacks: NDArray[np.bool_] = (n_hate == n_other) | ((n_hate == 1) & (n_other == 0))
    return lacks


def gain(golds: Sequence[Gold]) -> float:
    """Give how much oftener they call hate hate than other posts (Youden's index), by labels."""
    found, alarmed = (np.average(rates, weights=_weights(golds)) for rates in _rates(golds))
    return float(found - alarmed)


def errors(golds: Sequence[Gold]) -> Errors:
    """Give the errors that are left, as the gold test found them."""
    return Errors(*(_settled(rates[:, np.newaxis], _weights(golds))[0] for rates in _rates(golds)))


def drawn_errors(golds: Sequence[Gold], n_draws: int, rng: np.random.Generator) -> Errors:
    """Draw the errors that are left, as far as the gold test leaves them open (Jeffreys)."""
    found = [_drawn(one.n_hate_found, one.n_hate, n_draws, rng) for one in golds]
    alarmed = [_drawn(one.n_other_alarmed, one.n_other, n_draws, rng) for one in golds]
    weights = _weights(golds)
    return Errors(_settled(np.array(found), weights), _settled(np.array(alarmed), weights))


def _weights(golds: Sequence[Gold]) -> Floats:
    weights = np.array([one.weight for one in golds], float)
    shares: Floats = weights / weights.sum()
    return shares


def _rates(golds: Sequence[Gold]) -> tuple[Floats, Floats]:
    found = np.array([one.n_hate_found / one.n_hate for one in golds])
    return found, np.array([one.n_other_alarmed / one.n_other for one in golds])


def _drawn(n_hits: int, n: int, n_draws: int, rng: np.random.Generator) -> Floats:
    return rng.beta(n_hits + 0.5, n - n_hits + 0.5, n_draws)


def _settled(rates: Floats, weights: Floats) -> Floats:
    """Turn how often k people call such posts hate, in n draws, into how often they come out so.

    The first must, and one of the two asked after, who are others; they err independently. One
    alone stands for many people alike. Where two never differ, a third is like the two.
    """
    if len(rates) == 1:
        alike: Floats = rates[0] ** 2 * (2 - rates[0])
        return alike
    settled = np.zeros(rates.shape[1])
    for first, second in permutations(range(len(rates)), 2):
        rest = [one for one in range(len(rates)) if one not in (first, second)] or [first, second]
        third = np.average(rates[rest], axis=0, weights=weights[rest])
        after = rates[second] + (1 - rates[second]) * third
        settled += weights[first] * weights[second] / (1 - weights[first]) * rates[first] * after
    return settled
