"""The report's lists as CSV, one file a list, safe to open in a sheet."""

import csv
from collections.abc import Iterable, Iterator
from enum import StrEnum
from io import StringIO
from typing import Any

from headwater.landscape.report import model, polarisation, spread
from headwater.landscape.report.plain import cell

HEADS = {  # what a field is called in a table's first row; others lose their underscores
    "by": "broken down by",
    "high": "likely at most",
    "low": "likely at least",
    "n_hate": "hateful posts tested",
    "n_both": "came to both",
    "n_other": "other posts tested",
    "n_posts": "posts",
    "on": "day",
    "percent": "percent of posts",
    "sensitivity_sd": "sensitivity standard deviation",
    "false_positive_rate_sd": "false positive rate standard deviation",
    "why": "why not shown",
}
Rows = Iterable[model.Part]


def tables(report: model.Report) -> dict[str, str]:
    """Return each list's name and its CSV; an empty list keeps its first row."""
    cover = report.coverage
    lists: dict[str, tuple[type[model.Part], Rows]] = {
        "platforms": (model.Count, cover.platforms),
        "left": (model.Count, cover.left_for),
        "languages": (model.LanguageCount, report.languages),
        "prevalence": (model.Prevalence, report.prevalence),
        "targets": (model.Target, report.targets),
        "timeline": (model.Day, report.timeline),
        "events": (model.Event, report.events),
        "triggers": (model.Trigger, report.triggers),
        "spread_sizes": (spread.SizeCount, report.spread.sizes),
        "spread_paces": (spread.Pace, report.spread.paces),
        "spread_orders": (spread.Order, report.spread.orders),
        "copied": (spread.Copied, report.spread.copied),
        "shifts": (model.Shift, report.shifts),
        "moves": (model.Move, report.moves),
        "disguises": (model.Disguise, report.disguises),
        "themes": (model.Theme, report.themes),
        "trends": (model.Trend, report.trends),
        "polarisation": (polarisation.Division, report.polarisation),
        "limits": (model.Limit, report.limits),
        "error_rates": (model.ErrorRate, report.method.error_rates),
        "target_alarms": (model.TargetAlarm, report.method.target_alarms),
    }
    if report.places:
        lists["places"] = (model.Count, report.places.posts)
    texts = {name: sheet(_table(kind, rows)) for name, (kind, rows) in lists.items()}
    return {"rejected": sheet(_rejected(report.reading)), **texts}


def _rejected(reading: model.Reading) -> Iterator[tuple[Any, ...]]:
    yield "reason", "records"
    yield from reading.reasons.items()


def _table(kind: type[model.Part], rows: Rows) -> Iterator[tuple[Any, ...]]:
    fields = sorted(kind.model_fields, key=lambda name: name not in ("by", "value", "target", "on"))
    yield tuple(HEADS.get(field, field.replace("_", " ")) for field in fields)
    for row in rows:
        yield tuple(_written(getattr(row, field)) for field in fields)


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return "; ".join(map(_member, value))
    return value.value if isinstance(value, StrEnum) else value


def _member(one: Any) -> str:
    """Write one of several in a cell: what its fields say, where it has some."""
    fields = one.model_dump().values() if isinstance(one, model.Part) else (one,)
    return ", ".join(str(value) for value in fields if value)


def sheet(rows: Iterable[tuple[Any, ...]]) -> str:
    """Write rows as CSV in which no text is a formula."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()
