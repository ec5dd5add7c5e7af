"""Rows of XLSX and Parquet files to blocks of columns."""

import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from headwater.landscape import sealed
from headwater.landscape.errors import ExportError
from headwater.landscape.readers import packed, reasons
from headwater.landscape.readers.blocks import Block, Values
from headwater.landscape.readers.rows import N_ROWS
from headwater.landscape.shapes import TEXT, Part

XLSX_FAULTS = (  # what openpyxl raises on a workbook that is none
    *(AttributeError, LookupError, TypeError, ValueError, SyntaxError, OSError, EOFError),
    *(NotImplementedError, OverflowError, zipfile.BadZipFile, zlib.error),
)
Row = tuple[Any, ...]
MAGIC = (b"PAR1", packed.ZIP)  # Parquet; a workbook is a zip


def is_sheet(part: Part) -> bool:
    """Tell XLSX and Parquet from files of lines."""
    with sealed.opened(part.path) as file:
        return file.read(4) in MAGIC and not part.member


def names(path: Path) -> list[str]:
    """Name the columns: of a workbook those of its first sheet, of Parquet the plain ones."""
    if packed.is_zip(path):
        return _header(_rows(path))
    fields = _parquet(path).schema_arrow
    return [field.name for field in fields if not pa.types.is_nested(field.type)]


def blocks(path: Path, columns: list[str]) -> Iterator[Block]:
    """Give the rows, numbered from 1, with at least these columns."""
    return _of_xlsx(path) if packed.is_zip(path) else _of_parquet(path, columns)


def _header(rows: Iterator[Row]) -> list[str]:
    return ["" if name is None else str(name).strip() for name in next(rows, ())]


def _of_xlsx(path: Path) -> Iterator[Block]:
    rows = _rows(path)
    names, number = _header(rows), 1
    while some := list(islice(rows, N_ROWS)):
        numbered = [(at, row) for at, row in enumerate(some, number) if any(row)]
        wide = [at for at, row in numbered if any(row[len(names) :])]
        rejects = [(at, reasons.TOO_MANY_COLUMNS) for at in wide]
        kept = [(at, row) for at, row in numbered if at not in set(wide)]
        columns = {name: [_cell(row, at) for _, row in kept] for at, name in enumerate(names)}
        yield Block([at for at, _ in kept], columns, rejects)
        number += len(some)


def _cell(row: Row, at: int) -> Any:
    value = row[at] if at < len(row) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value)


def _rows(path: Path) -> Iterator[Row]:
    packed.members(path)  # refuses bombs before anything is unpacked
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and the like, which do not concern us
        try:
            source = sealed.source(path)
            book = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
            rows = book.worksheets[0].iter_rows(values_only=True)
        except XLSX_FAULTS:
            raise _damaged(path) from None
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except XLSX_FAULTS:
            raise _damaged(path) from None


def _of_parquet(path: Path, names: list[str]) -> Iterator[Block]:
    number = 1
    batches = _parquet(path).iter_batches(N_ROWS, columns=names)
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError):
            raise _damaged(path) from None
        if batch is None:
            return
        known = {name: _values(batch[name]) for name in names}
        yield Block(range(number, number + len(batch)), known, [])
        number += len(batch)


def _parquet(path: Path) -> pq.ParquetFile:
    try:
        file = pq.ParquetFile(sealed.source(path))
    except (pa.ArrowException, OSError):
        raise _damaged(path) from None
    groups = (file.metadata.row_group(at) for at in range(file.metadata.num_row_groups))
    packed.refuse_bomb(sum(group.total_byte_size for group in groups), sealed.size(path), path)
    return file


def _values(column: pa.Array) -> Values:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_date(column.type) or pa.types.is_timestamp(column.type):
        zone = getattr(column.type, "tz", None)
        column = column.cast(pa.timestamp("us", zone), safe=False)
        column = column.cast(pa.int64() if zone else TEXT)  # a clock without a zone stays one
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_finite(column), column, None)  # how pandas writes an empty cell
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return [
            None if one is None else one.decode("utf-8", "surrogateescape")
            for one in column.to_pylist()
        ]
    values: Values = column.to_pylist()
    return values


def _damaged(path: Path) -> ExportError:
    return ExportError(
        f"{path}: damaged, or not the kind of file its first bytes say; save it anew"
    )
