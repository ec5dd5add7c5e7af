"""Whom to ask what next, and what the answers come to.

A post goes to one person; called hate, to a second; where the two differ, to a third. Who gets only
posts that another has called hate would know it. So posts that wait for another answer are mixed
with as many that do not; what is answered to those counts for nothing.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from headwater.landscape.audit.noise import NOT_ASKED, Answers, waiting

MOST_ASKED = 3


class Answer(NamedTuple):
    """What one person said of one post."""

    post: int  # its place in the sample
    annotator: str  # a keyed hash
    is_hate: bool


def table(answers: Sequence[Answer], n_posts: int) -> Answers:
    """Put answers, in the order given, into m posts by 3; those that nobody waited for fall out."""
    found = np.full((n_posts, MOST_ASKED), NOT_ASKED, np.int8)
    for one in answers:
        row = found[one.post]
        if waiting(row[np.newaxis])[0]:
            row[np.count_nonzero(row != NOT_ASKED)] = one.is_hate
    return found


def queue(answers: Sequence[Answer], n_posts: int, annotator: str) -> list[int]:
    """Give the posts that this person may be asked, in the order of the sample."""
    own = {one.post for one in answers if one.annotator == annotator}
    found = table(answers, n_posts)
    is_new = (found == NOT_ASKED).all(axis=1)
    is_open = waiting(found)
    is_open[list(own)] = is_new[list(own)] = False
    n_mixed = int(np.count_nonzero(is_open & ~is_new) - np.count_nonzero(is_new))
    mixed = list(_settled(found, own))[: max(n_mixed, 0)]
    return sorted([*np.flatnonzero(is_open).tolist(), *mixed])


def n_waiting(answers: Sequence[Answer], n_posts: int) -> int:
    """Count the posts that still lack an answer."""
    return int(np.count_nonzero(waiting(table(answers, n_posts))))


def _settled(found: Answers, own: set[int]) -> Iterator[int]:
    """Yield posts that one person has called harmless, and this one has not seen."""
    single = (found[:, 0] == 0) & (found[:, 1] == NOT_ASKED)
    return (place for place in np.flatnonzero(single).tolist() if place not in own)
