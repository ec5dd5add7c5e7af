"""The town's diary of events: a CSV with the columns date, what, where."""

import csv
from datetime import date
from pathlib import Path

from headwater.landscape.errors import SettingsError
from headwater.landscape.people import named
from headwater.landscape.report.model import Event

COLUMNS = ("date", "what", "where")
DELIMITERS = ",;\t"


def read(path: Path) -> tuple[Event, ...]:
    """Read the events, in the order of their days.

    Raises:
        SettingsError: The file is missing, lacks a column, or a line has no date.
    """
    events = [_event(path, number, row) for number, row in enumerate(_rows(path), start=2)]
    return tuple(sorted(events, key=lambda event: (event.on, event.what)))


def naming(path: Path) -> list[tuple[int, str]]:
    """Give the lines that may name a person, and the words that do.

    Raises:
        SettingsError: As `read`.
    """
    texts = (f"{row['what'] or ''} | {row['where'] or ''}" for row in _rows(path))
    return [(line, words) for line, text in enumerate(texts, start=2) if (words := named(text))]


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise SettingsError(f"{path}: no such diary") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: not UTF-8; save the diary as 'CSV UTF-8'") from None
    rows = csv.DictReader(text.splitlines(), delimiter=_delimiter(text))
    if missing := set(COLUMNS) - set(rows.fieldnames or ()):
        raise SettingsError(f"{path}: the diary lacks the column(s) {', '.join(sorted(missing))}")
    return list(rows)


def _delimiter(text: str) -> str:
    """Tell what parts the columns: sheets write what the system's language wants."""
    first = text.partition("\n")[0]
    return max(DELIMITERS, key=first.count)


def _event(path: Path, line: int, row: dict[str, str]) -> Event:
    try:
        on = date.fromisoformat(row["date"].strip())
    except (ValueError, AttributeError):
        raise SettingsError(f"{path}, line {line}: give the date as 2024-03-21") from None
    return Event(on=on, what=row["what"] or "", where=row["where"] or "")
