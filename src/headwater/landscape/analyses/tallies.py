"""Count posts, distinct authors and the busiest author's posts, of many groups at once."""

from typing import NamedTuple

import numpy as np

from headwater.landscape.travel import Places, Size


class Tally(NamedTuple):
    """The sizes of n groups."""

    n_posts: Places
    n_authors: Places
    n_top: Places

    def of(self, group: int) -> Size:
        """Give the size of one group."""
        return Size(*(int(column[group]) for column in self))


def tallied(group: Places, author: Places, n_groups: int) -> Tally:
    """Tally m posts, each in one of n groups."""
    owners, n_each = _pairs(group, author)
    n_top = np.zeros(n_groups, np.int64)
    np.maximum.at(n_top, owners, n_each)
    n_posts, n_authors = (np.bincount(one, minlength=n_groups) for one in (group, owners))
    return Tally(n_posts, n_authors, n_top)


def size_of(author: Places) -> Size:
    """Tally posts that are one group."""
    n_each = np.bincount(author, minlength=1)
    return Size(len(author), int(np.count_nonzero(n_each)), int(n_each.max()))


def n_distinct(group: Places, value: Places, n_groups: int) -> Places:
    """Count the distinct values in each of n groups."""
    return np.bincount(_pairs(group, value)[0], minlength=n_groups)


def _pairs(group: Places, value: Places) -> tuple[Places, Places]:
    """Give the group of each distinct pair, and how often the pair is there."""
    width = value.max(initial=0) + 1
    pairs, n = np.unique(group * width + value, return_counts=True)
    return pairs // width, n
