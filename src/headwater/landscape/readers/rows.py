"""Rows of CSV and TSV files, with quoted line breaks, to blocks of columns."""

import csv
import io
from collections.abc import Iterator
from typing import NamedTuple

from headwater.landscape.readers import reasons
from headwater.landscape.readers.blocks import Block, Reject, Values
from headwater.landscape.readers.packed import Stream

N_ROWS = 8_192  # rows of a block, at most
N_CHARS = 1 << 20  # characters read at a time
DELIMITERS = ",;\t|"
# rows of our own: behind the last line, so that an open quote is found; for a line too long
END, LONG = "\x1e end of file \x1e", "\x1e too long \x1e"
csv.field_size_limit(reasons.LIMIT)  # the module's own limit is 128 KiB, shorter than posts get

Rows = Iterator[list[str]]


class _Some(NamedTuple):
    """Rows read in one go; `numbers` are those of the rows that fit their header."""

    numbers: list[int]
    rows: list[list[str]]
    rejects: list[Reject]
    next_number: int
    is_last: bool


def of_csv(source: io.BufferedReader, stream: Stream) -> Iterator[Block]:
    """Give the rows under their header, numbered from 1."""
    lines = _lines(source, stream)
    header = next(lines)
    names = names_of(header)
    rows = csv.reader(lines, delimiter=_delimiter(header))
    number, is_last = 1, header == END
    while not is_last:
        some = _some(rows, number, len(names))
        number, is_last = some.next_number, some.is_last
        yield Block(some.numbers, table(names, some.rows), some.rejects)
    if stream.broken:
        yield Block([], {}, [(number, reasons.TRUNCATED)])


def names_of(header: str) -> list[str]:
    """Read the names in a table's first line."""
    try:
        names = next(csv.reader([header], delimiter=_delimiter(header)), [])
    except csv.Error:
        return []
    return [name.strip() for name in names]


def table(names: list[str], rows: list[list[str]]) -> dict[str, Values]:
    """Turn rows to named columns."""
    if not rows:
        return {name: [] for name in names}
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def _delimiter(header: str) -> str:
    return max(DELIMITERS, key=header.count)


def _some(rows: Rows, number: int, width: int) -> _Some:
    numbers, fitting, rejects = list[int](), list[list[str]](), list[Reject]()
    n_chars = 0
    while len(fitting) + len(rejects) < N_ROWS and n_chars < N_CHARS:
        try:
            row = next(rows, [END])
        except csv.Error:
            row = [LONG]  # its only complaint left: a field above the limit
        if row == [END]:
            return _Some(numbers, fitting, rejects, number, is_last=True)
        if not row and width > 1:
            continue
        row = row or [""]  # in a table of one column a blank line is an empty cell
        if len(row) == width and END not in row[-1] and row != [LONG]:
            numbers.append(number)
            fitting.append(row)
            n_chars += len(row[-1])
        else:
            rejects.append((number, _why(row, width)))
        number += 1
    return _Some(numbers, fitting, rejects, number, is_last=False)


def _why(row: list[str], width: int) -> str:
    if END in row[-1]:
        return reasons.OPEN_QUOTE
    if row == [LONG]:
        return reasons.TOO_LONG
    return reasons.TOO_MANY_COLUMNS if len(row) > width else reasons.TOO_FEW_COLUMNS


def _lines(source: io.BufferedReader, stream: Stream) -> Iterator[str]:
    """Give the lines, a quoted line break ending one too, and END behind the last."""
    # what is no UTF-8 becomes surrogates, which the columns tell of
    text = io.TextIOWrapper(source, "utf-8-sig", "surrogateescape", newline="")
    while some := text.read(N_CHARS):
        tail = text.readline(reasons.LIMIT)
        if len(tail) == reasons.LIMIT:
            some, tail = some[: some.rfind("\n") + 1], f"{LONG}\n"
            while len(text.readline(reasons.LIMIT)) == reasons.LIMIT:
                continue
        yield from _split(some + tail, stream)
    yield END


def _split(text: str, stream: Stream) -> Iterator[str]:
    if stream.broken and not text.endswith("\n"):
        text = text[: text.rfind("\n") + 1]  # the line that broke off is told as such
    return io.StringIO(text, newline="")
