"""One column of texts from a table, every row of it, in order."""

import csv
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.shapes import TEXT

ROWS = 8192
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
        rows = csv.reader(file, delimiter="\t" if table.suffix.lower() == ".tsv" else ",")
        place = _place(table, column, next(rows, []))
        yield from _batches(row[place] if place < len(row) else None for row in rows if row)


def _ndjson(table: Path, column: str) -> Texts:
    with table.open("rb") as file:
        lines = (line for line in file if line.strip())
        first = next(lines, b"{}")
        _place(table, column, list(_object(first)))
        yield from _batches(_object(line).get(column) for line in _again(first, lines))


def _parquet(table: Path, column: str) -> Texts:
    try:
        file = pq.ParquetFile(table)
    except pa.ArrowInvalid:
        raise ExportError(f"{table}: not a Parquet file") from None
    _place(table, column, file.schema_arrow.names)
    for batch in file.iter_batches(ROWS, columns=[column]):
        yield batch.column(0).cast(TEXT)


def _place(table: Path, column: str, columns: list[str]) -> int:
    if column not in columns:
        seen = ", ".join(columns) or "none"
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


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    if first != b"{}":
        yield first
    yield from rest


def _batches(values: Iterable[Any]) -> Texts:
    values = iter(values)
    while batch := list(islice(values, ROWS)):
        yield pa.array([value if isinstance(value, str) else None for value in batch], TEXT)
