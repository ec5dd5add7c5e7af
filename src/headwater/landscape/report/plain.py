"""Text without the signs that hide, turn round or command."""

import unicodedata
from typing import Any

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # noqa: RUF001 - a sheet takes these too
UNSEEN = {"Cc", "Cf", "Cs", "Co"}  # control, format (bidi, zero width), surrogate, private


def plain(value: Any) -> Any:
    """Drop unseen and direction-changing signs from a text; leave all else as it is."""
    if type(value) is not str or (value.isascii() and value.isprintable()):
        return value
    return "".join(
        sign for sign in value if sign == "\n" or unicodedata.category(sign) not in UNSEEN
    )


def cell(value: Any) -> Any:
    """Make a value safe in a sheet: no text of it is taken for a formula."""
    text = plain(value)
    if isinstance(text, str) and text.lstrip().startswith(FORMULA):
        return f"'{text}"
    return text
