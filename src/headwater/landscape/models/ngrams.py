"""Turn folded texts into rows of the weight table: hashed n-grams, no stored vocabulary.

Source: Karp and Rabin 1987 (hashes of spans by prefix sums); Dietzfelbinger 1996 (multiply-shift).
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.models import alphabet
from headwater.landscape.models.fold import Folded, Places, fold, runs

Hashes = NDArray[np.uint64]

ROW_BITS = 20
ROWS = 1 << ROW_BITS
GROUP_SHIFT = 2  # the heads that name groups share a row between four
LONGEST = 5  # letters in an n-gram; `fold` leaves room for so many
BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
INVERSE = pow(BASE, -1, 1 << 64)
PAIR = 0xD6E8FEB86659FD93
ANY_NAME = np.uint64(0xA0761D6478BD642F)  # what the name of any group hashes to, among words
NAMES = files("headwater.landscape") / "models" / "names.txt"


class NGrams(NamedTuple):
    """One kind of n-gram in n posts."""

    rows: Places  # of the weight table, one for each n-gram
    starts: Places  # n, where each post's own begin
    ends: Places


class Words(NamedTuple):
    """The words of n posts, in their order."""

    hashes: Hashes
    begins: Places  # of each word among the signs
    ends: Places
    first: Places  # n, where each post's own begin
    last: Places

    @property
    def posts(self) -> Places:
        """Say which post each word is of."""
        return np.arange(len(self.first)).repeat(self.last - self.first)


def ngrams(folded: Folded) -> Iterator[NGrams]:
    """Yield the n-grams of letters by length, then those of words.

    Of words: each; each pair of neighbours; each pair with one word between; and, in a post that
    names a group, each once more. Beside other words a group's name is any group's name: so what
    is learnt of one group holds for all.
    """
    yield from _letters(folded)
    yield from _words(folded)


def _letters(folded: Folded) -> Iterator[NGrams]:
    signs = folded.signs.astype(np.uint64)
    hashes = signs * _odd(1)
    for length in range(2, LONGEST + 1):
        hashes = hashes[:-1] + signs[length - 1 :] * _odd(length)
        yield NGrams(_rows(hashes), folded.starts, folded.ends - 1)


def words_of(folded: Folded) -> Words:
    """Hash the words of posts; the same word has the same hash wherever it stands."""
    begins, ends = runs((alphabet.kinds()[folded.signs] & alphabet.WORD) != 0)
    first, last = np.searchsorted(begins, folded.starts), np.searchsorted(begins, folded.ends)
    return Words(_spans(folded.signs, begins, ends), begins, ends, first, last)


def _words(folded: Folded) -> Iterator[NGrams]:
    words, _, _, first, last = words_of(folded)
    rows = _rows(words * np.uint64(PAIR))
    yield NGrams(rows, first, last)
    is_name = _names()[rows]
    words = np.where(is_name, ANY_NAME, words)
    yield _pairs(words, 1, first, last)
    yield _pairs(words, 2, first, last)
    so_far = np.append(0, is_name.cumsum())
    yield NGrams(
        _rows(words * _odd(10)), first, np.where(so_far[last] > so_far[first], last, first)
    )


def _pairs(words: Hashes, apart: int, first: Places, last: Places) -> NGrams:
    pairs = words[:-apart] * _odd(4 + 2 * apart) + words[apart:] * _odd(5 + 2 * apart)
    ends = np.maximum(last - apart, first)
    return NGrams(_rows(pairs), np.minimum(first, len(pairs)), np.minimum(ends, len(pairs)))


@cache
def _names() -> NDArray[np.bool_]:
    """Mark the rows of words that name a group."""
    names = fold(pa.array(NAMES.read_text(encoding="utf-8").split()))
    marked = np.zeros(ROWS, np.bool_)
    marked[_rows(words_of(names).hashes * np.uint64(PAIR))] = True
    return marked


def _spans(signs: alphabet.Signs, begins: Places, ends: Places) -> Hashes:
    """Hash each span by the difference of two prefix sums, moved back to the origin."""
    powers = _powers(BASE, len(signs))
    sums = np.zeros(len(signs) + 1, np.uint64)
    np.cumsum(signs * powers, out=sums[1:])
    moved: Hashes = (sums[ends] - sums[begins]) * _powers(INVERSE, len(signs))[begins]
    return moved


@cache
def _all_powers(base: int, bits: int) -> Hashes:
    factors = np.full(1 << bits, base, np.uint64)
    factors[0] = 1
    return np.multiply.accumulate(factors)


def _powers(base: int, n: int) -> Hashes:
    """Give base**0 to base**(n-1), modulo 2**64."""
    return _all_powers(base, max(n, 1 << 16).bit_length())[:n]


@cache
def _odd(n: int) -> np.uint64:
    """Give the n-th odd multiplier."""
    return np.uint64(pow(BASE, 2 * n + 1, 1 << 64))


def _rows(hashes: Hashes) -> Places:
    """Give the rows that hashes fall into: their highest bits."""
    return (hashes >> np.uint64(64 - ROW_BITS)).view(np.int64)
