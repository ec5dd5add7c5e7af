"""Meet the model as its users do: what it says of our suite, what it costs, what simpler ones say.

Run last, on what ships.
"""

import argparse
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, get_args

import numpy as np
import onnxruntime
import pyarrow as pa
from tokenizers import Tokenizer

from bench.model import DISGUISES, answers, right
from headwater.landscape import pipeline, scrub
from headwater.landscape.models import encoder
from headwater.landscape.sample import talk, town
from headwater.landscape.shapes import Effort, Judge
from headwater.landscape.steps import steps
from tests import functional_language as suite
from tests.functional_language import Case
from training import card, peer, simpler
from training.card_met import CONSTANT
from training.posts import Posts, evenly, labelled

EFFORTS: tuple[Effort, ...] = get_args(Effort)
N_TIMED = 4_000  # posts
BATCH = 32  # posts that MiniLM reads at a time
Facts = dict[str, Any]
log = logging.getLogger("training")


def main() -> None:
    """Measure, and write the facts and the card anew."""
    parser = argparse.ArgumentParser(prog="training.met", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where peers find the texts")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    card.write(card.facts() | {"met": met(asked.work)})


def met(work: Path) -> Facts:
    """Give what the card tells of the model as it is met."""
    cases = suite.all_cases()
    posts = labelled()
    said: dict[str, Any] = {CONSTANT: [True] * len(cases)}
    said |= {effort: answers([case.text for case in cases], effort) for effort in EFFORTS}
    log.info("the suite answered")
    return {
        "suite": suite.VERSION,
        "families": _means(cases, said, "family", "language"),
        "languages": _means(cases, said, "language", "family"),
        "evasion": _evasion(cases),
        "costs": _costs({"research": _research(posts), "town": _town()}, work),
        "minilm": simpler.minilm(work),
        "simpler": simpler.simpler(posts, work),
    }


def _means(cases: Sequence[Case], said: dict[str, Any], by: str, within: str) -> list[Facts]:
    """Give accuracy by one property of the cases, each value of another counting the same."""
    rows = []
    hits = {name: right(cases, own) for name, own in said.items()}
    keys = [(getattr(case, by), getattr(case, within)) for case in cases]
    for value in dict.fromkeys(key for key, _ in keys):
        parts = defaultdict(list)
        for place, (own, other) in enumerate(keys):
            if own == value:
                parts[other].append(place)
        figures = {
            name: round(float(np.mean([hit[places].mean() for places in parts.values()])), 4)
            for name, hit in hits.items()
        }
        rows.append({by: value, "n": sum(map(len, parts.values())), **figures})
    return rows


def _evasion(cases: Sequence[Case]) -> list[Facts]:
    """Give the share of English hate that is found, plain and in each disguise."""
    hateful = [case for case in cases if case.hate and case.language == "en"]
    rows = []
    for name, disguise in {"none": str, **DISGUISES}.items():
        texts = [disguise(case.text) for case in hateful]
        found = {
            effort: round(float(right(hateful, answers(texts, effort)).mean()), 4)
            for effort in EFFORTS
        }
        rows.append({"disguise": name, **found})
    return rows


def _research(posts: Posts) -> pa.Array:
    """Choose English posts of development splits, evenly: MiniLM reads no other language."""
    rows = np.flatnonzero(posts.is_dev & (posts.language == peer.LANGUAGE))
    return posts.texts.take(pa.array(evenly(rows, N_TIMED)))


def _town() -> pa.Array:
    """Let the fictional town talk: everyday posts in several languages, little of it hate."""
    rng = Random(1)  # noqa: S311 the same town each time
    said = talk.posts(rng, town.found(rng, N_TIMED))
    return pa.array([one.text for one in said])


def _costs(texts: Mapping[str, pa.Array], work: Path) -> dict[str, dict[str, float]]:
    """Give seconds of one core that a thousand of these texts cost."""
    reads = {effort: partial(_judge, effort) for effort in EFFORTS}
    reads |= {f"{effort}, counted": partial(_count, effort) for effort in EFFORTS[1:]}
    tokenizer = encoder.tokenizer((work / peer.TOKENIZER).read_bytes())
    for name, file in (("MiniLM, 32 bits", peer.FULL), ("MiniLM, 8 bits", peer.INTEGER)):
        layers = encoder.layers((work / file).read_bytes())
        reads[name] = partial(_read_in_batches, tokenizer, layers)
    return {
        name: {of: _seconds(read, own) for of, own in texts.items()} for name, read in reads.items()
    }


def _seconds(read: Callable[[pa.Array], None], texts: pa.Array) -> float:
    read(texts[:BATCH])
    start = time.process_time()
    read(texts)
    return float(f"{(time.process_time() - start) / len(texts) * 1000:.2g}")


def _judge(effort: Effort, texts: pa.Array) -> None:
    pipeline.judge(texts, Judge(effort))


def _count(effort: Effort, texts: pa.Array) -> None:
    """Judge as a report does, which counts posts and has the encoder read fewer of them."""
    batch = scrub.bare(texts)
    for step in steps(Judge(effort), counts=True):
        batch = batch.with_columns(step.run(batch))


def _read_in_batches(
    tokenizer: Tokenizer, layers: onnxruntime.InferenceSession, texts: pa.Array
) -> None:
    """Let MiniLM read every post, in batches of alike length, the way it is fastest."""
    pieces = sorted(encoder.read(tokenizer, texts), key=len)
    for at in range(0, len(pieces), BATCH):
        own = pieces[at : at + BATCH]
        mask = np.arange(len(own[-1])) < np.array([len(one) for one in own])[:, None]
        ids = np.zeros(mask.shape, np.int64)
        ids[mask] = np.concatenate(own)
        layers.run(None, {"ids": ids, "mask": mask.astype(np.int64)})


if __name__ == "__main__":
    main()
