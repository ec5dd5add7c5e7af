"""Measure the model at each effort, both stages made; write weights, facts and card."""

import argparse
import hashlib
import json
import logging
import shutil
from pathlib import Path
from typing import get_args

from headwater.landscape.models.shipped import CARD, FACTS, LINEAR, NETWORK, TOKENIZER
from headwater.landscape.shapes import Effort
from training import card, evidence, linear, measure
from training.encoder import scores
from training.own import LANGUAGES
from training.posts import MEASURED
from training.sources import OWN, SOURCES

FOLDER = Path(__file__).parents[1] / "src" / "headwater" / "landscape" / "models"
NAME, VERSION = "Headwater", "3.0.0"
TRANSFERRED = tuple(name for name in LANGUAGES if name not in MEASURED)
log = logging.getLogger("training")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="training", description=__doc__)
    parser.add_argument("--licensed-only", action="store_true", help="as the stages were made")
    parser.add_argument("--work", type=Path, required=True, help="where the stages lie")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where the model goes")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    make(asked.work, asked.licensed_only, asked.out)


def make(work: Path, licensed_only: bool, out: Path) -> None:
    """Make all files of the model."""
    read = evidence.gathered(work)
    elsewhere = {name: measure.transferred(read.left_out, name) for name in TRANSFERRED}
    efforts = {}
    for effort in get_args(Effort):
        efforts[effort] = measure.effort(read, effort)
        if effort != "fast":  # the n-grams know the measured languages only
            efforts[effort]["languages"] |= elsewhere
        log.info("%s measured", effort)
    facts = {
        "name": NAME,
        "version": VERSION + ("-licensed-only" if licensed_only else ""),
        "files": {name: _moved(work / name, out / name) for name in (LINEAR, NETWORK, TOKENIZER)},
        **linear.facts(work),
        "encoder_comparison": scores.compared(work),
        "data": [one._asdict() for one in (*SOURCES, *OWN) if one.licence or not licensed_only],
        "efforts": efforts,
        "transferred": measure.elsewhere(read.left_out, elsewhere),
    }
    (out / FACTS).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    (out / CARD).write_text(card.text(facts), encoding="utf-8")


def _moved(made: Path, shipped: Path) -> str:
    """Copy a file of weights to where it ships; give its digest."""
    shutil.copyfile(made, shipped)
    return hashlib.sha256(shipped.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
