"""Find posts that another set holds too, but for a word or two.

Source: A. Broder, On the resemblance and containment of documents, SEQUENCES 1997 (MinHash).
"""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.landscape.models import fold

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
Codes = NDArray[np.uint64]

ALIKE = 0.6  # of all pairs of neighbouring words that two posts have, those that both have
LEAST_PAIRS = 4  # a shorter post may be another's by chance
BANDS, ROWS = 8, 2  # of the signature: posts that agree in one band are compared
MOST_ALIKE = 50  # posts in one band; more are a form of words that many fill
NO_LETTER = r"[^\pL\p{So}]+"  # nor emoji
ODD, MIXES, SHIFT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(29)


class Pairs(NamedTuple):
    """Pairs of neighbouring words of n posts, one post behind the other; short posts have none."""

    codes: Codes
    starts: Places  # n
    counts: Places  # n

    def of(self, post: int) -> set[int]:
        """Give the pairs of one post."""
        start = self.starts[post]
        return set(self.codes[start : start + self.counts[post]].tolist())


def elsewhere(texts: pa.Array, sets: NDArray[np.str_], comes_first: Flags) -> Flags:
    """Mark posts that nearly stand in another set, one of each two.

    Args:
        texts: n texts.
        sets: n, from which set each is.
        comes_first: n, whether it stays where the other does not come first; else the earlier stays.
    """
    pairs = _pairs(texts)
    found = np.zeros(len(texts), np.bool_)
    for one, other in _candidates(pairs, sets):
        mine, theirs = pairs.of(one), pairs.of(other)
        if len(mine & theirs) >= ALIKE * len(mine | theirs):
            goes = one if comes_first[other] and not comes_first[one] else other
            found[goes] = True
    return found


def _pairs(texts: pa.Array) -> Pairs:
    plain = pc.replace_substring_regex(fold.spelled(texts), pattern=NO_LETTER, replacement=" ")
    words = pc.split_pattern(pc.utf8_trim_whitespace(plain), " ")
    posts = pc.list_parent_indices(words).to_numpy()
    codes = words.flatten().dictionary_encode().indices.to_numpy().astype(np.uint64)
    inside = posts[1:] == posts[:-1]
    counts = np.bincount(posts[1:][inside], minlength=len(texts))
    inside &= (counts >= LEAST_PAIRS)[posts[1:]]
    counts[counts < LEAST_PAIRS] = 0
    joint = (codes[:-1] * ODD) ^ codes[1:]
    return Pairs(joint[inside], counts.cumsum() - counts, counts)


def _candidates(pairs: Pairs, sets: NDArray[np.str_]) -> Iterator[tuple[int, int]]:
    """Yield posts of two sets that agree in a band of their signatures, the earlier one first."""
    long = np.flatnonzero(pairs.counts)
    drawn = np.random.default_rng(0)
    for _ in range(BANDS):
        band = sum(_least(pairs, long, drawn) * np.uint64(2 * at + 1) for at in range(ROWS))
        order = np.argsort(band, kind="stable")
        ends = np.flatnonzero(np.diff(band[order])) + 1
        for alike in np.split(long[order], ends):
            if 1 < len(alike) <= MOST_ALIKE:
                yield from (two for two in combinations(alike, 2) if sets[two[0]] != sets[two[1]])


def _least(pairs: Pairs, posts: Places, drawn: np.random.Generator) -> Codes:
    """Give the least of each post's pairs, in an order drawn anew."""
    times, plus = drawn.integers(1, 2**63, 2, np.uint64)
    mixed = pairs.codes * (times | np.uint64(1)) + plus
    mixed = (mixed ^ (mixed >> SHIFT)) * MIXES
    found: Codes = np.minimum.reduceat(mixed, pairs.starts[posts])
    return found
