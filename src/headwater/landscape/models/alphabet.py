"""Which signs count as one and the same: the tables that folding looks up.

Every sign becomes one 16-bit number. A letter in another dress (capital, full-width, mathematical,
with an accent) becomes the plain small letter; combining marks and invisible signs are dropped.

Source: the Unicode Character Database of the running Python; look-alikes after Unicode TS 39.
"""

import re
import unicodedata
from functools import cache

import numpy as np
from numpy.typing import NDArray

Signs = NDArray[np.uint16]

SIZE = 0x20000  # code points with an entry of their own; those beyond are dropped
BREAK, SPACE, DROPPED = 1, 0x20, 0xFFFF  # between posts; of any kind; nothing
PICTURES, N_PICTURES, PRIVATE = 0x1F000, 0xC00, 0xE100  # emoji; their place within 16 bits
KINDS_OF_MARK = ("link", "email", "handle", "phone", "iban", "card", "id")  # of the scrub
MARKS = {mark: 0xE000 + n for n, mark in enumerate(KINDS_OF_MARK)}

# What a sign is: flags of one byte.
LETTER, LATIN, LOOKALIKE, WORD, GAP, INSIDE, BESIDE = (1 << n for n in range(7))

LOOKALIKES = (  # read in columns: a sign over the Latin letter it looks like
    "авеіјкмнорстухѕԁһӏԛԝьүгпαβγεηικμνορστυχωϲϳհոսօցզıɑɡǀ",
    "abeijkmhopctyxsdhlqwbyrnabyenikuvopotuxwcjhnuogqiagl",
)
LEET_INSIDE, LEET_BESIDE = "431057!", "@$"  # a letter on both sides; on one
LEET = (LEET_INSIDE + LEET_BESIDE, "aeiostias")
GAPS = " .-_*,|/~+"
UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn"}  # categories
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0"  # Hangul fillers: letters that nobody sees
PLAIN = re.compile(
    r"(?:LATIN (?:SMALL )?LETTER (?:SMALL CAPITAL )?"
    r"|NEGATIVE (?:SQUARED|CIRCLED) LATIN CAPITAL LETTER )([A-Z])(?: WITH .*)?"
)


def _folded(code: int, keeps_accents: bool) -> int:
    """Give the 16-bit number of one code point."""
    sign = chr(code)
    if sign.isspace() or sign == "\u2800":
        return SPACE
    if unicodedata.category(sign) in UNSEEN or sign in BLANK_LETTERS:
        return DROPPED
    dress = unicodedata.normalize("NFKC" if keeps_accents else "NFKD", sign).lower()[0]
    if not keeps_accents and (bare := PLAIN.fullmatch(unicodedata.name(dress, ""))):
        return ord(bare[1].lower())
    if PICTURES <= code < PICTURES + N_PICTURES and dress == sign:
        return PRIVATE + code - PICTURES
    return ord(dress) if ord(dress) < DROPPED else PRIVATE - 1


@cache
def folds(keeps_accents: bool = False) -> Signs:
    """Give the number of each code point below SIZE."""
    return np.array([_folded(code, keeps_accents) for code in range(SIZE)], np.uint16)


@cache
def kinds() -> NDArray[np.uint8]:
    """Give the flags of each number."""
    flags = np.zeros(0x10000, np.uint8)
    for code in range(0x10000):
        if chr(code).isalpha():
            flags[code] |= LETTER | WORD
        elif chr(code).isdigit():
            flags[code] |= WORD
    flags[PRIVATE : PRIVATE + N_PICTURES] |= WORD
    flags[list(MARKS.values())] |= WORD
    flags[ord("a") : ord("z") + 1] |= LATIN
    flags[[ord(sign) for sign in LOOKALIKES[0]]] |= LOOKALIKE
    flags[[ord(sign) for sign in GAPS]] |= GAP
    flags[[ord(sign) for sign in LEET_INSIDE]] |= INSIDE
    flags[[ord(sign) for sign in LEET_BESIDE]] |= BESIDE
    return flags


@cache
def written() -> NDArray[np.uint32]:
    """Give the code point that each number is written with: itself, an emoji, an @ for a mark."""
    codes = np.arange(0x10000, dtype=np.uint32)
    codes[PRIVATE : PRIVATE + N_PICTURES] = np.arange(PICTURES, PICTURES + N_PICTURES)
    codes[list(MARKS.values())] = ord("@")
    codes[PRIVATE - 1] = SPACE
    return codes


@cache
def letters_meant(pairs: tuple[str, str]) -> Signs:
    """Give for each number the letter it stands for in these pairs, else itself."""
    meant = np.arange(0x10000, dtype=np.uint16)
    meant[[ord(sign) for sign in pairs[0]]] = [ord(letter) for letter in pairs[1]]
    return meant
