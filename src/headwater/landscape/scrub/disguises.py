"""See through signs that look like a digit, a space or a dash, or like nothing at all."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_DISGUISE = re.compile(
    "(?![0-9])\\d|[\u00a0\u00ad\u00b2\u00b3\u00b9\u034f\u061c\u115f\u1160\u180b-\u180f\u2000-\u209f"
    "\u20e3\u2212\u2460-\u24ff\u2776-\u2793\u3000\u3164\ufe00-\ufe6f\ufeff-\uffef"
    "\U000e0000-\U000e0fff]"
)
_FILLERS = "\u034f\u115f\u1160\u20e3\u3164\uffa0"


def undisguised(text: str) -> tuple[str, Sequence[int]]:
    """Write a text in plain signs; return it with the place of each sign and of its end."""
    if text.isascii() or not _DISGUISE.search(text):
        return text, range(len(text) + 1)
    signs = [_plain(sign) for sign in text]
    places = [place for place, sign in enumerate(signs) if sign]
    return "".join(signs), [*places, len(text)]


@lru_cache(maxsize=4096)
def _plain(sign: str) -> str:
    """Return the plain sign a sign stands for, nothing for an invisible one."""
    kind = unicodedata.category(sign)
    if kind == "Cf" or sign in _FILLERS or "\ufe00" <= sign <= "\ufe0f":
        return ""
    if kind in ("Zs", "Pd") or sign == "\u2212":
        return " " if kind == "Zs" else "-"
    digit = unicodedata.digit(sign, None)
    usual = unicodedata.normalize("NFKC", sign) if digit is None else str(digit)
    return usual if len(usual) == 1 else sign
