"""Terms that a person may release: a sheet for its owner, filled in and read back.

A word becomes public only when many used it and a person, who has named what it means here, released
it. The sheet holds words and no posts; it is its owner's alone.
"""

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from headwater.landscape import files
from headwater.landscape.errors import SettingsError

COLUMNS = ("term", "why", "people", "communities", "sense", "released")
YES = {"yes", "y", "x", "ja", "oui", "si", "sim", "tak", "evet", "1", "true"}
DELIMITERS = ",;\t"


class Candidate(NamedTuple):
    """A term that many used, and why it stands out."""

    term: str
    why: str
    people: int
    communities: int


def write(path: Path, found: Iterable[Candidate]) -> Path:
    """Write the sheet, the last two columns left to be filled in."""
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    rows.writerows((*one, "", "") for one in found)
    return files.write(path, text.getvalue().encode("utf-8-sig"))


def released(path: Path) -> frozenset[str]:
    """Read which terms were released.

    Raises:
        SettingsError: The sheet is missing, lacks a column, or releases a term without its sense.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise SettingsError(f"{path}: no such sheet of terms") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: not UTF-8; save the sheet as 'CSV UTF-8'") from None
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(DELIMITERS, key=first.count))
    if missing := {"term", "sense", "released"} - set(rows.fieldnames or ()):
        raise SettingsError(f"{path}: the sheet lacks the column(s) {', '.join(sorted(missing))}")
    return frozenset(_term(path, line, row) for line, row in enumerate(rows, start=2) if _says(row))


def _says(row: dict[str, str | None]) -> bool:
    return (row["released"] or "").strip().lower() in YES


def _term(path: Path, line: int, row: dict[str, str | None]) -> str:
    if not (row["sense"] or "").strip():
        raise SettingsError(f"{path}, line {line}: say what the term means here, then release it")
    return (row["term"] or "").strip()
