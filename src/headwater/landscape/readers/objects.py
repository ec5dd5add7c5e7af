"""JSON values, one a piece, parsed a block at a time; the pages among them unfolded to posts."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import orjson

from headwater.landscape.readers import reasons
from headwater.landscape.readers.blocks import Block
from headwater.landscape.readers.forms import PAGE, Layout
from headwater.landscape.readers.lines import Lines

FENCE = 7_302_914_655_210  # parsed between two pieces: tells a piece that holds two values, or half
FENCED = b",%d," % FENCE
SAID = (  # what the parser says, and what it means; the first that fits
    ("depth limit", reasons.TOO_DEEP),
    ("infinity", reasons.NOT_A_NUMBER),
    ("surrogate", reasons.SURROGATE),
    ("hex escape", reasons.SURROGATE),
    ("after document", reasons.TOO_MANY),
)
NAN = re.compile(rb"(?:^|[:,\[])\s*[-+]?(?:NaN|Infinity)\b")


class Fault(str):
    """Why a piece could not be parsed."""

    __slots__ = ()


def block(lines: Lines, layout: Layout, *, is_document: bool = False) -> Block:
    """Make records of the pieces, numbered as their pieces; those of a document are counted."""
    values = parsed(lines.lines)
    if lines.holder:
        for value in values:
            if isinstance(value, dict):
                value[PAGE] = lines.holder
    if _are_posts(values, layout):
        return Block(lines.numbers, {"": values}, lines.rejects)
    numbers, posts, rejects = [], [], list(lines.rejects)
    for counted, (at, post) in enumerate(_unfolded(values, layout), 1):
        number = counted if is_document else lines.numbers[at]
        if isinstance(post, dict):
            numbers.append(number)
            posts.append(post)
        else:
            why = str(post) if isinstance(post, Fault) else reasons.NOT_AN_OBJECT
            rejects.append((number, why))
    return Block(numbers, {"": posts}, rejects)


def parsed(lines: list[bytes]) -> list[Any]:
    """Parse n pieces to n values, a Fault where there is not exactly one."""
    if len(lines) < 2:
        return [_parsed_alone(line) for line in lines]
    values: list[Any] = []
    with suppress(orjson.JSONDecodeError):
        values = orjson.loads(b"[" + FENCED.join(lines) + b"]")
    if len(values) == 2 * len(lines) - 1 and values[1::2].count(FENCE) == len(lines) - 1:
        return values[::2]
    half = len(lines) // 2
    return parsed(lines[:half]) + parsed(lines[half:])


def _parsed_alone(line: bytes) -> Any:
    try:
        return orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Fault(_fault(line, str(error)))


def _fault(line: bytes, said: str) -> str:
    try:
        line.decode()
    except UnicodeDecodeError:
        return reasons.NOT_UTF8
    if b"\0" in line:
        return reasons.NUL
    for words, reason in SAID:
        if words in said:
            return reason
    return reasons.NOT_A_NUMBER if NAN.search(line) else reasons.NOT_JSON


def _are_posts(values: list[Any], layout: Layout) -> bool:
    """Tell whether every value is a post by itself, as in most files."""
    if layout.inner or not set(map(type, values)) <= {dict}:
        return False
    return not any(True in [start in value for value in values] for start in _starts(layout))


def _starts(layout: Layout) -> set[str]:
    """Give the keys by which a page is told from a post."""
    return {path.partition(".")[0] for path in layout.pages}


def _unfolded(values: list[Any], layout: Layout) -> Iterator[tuple[int, Any]]:
    """Give the posts of each value, with its place."""
    starts = _starts(layout)
    for at, value in enumerate(values):
        for page in value if isinstance(value, list) else (value,):
            is_page = isinstance(page, dict) and not starts.isdisjoint(page)
            for post in _of_page(page, layout.pages) if is_page else (page,):
                inside = layout.inner(post) if layout.inner and isinstance(post, dict) else (post,)
                yield from ((at, one) for one in inside)


def _of_page(page: dict[str, Any], paths: tuple[str, ...]) -> Iterator[Any]:
    """Give the posts of a page, each with what the page says of all; else the value itself."""
    arrays = [found for path in paths for found in _arrays(page, path)]
    if not arrays:
        yield page
    for holder, name in arrays:
        said = {key: value for key, value in holder.items() if key != name}
        for post in holder[name]:
            if isinstance(post, dict):
                post[PAGE] = said
            yield post


def _arrays(page: dict[str, Any], path: str) -> Iterator[tuple[dict[str, Any], str]]:
    *way, name = path.split(".")
    holders = [page]
    for key in way:
        below = [holder.get(key) for holder in holders]
        flat = [one for some in below for one in (some if isinstance(some, list) else [some])]
        holders = [one for one in flat if isinstance(one, dict)]
    yield from ((holder, name) for holder in holders if isinstance(holder.get(name), list))
