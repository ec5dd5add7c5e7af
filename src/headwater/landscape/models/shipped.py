"""Load the weights that came with Headwater, and refuse altered ones."""

import hashlib
import json
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np

from headwater.landscape.codebook import GROUPS
from headwater.landscape.errors import ModelError
from headwater.landscape.models.linear import Model
from headwater.landscape.models.rates import Gate, GroupRate, Language
from headwater.landscape.report.model import ErrorRate

NAME = "linear-1"
CARD = "CARD.md"
FOLDER = files("headwater.landscape") / "models"


@cache
def load() -> Model:
    """Give the shipped model; read once in each process."""
    facts = json.loads(_bytes(f"{NAME}.json"))
    return model(_bytes(f"{NAME}.npz"), facts)


def card() -> str:
    """Give the model card, in Markdown."""
    return _bytes(CARD).decode()


def model(weights: bytes, facts: dict[str, Any]) -> Model:
    """Make a model of its weights and the facts beside them, if the two belong together."""
    if hashlib.sha256(weights).hexdigest() != facts["sha256"]:
        raise ModelError(f"{NAME}.npz is not what its card ({CARD}) describes: install anew")
    if tuple(one["group"] for one in facts["gate"]["groups"]) != GROUPS:
        raise ModelError(f"{NAME} was made for another codebook's groups: train anew")
    with np.load(BytesIO(weights)) as arrays:
        hate, groups = arrays["hate"], arrays["groups"]
    return Model(
        version=facts["version"],
        hate=hate,
        groups=groups,
        scales=np.array(facts["scales"], np.float32),
        biases=np.array(facts["biases"], np.float32),
        group_thresholds=np.array(facts["group_thresholds"], np.float32),
        languages={name: _language(one) for name, one in facts["languages"].items()},
        gate=_gate(facts["gate"]),
    )


def _bytes(name: str) -> bytes:
    try:
        return (FOLDER / name).read_bytes()
    except FileNotFoundError:
        reason = f"{name} is missing: install anew; see the model card ({CARD})"
    raise ModelError(reason)


def _language(facts: dict[str, Any]) -> Language:
    return Language(**{**facts, "error_rate": ErrorRate(**facts["error_rate"])})


def _gate(facts: dict[str, Any]) -> Gate:
    return Gate(**{**facts, "groups": tuple(GroupRate(**one) for one in facts["groups"])})
