"""Write a comparison in all its forms, open to everybody as the two reports are."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from headwater.landscape import files
from headwater.landscape.report.difference import page
from headwater.landscape.report.difference.model import Comparison, to_json
from headwater.landscape.report.tables import sheet

COLUMNS = ("share", "likely at least", "likely at most", "why not shown")


def write(comparison: Comparison, out: Path, tokens: str | None = None) -> tuple[Path, ...]:
    """Write comparison.json, .html and .csv, and return what was written."""
    forms = {
        "comparison.json": to_json(comparison),
        "comparison.html": page.render(comparison, tokens).encode(),
        "comparison.csv": sheet(_lines(comparison)).encode(),
    }
    out.mkdir(parents=True, exist_ok=True)
    return tuple(files.write(out / name, form, files.EVERYBODYS) for name, form in forms.items())


def _lines(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    labels = comparison.first.label, comparison.second.label
    ofs = (f"{label}: {column}" for label in labels for column in COLUMNS)
    told = ("difference", "likely at least", "likely at most", "direction")
    yield "broken down by", "value", *ofs, *told, "least rise", "least fall"
    for one in comparison.differences:
        cells = [
            cell
            for side in (one.first, one.second)
            for cell in ((side.share, side.low, side.high, side.why) if side else ("", "", "", ""))
        ]
        difference = (one.difference, one.low, one.high, one.direction)
        yield one.by, one.value, *cells, *difference, one.least_rise, one.least_fall
