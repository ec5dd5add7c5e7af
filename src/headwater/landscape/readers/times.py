"""Moments as platforms write them, to UTC."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape import shapes
from headwater.landscape.readers import reasons
from headwater.landscape.readers.blocks import Values

NAIVE = pa.timestamp("us")
FIRST, LAST = datetime(1995, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
X_FORM = "%a %b %d %H:%M:%S %z %Y"
MAIL_FORM = "%a, %d %b %Y %H:%M:%S %z"
LONG_FRACTION = r"(\.\d{6})\d+"
UNITS = ((1e11, 1_000_000), (1e14, 1_000), (1e17, 1))  # below this it is s, ms, us: our us in it

Bad = dict[int, str]  # place -> reason
WRONG = ""  # the reason of a value that is no moment at all: the caller names the column


def moments(values: Values, timezone: str) -> tuple[pa.Array, Bad]:
    """Read n moments, null where there is none; one that states no zone is of this one."""
    found = _numbers(values)
    if found is None:
        found = _texts(values, timezone)
    return _one_by_one(values, timezone) if found is None else _in_range(found)


def placed(clocks: pa.Array, timezone: str) -> pa.Array:
    """Turn n readings of a town's clocks to moments.

    Of an hour that autumn shows twice it is the first; an hour that spring leaves out is its end.
    """
    choice = {"ambiguous": "earliest", "nonexistent": "latest"}
    return pc.assume_timezone(clocks, timezone, **choice).cast(shapes.UTC)


def _in_range(moments: pa.Array) -> tuple[pa.Array, Bad]:
    low, high = (pa.scalar(day, shapes.UTC) for day in (FIRST, LAST))
    inside = pc.and_(pc.greater_equal(moments, low), pc.less(moments, high))
    if not pc.any(pc.invert(inside)).as_py():
        return moments, {}
    far = np.flatnonzero(pc.invert(inside).fill_null(False).to_numpy(zero_copy_only=False))
    return moments, dict.fromkeys(far.tolist(), reasons.FAR_TIME)


def _numbers(values: Values) -> pa.Array | None:
    """Read n epochs if all are integers of one unit."""
    if type(next((one for one in values if one is not None), None)) is not int:
        return None
    try:
        return _epochs(pa.array(values, pa.int64()))
    except (pa.ArrowException, OverflowError):
        return None


def _epochs(whole: pa.Array) -> pa.Array:
    """Read n epochs of one unit."""
    most, least = pc.max(whole).as_py(), pc.min(whole).as_py()
    for below, factor in UNITS:
        if least >= 0 and most < below and (factor == 1_000_000 or least >= below / 1_000):
            return pc.multiply(whole, factor).cast(NAIVE).cast(shapes.UTC)
    raise pa.ArrowInvalid("epochs of several units")


def _texts(values: Values, timezone: str) -> pa.Array | None:
    """Read n texts if all are of one way of writing."""
    try:
        texts = pa.array(values, shapes.TEXT)
    except (pa.ArrowException, UnicodeEncodeError):
        return None
    unzoned = partial(_unzoned, timezone=timezone)
    for way in (_zoned, unzoned, _digits, _shortened, _x_form, _mail_form):
        try:
            return way(texts)
        except pa.ArrowInvalid:
            continue
    return None


def _zoned(texts: pa.Array) -> pa.Array:
    return texts.cast(shapes.UTC)


def _unzoned(texts: pa.Array, timezone: str) -> pa.Array:
    return placed(texts.cast(NAIVE), timezone)


def _digits(texts: pa.Array) -> pa.Array:
    if texts.null_count == len(texts):
        raise pa.ArrowInvalid("no digits")
    return _epochs(texts.cast(pa.int64()))


def _shortened(texts: pa.Array) -> pa.Array:
    return _zoned(pc.replace_substring_regex(texts, LONG_FRACTION, r"\1"))


def _x_form(texts: pa.Array) -> pa.Array:
    return pc.strptime(texts, format=X_FORM, unit="us").cast(shapes.UTC)


def _mail_form(texts: pa.Array) -> pa.Array:
    return pc.strptime(texts, format=MAIL_FORM, unit="us").cast(shapes.UTC)


def _one_by_one(values: Values, timezone: str) -> tuple[pa.Array, Bad]:
    found = [_moment(value) for value in values]
    bad = {at: one for at, one in enumerate(found) if isinstance(one, str)}
    read = [one if isinstance(one, datetime) else None for one in found]
    stated = pa.array([one if one and one.tzinfo else None for one in read], shapes.UTC)
    clocks = pa.array([one if one and not one.tzinfo else None for one in read], NAIVE)
    return pc.coalesce(stated, placed(clocks, timezone)), bad


def _moment(value: Any) -> datetime | str | None:
    """Read one moment, in UTC or as the clock showed it, or say why not."""
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return WRONG
    moment = _epoch(float(value)) if not isinstance(value, str) else _written(value.strip())
    if moment is None:
        return reasons.BAD_TIME
    return moment if FIRST <= moment.replace(tzinfo=UTC) < LAST else reasons.FAR_TIME


def _epoch(number: float) -> datetime | None:
    for below, factor in UNITS:
        if 0 <= number < below:
            return datetime.fromtimestamp(number * factor / 1_000_000, UTC)
    return None if math.isnan(number) else LAST  # beyond all units, so out of range


def _written(text: str) -> datetime | None:
    if re.fullmatch(r"-?\d{1,18}(\.\d{1,9})?", text):
        return _epoch(float(text))
    for way in WRITTEN:
        try:
            moment = way(text)
            return moment.astimezone(UTC) if moment.tzinfo else moment
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None


def _iso(text: str) -> datetime:
    text = re.sub(r"\s*(UTC|GMT)$", "+00:00", text)
    return datetime.fromisoformat(re.sub(LONG_FRACTION, r"\1", text))


def _as_x(text: str) -> datetime:
    return datetime.strptime(text, X_FORM)


def _with_dots(text: str) -> datetime:
    """Read 31.12.2024 23:59, with or without the time or its seconds."""
    day, _, clock = text.replace(",", "").partition(" ")
    return datetime.strptime(f"{day} {(clock or '0:0') + ':00'}"[:19], "%d.%m.%Y %H:%M:%S")


WRITTEN: tuple[Callable[[str], datetime], ...] = (_iso, parsedate_to_datetime, _as_x, _with_dots)
