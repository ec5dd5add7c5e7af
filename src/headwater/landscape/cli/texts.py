"""One column of texts from a table, every row of it, in order."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.shapes import TEXT

ROWS = 8192
NAME = re.compile(r"[^\W\d][\w .-]{0,29}")  # other headers may be posts: a file without any
Texts = Iterator[pa.Array]


def texts(table: Path, column: str) -> Texts:
    """Yield a table's texts in batches; a row that has none gives null.

    Raises:
        SettingsError: The file's kind is not known, or it has no such column.
    """
    if not table.exists():
        raise SettingsError(f"there is no file {table}")
    known: dict[str, Callable[[Path, str], Texts]] = {
        ".csv": _csv,
        ".tsv": _csv,
        ".ndjson": _ndjson,
        ".jsonl": _ndjson,
        ".parquet": _parquet,
    }
    if table.suffix.lower() not in known:
        raise SettingsError(f"{table.name}: give a file that ends in {', '.join(known)}")
    return known[table.suffix.lower()](table, column)


def _csv(table: Path, column: str) -> Texts:
    csv.field_size_limit(1 << 30)
    with table.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = csv.reader(file, delimiter=_delimiter(file.readline()))
        file.seek(0)
        names = next(rows, [])
        place = _place(table, column, names)
        whole = (row for row in rows if row or len(names) == 1)  # there a blank line is a blank
        yield from _batches(row[place] if place < len(row) else None for row in whole)


def _delimiter(header: str) -> str:
    return max(",;\t|", key=header.count)


def _ndjson(table: Path, column: str) -> Texts:
    with table.open("rb") as file:
        lines = (_object(line) for line in file if line.strip())
        first = list(islice(lines, ROWS))
        names = {name: None for row in first for name in row}
        _place(table, column, list(names))
        yield from _batches(row.get(column) for row in chain(first, lines))


def _parquet(table: Path, column: str) -> Texts:
    try:
        file = pq.ParquetFile(table)
    except pa.ArrowInvalid:
        raise ExportError(f"{table}: not a Parquet file") from None
    _place(table, column, file.schema_arrow.names)
    kind = file.schema_arrow.field(column).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise SettingsError(f"{table.name}: the column {column!r} holds {kind}, not text")
    try:
        for batch in file.iter_batches(ROWS, columns=[column]):
            yield batch.column(0).cast(TEXT)
    except (pa.ArrowInvalid, OSError):
        raise ExportError(f"{table}: broken in its middle") from None


def _place(table: Path, column: str, columns: list[str]) -> int:
    if column not in columns:
        seen = ", ".join(name for name in columns if NAME.fullmatch(name)) or "none"
        raise SettingsError(
            f"{table.name}: no column {column!r}; give --text-column one of: {seen}"
        )
    return columns.index(column)


def _object(line: bytes) -> dict[str, Any]:
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _batches(values: Iterable[Any]) -> Texts:
    values = iter(values)
    while batch := list(islice(values, ROWS)):
        yield pa.array([value if isinstance(value, str) else None for value in batch], TEXT)
