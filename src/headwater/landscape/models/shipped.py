"""Load the weights that came with Headwater, and refuse altered ones."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

import numpy as np

from headwater.landscape.codebook import GROUPS
from headwater.landscape.errors import ModelError
from headwater.landscape.models import encoder, reference
from headwater.landscape.models.cascade import Cascade, Reading
from headwater.landscape.models.encoder import Encoder
from headwater.landscape.models.linear import Linear
from headwater.landscape.models.rates import Gate, GroupRate, Language
from headwater.landscape.report.model import ErrorRate, TargetAlarm
from headwater.landscape.shapes import Effort

FACTS, CARD = "model.json", "CARD.md"
LINEAR, NETWORK, TOKENIZER = "linear-2.npz", "encoder-1.onnx", "encoder-1.tokenizer.json"
FOLDER = files("headwater.landscape") / "models"


def load(effort: Effort) -> Cascade:
    """Give the shipped model."""
    return model(_facts(), effort)


def strays(effort: Effort) -> tuple[str, ...]:
    """Say how far the shipped model strays, on this machine, from its answers when measured."""
    return reference.strays(load(effort), _facts()["reference"][effort])


def card() -> str:
    """Give the model card, in Markdown."""
    return _bytes(CARD).decode()


def model(facts: Mapping[str, Any], effort: Effort) -> Cascade:
    """Make a model of the facts and of the weights that they describe."""
    own = facts["efforts"][effort]
    if tuple(one["group"] for one in own["gate"]["groups"]) != GROUPS:
        raise ModelError(f"the model was made for another codebook's groups; see {CARD}")
    return Cascade(
        version=f"{facts['version']} {effort}",
        linear=_linear(facts),
        encoder=read_encoder,
        languages={name: _language(one) for name, one in own["languages"].items()},
        readings={name: _reading(one) for name, one in own["languages"].items()},
        group_thresholds=np.array(own["group_thresholds"], np.float32),
        gate=_gate(own["gate"]),
    )


def _linear(facts: Mapping[str, Any]) -> Linear:
    with np.load(BytesIO(_weights(facts, LINEAR))) as arrays:
        hate, groups = arrays["hate"], arrays["groups"]
    return Linear(
        hate, groups, np.array(facts["scales"], np.float32), np.array(facts["biases"], np.float32)
    )


@cache
def read_encoder() -> Encoder:
    """Give the second stage; a run that never needs it does not pay for it."""
    facts = _facts()
    tokenizer = encoder.tokenizer(_weights(facts, TOKENIZER))
    return Encoder(tokenizer, encoder.layers(_weights(facts, NETWORK)))


def digest(facts: Mapping[str, Any]) -> str:
    """Give the digest of all facts, however the file lays them out, but of itself."""
    content = json.dumps({name: one for name, one in facts.items() if name != "digest"})
    return hashlib.sha256(content.encode()).hexdigest()


def _facts() -> dict[str, Any]:
    """Read the facts, if they are as they were written."""
    try:
        found = json.loads(_bytes(FACTS))
    except ValueError:  # no JSON, or no UTF-8
        found = None
    if not isinstance(found, dict) or digest(found) != found.get("digest"):
        raise _altered(FACTS)
    return found


def _weights(facts: Mapping[str, Any], name: str) -> bytes:
    """Read a file of weights, if it is the one that the facts tell of."""
    found = _bytes(name)
    if hashlib.sha256(found).hexdigest() != facts["files"][name]:
        raise _altered(name)
    return found


def _altered(name: str) -> ModelError:
    return ModelError(f"{name} is not what its card ({CARD}) describes: install anew")


def _bytes(name: str) -> bytes:
    try:
        return (FOLDER / name).read_bytes()
    except FileNotFoundError:
        reason = f"{name} is missing: install anew; see the model card ({CARD})"
    raise ModelError(reason)


def _language(facts: Mapping[str, Any]) -> Language:
    rate = facts.get("error_rate")
    return Language(
        threshold=facts["each"]["threshold"],
        error_rate=ErrorRate.model_validate(rate) if rate else None,
        target_alarms=tuple(TargetAlarm(**one) for one in facts.get("target_alarms", ())),
    )


def _reading(facts: Mapping[str, Any]) -> Reading:
    each = facts["each"]
    return Reading(
        slope=facts["slope"],
        intercept=facts["intercept"],
        encoder_share=facts["encoder_share"],
        each_from=each["encoder_from"],
        counted_from=facts.get("counted", each)["encoder_from"],
    )


def _gate(facts: Mapping[str, Any]) -> Gate:
    return Gate(**{**facts, "groups": tuple(GroupRate(**one) for one in facts["groups"])})
