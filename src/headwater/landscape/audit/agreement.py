"""How far annotators agree, in total; no number here is about one of them.

Source: K. Krippendorff, Content Analysis, 4th edition (2018), chapter 12.
"""

import numpy as np

from headwater.landscape.audit.noise import NOT_ASKED, Answers


def pairs(answers: Answers) -> Answers:
    """Give the answers of two people to each of m posts, as they would be had both been asked.

    A second is asked only where the first says hate. Since chance says who is first, as many posts
    would be hate to the second alone as are to the first alone.
    """
    first, second = answers[:, 0] == 1, answers[:, 1] == 1
    n_both, n_first = np.count_nonzero(first & second), np.count_nonzero(first & ~second)
    made = np.zeros((len(answers), 2), np.int8)
    made[: n_both + n_first, 0] = 1
    made[:n_both, 1] = 1
    made[n_both + n_first : n_both + 2 * n_first, 1] = 1
    return made


def alpha(answers: Answers) -> float | None:
    """Give Krippendorff's alpha for nominal answers; None where all answers are the same.

    Args:
        answers: m posts by annotators; NOT_ASKED where one has not answered.
    """
    kinds = np.unique(answers[answers != NOT_ASKED])
    counts = (answers[:, :, np.newaxis] == kinds).sum(axis=1).astype(float)
    n_each = counts.sum(axis=1)
    counts, n_each = counts[n_each > 1], n_each[n_each > 1]
    totals, n = counts.sum(axis=0), counts.sum()
    expected = n**2 - (totals**2).sum()
    if expected == 0:
        return None
    differing = n_each**2 - (counts**2).sum(axis=1)  # pairs within a post
    return float(1 - (n - 1) * (differing / (n_each - 1)).sum() / expected)


def positive_agreement(answers: Answers) -> float | None:
    """Give 2a / (2a + b + c) of the first two answers; None where no one says hate.

    That is how likely the second calls hate what one of the two calls hate. Alpha falls where hate
    is rare, this does not.
    """
    asked = answers[(answers[:, :2] != NOT_ASKED).all(axis=1), :2]
    both, either = (asked == 1).all(axis=1).sum(), (asked == 1).sum()
    return float(2 * both / either) if either else None
