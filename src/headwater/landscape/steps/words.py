"""Which words a post has, as keyed numbers: enough to count them, too little to read them.

Words are told apart after evasion is undone (`fold`), so that spellings of one word are one; which of
them were written in disguise is told as well. Beside them stands what they are about together
(`meanings`), for themes.
"""

from collections.abc import Sequence
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from headwater.landscape.models import fold, meanings, ngrams
from headwater.landscape.shapes import Columns, PostBatch, Step

ADDS = pa.schema(
    [
        pa.field("words", pa.list_(pa.uint32()), nullable=False),
        pa.field("disguised", pa.list_(pa.uint32()), nullable=False),  # some of them
        pa.field("about", pa.list_(pa.int8(), meanings.DIMENSIONS), nullable=False),
    ]
)
MOST_WORDS = 400  # of a post; a longer one would be a book
LEAST_LETTERS = 4  # of a word in disguise; shorter ones are initials: U.S.A., a.k.a.
POST = np.uint64(0x9E3779B97F4A7C15)  # sets equal words of two posts apart
Flags = NDArray[np.bool_]


def step(key: bytes) -> Step:
    """Make the step for one run, by its key of 16 bytes or more."""
    return Step(name="words", needs=("text",), adds=ADDS, run=partial(_run, key=key))


def _run(batch: PostBatch, *, key: bytes) -> Columns:
    """Give n lists of word numbers in the order of the words, and n vectors of what they mean."""
    meant, written = (ngrams.words_of(one) for one in fold.both(batch.rows["text"]))
    posts = meant.posts
    kept = np.arange(len(posts)) - meant.first[posts] < MOST_WORDS
    masked = kept & disguised(meant, written)
    return {
        "words": _lists(meant, kept, key),
        "disguised": _lists(meant, masked, key),
        "about": pa.FixedSizeListArray.from_arrays(
            pa.array(meanings.of(meant).ravel()), meanings.DIMENSIONS
        ),
    }


def disguised(meant: ngrams.Words, written: ngrams.Words) -> Flags:
    """Mark the words that a reader understands and that their post does not hold as written."""
    sums = [np.append(np.uint64(0), one.hashes.cumsum()) for one in (meant, written)]
    ours, theirs = (
        one[words.last] - one[words.first]
        for one, words in zip(sums, (meant, written), strict=True)
    )
    differ = ours != theirs  # few posts do
    found: Flags = differ[meant.posts] & (meant.ends - meant.begins >= LEAST_LETTERS)
    beside = differ[written.posts]
    own = meant.hashes[found] + meant.posts[found].astype(np.uint64) * POST
    as_written = written.hashes[beside] + written.posts[beside].astype(np.uint64) * POST
    found[found] = ~np.isin(own, as_written)
    return found


def _lists(words: ngrams.Words, kept: Flags, key: bytes) -> pa.ListArray:
    """Put the numbers of some words into a list for each post."""
    lengths = np.bincount(words.posts[kept], minlength=len(words.first))
    offsets = pa.array(np.append(0, lengths.cumsum()), pa.int32())
    return pa.ListArray.from_arrays(offsets, pa.array(numbers(words.hashes[kept], key)))


def known(texts: Sequence[str], key: bytes) -> dict[int, str]:
    """Give the words of some texts by their numbers."""
    folded = fold.plain(pa.array(texts, pa.string()))
    found = ngrams.words_of(folded)
    spans = zip(numbers(found.hashes, key).tolist(), found.begins, found.ends, strict=True)
    return {number: "".join(map(chr, folded.signs[begin:end])) for number, begin, end in spans}


def numbers(hashes: ngrams.Hashes, key: bytes) -> NDArray[np.uint32]:
    """Give the number of each word in one run: 32 bits, never 0, told by its key.

    Source: Dietzfelbinger 1996, multiply-shift twice over, by the odd halves of the key.
    """
    first, second = (np.uint64(int.from_bytes(key[at : at + 8]) | 1) for at in (0, 8))
    mixed = hashes * first
    mixed = (mixed ^ (mixed >> np.uint64(29))) * second
    found: NDArray[np.uint32] = np.maximum(mixed >> np.uint64(32), np.uint64(1)).astype(np.uint32)
    return found
