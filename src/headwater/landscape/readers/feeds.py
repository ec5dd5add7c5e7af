"""Entries of RSS and Atom feeds, streamed, one record each."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from headwater.landscape.errors import ExportError
from headwater.landscape.readers import reasons
from headwater.landscape.readers.blocks import Block, Reject
from headwater.landscape.readers.forms import PAGE
from headwater.landscape.readers.packed import Stream

ENTRY = ("item", "entry")
DEEPEST = 200  # elements one in the other


class _TooDeepError(Exception):
    """Ends the parsing of a feed that no feed reader would take."""


class _Entries:
    """Takes what the parser finds; keeps the words of each entry by the name of their element."""

    def __init__(self) -> None:
        self.found: list[dict[str, Any]] = []
        self._feed: dict[str, Any] = {}  # what the feed says of itself
        self._into, self._n_chars = self._feed, 0
        self._path: list[str] = []
        self._words: list[list[str]] = [[]]

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Enter an element."""
        name = tag.rpartition("}")[2]
        if len(self._path) > DEEPEST:
            raise _TooDeepError
        if name in ENTRY and self._into is self._feed:
            self._into, self._n_chars = {PAGE: self._feed}, 0
        if "href" in given or "ref" in given:
            self._into.setdefault(name, given.get("href") or given.get("ref"))
        self._path.append(name)
        self._words.append([])

    def data(self, words: str) -> None:
        """Take some words."""
        self._n_chars += len(words)
        if self._n_chars <= reasons.LIMIT:
            self._words[-1].append(words)

    def end(self, _tag: str) -> None:
        """Leave an element."""
        name, words = self._path.pop(), "".join(self._words.pop()).strip()
        if name in ENTRY and self._into is not self._feed:
            self.found.append(self._into)
            self._into, self._words = self._feed, [[] for _ in self._words]
        elif words:
            self._into.setdefault(name, words)
            self._words[-1] += [words, "\n"]

    def close(self) -> None:
        """End the feed."""


def entries(chunks: Iterable[bytes], stream: Stream, path: Path) -> Iterator[Block]:
    """Give the entries in file order, numbered from 1; a reject stands where the XML stops."""
    target = _Entries()
    parser, number = DefusedXMLParser(target=target), 1
    for chunk in _ended(chunks):
        fault = _fed(parser, chunk, path)
        rejects: list[Reject] = [(number + len(target.found), fault)] if fault else []
        yield Block(range(number, number + len(target.found)), {"": target.found}, rejects)
        if fault:
            return
        number += len(target.found)
        target.found = []
    if stream.broken:
        yield Block([], {}, [(number, reasons.TRUNCATED)])


def _ended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    yield from chunks
    yield b""


def _fed(parser: DefusedXMLParser, chunk: bytes, path: Path) -> str | None:
    """Parse some bytes, none for the end; say why if it cannot go on."""
    try:
        parser.feed(chunk) if chunk else parser.close()
    except DefusedXmlException:
        raise ExportError(f"{path}: holds XML entities, which no feed needs; not read") from None
    except (ParseError, LookupError, ValueError):  # the last two: an encoding unknown here
        return reasons.NOT_XML if chunk else reasons.TRUNCATED
    except _TooDeepError:
        return reasons.TOO_DEEP
    return None
