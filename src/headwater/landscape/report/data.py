"""A report as JSON: written, read back, and upgraded from older versions."""

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from headwater.landscape.errors import ExportError
from headwater.landscape.report.model import SCHEMA_VERSION, Report

Data = dict[str, Any]


def _counting(data: Data) -> Data:
    """Say which languages were counted: once, those whose errors are measured."""
    if not isinstance(rows := data.get("languages"), list):
        return data  # no report: what it lacks is told when it is read
    rows = [
        one | {"counted": one.get("tier") == "measured"} for one in rows if isinstance(one, dict)
    ]
    return {**data, "languages": rows}


def _without_terms(data: Data) -> Data:
    """Leave a list out that no report ever filled."""
    return {key: value for key, value in data.items() if key != "terms"}


UPGRADES: dict[str, tuple[str, Callable[[Data], Data]]] = {  # version -> the next, and how
    "1.0": ("1.1", dict),  # its groups had no false alarms of their own; none is the default
    "1.1": ("1.2", dict),  # no report of its time had an audit
    "1.2": ("1.3", _counting),
    "1.3": ("1.4", _without_terms),  # no report of its time had triggers, or knew places
}


def to_json(report: Report) -> bytes:
    """Write the report's data: the same report, the same bytes."""
    return report.model_dump_json(indent=2).encode() + b"\n"


def read_report(path: Path) -> Report:
    """Read a report.json of this version or an older one."""
    try:
        data = json.loads(path.read_bytes())
    except ValueError:
        raise ExportError(f"{path.name} is not JSON") from None
    if not isinstance(data, dict):
        raise ExportError(f"{path.name} is not a report")
    try:
        return Report.model_validate_json(json.dumps(_upgraded(data, path.name)))
    except ValidationError as flaw:
        places = (".".join(map(str, error["loc"])) for error in flaw.errors())
        raise ExportError(f"{path.name} is not a report: see {', '.join(places)}") from None


def schema() -> Data:
    """Return the published JSON Schema of report.json."""
    published = files("headwater.landscape.report") / "schema" / f"report-{SCHEMA_VERSION}.json"
    data: Data = json.loads(published.read_text(encoding="utf-8"))
    return data


def _upgraded(data: Data, name: str) -> Data:
    while (version := data.get("schema_version")) in UPGRADES:
        following, upgrade = UPGRADES[version]
        data = {**upgrade(data), "schema_version": following}
    if version != SCHEMA_VERSION:
        raise ExportError(
            f"{name} has schema version {version!r}, and this Headwater reads up to "
            f"{SCHEMA_VERSION}: install a newer one"
        )
    return data
