"""What simpler ones say of the development posts: constants, keywords, packages, a small transformer."""

import json
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from sklearn.metrics import f1_score

from headwater.landscape.models import fold
from training import evaluate, peer
from training.posts import MEASURED, Flags, Posts
from training.sources import SOURCES

PEERS = Path(".venvs/peers/bin/python")
N_KEYWORDS, LEAST_USED = 200, 20  # words of a language's list; train posts that hold one
EACH = 1000  # posts that every source counts as
PRIOR = 0.1  # of all counts, that is believed beforehand
Facts = dict[str, Any]


def simpler(posts: Posts, work: Path) -> list[Facts]:
    """Give macro-F1 of constant answers, a list of keywords and two packages on development posts."""
    dev = posts.where(posts.is_dev)
    said = {
        "nothing is hate": np.zeros(len(dev.hate), np.bool_),
        "all is hate": np.ones(len(dev.hate), np.bool_),
        "keywords": _has_keyword(posts.where(~posts.is_dev), dev),
        **_packages(dev, work),
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


def minilm(work: Path) -> list[Facts]:
    """Give MiniLM's quality on English development posts, at the one score that suits all best."""
    with np.load(work / peer.ANSWERS) as told:
        hate, source, scores = told["hate"], told["source"], told["scores"]
    names = [
        one.name for one in SOURCES if one.tells_hate and evaluate.enough(hate[source == one.name])
    ]
    figures = np.array(
        [
            [f1_score(hate[own], scores[own] >= at, average="macro") for at in evaluate.TRIED]
            for own in (source == name for name in names)
        ]
    )
    best = figures[:, figures.mean(axis=0).argmax()]
    return [
        {"source": name, "macro_f1": round(float(own), 4)}
        for name, own in zip(names, best, strict=True)
    ]


def _has_keyword(train: Posts, dev: Posts) -> Flags:
    """Mark posts that hold one of the words that most set hate apart in train splits."""
    found = np.zeros(len(dev.hate), np.bool_)
    for language in MEASURED:
        chosen = _keywords(train.where(train.language == language))
        rows = np.flatnonzero(dev.language == language)
        words = _words(dev.texts.take(pa.array(rows)))
        found[rows] = [not chosen.isdisjoint(own) for own in words]
    return found


def _keywords(train: Posts) -> set[str]:
    """Choose a list for one language, each source counting the same.

    Source: Monroe, Colaresi and Quinn 2008 (log-odds with an informative prior).
    """
    seen, hateful, other = Counter[str](), Counter[str](), Counter[str]()
    told = [one.name for one in SOURCES if one.tells_hate]
    for source in sorted(set(train.source) & set(told)):
        for counts, rows in ((hateful, train.hate), (other, ~train.hate)):
            own = rows & (train.source == source)
            for word in (word for words in _words(train.where(own).texts) for word in set(words)):
                seen[word] += 1
                counts[word] += EACH / own.sum()
    known = [word for word in seen if seen[word] >= LEAST_USED and len(word) > 2]
    parts = np.array([[counts[word] for word in known] for counts in (hateful, other)])
    parts += PRIOR * parts.sum(axis=0)
    odds = np.log(parts / (parts.sum(axis=1, keepdims=True) - parts))
    z = (odds[0] - odds[1]) / np.sqrt((1 / parts).sum(axis=0))
    return {known[at] for at in np.argsort(-z)[:N_KEYWORDS]}


def _words(texts: pa.Array) -> list[list[str]]:
    found: list[list[str]] = pc.utf8_split_whitespace(fold.readable(texts)).to_pylist()
    return found


def _packages(dev: Posts, work: Path) -> dict[str, Flags]:
    """Ask packages that do the like, in their own environment."""
    path = work / "dev.ndjson"
    lines = (json.dumps({"text": text}) for text in dev.texts.to_pylist())
    path.write_text("\n".join(lines), encoding="utf-8")
    command = [str(PEERS), "bench/peers.py", "answers", str(path)]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    path.unlink()
    return {name: np.array(flags) for name, flags in json.loads(said).items()}
