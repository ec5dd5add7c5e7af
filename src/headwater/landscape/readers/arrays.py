"""The elements of the arrays in a JSON document of any size, with a bound on what is held.

Structure is found for a whole block at once: quotes, brackets and commas are picked out by a
table, and running sums tell which of them stand outside strings and how deep.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import orjson

from headwater.landscape.readers import reasons
from headwater.landscape.readers.lines import Lines
from headwater.landscape.readers.packed import Stream

ROOT = re.compile(rb"\[")
HEAD = 1 << 16  # bytes kept before an array, for what its holder says of itself
DEEPEST = 1_000  # brackets one in the other
QUOTE, COMMA = ord('"'), ord(",")
STRUCTURE = np.zeros(256, bool)
STRUCTURE[list(b'"[]{},')] = True
STEP = np.zeros(256, np.int64)
STEP[list(b"[{")] = 1
STEP[list(b"]}")] = -1


def under(names: Iterable[str]) -> re.Pattern[bytes]:
    """Make the pattern of an array that stands under one of these names."""
    # inside a string its quotes would be escaped, so that this never matches there
    return re.compile(rb'"(?:%s)"\s*:\s*\[' % "|".join(map(re.escape, names)).encode())


def elements(
    chunks: Iterable[bytes], opening: re.Pattern[bytes], stream: Stream
) -> Iterator[Lines]:
    """Give the elements of every array that opens so, numbered from 1 through the file."""
    outside, array, number = _Outside(opening), None, 1
    for data in _whole_escapes(chunks):
        while data:
            if array is None:
                array, data = outside.open(data)
                if array and outside.stray:
                    yield Lines([], [], [(number, reasons.NOT_JSON)])
                    number += 1
            else:
                lines, data = array.read(data, number)
                yield lines
                number += len(lines.lines) + len(lines.rejects)
                array = None if array.closed else array
    if array or stream.broken:
        reason = reasons.TOO_DEEP if array and array.depth > DEEPEST else reasons.TRUNCATED
        yield Lines([], [], [(number, reason)])
    elif outside.stray:
        yield Lines([], [], [(number, reasons.NOT_JSON)])


class _Outside:
    """What stands before, between and after the arrays."""

    def __init__(self, opening: re.Pattern[bytes]) -> None:
        self.stray = False  # what stands here belongs to no document
        self._opening, self._seen, self._n_arrays = opening, b"", 0

    def open(self, data: bytes) -> "tuple[_Array | None, bytes]":
        """Look for the next array; give it and the data behind its bracket."""
        self._seen += data
        found = self._opening.search(self._seen)
        before = self._seen[: found.start()] if found else self._seen
        alone = self._opening is ROOT or not self._n_arrays
        self.stray = alone and not before.isspace() and before != b""
        if not found:
            self._seen = self._seen[-HEAD:]
            return None, b""
        head, data, self._seen = self._seen[: found.end()], self._seen[found.end() :], b""
        self._n_arrays += 1
        self.stray = self.stray and self._opening is ROOT
        return _Array(_holder(head)), data


class _Array:
    """An array that is being read, and where in it we stand."""

    def __init__(self, holder: dict[str, Any]) -> None:
        self.closed = False
        self.depth = 0  # brackets open inside the element that has begun
        self._holder, self._rest, self._quoted, self._too_long = holder, b"", 0, False

    def read(self, data: bytes, number: int) -> tuple[Lines, bytes]:
        """Cut the data into elements; give them and the data behind the array."""
        cuts = self._cuts(data)
        starts = [0, *(cut + 1 for cut in cuts)]
        pieces = [data[start:cut] for start, cut in zip(starts, cuts, strict=False)]
        behind = data[starts[-1] :]
        rejects = []
        if pieces:
            pieces[0] = self._rest + pieces[0]
            if self._too_long or len(pieces[0]) > reasons.LIMIT:
                rejects, pieces[0] = [(number, reasons.TOO_LONG)], b""
            self._rest, self._too_long = b"", False
        if not self.closed:
            self._keep(behind)
        lines = [piece for piece in pieces if piece and not piece.isspace()]
        first = number + len(rejects)
        numbered = Lines(range(first, first + len(lines)), lines, rejects, self._holder)
        return numbered, behind if self.closed else b""

    def _keep(self, begun: bytes) -> None:
        self._rest = b"" if self._too_long else self._rest + begun
        if len(self._rest) > reasons.LIMIT:
            self._rest, self._too_long = b"", True

    def _cuts(self, data: bytes) -> list[int]:
        """Give the places of the commas between elements, and of the bracket at the end."""
        plain = data.replace(b"\\\\", b"__").replace(b'\\"', b"__")
        codes = np.frombuffer(plain, np.uint8)
        places = np.flatnonzero(STRUCTURE[codes])
        codes = codes[places]
        quoted = (np.cumsum(codes == QUOTE) + self._quoted) & 1
        depth = np.cumsum(np.where(quoted == 1, 0, STEP[codes])) + self.depth
        ends = np.flatnonzero(depth < 0)
        self.closed = bool(ends.size)
        stop = ends[0] if self.closed else len(places)
        between = (codes == COMMA) & (depth == 0) & (quoted == 0)
        cuts: list[int] = places[:stop][between[:stop]].tolist()
        if self.closed:
            return [*cuts, int(places[stop])]
        if len(places):
            self._quoted, self.depth = int(quoted[-1]), int(depth[-1])
        return cuts


def _whole_escapes(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Move the line between two chunks where it would part a backslash from what it escapes."""
    held = b""
    for chunk in chunks:
        data = held + chunk
        n_backslashes = len(data) - len(data.rstrip(b"\\"))
        held = data[len(data) - n_backslashes % 2 :]
        yield data[: len(data) - len(held)]


def _holder(head: bytes) -> dict[str, Any]:
    """Read what the object around an array says before it; nothing if that is no JSON."""
    plain = head.replace(b"\\\\", b"__").replace(b'\\"', b"__")
    plain = re.sub(rb'"[^"]*"', lambda string: b"_" * len(string[0]), plain)
    starts = []
    for brace in re.finditer(rb"[{}]", plain):
        if brace[0] == b"{":
            starts.append(brace.start())
        elif starts:
            starts.pop()
    try:
        found = orjson.loads(head[starts[-1] :] + b"]}") if starts else {}
    except orjson.JSONDecodeError:
        return {}
    return found if isinstance(found, dict) else {}
