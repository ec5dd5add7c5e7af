"""Bytes to blocks of whole lines, a byte range at a time, with a bound on what is held."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BufferedReader
from types import MappingProxyType
from typing import Any, NamedTuple

from headwater.landscape.readers import reasons
from headwater.landscape.readers.blocks import Reject
from headwater.landscape.readers.packed import Stream
from headwater.landscape.shapes import Part

BLOCK = 1 << 18  # bytes read at a time: more objects at once cost more in memory than in calls
BOM = b"\xef\xbb\xbf"


class Lines(NamedTuple):
    """Pieces of a file that should be one JSON value each, blank ones left out.

    `holder` is the object whose array they stand in, for lines of a file an empty one.
    """

    numbers: Sequence[int]
    lines: list[bytes]
    rejects: list[Reject]
    holder: Mapping[str, Any] = MappingProxyType({})


def is_range(part: Part) -> bool:
    """Tell a range of bytes, which holds lines, from a whole file of any kind."""
    return part.start > 0 or part.stop is not None


def owned(source: BufferedReader, part: Part) -> Iterator[bytes]:
    """Give the bytes of the lines that begin in the part; the source stands a byte before it."""
    at = part.start
    if at:
        at += _rest_of_line(source) - 1
    if part.stop is not None and at >= part.stop:
        return
    while chunk := source.read(BLOCK):
        if part.stop is not None and at + len(chunk) >= part.stop:
            end = chunk.find(b"\n", max(part.stop - 1 - at, 0)) + 1
            if end:
                yield chunk[:end]
                return
        yield chunk if at else chunk.removeprefix(BOM)
        at += len(chunk)


def _rest_of_line(source: BufferedReader) -> int:
    """Read over the line that began earlier; give its number of bytes."""
    size = 0
    while piece := source.readline(BLOCK):
        size += len(piece)
        if piece.endswith(b"\n"):
            break
    return size


def blocks(chunks: Iterable[bytes], stream: Stream) -> Iterator[Lines]:
    """Give whole lines, a block at a time, numbered from 1; a line too long is a reject."""
    number, rest, too_long = 1, b"", False
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1
        if not end:
            rest = b"" if too_long else rest + chunk
            too_long = too_long or len(rest) > reasons.LIMIT
            continue
        lines = _numbered(number, rest + chunk[: end - 1], too_long)
        number += chunk.count(b"\n")
        yield lines
        rest, too_long = chunk[end:], False
    if stream.broken:
        yield Lines([], [], [(number, reasons.TRUNCATED)])
    elif rest or too_long:
        yield _numbered(number, rest, too_long)


def _numbered(first: int, block: bytes, too_long: bool) -> Lines:
    lines = block.split(b"\n")
    numbers: Sequence[int] = range(first, first + len(lines))
    rejects = []
    if too_long or len(lines[0]) > reasons.LIMIT:
        rejects, lines[0] = [(first, reasons.TOO_LONG)], b""
    if any(not line or line.isspace() for line in lines):
        kept = [at for at, line in enumerate(lines) if line and not line.isspace()]
        numbers, lines = [first + at for at in kept], [lines[at] for at in kept]
    return Lines(numbers, lines, rejects)
