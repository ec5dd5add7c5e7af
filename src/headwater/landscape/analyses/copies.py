"""Which posts say nearly the same, or link to the same.

Sketches that agree in all four bytes of one of their sixteen bands are compared, each with the most
common of those and with its neighbour, never all with all: work grows as n log n, memory as n.
What is alike is joined, and joins on; then each must be like the most common one of its family, so
that a text does not drift, copy by copy, into another. What is not finds families of its own.

Source: P. Indyk and R. Motwani, Approximate nearest neighbors (STOC 1998), on bands; Y. Shiloach and
U. Vishkin, An O(log n) parallel connectivity algorithm (Journal of Algorithms 3, 1982).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.travel import Flags, Places

LEAST_ALIKE = 0.5  # of the pairs of neighbouring words in two texts: those that are in both
N_BYTES, N_BANDS = 64, 16  # of a sketch
BY_CHANCE = 1 / 256  # how often bytes agree that come from unlike words
LEAST_EQUAL = N_BYTES * (LEAST_ALIKE + (1 - LEAST_ALIKE) * BY_CHANCE)
MOST_ROUNDS = 16  # of families among what is left
AT_A_TIME = 1 << 16  # pairs that are compared
FACTOR = np.uint64(0x9E3779B97F4A7C15)

Keys = NDArray[np.uint64]
Sketches = NDArray[np.uint8]


class Groups(NamedTuple):
    """Posts that are copies of another: m of them, ordered by group, then by post."""

    n: int  # groups; none is of one post
    group: Places  # numbered from 0; of texts the most common first
    post: Places


def alike(sketches: Sketches, posts: Places) -> Groups:
    """Group posts whose texts are near-copies.

    Args:
        sketches: m x 64, of those posts that have one.
        posts: The m posts, each once.
    """
    texts, text_of = _distinct(sketches)
    return _groups(_families(sketches, texts)[text_of], posts)


def linked(keys: Keys, posts: Places) -> Groups:
    """Group posts that hold the same link.

    Args:
        keys: m x 2, the 16 bytes of each link's key.
        posts: The m posts that hold them; each link of a post once.
    """
    if not len(keys):
        return _groups(posts, posts)
    order = np.lexsort(keys.T)
    ordered = keys[order]
    link = np.empty(len(keys), np.int64)
    link[order] = np.append(0, (ordered[1:] != ordered[:-1]).any(axis=1).cumsum())
    return _groups(link, posts)


def _groups(family: Places, posts: Places) -> Groups:
    """Number the families that more than one post belongs to."""
    _, own, n_posts = np.unique(family, return_inverse=True, return_counts=True)
    number = np.cumsum(n_posts > 1) - 1
    places = np.flatnonzero(n_posts[own] > 1)
    group, post = number[own[places]], posts[places]
    order = np.lexsort((post, group))
    return Groups(int((n_posts > 1).sum()), group[order], post[order])


def _distinct(sketches: Sketches) -> tuple[Places, Places]:
    """Give a row of each distinct sketch, the most common first, and which of them each row has."""
    digests = np.zeros(len(sketches), np.uint64)
    for part in sketches.view(np.uint64).T:
        digests = (digests ^ part) * FACTOR
        digests ^= digests >> np.uint64(29)
    _, rows, own, n = np.unique(digests, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(-n, kind="stable")  # of equally common ones by digest, in whatever order
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return rows[order], rank[own]


def _families(sketches: Sketches, texts: Places) -> Places:
    """Give for each of these texts the one that stands for its family; texts stand by how common."""
    family = np.arange(len(texts))
    left = np.arange(len(texts))
    for _ in range(MOST_ROUNDS):
        first = left[_joined(sketches, texts[left])]
        near = _near(sketches, texts[left], texts[first])
        family[left[near]] = first[near]
        left = left[~near]
        if not len(left):
            break
    return family


def _joined(sketches: Sketches, texts: Places) -> Places:
    """Give for each of these texts the first that it is joined with, over whatever lies between."""
    bands = sketches.view(np.uint32)
    first = np.arange(len(texts))
    for band in range(N_BANDS):
        one, other = _candidates(bands[texts, band])
        apart = first[one] != first[other]
        one, other = one[apart], other[apart]
        near = _near(sketches, texts[one], texts[other])
        first = _merged(first, one[near], other[near])
    return first


def _candidates(keys: NDArray[np.uint32]) -> tuple[Places, Places]:
    """Pair each place with the first and with the last before it that has the same key."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    repeats = np.append(False, ordered[1:] == ordered[:-1])
    starts = np.maximum.accumulate(np.where(repeats, 0, np.arange(len(keys))))
    places = np.flatnonzero(repeats)
    one = order[np.concatenate((places, places))]
    return one, order[np.concatenate((starts[places], places - 1))]


def _near(sketches: Sketches, one: Places, other: Places) -> Flags:
    """Say for each pair of rows whether their texts are alike."""
    near: Flags = one == other
    unlike = np.flatnonzero(~near)
    for at in range(0, len(unlike), AT_A_TIME):
        some = unlike[at : at + AT_A_TIME]
        near[some] = (sketches[one[some]] == sketches[other[some]]).sum(axis=1) >= LEAST_EQUAL
    return near


def _merged(first: Places, one: Places, other: Places) -> Places:
    """Join the families of each pair; the lowest place stands for all."""
    one, other = first[one], first[other]
    while len(one):
        np.minimum.at(first, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(further := first[first], first):
            first = further
        one, other = first[one], first[other]
        apart = one != other
        one, other = one[apart], other[apart]
    return first
