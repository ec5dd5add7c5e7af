"""Cut the tokenizer to the pieces that texts use, and the table of embeddings with it.

All posts have a say, those too that an encoder is asked of later: so one source left out is met with a
vocabulary that knows its words a little better than a stranger's.
"""

import json
import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

Counts = NDArray[np.int64]

MOST_PIECES = 49_152
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>", "<mask>")
BATCH = 4096
LATIN = re.compile("\u2581?[a-z\u00df-\u00f6\u00f8-\u017f]*")  # small letters, as the encoder reads
FIRST_IDEOGRAPH, LAST_IDEOGRAPH = 0x2E80, 0xD7FF  # to the end of Hangul


def pieces(tokenizer: str) -> list[str]:
    """Give all pieces of the tokenizer's file, in order."""
    return [piece for piece, _ in json.loads(tokenizer)["model"]["vocab"]]


def counts(tokenizer: Tokenizer, texts: Sequence[str]) -> Counts:
    """Say how often the texts use each piece."""
    found = np.zeros(tokenizer.get_vocab_size(), np.int64)
    for at in range(0, len(texts), BATCH):
        for one in tokenizer.encode_batch_fast(texts[at : at + BATCH]):
            np.add.at(found, one.ids, 1)
    return found


def kept(named: Sequence[str], used: Iterable[Counts]) -> NDArray[np.int64]:
    """Choose pieces, in their old order: all signs of alphabets, then the most used.

    Args:
        named: All pieces.
        used: Counts of pieces, one array a language; each language's say grows with its texts.
    """
    say = sum(np.sqrt(count) / count.sum() ** 0.25 for count in used)
    needed = np.array([piece in SPECIAL or _is_letter(piece) for piece in named])
    latin = np.array([LATIN.fullmatch(piece) is not None for piece in named])
    # among pieces that nobody used the commoner ones come first: they stand in front
    order = np.lexsort((np.arange(len(named)), ~latin, -say, ~needed))
    return np.sort(order[:MOST_PIECES])


def _is_letter(piece: str) -> bool:
    """Say whether this is one sign, of an alphabet or a picture: thousands more stand for words."""
    return len(piece) == 1 and not FIRST_IDEOGRAPH <= ord(piece) <= LAST_IDEOGRAPH


def cut(tokenizer: str, chosen: NDArray[np.int64]) -> str:
    """Give the tokenizer's file with these pieces alone, numbered anew."""
    facts = json.loads(tokenizer)
    facts["model"]["vocab"] = [facts["model"]["vocab"][at] for at in chosen]
    new = {int(old): at for at, old in enumerate(chosen)}
    for token in facts["added_tokens"]:
        token["id"] = new[token["id"]]
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
