"""What a post is about: the sum of what its words mean, rarer ones weighing more.

Words have vectors that a reader of whole posts taught (`training/meanings`), alike in twelve
languages: "school" lies near "skole". No order, no grammar: enough to tell themes, not to judge.

Source: Arora, Liang and Ma 2017 (weighted sums of words' vectors as vectors of sentences).
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.models.fold import plain
from headwater.landscape.models.ngrams import Hashes, Words, words_of

FILE, DIMENSIONS = "meanings-1.npz", 48
LENGTH = 127  # of a post's vector, in the numbers that eight bits hold
SPREAD = np.uint64(0xD6E8FEB86659FD93)  # odd
Numbers = NDArray[np.uint32]
Vectors = NDArray[np.int8]


class Meanings(NamedTuple):
    """The words that have one, m in all."""

    numbers: Numbers  # rising
    vectors: Vectors  # m x DIMENSIONS
    scales: NDArray[np.float32]  # m, what one step of each word's vector is


def of(words: Words) -> Vectors:
    """Give n x DIMENSIONS of what n posts are about; all 0 where no word is known."""
    known = shipped()
    lengths = words.last - words.first
    before = lengths.cumsum() - lengths
    inside = np.arange(lengths.sum()) + np.repeat(words.first - before, lengths)
    own = numbers(words.hashes)[inside]
    places = np.minimum(np.searchsorted(known.numbers, own), len(known.numbers) - 1)
    pairs = np.repeat(np.arange(len(lengths)), lengths) * len(known.numbers) + places
    pairs = np.unique(pairs[known.numbers[places] == own])  # a word counts once, however often said
    found = np.zeros((len(lengths), DIMENSIONS), np.int8)
    if len(pairs):
        posts, places = np.divmod(pairs, len(known.numbers))
        begins = np.flatnonzero(np.diff(posts, prepend=-1))
        meant = known.vectors[places] * known.scales[places, np.newaxis]
        found[posts[begins]] = _rounded(np.add.reduceat(meant, begins))
    return found


def of_texts(texts: Sequence[str]) -> Vectors:
    """Give n x DIMENSIONS of what n texts are about."""
    return of(words_of(plain(pa.array(texts, pa.string()))))


def _rounded(vectors: NDArray[np.float32]) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    found: Vectors = np.rint(vectors * (LENGTH / np.maximum(lengths, 1e-9))).astype(np.int8)
    return found


def numbers(hashes: Hashes) -> Numbers:
    """Give the numbers of words: the same in every run."""
    found: Numbers = (hashes * SPREAD >> np.uint64(32)).astype(np.uint32)
    return found


def rounded(numbers: Numbers, vectors: NDArray[np.float32]) -> Meanings:
    """Write vectors in eight bits, each word by its own scale."""
    scales = np.maximum(np.abs(vectors).max(axis=1), np.float32(1e-9)) / 127
    steps = np.rint(vectors / scales[:, np.newaxis]).astype(np.int8)
    return Meanings(numbers, steps, scales.astype(np.float16).astype(np.float32))


@cache
def shipped() -> Meanings:
    """Give the meanings that come with Headwater."""
    with np.load(BytesIO((files("headwater.landscape") / "models" / FILE).read_bytes())) as arrays:
        return Meanings(arrays["numbers"], arrays["vectors"], arrays["scales"])
