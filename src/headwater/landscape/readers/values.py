"""Values as parsed, to columns of our types; what does not fit is told by its place."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.readers import reasons, times
from headwater.landscape.readers.blocks import Values
from headwater.landscape.shapes import COUNT, RAW_POST, TEXT, UTC

Bad = dict[int, str]  # place -> reason
Column = tuple[pa.Array, Bad]
LINKS = pa.list_(TEXT)
YES = frozenset({"true", "yes", "ja", "oui", "1", "t"})
UNFIT = (pa.ArrowException, OverflowError, UnicodeEncodeError)  # what Arrow says of a value


class _UnfitError(Exception):
    """Carries the reason why a value fits no column of this kind."""


def to_column(name: str, values: Values, timezone: str) -> Column:
    """Give n values the type of that column of RAW_POST; the zone is of times that state none."""
    kind = RAW_POST.field(name).type
    if kind == UTC:
        return _moments(name, values, timezone)
    if kind == TEXT:
        return _texts(name, values) if name == "text" else _ids(name, values)
    return BY_TYPE[kind](name, values)


def _texts(name: str, values: Values) -> Column:
    try:
        column = pa.array(values, TEXT)
    except UNFIT:
        return _singly(name, values, _text)
    return column, _holding_nul(column)


def _ids(name: str, values: Values) -> Column:
    first = next((value for value in values if value is not None), None)
    kind = pa.int64() if type(first) is int else TEXT
    try:
        column = pa.array(values, kind).cast(TEXT)
    except UNFIT:
        return _singly(name, values, _id)
    empty = pc.equal(column, "")
    if pc.any(empty).as_py():
        column = pc.if_else(empty, pa.scalar(None, TEXT), column)
    return column, _holding_nul(column)


def _counts(name: str, values: Values) -> Column:
    try:
        return pa.array(values, COUNT), {}
    except UNFIT:
        return _singly(name, values, _count)


def _moments(name: str, values: Values, timezone: str) -> Column:
    column, bad = times.moments(values, timezone)
    return column, {at: reason or reasons.wrong_type(name) for at, reason in bad.items()}


def _links(name: str, values: Values) -> Column:
    if not set(map(type, values)) <= {list}:  # Arrow would take a text for a list of letters
        return _singly(name, values, _link_list)
    try:
        column = pa.array(values, LINKS)
    except UNFIT:
        return _singly(name, values, _link_list)
    each = column.flatten()
    is_sound = pc.all(pc.and_not(pc.not_equal(each, ""), pc.match_substring(each, "\0"))).as_py()
    if each.null_count or is_sound is False:
        return _singly(name, values, _link_list)
    return column, {}


def _flags(name: str, values: Values) -> Column:
    return _singly(name, values, _flag)


BY_TYPE: dict[pa.DataType, Callable[[str, Values], Column]] = {
    COUNT: _counts,
    LINKS: _links,
    pa.bool_(): _flags,
}


def _holding_nul(column: pa.Array) -> Bad:
    found = pc.match_substring(column, "\0")
    if not pc.any(found).as_py():
        return {}
    places = np.flatnonzero(found.fill_null(False).to_numpy(zero_copy_only=False))
    return dict.fromkeys(places.tolist(), reasons.NUL)


def _singly(name: str, values: Values, take: Callable[[Any], Any]) -> Column:
    """Take value by value, where a whole column could not be taken at once."""
    taken, bad = [], Bad()
    for at, value in enumerate(values):
        try:
            taken.append(take(value))
        except _UnfitError as unfit:
            taken.append(take(None))
            bad[at] = str(unfit) or reasons.wrong_type(name)
    return pa.array(taken, RAW_POST.field(name).type), bad


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise _UnfitError
    if "\0" in value:
        raise _UnfitError(reasons.NUL)
    if not value.isascii() and any("\ud800" <= one <= "\udfff" for one in value):
        raise _UnfitError(
            reasons.NOT_UTF8
        )  # JSON refuses surrogates before; a table's bytes do not
    return value


def _id(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(value) or None


def _count(value: Any) -> int | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise _UnfitError
    try:
        number = float(value)
    except (ValueError, OverflowError):
        raise _UnfitError from None
    if not math.isfinite(number):
        raise _UnfitError(reasons.NOT_A_NUMBER)
    if abs(number) >= 2**63:
        raise _UnfitError
    return value if isinstance(value, int) else int(number)


def _link_list(value: Any) -> list[str]:
    if value is None or value == "":
        return []
    links = value.split("|") if isinstance(value, str) else value
    if not isinstance(links, list):
        raise _UnfitError
    return [link for link in map(_text, links) if link]


def _flag(value: Any) -> bool:
    return value is True or value == 1 or (isinstance(value, str) and value.lower() in YES)
