"""Meet the model as its users do: what it says of our suite, what it costs, what simpler ones say.

Run last, on what ships. Nothing here was used to teach or to set a threshold.
"""

import argparse
import json
import logging
import subprocess
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sklearn.metrics import f1_score

from bench.model import DISGUISES, answers, right
from headwater.landscape import pipeline
from headwater.landscape.models import encoder, fold
from headwater.landscape.shapes import Effort, Judge
from tests import functional_language as suite
from tests.functional_language import Case
from training import card, evaluate, peer
from training.posts import Flags, Posts, labelled
from training.sources import SOURCES

EFFORTS: tuple[Effort, ...] = get_args(Effort)
PEERS = Path(".venvs/peers/bin/python")
TIMED: dict[Effort, int] = {"fast": 20_000, "balanced": 8_000, "thorough": 1_000}  # posts
BATCH = 32  # posts that MiniLM reads at a time
N_KEYWORDS, LEAST_USED = 200, 20  # words of the list; train posts that hold one
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
    said = {effort: answers([case.text for case in cases], effort) for effort in EFFORTS}
    log.info("the suite answered")
    return {
        "suite": suite.VERSION,
        "families": _means(cases, said, "family", "language"),
        "languages": _means(cases, said, "language", "family"),
        "evasion": _evasion(cases),
        "costs": {effort: _cost(posts, effort) for effort in EFFORTS} | _peer_costs(posts, work),
        "minilm": _minilm(work),
        "simpler": simpler(posts, work),
    }


def simpler(posts: Posts, work: Path) -> list[Facts]:
    """Give macro-F1 of constant answers, a list of keywords and two packages on development posts."""
    dev = posts.where(posts.is_dev)
    said = {
        "nothing is hate": np.zeros(len(dev.hate), np.bool_),
        "all is hate": np.ones(len(dev.hate), np.bool_),
        "keywords": _has_keyword(posts, dev),
        **_peers(dev, work),
    }
    found = []
    told = [one.name for one in SOURCES if one.tells_hate]
    for source, language in sorted(set(zip(dev.source, dev.language, strict=True))):
        own = (dev.source == source) & (dev.language == language)
        if source in told and evaluate.enough(dev.hate[own]):
            figures = {
                name: round(float(f1_score(dev.hate[own], flags[own], average="macro")), 4)
                for name, flags in said.items()
            }
            found.append({"source": str(source), "language": str(language), **figures})
    return found


def _means(cases: Sequence[Case], said: dict[Effort, Any], by: str, within: str) -> list[Facts]:
    """Give accuracy by one property of the cases, each value of another counting the same."""
    rows = []
    hits = {effort: right(cases, own) for effort, own in said.items()}
    keys = [(getattr(case, by), getattr(case, within)) for case in cases]
    for value in dict.fromkeys(key for key, _ in keys):
        parts = defaultdict(list)
        for place, (own, other) in enumerate(keys):
            if own == value:
                parts[other].append(place)
        figures = {
            effort: round(float(np.mean([hit[places].mean() for places in parts.values()])), 4)
            for effort, hit in hits.items()
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


def _cost(posts: Posts, effort: Effort) -> Facts:
    """Give seconds of one core a thousand posts: scrub, language and judgement."""
    texts = posts.texts.filter(pa.array(posts.is_dev))[: TIMED[effort]]
    pipeline.judge(texts[:10], Judge(effort))
    start = time.process_time()
    pipeline.judge(texts, Judge(effort))
    seconds = (time.process_time() - start) / len(texts) * 1000
    return {"seconds_a_thousand": float(f"{seconds:.2g}")}


def _peer_costs(posts: Posts, work: Path) -> Facts:
    """Give the same of MiniLM reading every post, in batches of alike length, the way it is fastest."""
    tokenizer = encoder.tokenizer((work / peer.TOKENIZER).read_bytes())
    texts = posts.texts.filter(pa.array(posts.is_dev))[: TIMED["thorough"]]
    found = {}
    for name, file in (("MiniLM, 32 bits", peer.FULL), ("MiniLM, 8 bits", peer.INTEGER)):
        layers = encoder.layers((work / file).read_bytes())
        start = time.process_time()
        pieces = sorted(encoder.read(tokenizer, texts), key=len)
        for at in range(0, len(pieces), BATCH):
            own = pieces[at : at + BATCH]
            mask = np.arange(len(own[-1])) < np.array([len(one) for one in own])[:, None]
            ids = np.zeros(mask.shape, np.int64)
            ids[mask] = np.concatenate(own)
            layers.run(None, {"ids": ids, "mask": mask.astype(np.int64)})
        seconds = (time.process_time() - start) / len(texts) * 1000
        found[name] = {"seconds_a_thousand": float(f"{seconds:.2g}")}
    return found


def _minilm(work: Path) -> list[Facts]:
    """Give MiniLM's quality on English development posts, at the one score that suits all best."""
    with np.load(work / peer.ANSWERS) as told:
        hate, source, scores = told["hate"], told["source"], told["scores"]
    names = [
        one.name for one in SOURCES if one.tells_hate and evaluate.enough(hate[source == one.name])
    ]
    tried = np.arange(-3, 3.01, 0.1)
    figures = np.array(
        [
            [f1_score(hate[own], scores[own] >= at, average="macro") for at in tried]
            for own in (source == name for name in names)
        ]
    )
    best = figures[:, figures.mean(axis=0).argmax()]
    return [
        {"source": name, "macro_f1": round(float(own), 4)}
        for name, own in zip(names, best, strict=True)
    ]


def _has_keyword(posts: Posts, dev: Posts) -> Flags:
    """Mark posts that hold one of the words that most set hate apart in the train splits."""
    train = posts.where(~posts.is_dev)
    rates = {name: max(train.hate[train.source == name].mean(), 1e-9) for name in set(train.source)}
    seen, hateful, expected = Counter[str](), Counter[str](), Counter[str]()
    for words, hate, source in zip(_words(train.texts), train.hate, train.source, strict=True):
        for word in set(words):
            seen[word] += 1
            hateful[word] += int(hate)
            expected[word] += rates[source]
    gains = {word: (hateful[word] + 1) / (expected[word] + 1) for word in seen}
    known = [word for word in seen if seen[word] >= LEAST_USED and len(word) > 2]
    chosen = set(sorted(known, key=lambda word: -gains[word])[:N_KEYWORDS])
    return np.array([not chosen.isdisjoint(words) for words in _words(dev.texts)])


def _words(texts: pa.Array) -> list[list[str]]:
    found: list[list[str]] = pc.utf8_split_whitespace(fold.readable(texts)).to_pylist()
    return found


def _peers(dev: Posts, work: Path) -> dict[str, Flags]:
    """Ask packages that do the like, in their own environment."""
    path = work / "dev.ndjson"
    lines = (json.dumps({"text": text}) for text in dev.texts.to_pylist())
    path.write_text("\n".join(lines), encoding="utf-8")
    command = [str(PEERS), "bench/peers.py", "answers", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    path.unlink()
    return {name: np.array(flags) for name, flags in json.loads(said).items()}


if __name__ == "__main__":
    main()
