"""Make the shipped model: fit, round, measure, write weights, facts and card."""

import argparse
import hashlib
import io
import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse, special

from headwater.landscape.models.shipped import CARD, NAME
from training import card, evaluate, fit, rates, unseen
from training.features import matrix
from training.fit import Head
from training.posts import SUPPORTED, Flags, Posts, anew, civic, labelled
from training.sources import OWN, SOURCES

FOLDER = Path(__file__).parents[1] / "src" / "headwater" / "landscape" / "models"
VERSION = "1.1.1"
KEPT_BACK = 5  # every fifth hostile post sets the thresholds of the group heads
log = logging.getLogger("training")


def main() -> None:
    """Train, measure and write the model."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("--licensed-only", action="store_true", help="no set without a licence")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the files go")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    make(asked.licensed_only, asked.out)


def make(licensed_only: bool, out: Path) -> None:
    """Make all files of the model."""
    posts = labelled()
    features = matrix(posts.texts)
    licensed = np.isin(posts.source, [one.name for one in (*SOURCES, *OWN) if one.licence])
    rows = ~posts.is_dev & (licensed | (not licensed_only))
    log.info("%s posts, %s to train on", len(posts.hate), rows.sum())
    kept_back = np.arange(len(rows)) % KEPT_BACK == 0
    heads = [fit.hate(features, posts, rows), *fit.groups(features, posts, rows & ~kept_back)]
    heads = [head.rounded() for head in heads]
    log.info("heads fitted")
    weights = _weights(heads)
    facts = {
        "name": NAME,
        "version": VERSION + ("-licensed-only" if licensed_only else ""),
        "sha256": hashlib.sha256(weights).hexdigest(),
        "scales": [head.scale for head in heads],
        "biases": [head.bias for head in heads],
        "data": [one._asdict() for one in (*SOURCES, *OWN) if one.licence or not licensed_only],
        **_measured(features, posts, heads, rows, kept_back),
        "comparison": _compared(features, posts, licensed),
    }
    (out / f"{NAME}.npz").write_bytes(weights)
    (out / f"{NAME}.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    (out / CARD).write_text(card.text(facts), encoding="utf-8")
    log.info("written: %.1f MB of weights", len(weights) / 1e6)


def _weights(heads: list[Head]) -> bytes:
    file = io.BytesIO()
    groups = np.stack([head.coefficients for head in heads[1:]])
    np.savez_compressed(file, hate=heads[0].coefficients, groups=groups)
    return file.getvalue()


def _measured(
    features: sparse.csr_matrix, posts: Posts, heads: list[Head], rows: Flags, kept_back: Flags
) -> dict[str, Any]:
    """Give every fact that is measured, always of the rounded heads."""
    known = heads[0].scores(features)
    found = unseen.scores(features, posts, rows)
    log.info("sources left out, one by one")
    statements = civic()
    civic_scores = heads[0].scores(matrix(statements))[unseen.long_enough(statements)]
    tested = {name: unseen.by_source(posts, found, civic_scores, name) for name in SUPPORTED}
    drawn = anew(posts)
    met_scores = heads[0].scores(matrix(drawn.texts))
    met = {name: unseen.by_source(drawn, met_scores, civic_scores[:0], name) for name in SUPPORTED}
    points = {name: rates.best(own, met[name]) for name, own in tested.items()}
    return {
        "languages": {name: _language(name, points[name], own) for name, own in tested.items()},
        "towns": {name: _town(points[name], own) for name, own in tested.items()},
        **_groups(features, posts, heads[1:], rows & kept_back, _alarms(posts, found, points)),
        "scores": {
            "dev": evaluate.by_source(posts, known, posts.is_dev),
            "languages": evaluate.by_language(posts, known, posts.is_dev),
            "left_out": evaluate.by_source(posts, found, ~np.isnan(found)),
        },
    }


def _language(name: str, point: rates.Point, tested: list[rates.Tested]) -> dict[str, Any]:
    slope, intercept = evaluate.calibration(tested)
    threshold = float(special.expit(slope * point.threshold + intercept))
    return {
        "slope": slope,
        "intercept": intercept,
        "threshold": threshold,
        "error_rate": evaluate.rates_of(name, point, threshold, tested),
    }


def _town(point: rates.Point, tested: list[rates.Tested]) -> dict[str, Any]:
    """Give what the chosen threshold does to each source and to towns made of them."""
    shares = {
        one.source: {
            kind: round(float((own >= point.threshold).mean()), 4)
            for kind, own in zip(one._fields[1:], one[1:], strict=True)
            if own is not None
        }
        for one in tested
    }
    return {
        "n_towns": point.n_towns,
        "figures": [one._asdict() for one in point.figures],
        "flagged": {name: own for name, own in shares.items() if own},
    }


def _alarms(posts: Posts, found: np.ndarray, points: dict[str, rates.Point]) -> Flags:
    """Mark the posts that are flagged by a model which has not seen their source."""
    threshold = np.array([points[name].threshold for name in posts.language])
    return found >= threshold


def _groups(
    features: sparse.csr_matrix, posts: Posts, heads: list[Head], kept_back: Flags, alarms: Flags
) -> dict[str, Any]:
    hostile = posts.has_groups & posts.groups.any(axis=1)
    ours = np.isin(posts.source, [one.name for one in OWN])
    scores = np.column_stack([head.scores(fit.narrowed(features)) for head in heads])
    thresholds = evaluate.group_thresholds(
        *((posts.groups[set_on], scores[set_on]) for set_on in _set_on(kept_back & hostile, ours))
    )
    dev = posts.is_dev & hostile
    named = scores >= np.array(thresholds)
    heated = np.isin(posts.talk, ("civil", "heated")) & (posts.language == "en") & ~ours
    told = {"collected": heated & ~posts.hate}
    told |= {
        name: ours & (posts.talk == "mention") & (posts.language == name) for name in SUPPORTED
    }
    about = {name: (evaluate.mentions(posts.where(own)), alarms[own]) for name, own in told.items()}
    measured = evaluate.group_rates(posts.groups[dev], named[dev], *about["collected"])
    peer = dev & (posts.source == "hatexplain")
    return {
        "group_thresholds": thresholds,
        "groups": measured,
        "groups_hatexplain": evaluate.group_rates(
            posts.groups[peer], named[peer], *about["collected"]
        ),
        "mentions": {name: evaluate.alarms(*about[name]) for name in SUPPORTED},
        "gate": {"groups": [_kept(one) for one in measured], **evaluate.gate(measured)},
    }


def _set_on(rows: Flags, ours: Flags) -> tuple[Flags, Flags]:
    """Give the collected posts, and our own for groups that those hardly tell of."""
    return rows & ~ours, rows & ours


def _kept(rate: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in rate.items() if name != "f1"}


def _compared(features: sparse.csr_matrix, posts: Posts, licensed: Flags) -> dict[str, Any]:
    """Give the scores with and without sets that state no licence, on the same dev posts."""
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
