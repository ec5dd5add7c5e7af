"""Score posts by reading them whole: a small multilingual encoder of 8-bit weights.

Source: Wang et al. 2024 (multilingual E5), its upper layers taught to tell hate; dynamic
quantisation as ONNX Runtime does it.
"""

from typing import NamedTuple

import numpy as np
import onnxruntime
import pyarrow as pa
from numpy.typing import NDArray
from tokenizers import Tokenizer

from headwater.landscape.models.fold import spelled

Floats = NDArray[np.float32]
Pieces = NDArray[np.int64]

MOST_PIECES = 96  # of a post; the rest is not read


class Encoder(NamedTuple):
    """What reads a post, and what answers. Each post is read by itself.

    Most numbers are rounded by the largest of all that are computed together: of several posts at a
    time, the answer to one would hang on its neighbours.
    """

    tokenizer: Tokenizer
    layers: onnxruntime.InferenceSession

    def answers(self, texts: pa.Array) -> Floats:
        """Give n x 12 log-odds: of hate, then, of hostile posts, of each group."""
        (answers,) = self.layers.get_outputs()
        copies = texts.dictionary_encode()  # what many pass on is read once
        found = np.zeros((len(copies.dictionary), answers.shape[1]), np.float32)
        for at, pieces in enumerate(read(self.tokenizer, copies.dictionary)):
            asked = {"ids": pieces[None], "mask": MASK[:, : len(pieces)]}
            found[at] = self.layers.run(None, asked)[0]
        answered: Floats = found[copies.indices.to_numpy()]
        return answered


MASK = np.ones((1, MOST_PIECES), np.int64)


def read(tokenizer: Tokenizer, texts: pa.Array) -> list[Pieces]:
    """Give the numbers of the pieces of each text."""
    return [
        np.array(tokenizer.encode(text.strip()).ids, np.int64)
        for text in spelled(texts).to_pylist()
    ]


def tokenizer(file: bytes) -> Tokenizer:
    """Make the tokenizer of its file."""
    made = Tokenizer.from_buffer(file)
    made.encode_special_tokens = True  # "</s>" in a post is only text
    made.enable_truncation(MOST_PIECES)
    made.no_padding()
    return made


def layers(network: bytes) -> onnxruntime.InferenceSession:
    """Make the network of its file; it computes on one thread, as each worker has one core."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
