"""The ways people disguise spelling from filters, each a function from text to text."""

import re

LONG_WORD = re.compile(r"[^\W\d_]{5,}")
LEET = str.maketrans("aeios", "43105")
# Cyrillic letters that look like Latin ones
LOOKALIKE = str.maketrans(
    "aeopcxAEOPCXBHKMT",
    "\u0430\u0435\u043e\u0440\u0441\u0445"
    "\u0410\u0415\u041e\u0420\u0421\u0425\u0412\u041d\u041a\u041c\u0422",
)


def glued(text: str) -> str:
    """Leave out every second space."""
    words = text.split(" ")
    return " ".join("".join(words[at : at + 2]) for at in range(0, len(words), 2))


def swapped(text: str) -> str:
    """Swap the third and fourth letter of each long word."""
    return LONG_WORD.sub(lambda word: word[0][:2] + word[0][3] + word[0][2] + word[0][4:], text)


def leet(text: str) -> str:
    """Write digits for letters."""
    return text.translate(LEET)


def spaced(text: str) -> str:
    """Space out the letters of the first three long words."""
    return LONG_WORD.sub(lambda word: " ".join(word[0]), text, count=3)


def doubled(text: str) -> str:
    """Double the third letter of each long word."""
    return LONG_WORD.sub(lambda word: word[0][:3] + word[0][2:], text)


def lookalike(text: str) -> str:
    """Write Cyrillic letters that look the same."""
    return text.translate(LOOKALIKE)


DISGUISES = (glued, swapped, leet, spaced, doubled, lookalike)
