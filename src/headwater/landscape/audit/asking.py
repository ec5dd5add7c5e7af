"""Whom to ask what next, and what the answers come to.

A post goes to one person; called hate, to a second; where the two differ, to a third. Who gets only
posts that another has called hate would know it. So posts that wait for another answer are mixed
with as many that do not, and with more for who has answered few; what is answered to those counts
for nothing.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from headwater.landscape.audit.noise import NOT_ASKED, Answers, waiting

MOST_ASKED = 3
LEAST_EACH = 20  # posts that each of those who label is asked, where there are so many


class Answer(NamedTuple):
    """What one person said of one post."""

    post: int  # its place in the sample
    annotator: str  # a keyed hash
    is_hate: bool
    is_positive: bool | None = None  # None where this was not asked


def table(answers: Sequence[Answer], n_posts: int) -> Answers:
    """Put answers, in the order given, into m posts by 3.

    Those that nobody waited for fall out, and what one person says twice of a post.
    """
    found = np.full((n_posts, MOST_ASKED), NOT_ASKED, np.int8)
    said: set[tuple[int, str]] = set()
    for one in answers:
        row, who = found[one.post], (one.post, one.annotator)
        if who not in said and waiting(row[np.newaxis])[0]:
            row[np.count_nonzero(row != NOT_ASKED)] = one.is_hate
        said.add(who)
    return found


def queue(answers: Sequence[Answer], n_posts: int, annotator: str) -> list[int]:
    """Give the posts that this person may be asked, in the order of the sample."""
    own = {one.post for one in answers if one.annotator == annotator}
    found = table(answers, n_posts)
    is_new = (found == NOT_ASKED).all(axis=1)
    is_open = waiting(found)
    is_open[list(own)] = is_new[list(own)] = False
    n_mixed = int(np.count_nonzero(is_open & ~is_new) - np.count_nonzero(is_new))
    n_few = LEAST_EACH - len(own) - int(np.count_nonzero(is_open))
    mixed = list(_settled(found, own))[: max(n_mixed, n_few, 0)]
    return sorted([*np.flatnonzero(is_open).tolist(), *mixed])


def n_waiting(answers: Sequence[Answer], n_posts: int) -> int:
    """Count the posts that still lack an answer."""
    return int(np.count_nonzero(waiting(table(answers, n_posts))))


def n_split(answers: Sequence[Answer], n_posts: int) -> int:
    """Count the posts on which two differ, so that a third is to be asked."""
    found = table(answers, n_posts)
    return int(np.count_nonzero(waiting(found) & (found == 0).any(axis=1)))


def labels(answers: Sequence[Answer]) -> Counter[str]:
    """Count how many posts each person has answered."""
    return Counter(annotator for _, annotator in {(one.post, one.annotator) for one in answers})


def _settled(found: Answers, own: set[int]) -> Iterator[int]:
    """Yield posts that one person has called harmless, and this one has not seen."""
    single = (found[:, 0] == 0) & (found[:, 1] == NOT_ASKED)
    return (place for place in np.flatnonzero(single).tolist() if place not in own)
