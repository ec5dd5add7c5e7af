"""In which hours a text was written, and the runs of few hours that hold most who wrote it."""

from typing import NamedTuple

import numpy as np

from headwater.landscape.analyses.copies import Groups
from headwater.landscape.analyses.profile import DAY
from headwater.landscape.travel import Flags, Places, Posts


class Hours(NamedTuple):
    """A row for each text and hour in which it was written, in this order."""

    group: Places
    hour: Places
    n_posts: Places
    n_new: Places  # authors who had not written the text before
    day: Places  # a number for each text and day


class Runs(NamedTuple):
    """Runs of hours of one text each, by their first and last row."""

    first: Places
    last: Places
    n_new: Places

    def at(self, places: Places | Flags) -> "Runs":
        """Give the runs at these places."""
        return Runs(*(column[places] for column in self))


def hours(posts: Posts, groups: Groups) -> Hours:
    """Tell the hours of each group's posts."""
    author, hour = posts.author[groups.post], posts.hour[groups.post]
    by_author = np.lexsort((hour, author, groups.group))
    is_new = np.zeros(len(hour), np.bool_)
    is_new[by_author] = _changes(groups.group[by_author], author[by_author])
    order = np.lexsort((hour, groups.group))
    group, hour, is_new = groups.group[order], hour[order], is_new[order]
    starts = np.flatnonzero(_changes(group, hour))
    n_posts = np.diff(np.append(starts, len(hour)))
    n_new = np.add.reduceat(is_new, starts, dtype=np.int64)
    group, hour = group[starts], hour[starts]
    return Hours(group, hour, n_posts, n_new, _changes(group, hour // DAY).cumsum() - 1)


def crowded(of: Hours, least: Places, most_hours: int) -> Runs:
    """Give the runs of so few hours that hold at least this number of each group's authors."""
    so_far = np.append(0, of.n_new.cumsum())
    found = [Runs(*np.zeros((3, 0), np.int64))]
    for further in range(min(most_hours, len(of.hour))):
        first = np.arange(len(of.hour) - further)
        last = first + further
        runs = Runs(first, last, so_far[last + 1] - so_far[first])
        short = of.hour[last] - of.hour[first] < most_hours
        together = of.group[last] == of.group[first]
        found.append(runs.at(short & together & (runs.n_new >= least[of.group[first]])))
    return Runs(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _changes(*columns: Places) -> Flags:
    """Say of each row whether it is the first or unlike the one before."""
    changes = np.zeros(len(columns[0]), np.bool_)
    changes[:1] = True
    for column in columns:
        changes[1:] |= column[1:] != column[:-1]
    return changes
