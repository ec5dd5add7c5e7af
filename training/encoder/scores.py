"""What the second stage says of posts: by folds that have not seen their source, and as shipped."""

import hashlib
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import encoder
from headwater.landscape.models.encoder import Encoder
from headwater.landscape.models.shipped import NETWORK, TOKENIZER
from training.encoder.folds import FOLDS
from training.posts import Posts

Answers = NDArray[np.float32]  # n x 12: hate, then the groups
POSTS = "posts.pickle"
N_THREADS = 2


class Unseen(NamedTuple):
    """Posts, and what encoders that have not learnt from their source say of them."""

    posts: Posts
    answers: Answers

    def of(self, texts: pa.Array) -> Answers:
        """Give the answers to these texts, NaN where none was asked."""
        places = pc.index_in(texts, self.posts.texts)
        known = pc.is_valid(places).to_numpy(zero_copy_only=False)
        found = np.full((len(texts), 1 + len(GROUPS)), np.nan, np.float32)
        found[known] = self.answers[places.drop_null().to_numpy()]
        return found


def unseen(work: Path) -> Unseen:
    """Put together what each fold said of the sources it left out."""
    posts = pickle.loads((work / POSTS).read_bytes())  # noqa: S301  written by the step before
    answers = np.full((len(posts.hate), 1 + len(GROUPS)), np.nan, np.float32)
    for fold in FOLDS:
        own = np.load(work / f"{fold}.npz")
        answers[own["rows"]] = own["answers"]
    return Unseen(posts, answers)


def digest(work: Path) -> str:
    """Tell one encoder from another."""
    return hashlib.sha256(
        (work / TOKENIZER).read_bytes() + (work / NETWORK).read_bytes()
    ).hexdigest()


def shipped(work: Path, texts: pa.Array) -> Answers:
    """Ask the encoder that ships."""
    return asked(work / TOKENIZER, work / NETWORK, texts)


def asked(tokenizer: Path, network: Path, texts: pa.Array) -> Answers:
    """Ask an encoder as it is written, a part of the texts on each thread."""
    reads, layers = encoder.tokenizer(tokenizer.read_bytes()), network.read_bytes()
    found = np.empty((len(texts), 1 + len(GROUPS)), np.float32)

    def ask(first: int) -> None:
        own = texts.take(pa.array(range(first, len(texts), N_THREADS)))
        found[first::N_THREADS] = Encoder(reads, encoder.layers(layers)).answers(own)

    with ThreadPoolExecutor(N_THREADS) as threads:
        list(threads.map(ask, range(N_THREADS)))
    return found
