"""Make the first stage: fit the heads, round them, and score every post, seen and unseen."""

import argparse
import io
import json
import logging
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from headwater.landscape.models import passages
from headwater.landscape.models.passages import Passages
from headwater.landscape.models.shipped import LINEAR
from training import evaluate, fit, unseen
from training.features import matrix
from training.fit import Head
from training.posts import Flags, Posts, anew, civic, digest, is_licensed, labelled

SCORES = "linear.scores.npz"
log = logging.getLogger("training")


class Scores(NamedTuple):
    """What the first stage says of the labelled posts and their parts, n in all, and of others."""

    known: NDArray[np.float32]  # n x 12, hate, then groups, by heads taught by the train splits
    found: NDArray[np.float32]  # n, of hate, by heads that have not seen the post's source
    anew: NDArray[np.float32]  # m x 12, of new draws by our templates
    civic: NDArray[np.float32]  # k x 12, of one town's statements
    scales: NDArray[np.float64]  # 12, of the heads
    biases: NDArray[np.float64]  # 12
    compared: NDArray[np.str_]  # JSON: quality with and without sets that state no licence
    texts: NDArray[np.str_]  # digest of the n texts


def main() -> None:
    """Fit and score."""
    parser = argparse.ArgumentParser(prog="training.linear", description=__doc__)
    parser.add_argument("--licensed-only", action="store_true", help="no set without a licence")
    parser.add_argument("--work", type=Path, required=True, help="where the files go")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asked.work.mkdir(parents=True, exist_ok=True)
    make(asked.work, asked.licensed_only)


def make(work: Path, licensed_only: bool) -> None:
    """Write the weights and all scores."""
    posts = labelled()
    cut = passages.cut(posts.texts)
    parts = matrix(cut.texts)
    features = parts[: len(posts.hate)]
    licensed = is_licensed(posts)
    rows = ~posts.is_dev & (licensed | (not licensed_only))
    log.info("%s posts, %s to train on", len(posts.hate), rows.sum())
    heads = [fit.hate(features, posts, rows), *fit.groups(features, posts, rows)]
    heads = [head.rounded() for head in heads]
    (work / LINEAR).write_bytes(_weights(heads))
    log.info("heads fitted")
    np.savez(work / SCORES, **_scores(parts, cut, posts, rows, heads)._asdict())


def facts(work: Path) -> dict[str, Any]:
    """Give what a reader of the weights must know, and what the licences cost."""
    with np.load(work / SCORES) as arrays:
        return {
            "scales": arrays["scales"].tolist(),
            "biases": arrays["biases"].tolist(),
            "comparison": json.loads(str(arrays["compared"])),
        }


def _scores(
    parts: sparse.csr_matrix, cut: Passages, posts: Posts, rows: Flags, heads: list[Head]
) -> Scores:
    return Scores(
        known=_all(heads, parts),
        found=unseen.scores(parts, cut, posts, rows).astype(np.float32),
        anew=_all(heads, matrix(passages.cut(anew(posts).texts).texts)),
        civic=_all(heads, matrix(passages.cut(civic()).texts)),
        scales=np.array([head.scale for head in heads]),
        biases=np.array([head.bias for head in heads]),
        compared=np.array(json.dumps(_compared(parts[: len(posts.hate)], posts))),
        texts=np.array(digest(posts.texts)),
    )


def _all(heads: list[Head], features: sparse.csr_matrix) -> NDArray[np.float32]:
    """Give n x 12 scores: of hate, then of each group."""
    narrow = fit.narrowed(features)
    groups = [head.scores(narrow) for head in heads[1:]]
    return np.column_stack([heads[0].scores(features), *groups]).astype(np.float32)


def _weights(heads: list[Head]) -> bytes:
    file = io.BytesIO()
    groups = np.stack([head.coefficients for head in heads[1:]])
    np.savez_compressed(file, hate=heads[0].coefficients, groups=groups)
    return file.getvalue()


def _compared(features: sparse.csr_matrix, posts: Posts) -> dict[str, Any]:
    """Give the scores with and without sets that state no licence, on the same dev posts."""
    licensed = is_licensed(posts)
    tried = {"all sets": ~posts.is_dev, "licensed sets only": ~posts.is_dev & licensed}
    judged = posts.is_dev & licensed
    found = {}
    for name, rows in tried.items():
        scores = fit.hate(features, posts, rows).rounded().scores(features[np.flatnonzero(judged)])
        found[name] = evaluate.quality(posts.hate[judged], scores)
        log.info("%s: %s", name, found[name])
    return found


if __name__ == "__main__":
    main()
