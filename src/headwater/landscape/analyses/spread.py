"""How content travels through a town: how much of it is copied, how far, how fast, and from where."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np

from headwater.landscape.analyses.cascades import cascades, times
from headwater.landscape.analyses.copies import Groups
from headwater.landscape.analyses.correction import wilson
from headwater.landscape.analyses.tallies import size_of, tallied
from headwater.landscape.shapes import Measure
from headwater.landscape.travel import Crossing, Flags, Places, Posts, Size, Spread, Tempo

BANDS = (1, 2, 5, 10, 50, 200, 1_000)  # posts from which the sizes of cascades are told apart
NEVER = np.iinfo(np.int64).max


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
    return tuple(
        _share(("copied", name), posts, _among(posts, groups, of)) for name, of in rows.items()
    )


def _bands(posts: Posts, groups: Groups) -> Iterator[Measure]:
    """Yield the bands that hold posts, the smallest first; a post counts with its largest cascade."""
    n_posts = np.bincount(groups.group, minlength=groups.n)
    largest = np.ones(len(posts.author), np.int64)
    np.maximum.at(largest, groups.post, n_posts[groups.group])
    for low, high in pairwise((*BANDS, NEVER)):
        inside = (largest >= low) & (largest < high)
        if inside.any():
            yield _share(("size", _band(low, high)), posts, inside)


def _band(low: int, high: int) -> str:
    if high == NEVER:
        return f"{low} or more"
    return f"{low} to {high - 1}" if high - low > 1 else str(low)


def _crossings(posts: Posts, groups: Groups) -> Iterator[Crossing]:
    """Yield what is known of each pair of platforms that share a cascade."""
    platform, hour = posts.platform[groups.post], posts.hour[groups.post]
    first = np.full((groups.n, len(posts.platforms)), NEVER)
    np.minimum.at(first, (groups.group, platform), hour)
    for pair in combinations(range(len(posts.platforms)), 2):
        both = (first[:, pair] != NEVER).all(axis=1)
        if both.any():
            one, other = (first[both, place] for place in pair)
            there = [both[groups.group] & (platform == place) for place in pair]
            sizes = [_size(posts, _among(posts, groups, rows)) for rows in there]
            names = posts.platforms[pair[0]], posts.platforms[pair[1]]
            yield _crossing(names, one, other, (sizes[0], sizes[1]))


def _crossing(
    names: tuple[str, str], one: Places, other: Places, sizes: tuple[Size, Size]
) -> Crossing:
    return Crossing(
        *names,
        n_cascades=len(one),
        n_one_first=int((one < other).sum()),
        n_tied=int((one == other).sum()),
        gap_hours=float(np.median(np.abs(other - one))),
        sizes=sizes,
    )


def _tempo(posts: Posts, groups: Groups, floor: int) -> Tempo | None:
    """Tell the tempo of cascades of the floor's authors: half of two posts is there with the first."""
    large = tallied(groups.group, posts.author[groups.post], groups.n).n_authors >= floor
    if not large.any():
        return None
    when = times(posts.hour[groups.post], groups)
    low, middle, high = np.quantile((when.half - when.first)[large], (0.25, 0.5, 0.75)).tolist()
    size = _size(posts, _among(posts, groups, large[groups.group]))
    return Tempo((low, middle, high), int(large.sum()), size)


def _among(posts: Posts, groups: Groups, rows: Flags) -> Flags:
    """Say of each post whether it stands in these rows of the groups."""
    chosen = np.zeros(len(posts.author), np.bool_)
    chosen[groups.post[rows]] = True
    return chosen


def _share(key: tuple[str, str], posts: Posts, chosen: Flags) -> Measure:
    """Give the share of all posts that these are."""
    found, whole = _size(posts, chosen), size_of(posts.author)
    return Measure(key, *found, *whole, *wilson(found.n_posts, whole.n_posts))


def _size(posts: Posts, chosen: Flags) -> Size:
    return size_of(posts.author[chosen])
