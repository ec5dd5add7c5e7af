"""Which words a post has, as keyed numbers: enough to count them, too little to read them.

Words are told apart after evasion is undone (`fold`), so that spellings of one word are one. Beside
them stands what they are about together (`meanings`), for themes.
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
        pa.field("about", pa.list_(pa.int8(), meanings.DIMENSIONS), nullable=False),
    ]
)
MOST_WORDS = 400  # of a post; a longer one would be a book


def step(key: bytes) -> Step:
    """Make the step for one run, by its key of 16 bytes or more."""
    return Step(name="words", needs=("text",), adds=ADDS, run=partial(_run, key=key))


def _run(batch: PostBatch, *, key: bytes) -> Columns:
    """Give n lists of word numbers in the order of the words, and n vectors of what they mean."""
    found = ngrams.words_of(fold.plain(batch.rows["text"]))
    lengths = np.minimum(found.last - found.first, MOST_WORDS)
    offsets = np.append(0, lengths.cumsum())
    places = np.arange(offsets[-1]) + np.repeat(found.first - offsets[:-1], lengths)
    offsets = pa.array(offsets, pa.int32())
    own = pa.array(numbers(found.hashes[places], key))
    about = pa.array(meanings.of(found).ravel())
    return {
        "words": pa.ListArray.from_arrays(offsets, own),
        "about": pa.FixedSizeListArray.from_arrays(about, meanings.DIMENSIONS),
    }


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
