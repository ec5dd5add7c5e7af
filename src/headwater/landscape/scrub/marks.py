"""Take links, addresses, handles and numbers out of texts, each replaced by its kind.

All else stays byte for byte. What spreads a mark over disguises is found too: full-width and
circled signs, invisible characters, "anna (at) example dot org".
"""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.scrub import numbers
from headwater.landscape.scrub.links import BARE, DOT, GAP, SPACE, STATED, TOP, WORD

SIGN = "[@＠﹫]"  # noqa: RUF001  (full-width and small: what evaders write)
AT = f"(?:{SIGN}|%40|&#64;)"
NAME = rf"[^{GAP}()\[\]{{}},;:@＠﹫]+"  # noqa: RUF001
QUOTED = r'"[^"\n@]{1,64}"'
DOMAIN = rf"[{WORD}-]+(?:{DOT}[{WORD}-]+)+"
HANDLE = rf"[{WORD}](?:[{WORD}.-]*[{WORD}])?"
# An @ inside a short word stands for an a, and hate hides so: it is no handle on any platform.
LONG = rf"(?:[{WORD}]{{10,}}|[{WORD}]*[0-9_][{WORD}]*)"

BLANK = rf"[{SPACE}_-]"
OTHER_AT = "ät|æt|snabel-?a|arroba|chiocciola|arobase|apenstaartje|klammeraffe|małpa|kissanhäntä"
SAY_AT, SAY_OTHER_AT = f"(?i:at|{OTHER_AT})", f"(?i:{OTHER_AT})"
SAY_DOT = "(?i:dot|punkt|punktum|prik|point|punto|ponto|punt|kropka|piste)"
BRACKETED_AT = rf"{BLANK}*[(\[{{]{BLANK}*(?:{SAY_AT}|{SIGN}){BLANK}*[)\]}}]{BLANK}*"
BRACKETED_DOT = rf"{BLANK}*[(\[{{]{BLANK}*(?:{SAY_DOT}|{DOT}){BLANK}*[)\]}}]{BLANK}*"
SAID_DOT = rf"(?:{BRACKETED_DOT}|{BLANK}+{SAY_DOT}{BLANK}+)"
SAID_AT = rf"(?:{BLANK}+{SAY_OTHER_AT}{BLANK}+|[{SPACE}]+{SIGN}[{SPACE}]+|{SIGN})"
ENGLISH_AT = rf"{BLANK}+(?i:at){BLANK}+"
ENGLISH_DOT = rf"(?:{BRACKETED_DOT}|{BLANK}+(?i:dot){BLANK}+)"
PART = rf"[{WORD}]+"
SAID_NAME = rf"[{WORD}.+]+(?:{SAID_DOT}[{WORD}.+]+)*"

MARKS = (  # in order: a link may hold an address, an address holds an @
    (STATED, "<link>"),
    (f"{SIGN}{HANDLE}(?:{SIGN}{HANDLE})+", "<handle>"),
    (f"(?:{NAME}|{QUOTED}){AT}{DOMAIN}", "<email>"),
    (f"{NAME}[{SPACE}]+{AT}[{SPACE}]+{DOMAIN}", "<email>"),
    (f"{SAID_NAME}{BRACKETED_AT}{PART}(?:(?:{DOT}|{SAID_DOT}){PART})*", "<email>"),
    (f"{SAID_NAME}{SAID_AT}{PART}(?:{SAID_DOT}{PART})+", "<email>"),
    (rf"{SAID_NAME}{ENGLISH_AT}(?:{PART}{ENGLISH_DOT})+(?i:{TOP})\b", "<email>"),
    (rf"{SIGN}?[{WORD}-]+{DOT}(?i:bsky{DOT}social)", "<handle>"),
    (rf"\b(?i:did:(?:plc|web)):[{WORD}.:%-]+", "<handle>"),
    (rf"\B{SIGN}{HANDLE}", "<handle>"),
    (f"{LONG}{SIGN}{PART}|{PART}{SIGN}{LONG}", "<handle>"),
    (rf"(?:/|\b)(?i:u|user)/{HANDLE}", "<handle>"),
    (BARE, "<link>"),
)
SIGNS = (  # one of them stands in every text that holds a mark
    rf"{AT}|[:：][/／]{{2}}|[{WORD}]{DOT}\pL{{2}}|\b(?i:did:|u/|user/)|"  # noqa: RUF001
    rf"{BRACKETED_AT}|{BLANK}{SAY_DOT}{BLANK}"
)


def texts(raw: pa.Array) -> pa.Array:
    """Replace each mark of n texts by its kind: link, email, handle, phone, iban, card or id.

    Names written as plain words stay.
    """
    scrubbed = _where(numbers.SIGNS, _where(SIGNS, raw, _without_marks), numbers.without)
    changed = pc.fill_null(pc.not_equal(scrubbed, raw), False)
    if not pc.any(changed).as_py():
        return scrubbed
    # One mark taken out may lay bare another: go on until none is left.
    return pc.replace_with_mask(scrubbed, changed, texts(scrubbed.filter(changed)))


def _where(signs: str, text: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Change only the texts that match, which are few."""
    matches = pc.fill_null(pc.match_substring_regex(text, signs), False)
    if not pc.any(matches).as_py():
        return text
    return pc.replace_with_mask(text, matches, change(text.filter(matches)))


def _without_marks(text: pa.Array) -> pa.Array:
    for pattern, kind in MARKS:
        text = pc.replace_substring_regex(text, pattern=pattern, replacement=kind)
    return text
