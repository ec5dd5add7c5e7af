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
from headwater.landscape.models import encoder, passages
from headwater.landscape.models.encoder import Encoder
from headwater.landscape.models.passages import Passages, Places
from headwater.landscape.models.shipped import NETWORK, TOKENIZER
from training import evaluate
from training.encoder.folds import ALL, LICENSED, UNSEEN, WHOLE, left_out
from training.posts import MEASURED, Posts, is_licensed
from training.sources import SOURCES

Answers = NDArray[np.float32]  # 12 a text: hate, then the groups
POSTS = "posts.pickle"
N_THREADS = 2


class Unseen(NamedTuple):
    """Posts, and what encoders that have not learnt from their source say of them and their parts."""

    posts: Posts
    cut: Passages
    answers: Answers  # of each text of the cut; NaN where none was asked

    def of(self, texts: pa.Array, cut: Passages) -> Answers:
        """Give the answers to these posts and their parts, NaN where none was asked."""
        places = pc.index_in(texts, self.posts.texts).fill_null(-1)
        rows = same(cut, self.cut, places.to_numpy().astype(np.int64))
        found: Answers = np.where((rows >= 0)[:, None], self.answers[rows], np.nan)
        return found


def unseen(work: Path) -> Unseen:
    """Put together what each fold said of the sources it left out."""
    posts = pickle.loads((work / POSTS).read_bytes())  # noqa: S301  written by the step before
    cut = passages.cut(posts.texts)
    answers = np.full((len(cut.texts), 1 + len(GROUPS)), np.nan, np.float32)
    whole = np.load(work / f"{WHOLE}.npz")["dev"]
    for fold in UNSEEN:
        own = np.load(work / f"{fold}.npz")
        met = ~left_out(posts, fold)[posts.is_dev]
        part = passages.cut(posts.texts.take(pa.array(own["rows"])))
        places = same(part, cut, own["rows"])
        hostile = met & (posts.groups.any(axis=1) & posts.has_groups)[posts.is_dev]
        answers[places, :1] = equated(own["answers"], own["dev"][met], whole[met])[:, :1]
        # of groups both have learnt from hostile posts alone
        answers[places, 1:] = equated(own["answers"], own["dev"][hostile], whole[hostile])[:, 1:]
    return Unseen(posts, cut, answers)


def compared(work: Path) -> dict[str, float]:
    """Give the mean AUC over licensed sources, of encoders taught a pass with and without the others."""
    posts = pickle.loads((work / POSTS).read_bytes())  # noqa: S301  written by the step before
    dev = posts.where(posts.is_dev)
    found = {}
    for name, fold in (("all sets", ALL), ("licensed sets only", LICENSED)):
        said = np.load(work / f"{fold}.npz")["dev"][:, 0]
        rows = is_licensed(dev) & np.isin(dev.language, MEASURED)
        every = evaluate.by_source(dev, said, rows, dict.fromkeys(MEASURED, 0.0))
        told = [one.name for one in SOURCES if one.tells_hate]
        found[name] = float(np.mean([one["auc"] for one in every if one["source"] in told]))
    return found


def equated(answers: Answers, own: Answers, others: Answers) -> Answers:
    """Put one encoder's answers on the scale of another's, by what both say of the same posts.

    An encoder that has learnt longer is surer of what it says, so that a threshold of one is not one
    of the other.

    Source: linear equating of tests, Kolen and Brennan 2014, chapter 2.
    """
    stretch = others.std(axis=0) / own.std(axis=0)
    found: Answers = (answers - own.mean(axis=0)) * stretch + others.mean(axis=0)
    return found


def same(own: Passages, other: Passages, posts: Places) -> Places:
    """Say where among other texts each of these stands; -1 where it does not.

    Args:
        own: n posts and their parts, k texts.
        other: Posts and parts, these among them.
        posts: n, which post of the other each is; -1 for none.
    """
    found = posts[own.posts]
    first, theirs = (
        np.searchsorted(one.posts[one.n_posts :], np.arange(one.n_posts)) + one.n_posts
        for one in (own, other)
    )
    parts = np.arange(own.n_posts, len(found))
    of = own.posts[parts]
    found[parts] = np.where(posts[of] < 0, -1, theirs[posts[of]] + parts - first[of])
    return found


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
        own = texts.take(pa.array(range(first, len(texts), N_THREADS), pa.int64()))
        found[first::N_THREADS] = Encoder(reads, encoder.layers(layers)).answers(own)

    with ThreadPoolExecutor(N_THREADS) as threads:
        list(threads.map(ask, range(N_THREADS)))
    return found
