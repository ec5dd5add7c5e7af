"""How a platform's records map to our columns: declared paths, and the few rules beside them."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

from headwater.landscape.readers.blocks import Values

Get = Callable[[str], Values]  # n values of a path
Source = str | Callable[[Get], Values]  # a path, or a rule that makes n values
Fields = dict[str, Source]  # column of RAW_POST -> where it comes from
Refusals = Mapping[str, Mapping[Any, str]]  # path -> value -> reason


class Form(NamedTuple):
    """One shape a platform gives its posts in."""

    mark: str  # a path that only this shape has, or path=value; "" takes any record
    fields: Fields
    keys: frozenset[str]  # names that tell a file of this shape by its head
    refuse: Refusals = MappingProxyType({})
    markup: bool = False  # the text is HTML
    is_local: bool = False  # times that state no zone are local ones, not UTC


class Layout(NamedTuple):
    """All shapes of one platform's exports."""

    name: str
    forms: tuple[Form, ...]
    pages: tuple[str, ...] = ()  # paths to the arrays that hold posts, where a record is a page
    inner: Callable[[dict[str, Any]], list[Any]] | None = None  # a record's own posts
    tabular: bool = False  # comes as CSV too


PAGE = "@page"  # the key under which a post finds what its page says of all


def keys(names: str) -> frozenset[str]:
    """Give the set of space-separated names."""
    return frozenset(names.split())


def beneath(holder: str, fields: Fields) -> dict[str, Source]:
    """Move fields that are paths below a holder."""
    return {
        name: _below(holder, source)
        if isinstance(source, str)
        else partial(_within, holder, source)
        for name, source in fields.items()
    }


def _below(holder: str, path: str) -> str:
    return " | ".join(f"{holder}.{one}" for one in path.split(" | "))


def _within(holder: str, rule: Callable[[Get], Values], get: Get) -> Values:
    return rule(lambda path: get(_below(holder, path)))


def always(value: object) -> Source:
    """Make a rule that gives the same value for every record."""
    return partial(_always, value)


def _always(value: object, get: Get) -> Values:
    return [value] * len(get(""))


def present(path: str) -> Source:
    """Make a rule that tells whether a path leads to anything."""
    return partial(_present, path)


def _present(path: str, get: Get) -> Values:
    return [value is not None and value != "" for value in get(path)]


def or_empty(path: str) -> Source:
    """Make a rule that takes an empty text where a path leads to nothing: a picture alone."""
    return partial(_or_empty, path)


def _or_empty(path: str, get: Get) -> Values:
    return ["" if value is None else value for value in get(path)]


def joined(pattern: str, *paths: str) -> Source:
    """Make a rule that writes values into a pattern; None where one of them is missing."""
    return partial(_joined, pattern, paths)


def _joined(pattern: str, paths: tuple[str, ...], get: Get) -> Values:
    rows = zip(*map(get, paths), strict=True)
    return [None if None in row or "" in row else pattern.format(*row) for row in rows]


def together(*paths: str) -> Source:
    """Make a rule that puts texts one below the other, leaving out empty ones."""
    return partial(_together, paths)


def _together(paths: tuple[str, ...], get: Get) -> Values:
    return [_lines(row) for row in zip(*map(get, paths), strict=True)]


def _lines(row: tuple[Any, ...]) -> Any:
    stated = [value for value in row if value is not None]
    texts = [value for value in stated if isinstance(value, str)]
    if len(texts) < len(stated):
        return stated  # no text: told as wrong type
    return "\n\n".join(filter(None, texts)) if texts else None


def listed(items: object) -> list[Any]:
    """Give an array, also one that a table holds as JSON; nothing for what is none."""
    if isinstance(items, str) and items.startswith("["):
        with suppress(orjson.JSONDecodeError):
            items = orjson.loads(items)
    return items if isinstance(items, list) else []


def every(path: str, key: str) -> Source:
    """Make a rule that lists one key of each object in an array."""
    return partial(_every, path, key)


def _every(path: str, key: str, get: Get) -> Values:
    return [_each(items, key) for items in get(path)]


def _each(items: object, key: str) -> list[str]:
    found = (item.get(key) for item in listed(items) if isinstance(item, dict))
    return [value for value in found if isinstance(value, str)]
