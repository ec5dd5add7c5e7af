"""The town's diary of events: a CSV with the columns date, what, where."""

import csv
from datetime import date
from pathlib import Path

from headwater.landscape.errors import SettingsError
from headwater.landscape.report.model import Event

COLUMNS = ("date", "what", "where")


def read(path: Path) -> tuple[Event, ...]:
    """Read the events, in the order of their days.

    Raises:
        SettingsError: The file is missing, lacks a column, or a line has no date.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise SettingsError(f"{path}: no such diary, or not UTF-8 text") from None
    rows = csv.DictReader(text.splitlines())
    if missing := set(COLUMNS) - set(rows.fieldnames or ()):
        raise SettingsError(f"{path}: the diary lacks the column(s) {', '.join(sorted(missing))}")
    events = [_event(path, number, row) for number, row in enumerate(rows, start=2)]
    return tuple(sorted(events, key=lambda event: (event.on, event.what)))


def _event(path: Path, line: int, row: dict[str, str]) -> Event:
    try:
        on = date.fromisoformat(row["date"].strip())
    except (ValueError, AttributeError):
        raise SettingsError(f"{path}, line {line}: give the date as 2024-03-21") from None
    return Event(on=on, what=row["what"] or "", where=row["where"] or "")
