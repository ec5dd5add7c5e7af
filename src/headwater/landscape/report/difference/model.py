"""A comparison of two published reports as typed, versioned data.

It is worked out from the two reports alone, so it tells nothing that they do not tell together.
"""

import json
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from headwater.landscape.report.model import Estimate, Limit, MadeWith, Method, Part, Span

SCHEMA_VERSION = "1.0"


class Side(Part):
    """One of the two reports."""

    label: str = Field(description="what tells it from the other: its period, or its place")
    place: str
    period: Span
    made_with: MadeWith
    method: Method
    accepted: int = Field(description="posts in the report")
    digest: str = Field(description="SHA-256 of its report.json as this version writes it")


class Difference(Part):
    """One share in both reports, and by how much the second is above the first.

    `difference`, `low` and `high` are shares, -1 to 1. Where one report gives no more than an upper
    bound there is no `difference`, but its ends. Where nothing can be told, all are null.
    """

    by: Literal["all", "language", "platform", "target"]
    value: str
    first: Estimate | None = Field(description="null: not in the first report")
    second: Estimate | None = Field(description="null: not in the second report")
    difference: float | None
    low: float | None = Field(description="of the 95 % interval")
    high: float | None
    direction: Literal["higher", "lower"] | None = Field(
        description="of the second; null where the interval holds 0, or nothing is told"
    )
    least_rise: float | None = Field(description="a smaller rise would look like none")
    least_fall: float | None = Field(description="a smaller fall would look like none")


class Comparison(Part):
    """Two reports of one place, or of two places that agreed to it."""

    schema_version: str = SCHEMA_VERSION
    headwater: str
    of: Literal["periods", "towns"]
    finding: str
    standing: str = Field(description="what the finding rests on")
    first: Side = Field(description="of one place the earlier; else the one that was given first")
    second: Side
    differences: tuple[Difference, ...] = Field(
        description="The whole, then its parts in a fixed order that is none of size."
    )
    cautions: tuple[Limit, ...]
    interval: str = Field(description="how the intervals are worked out")


def to_json(comparison: Comparison) -> bytes:
    """Write the comparison's data: the same two reports, the same bytes."""
    return comparison.model_dump_json(indent=2).encode() + b"\n"


def schema() -> dict[str, Any]:
    """Return the published JSON Schema of comparison.json."""
    folder = files("headwater.landscape.report") / "schema"
    text = (folder / f"comparison-{SCHEMA_VERSION}.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data
