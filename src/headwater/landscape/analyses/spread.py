"""How content travels through a town: how much of it is copied, how far, how fast, and from where."""

from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np

from headwater.landscape.analyses.cascades import Cascade, cascades, times
from headwater.landscape.analyses.copies import Groups
from headwater.landscape.analyses.correction import Corrected, wilson
from headwater.landscape.analyses.tallies import Flags, Places, Posts, Size, size_of, tallied
from headwater.landscape.shapes import Measure

BANDS = (2, 5, 10, 50, 200, 1_000)  # posts from which the sizes of cascades are told apart
NEVER = np.iinfo(np.int64).max


class Band(NamedTuple):
    """Cascades of about one size. Exact: for the gate alone."""

    n_cascades: int
    measure: Measure  # of their posts, as a share of all


class Crossing(NamedTuple):
    """Which of two platforms things came to first. Exact: for the gate alone."""

    one: str
    other: str
    n_cascades: int  # that came to both
    n_one_first: int
    n_tied: int  # within one hour, so that nobody can tell
    lag_hours: float  # from one to the other, the middle one; below 0 where the other leads
    one_first: Corrected | None  # as a share of those not tied, where there are any
    size: Size  # of their posts on the two


class Tempo(NamedTuple):
    """Hours until half of a cascade's posts were there. Exact: for the gate alone."""

    quartiles: tuple[float, float, float]
    n_cascades: int
    size: Size


class Spread(NamedTuple):
    """How texts, or links, travel."""

    copied: tuple[Measure, ...]  # all that has copies; of it what platforms passed on
    bands: tuple[Band, ...]
    crossings: tuple[Crossing, ...]
    tempo: Tempo | None
    cascades: tuple[Cascade, ...]  # those of the floor's authors


def spread(posts: Posts, groups: Groups, floor: int) -> Spread:
    """Tell how the posts of these groups travelled; those of fewer authors than the floor only in sum."""
    return Spread(
        copied=_copied(posts, groups),
        bands=tuple(_bands(posts, groups)),
        crossings=tuple(_crossings(posts, groups)),
        tempo=_tempo(posts, groups, floor),
        cascades=cascades(posts, groups, floor),
    )


def _copied(posts: Posts, groups: Groups) -> tuple[Measure, ...]:
    if not len(posts.hour):
        return ()
    passed_on = posts.is_share[groups.post]
    rows = {"all": np.ones_like(passed_on), "passed on": passed_on}
    return tuple(_share(("copied", name), posts, groups, of) for name, of in rows.items())


def _bands(posts: Posts, groups: Groups) -> Iterator[Band]:
    """Yield the bands that hold cascades, the smallest first."""
    n_posts = np.bincount(groups.group, minlength=groups.n)
    for low, high in pairwise((*BANDS, NEVER)):
        inside = (n_posts >= low) & (n_posts < high)
        if inside.any():
            name = f"{low} or more" if high == NEVER else f"{low} to {high - 1}"
            measure = _share(("size", name), posts, groups, inside[groups.group])
            yield Band(int(inside.sum()), measure)


def _crossings(posts: Posts, groups: Groups) -> Iterator[Crossing]:
    """Yield what is known of each pair of platforms that share a cascade."""
    platform, hour = posts.platform[groups.post], posts.hour[groups.post]
    first = np.full((groups.n, len(posts.platforms)), NEVER)
    np.minimum.at(first, (groups.group, platform), hour)
    for pair in combinations(range(len(posts.platforms)), 2):
        both = (first[:, pair] != NEVER).all(axis=1)
        if both.any():
            there = both[groups.group] & np.isin(platform, pair)
            one, other = (first[both, place] for place in pair)
            names = posts.platforms[pair[0]], posts.platforms[pair[1]]
            yield _crossing(names, one, other, _size(posts, groups, there))


def _crossing(names: tuple[str, str], one: Places, other: Places, of: Size) -> Crossing:
    n_first, n_tied = int((one < other).sum()), int((one == other).sum())
    n_told = len(one) - n_tied
    return Crossing(
        *names,
        n_cascades=len(one),
        n_one_first=n_first,
        n_tied=n_tied,
        lag_hours=float(np.median(other - one)),
        one_first=wilson(n_first, n_told) if n_told else None,
        size=of,
    )


def _tempo(posts: Posts, groups: Groups, floor: int) -> Tempo | None:
    """Tell the tempo of cascades of the floor's authors: half of two posts is there with the first."""
    large = tallied(groups.group, posts.author[groups.post], groups.n).n_authors >= floor
    if not large.any():
        return None
    when = times(posts.hour[groups.post], groups)
    low, middle, high = np.quantile((when.half - when.first)[large], (0.25, 0.5, 0.75)).tolist()
    size = _size(posts, groups, large[groups.group])
    return Tempo((low, middle, high), int(large.sum()), size)


def _share(key: tuple[str, str], posts: Posts, groups: Groups, rows: Flags) -> Measure:
    """Give the share of all posts that stand in these rows of the groups."""
    found, whole = _size(posts, groups, rows), size_of(posts.author)
    return Measure(key, *found, *whole, *wilson(found.n_posts, whole.n_posts))


def _size(posts: Posts, groups: Groups, rows: Flags) -> Size:
    """Tally the posts that stand in these rows of the groups, each once."""
    chosen = np.zeros(len(posts.author), np.bool_)
    chosen[groups.post[rows]] = True
    return size_of(posts.author[chosen])
