"""How one text or link travelled: how far, how fast, and over which platforms in which order."""

from typing import NamedTuple

import numpy as np

from headwater.landscape.analyses.copies import Groups
from headwater.landscape.analyses.tallies import n_distinct, tallied
from headwater.landscape.travel import Arrival, Cascade, Places, Posts


class Times(NamedTuple):
    """When n groups began, were half there, and ended."""

    first: Places
    half: Places
    last: Places


def cascades(posts: Posts, groups: Groups, least_authors: int) -> tuple[Cascade, ...]:
    """Describe each group of so many authors or more, the one with most of them first."""
    own, group = posts.at(groups.post), groups.group
    tally, when = tallied(group, own.author, groups.n), times(own.hour, groups)
    chosen = np.flatnonzero(tally.n_authors >= least_authors)
    arrived = _arrivals(own, groups, chosen)
    n_communities = n_distinct(group, own.community, groups.n)
    n_shares = np.bincount(group[own.is_share], minlength=groups.n)
    found = [
        Cascade(
            group=number,
            **tally.of(number)._asdict(),
            n_communities=int(n_communities[number]),
            n_shares=int(n_shares[number]),
            half_at=int(when.half[number]),
            hours=int(when.last[number] - when.first[number]),
            half_hours=int(when.half[number] - when.first[number]),
            arrivals=arrivals,
        )
        for number, arrivals in zip(chosen.tolist(), arrived, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: (-one.n_authors, -one.n_posts, one.group)))


def times(hour: Places, groups: Groups) -> Times:
    """Give the hours of each group, from those of its posts."""
    ordered = hour[np.lexsort((hour, groups.group))]
    n_posts = np.bincount(groups.group, minlength=groups.n)
    ends = n_posts.cumsum()
    starts = ends - n_posts
    return Times(ordered[starts], ordered[starts + (n_posts - 1) // 2], ordered[ends - 1])


def _arrivals(own: Posts, groups: Groups, chosen: Places) -> list[tuple[Arrival, ...]]:
    """Give the arrivals of each of the chosen groups."""
    n_platforms = len(own.platforms)
    cell = groups.group * n_platforms + own.platform
    cells, of_post = np.unique(cell, return_inverse=True)
    tally = tallied(of_post, own.author, len(cells))
    first = np.full(len(cells), np.iinfo(np.int64).max)
    np.minimum.at(first, of_post, own.hour)
    starts, ends = (np.searchsorted(cells, one * n_platforms) for one in (chosen, chosen + 1))
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        begun = first[start:end].min()
        arrivals = [
            Arrival(
                own.platforms[cells[at] % n_platforms],
                int(first[at] - begun),
                *tally.of(at),
            )
            for at in range(start, end)
        ]
        found.append(tuple(sorted(arrivals, key=lambda one: (one.after_hours, one.platform))))
    return found
