"""What a post says in 64 bytes, by which near-copies are found; nothing of very short posts.

Each byte is cut from the lowest hash of a post's pairs of neighbouring words, under a hash function
of its own: two posts agree in about the share of bytes that they share of their pairs. The functions
are the same in each run, or two runs would not find the same copies; what is written down is masked
by the run's key, so that nobody without it can look up what a known text would give.

Source: A. Z. Broder, On the resemblance and containment of documents (Sequences 1997); P. Li and
A. C. König, b-bit minwise hashing (WWW 2010); M. Dietzfelbinger et al., A reliable randomized
algorithm for the closest-pair problem (Journal of Algorithms 25, 1997), on multiply-shift hashes.
"""

from functools import partial
from hashlib import shake_256
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.models import alphabet, fold
from headwater.landscape.models.fold import Folded, Places
from headwater.landscape.shapes import Columns, PostBatch, Step

N_BYTES = 64
LEAST_WORDS = 6  # beside links, marks and emoji: "good morning to you" is no copy of another
LOWEST_BIT = 8  # of a hash, where its byte begins: the lowest bits of a product are poor
ADDS = pa.schema([pa.field("sketch", pa.binary(N_BYTES))])  # null where a post is too short

Hashes = NDArray[np.uint64]
Bytes = NDArray[np.uint8]


class Functions(NamedTuple):
    """Numbers that make the hash functions; all factors are odd."""

    base: np.uint64
    first: np.uint64
    second: np.uint64
    mixer: np.uint64
    factors: NDArray[np.uint32]  # 64, as `offsets`
    offsets: NDArray[np.uint32]


class Pairs(NamedTuple):
    """The hashed pairs of neighbouring words of the posts that are long enough."""

    hashes: NDArray[np.uint32]
    starts: Places  # where each post's own begin
    posts: Places  # the posts, by their places in the batch


def step(key: bytes) -> Step:
    """Make the step for a run's key."""
    run = partial(_run, by=_functions(), masks=_masks(key))
    return Step("sketch", needs=("text",), adds=ADDS, run=run)


def unmasked(sketches: Bytes, key: bytes) -> Bytes:
    """Give n x 64 sketches as they were before the run's key masked them: the same in each run."""
    plain = np.empty_like(sketches)
    for nth, mask in enumerate(_masks(key)):
        plain[:, nth] = np.argsort(mask).astype(np.uint8)[sketches[:, nth]]
    return plain


def _run(batch: PostBatch, *, by: Functions, masks: Bytes) -> Columns:
    texts = batch.rows["text"]
    pairs = _pairs(fold.fold(texts), by)
    sketches = np.zeros((len(texts), N_BYTES), np.uint8)
    for nth in range(N_BYTES):  # a column at a time is quick and small
        hashes = pairs.hashes * by.factors[nth] + by.offsets[nth]
        sketches[pairs.posts, nth] = masks[nth][_lowest(hashes, pairs.starts) >> LOWEST_BIT & 0xFF]
    return {"sketch": _column(sketches, pairs.posts)}


def _masks(key: bytes) -> Bytes:
    """Draw 64 orders of the 256 values of a byte, one for each byte of a sketch."""
    rng = np.random.default_rng(np.frombuffer(shake_256(b"sketch" + key).digest(32), "<u4"))
    return rng.permuted(np.tile(np.arange(256, dtype=np.uint8), (N_BYTES, 1)), axis=1)


def _functions() -> Functions:
    drawn = np.frombuffer(shake_256(b"sketch").digest(4 * 8 + 2 * 4 * N_BYTES), "<u4")
    whole, halves = drawn[:8].view("<u8") | np.uint64(1), drawn[8:].reshape(2, N_BYTES)
    base, first, second, mixer = whole
    return Functions(base, first, second, mixer, halves[0] | np.uint32(1), halves[1])


def _pairs(folded: Folded, by: Functions) -> Pairs:
    hashes, first, n_words = _words(folded, by)
    posts = np.flatnonzero(n_words >= LEAST_WORDS)
    n_pairs = n_words[posts] - 1
    starts = n_pairs.cumsum() - n_pairs
    left = np.arange(n_pairs.sum()) + np.repeat(first[posts] - starts, n_pairs)
    both = hashes[left] * by.first + hashes[left + 1] * by.second
    both = (both ^ both >> np.uint64(32)) * by.mixer
    return Pairs((both >> np.uint64(32)).astype(np.uint32), starts, posts)


def _words(folded: Folded, by: Functions) -> tuple[Hashes, Places, Places]:
    """Hash each word; give where the first of each post's stands, and how many it has."""
    signs = folded.signs
    in_word = ((alphabet.kinds()[signs] & alphabet.WORD) != 0) & (
        signs < min(alphabet.MARKS.values())
    )
    begins, ends = fold.runs(in_word)
    lengths = ends - begins
    starts = lengths.cumsum() - lengths
    place = np.arange(lengths.sum()) - np.repeat(starts, lengths)
    powers = np.full(lengths.max(initial=0) + 1, by.base, np.uint64).cumprod()
    hashes = np.add.reduceat(signs[in_word] * powers[place], starts, dtype=np.uint64)
    first = np.searchsorted(begins, folded.starts)
    return hashes, first, np.searchsorted(begins, folded.ends) - first


def _lowest(hashes: NDArray[np.uint32], starts: Places) -> NDArray[np.uint32]:
    lowest: NDArray[np.uint32] = np.minimum.reduceat(hashes, starts)
    return lowest


def _column(sketches: NDArray[np.uint8], posts: Places) -> pa.Array:
    """Give n sketches, null for all but these posts."""
    has_one = np.zeros(len(sketches), np.bool_)
    has_one[posts] = True
    valid = pa.array(has_one).buffers()[1]
    buffers = [valid, pa.py_buffer(sketches)]
    return pa.FixedSizeBinaryArray.from_buffers(ADDS.field("sketch").type, len(sketches), buffers)
