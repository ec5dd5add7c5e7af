"""One JSON value a line, and what can befall a line."""

from collections.abc import Mapping
from typing import Any

import orjson

from headwater.landscape.sample.posts import Fate

Json = Mapping[str, Any]


def line(value: Json, fate: Fate = Fate.ACCEPTED) -> bytes:
    """Write a value on a line of its own, spoilt if that is its fate."""
    written = orjson.dumps(value)
    if fate == Fate.BROKEN:
        written = written[: len(written) // 2]
    if fate == Fate.NOT_UTF8:
        written = written.replace(b" ", b"\xff", 1)  # blanks stand inside texts only
    return written + b"\n"
