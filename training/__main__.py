"""Measure the model at each effort, both stages made; write weights, facts and card."""

import argparse
import hashlib
import logging
import shutil
from pathlib import Path
from typing import Any, get_args

from headwater.landscape import models
from headwater.landscape.models.shipped import LINEAR, NETWORK, TOKENIZER
from headwater.landscape.shapes import Effort
from training import card, evidence, linear, measure
from training.encoder import scores
from training.own import LANGUAGES
from training.posts import MEASURED
from training.sources import OWN, SOURCES

NAME, VERSION = "Headwater", "3.0.0"
TRANSFERRED = tuple(name for name in LANGUAGES if name not in MEASURED)
log = logging.getLogger("training")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("--licensed-only", action="store_true", help="as the stages were made")
    parser.add_argument("--work", type=Path, required=True, help="where the stages lie")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    make(asked.work, asked.licensed_only)


def make(work: Path, licensed_only: bool) -> None:
    """Make all files of the model; last, what it then answers here."""
    facts = _facts(work, licensed_only)
    card.write(facts)
    facts["reference"] = {
        effort: models.reference_answers(models.load(effort)).round(4).tolist()
        for effort in get_args(Effort)
    }
    card.write(facts)


def _facts(work: Path, licensed_only: bool) -> dict[str, Any]:
    read = evidence.gathered(work)
    elsewhere = {name: measure.transferred(read.left_out, name) for name in TRANSFERRED}
    efforts = {}
    for effort in get_args(Effort):
        efforts[effort] = measure.effort(read, effort)
        if effort != "fast":  # the n-grams know the measured languages only
            efforts[effort]["languages"] |= elsewhere
        log.info("%s measured", effort)
    held = set(read.left_out.posts.source)
    sets = [one for one in (*SOURCES, *OWN) if one.name in held]
    return {
        "name": NAME,
        "version": VERSION + ("-licensed-only" if licensed_only else ""),
        "files": {name: _moved(work / name) for name in (LINEAR, NETWORK, TOKENIZER)},
        **linear.facts(work),
        "encoder_comparison": {} if licensed_only else scores.compared(work),
        "data": [one._asdict() for one in sets if one.licence or not licensed_only],
        "efforts": efforts,
        "transferred": measure.elsewhere(read.left_out, elsewhere),
    }


def _moved(made: Path) -> str:
    """Copy a file of weights to where it ships; give its digest."""
    shutil.copyfile(made, card.FOLDER / made.name)
    return hashlib.sha256(made.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
