"""What people's own errors do to a count, and how to take them out.

Who wrongly calls 1 % of harmless posts hate turns a share of 0.2 % into 1.2 %. So a post that one
person calls hate is shown to a second, and where the two differ to a third; what errors remain is
told by a test on posts whose answer is known.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NOT_ASKED = -1
LEAST_GAIN = 0.01  # of a draw: where annotators tell nothing, any share may be
Floats = NDArray[np.float64]
Answers = NDArray[np.int8]  # m posts by 3 in the order asked: 1 hate, 0 not, NOT_ASKED


class Gold(NamedTuple):
    """Answers to posts whose answer is known, of all annotators together."""

    n_hate: int  # answers to posts that are hate
    n_hate_found: int
    n_other: int  # answers to posts that are not
    n_other_alarmed: int

    @property
    def gain(self) -> float:
        """Give how much oftener hate is called hate than other posts are (Youden's index)."""
        return self.n_hate_found / self.n_hate - self.n_other_alarmed / self.n_other


class Errors(NamedTuple):
    """How often labelled posts come out as hate: those that are, and those that are not."""

    sensitivity: Floats
    false_alarms: Floats

    def corrected(self, share: Floats) -> Floats:
        """Give the share there is, from the share that came out; it may be below 0."""
        gain = np.maximum(self.sensitivity - self.false_alarms, LEAST_GAIN)
        return (share - self.false_alarms) / gain


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


def errors(gold: Gold) -> Errors:
    """Give the errors that are left, as the gold test found them."""
    found, alarmed = gold.n_hate_found / gold.n_hate, gold.n_other_alarmed / gold.n_other
    return Errors(_settled(np.asarray(found)), _settled(np.asarray(alarmed)))


def drawn_errors(gold: Gold, n_draws: int, rng: np.random.Generator) -> Errors:
    """Draw the errors that are left, as far as the gold test leaves them open (Jeffreys)."""
    found = rng.beta(gold.n_hate_found + 0.5, gold.n_hate - gold.n_hate_found + 0.5, n_draws)
    passed = gold.n_other - gold.n_other_alarmed
    alarmed = rng.beta(gold.n_other_alarmed + 0.5, passed + 0.5, n_draws)
    return Errors(_settled(found), _settled(alarmed))


def _settled(rate: Floats) -> Floats:
    """Turn how often one person calls such posts hate into how often they come out so.

    The first must, and one of the two asked after; people err independently of each other.
    """
    settled: Floats = rate**2 * (2 - rate)
    return settled
