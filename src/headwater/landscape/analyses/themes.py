"""Which themes a debate has: posts that are about the same lie together.

How many themes there are is told by the posts: as many as halves of them agree on. Nothing here is
drawn by chance: the same posts give the same themes.

Sources: Lloyd 1982 (k-means); Su and Dy 2007 (starting by splitting along the widest axis);
Lange et al. 2004 (the number of clusters by how stable they are); Hubert and Arabie 1985 (the
adjusted Rand index); Libovický, Rosa and Fraser 2020 (what posts in a language have in common tells
the language, and no theme).
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.talk import FEWEST_POSTS

SIZES = (8, 10, 12, 14, 16, 18, 20, 22, 25)  # few enough to read
ALIKE = 0.7  # adjusted Rand index from which two divisions agree
FEW_POSTS = 100  # of a language: fewer tell little of what its posts have in common
MOST_STEPS = 30
MOVING = 1e-3  # share of posts: when fewer change their theme, they have settled
LEAST_LIKE = 0.2  # cosine of a post and its theme: below it is about none of them
NONE = -1
Floats = NDArray[np.float32]
Centres = NDArray[np.float32]
Vectors = NDArray[np.int8]
Labels = NDArray[np.int64]


def usual(about: Floats, groups: Labels) -> Floats:
    """Give what the posts of each group have in common, and, in a last row, of any other: nothing.

    Args:
        about: n x d, what each post is about, of length 1.
        groups: n, from 0: the languages that they are in.
    """
    n_groups = groups.max(initial=-1) + 1
    members = (groups[:, np.newaxis] == np.arange(n_groups + 1)).astype(np.float32)
    found: Floats = members.T @ about / (members.sum(axis=0)[:, np.newaxis] + FEW_POSTS)
    return found


def themes(about: Floats) -> Centres:
    """Find the themes of n posts, given as what each is about: n x d, of length 1 or nothing.

    Give k x d, the middle of each theme, the largest first: as many as halves of the posts agree on;
    where they agree on none, those on which they agree best; none where there are too few posts.
    """
    points = about[np.abs(about).sum(axis=1) > 0]
    if len(points) < FEWEST_POSTS:
        return np.zeros((0, about.shape[1]), np.float32)
    alike = [(one, size) for size, one in stability(points, SIZES).items()]
    size = max((size for one, size in alike if one >= ALIKE), default=max(alike)[1])
    centres = fitted(points, (size,))[size]
    order = np.argsort(-np.bincount(_nearest(points, centres), minlength=size), kind="stable")
    return centres[order]


def stability(points: Floats, sizes: Sequence[int]) -> dict[int, float]:
    """Say of each size how alike two halves divide all points: the mean of three ways to halve."""
    quarter = np.arange(len(points)) % 4
    found = []
    for other in (1, 2, 3):
        half = np.isin(quarter, (0, other))
        first, second = (fitted(points[own], sizes) for own in (half, ~half))
        found.append([_alike(points, first[size], second[size]) for size in sizes])
    return dict(zip(sizes, np.mean(found, axis=0).tolist(), strict=True))


def assigned(about: Floats, centres: Centres) -> Labels:
    """Give the theme of each of n posts, from 0; NONE for what is about none of them."""
    if not len(centres):
        return np.full(len(about), NONE)
    labels = _nearest(about, centres)
    likeness = (about * unit(centres)[labels]).sum(axis=1)
    return np.where(likeness >= LEAST_LIKE, labels, NONE)


def fitted(points: Floats, sizes: Sequence[int]) -> dict[int, Centres]:
    """Give the centres of so many clusters, for each of the rising sizes: each point nearest its own."""
    starts = zip(sizes, _starts(points, sizes), strict=True)
    return {size: _settled(points, start) for size, start in starts}


def agreement(one: Labels, other: Labels) -> float:
    """Give the adjusted Rand index of two divisions of the same n posts: 0 by chance, 1 the same."""
    table = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(table, (one, other), 1)
    both, rows, columns = (_pairs(n) for n in (table, table.sum(axis=1), table.sum(axis=0)))
    by_chance = rows * columns / _pairs(table.sum())
    most = (rows + columns) / 2
    return float((both - by_chance) / (most - by_chance)) if most > by_chance else 1.0


def unit(vectors: Vectors | Floats) -> Floats:
    """Give n vectors of length 1; nothing stays nothing."""
    found: Floats = vectors.astype(np.float32)
    found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-9))
    return found


def _alike(points: Floats, one: Centres, other: Centres) -> float:
    return agreement(_nearest(points, one), _nearest(points, other))


def _settled(points: Floats, centres: Centres) -> Centres:
    """Move centres into the middle of what is nearest to them, until hardly a point changes."""
    before = np.full(len(points), NONE)
    for _ in range(MOST_STEPS):
        labels = _nearest(points, centres)
        if (labels != before).mean() < MOVING:
            break
        before = labels
        centres = _means(points, labels, centres)
    return centres


def _starts(points: Floats, sizes: Sequence[int]) -> Iterator[Centres]:
    """Split the widest cluster along its widest axis; give the clusters' middles at each size."""
    clusters = [np.arange(len(points))]
    widths = [_width(points)]
    for size in sizes:
        while len(clusters) < size:
            at = int(np.argmax(widths))
            parts = list(_split(points, clusters[at]))
            clusters[at : at + 1] = parts
            widths[at : at + 1] = [_width(points[part]) for part in parts]
        yield np.stack([points[one].mean(axis=0) for one in clusters])


def _split(points: Floats, cluster: Labels) -> Iterator[Labels]:
    spread = points[cluster] - points[cluster].mean(axis=0)
    _, axes = np.linalg.eigh(spread.T @ spread)
    ahead = spread @ axes[:, -1] > 0
    yield cluster[~ahead]
    yield cluster[ahead]


def _width(points: Floats) -> float:
    return float(((points - points.mean(axis=0)) ** 2).sum())


def _nearest(points: Floats, centres: Floats) -> Labels:
    found: Labels = (points @ centres.T - (centres**2).sum(axis=1) / 2).argmax(axis=1)
    return found


def _means(points: Floats, labels: Labels, before: Floats) -> Floats:
    """Give each cluster's middle; one that nobody is in stays where it was."""
    members = (labels[:, np.newaxis] == np.arange(len(before))).astype(np.float32)
    counts = members.sum(axis=0)[:, np.newaxis]
    found: Floats = np.where(counts > 0, members.T @ points / np.maximum(counts, 1), before)
    return found


def _pairs(n: np.ndarray | float) -> float:
    return float((np.asarray(n) * (np.asarray(n) - 1) / 2).sum())
