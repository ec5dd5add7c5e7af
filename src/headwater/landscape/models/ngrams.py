"""Turn folded texts into rows of the weight table: hashed n-grams, no stored vocabulary.

Source: Karp and Rabin 1987 (hashes of spans by prefix sums); Dietzfelbinger 1996 (multiply-shift).
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.models import alphabet
from headwater.landscape.models.fold import Folded, Places, runs

Hashes = NDArray[np.uint64]

ROW_BITS = 20
ROWS = 1 << ROW_BITS
GROUP_SHIFT = 2  # the heads that name groups share a row between four
LONGEST = 5  # letters in an n-gram; `fold` leaves room for so many
BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse modulo 2**64
INVERSE = pow(BASE, -1, 1 << 64)
PAIR = 0xD6E8FEB86659FD93


class NGrams(NamedTuple):
    """One kind of n-gram in n posts."""

    rows: Places  # of the weight table, one for each n-gram
    starts: Places  # n, where each post's own begin
    ends: Places


def ngrams(folded: Folded) -> Iterator[NGrams]:
    """Yield the n-grams of letters by length, then the words, then the pairs of words."""
    yield from _letters(folded)
    yield from _words(folded)


def _letters(folded: Folded) -> Iterator[NGrams]:
    signs = folded.signs.astype(np.uint64)
    hashes = signs * _odd(1)
    for length in range(2, LONGEST + 1):
        hashes = hashes[:-1] + signs[length - 1 :] * _odd(length)
        yield NGrams(_rows(hashes), folded.starts, folded.ends - 1)


def _words(folded: Folded) -> Iterator[NGrams]:
    begins, ends = runs((alphabet.kinds()[folded.signs] & alphabet.WORD) != 0)
    words = _spans(folded.signs, begins, ends)
    first, last = np.searchsorted(begins, folded.starts), np.searchsorted(begins, folded.ends)
    yield NGrams(_rows(words * np.uint64(PAIR)), first, last)
    pairs = words[:-1] * _odd(6) + words[1:] * _odd(7)
    yield NGrams(_rows(pairs), first, np.maximum(last - 1, first))


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
