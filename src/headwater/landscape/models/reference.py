"""Does the model still say, on this machine, what it said where it was measured?

Other processors and other versions of ONNX Runtime round otherwise; errors measured there hold here
only if answers do.
"""

import csv
from collections.abc import Sequence
from importlib.resources import files

import numpy as np
import pyarrow as pa

from headwater.landscape.models.model import Floats, Model

GOLD = files("headwater.landscape") / "data" / "gold"  # made-up posts, in many languages
FARTHEST = 0.05  # of one probability
MEAN = 0.005


def answers(model: Model) -> Floats:
    """Give the probabilities of the made-up posts, in the languages that the model knows."""
    found = [_of(model, language) for language in sorted(model.languages)]
    return np.concatenate(found) if found else np.empty(0, np.float32)


def strays(model: Model, told: Sequence[float]) -> tuple[str, ...]:
    """Say how far a model strays from the answers told of it; nothing where it gives them."""
    given = answers(model)
    if len(given) != len(told):
        return (f"{len(told)} reference answers are told, and it gives {len(given)}",)
    apart = np.abs(given - np.array(told, np.float32))
    if apart.max(initial=0) <= FARTHEST and apart.mean() <= MEAN:
        return ()
    return (
        f"here it answers otherwise than where it was measured: by {apart.mean():.3f} in the mean, "
        f"{apart.max():.2f} at most; its error rates need not hold",
    )


def _of(model: Model, language: str) -> Floats:
    path = GOLD / f"{language}.csv"
    if not path.is_file():
        return np.empty(0, np.float32)
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    texts = pa.array([row["text"] for row in rows], pa.string())
    return model.judge(texts, pa.repeat(language, len(texts)), counts=False).probability
