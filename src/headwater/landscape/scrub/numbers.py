"""Take phone numbers, accounts, cards and personal numbers out of texts.

When in doubt a number goes. What stays has the shape of a date, a span of years or hours, an
amount, a count in thousands or a score, or has fewer than seven digits.
"""

import re
from collections.abc import Callable, Iterator

import phonenumbers
import pyarrow as pa

from headwater.landscape.scrub import checksums
from headwater.landscape.scrub.disguises import undisguised
from headwater.landscape.shapes import TEXT

Finder = Callable[[str], Iterator[tuple[int, int]]]

BETWEEN = r"[^0-9A-Za-z<>,:;!?'=+*&%$#@\x22]{0,4}"
SIGNS = (  # seven digits with little between them, or an id with fewer
    rf"\pN(?:{BETWEEN}\pN){{6}}|(?i:[A-Z]{{2}}){BETWEEN}(?:\pN{{2}}{BETWEEN}){{3}}(?i:[A-D])"
    r"|(?i:[A-Z]{6})\pN{2}[A-Za-z]\pN{2}[A-Za-z]\pN{3}[A-Za-z]"
)
GROUP, SEPARATORS = re.compile(r"[^\W_]+"), re.compile(r"[^\w+]|_")
TRUNKLESS = ("DK", "NO", "ES", "IT", "PL", "CZ", "PT", "US")  # elsewhere numbers begin with 0


def without(texts: pa.Array) -> pa.Array:
    """Replace each personal number of n texts by its kind."""
    return pa.array(map(_without, texts.to_pylist()), TEXT)


def _without(text: str) -> str:
    plain, places = undisguised(text)
    found = []
    for kind, find in RULES:
        for start, end in list(find(plain)):
            found.append((places[start], places[end], kind))
            plain = plain[:start] + "\0" * (end - start) + plain[end:]
    for start, end, kind in sorted(found, reverse=True):
        text = text[:start] + (kind or text[start:end]) + text[end:]
    return text


def _shaped(*patterns: str, first: str = r"\d", check: Callable[[str], bool] = bool) -> Finder:
    """Find what has one of these shapes: as many of its groups as together pass the check.

    Args:
        patterns: the shapes.
        first: what each shape begins with; looked for alone, it saves most of the time.
        check: judges a number without its separators, in upper case.
    """
    shape = re.compile(f"(?={first})(?:{'|'.join(patterns)})", re.IGNORECASE)

    def find(plain: str) -> Iterator[tuple[int, int]]:
        start = 0
        while match := shape.search(plain, start):
            ends = [match.start() + group.end() for group in GROUP.finditer(match[0])]
            passing = (end for end in reversed(ends) if check(_bare(plain[match.start() : end])))
            end = next(passing, None)
            if end is not None:
                yield match.start(), end
            start = end or match.start() + 1

    return find


def _bare(number: str) -> str:
    return SEPARATORS.sub("", number).upper()


def _after(words: tuple[str, ...]) -> str:
    """Look back for one of these words with at most two signs between."""
    return "|".join(rf"(?<={word}{between})" for word in words for between in ("", r"\W", r"\W\W"))


def _is_possible(number: str) -> bool:
    return any(
        phonenumbers.is_possible_number_with_reason(parsed)
        == phonenumbers.ValidationResult.IS_POSSIBLE
        for parsed in _parsed(re.sub(r"^00", "+", number))
    )


def _is_national(number: str) -> bool:
    return _is_of_length(number) and any(
        phonenumbers.is_valid_number(parsed)
        for region in TRUNKLESS
        for parsed in _parsed(number, region)
    )


def _is_of_length(number: str) -> bool:
    return 8 <= len(number) <= 12


def _parsed(number: str, region: str | None = None) -> Iterator[phonenumbers.PhoneNumber]:
    try:
        yield phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return


def _ibans() -> Iterator[str]:
    for length in sorted(set(checksums.IBAN_LENGTHS.values())):
        countries = (name for name, n in checksums.IBAN_LENGTHS.items() if n == length)
        yield rf"(?:{'|'.join(countries)})[\s.-]?\d\d(?:[\s.-]{{0,2}}[A-Z0-9]){{{length - 4}}}"


START, STOP = r"(?<!\d)", r"(?!\d)"
GAP = r"[\s./·•-]"
DAY, MONTH, YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:1[5-9]|20)\d\d"
CLOCK = r"(?:[01]?\d|2[0-4])[.:h][0-5]\d"
ALONE = rf"{START}(?<!\d[\s./·•-])"  # not the end of a longer number
COUNT = r"(?:[1-9]\d{0,2}(?:[ .,']\d{3}){1,4}|\d{1,7})(?:[.,]\d{1,2})?"  # 8 bare digits: a phone
CURRENCIES = ("kr", "dkk", "sek", "nok", "eur", "euro", "chf", "usd", "gbp", "pln", "€", r"\$", "£")
UNITS = (
    *CURRENCIES, "zł", "%", "mio", "mia", "mrd", "million", "stemmer", "stimmen", "votes", "views",
    "visninger", "likes", "følgere", "followers", "indbyggere", "einwohner",
)  # fmt: skip
CUES = (
    "tlf",
    "tel",
    "fon",
    "phone",
    "ring",
    "call",
    "mobil",
    "sms",
    "whatsapp",
    "number",
    "nummer",
)

YEARS = _shaped(rf"{START}{YEAR}(?:,? {YEAR}){{2,}}{STOP}")
KEPT = _shaped(
    rf"{START}{DAY}([./-]){MONTH}\1{YEAR}{STOP}",
    rf"{START}{MONTH}([./-]){DAY}\2{YEAR}{STOP}",
    rf"{START}{YEAR}([./-]){MONTH}\3{DAY}{STOP}",
    rf"{START}{YEAR}(?: ?[/-] ?{YEAR})+{STOP}",
    rf"{START}{CLOCK} ?- ?{CLOCK}{STOP}",
    rf"{ALONE}{COUNT}\s?(?:{'|'.join(UNITS)})(?!\w)",
    rf"(?:{_after(CURRENCIES)}){COUNT}(?![\s./·•-]{{0,3}}\d)",
    rf"{START}[1-9]\d? \d{{3}}(?: \d{{3}}){{1,3}}(?! ?\d)",
    rf"{START}[1-9]\d{{0,2}}([.'])\d{{3}}(?:\4\d{{3}}){{1,3}}(?![.']?\d)",
    rf"{START}\d-\d(?:[ ,]+\d-\d)+{STOP}",
)
IBANS = _shaped(*_ibans(), first=r"[A-Z]{2}[\s.-]?\d\d", check=checksums.iban)
CARDS = _shaped(rf"{START}\d(?:[ -]?\d){{12,18}}{STOP}", check=checksums.card)
IDS_BY_SHAPE = _shaped(  # no other number is written so
    rf"{START}\d{{6}}[-+]\d{{4,5}}{STOP}",  # Denmark, Norway, Sweden
    rf"{START}(?<!\d )\d{{6}} \d{{5}}{STOP}",  # Norway
    rf"{START}\d{{6}}[-+A-FU-Y]\d{{3}}[0-9A-Y](?!\w)",  # Finland
    rf"{START}\d\d\.\d\d\.\d\d[ -]\d{{3}}[. ]\d\d{STOP}",  # Belgium
    rf"{START}[1-478] \d\d \d\d \d[\dAB] \d{{3}} \d{{3}}(?: \d\d)?{STOP}",  # France
    rf"{START}756\.\d{{4}}\.\d{{4}}\.\d\d{STOP}",  # Switzerland
)
IDS_WITH_LETTERS = _shaped(
    r"[A-Z]{6}\d\d[A-Z]\d\d[A-Z]\d{3}[A-Z](?!\w)",  # Italy
    r"[A-Z]{2} ?\d\d ?\d\d ?\d\d ?[A-D](?!\w)",  # United Kingdom
    first=r"(?<!\w)[A-Z]{2}[A-Z ]{0,4}\d",
)
IDS_BY_CHECK = _shaped(
    rf"{START}\d{{9,12}}{STOP}",
    rf"{START}\d{{6}} \d{{4}}{STOP}",  # Denmark, Sweden
    rf"{START}\d{{8}}[ -]\d{{4}}{STOP}",  # Sweden
    rf"{START}\d\d([ .])\d{{3}}\1\d{{3}}\1\d{{3}}{STOP}",  # Germany
    rf"{START}\d{{3,4}}([ .])\d{{2,3}}\2\d{{3}}{STOP}",  # the Netherlands
    rf"{START}\d{{13}} ?\d\d{STOP}",  # France
    r"(?<!\w)(?:[XYZ][ -]?)?\d{7,8}[ -]?[A-Z](?!\w)",  # Spain
    first=r"[\dXYZ]",
    check=checksums.personal,
)
ABROAD = _shaped(
    rf"(?:\+|{START}00)[\s(]*\d(?:[\s./()-]{{0,3}}\d){{6,16}}", first="[+0]", check=_is_possible
)
TRUNK = _shaped(
    rf"\(?{START}0\d{{1,4}}\)?(?:{GAP}{{0,3}}\d){{5,12}}", first="[(0]", check=_is_of_length
)
PHONES = _shaped(
    rf"{START}\d{{8}}{STOP}",
    rf"{START}\d{{4}}[\s-]\d{{4}}{STOP}",
    rf"{START}\d\d({GAP}{{1,3}})\d\d(?:\1\d\d){{2,3}}{STOP}",
    rf"{START}\d({GAP}{{1,3}})\d(?:\2\d){{6,11}}{STOP}",
    rf"{START}\d{{3}}[\s-]\d\d[\s-]\d{{3}}{STOP}",
    rf"\(?{START}\d{{3}}\)?[\s-]{{1,2}}\d{{3}}[\s-]\d{{3,4}}{STOP}",
    rf"{START}\d{{3}}-\d{{4}}{STOP}",
    r"\+[\s(]*\d(?:[\s./()-]{0,3}\d){6,}",
    rf"(?:{_after(CUES)})\d(?:[\s.-]?\d){{6,}}",
    first=r"[\d+(]",
)
NATIONAL = _shaped(
    rf"\(?{START}\d{{2,4}}\)?([\s./-]?)\d{{2,8}}(?:\1\d{{2,4}}){{0,4}}",
    first=r"[\d(]",
    check=_is_national,
)
OTHERS = _shaped(rf"{START}\d{{9,}}", rf"{START}(?:\d{{1,3}}\.){{3}}\d{{1,3}}{STOP}")

RULES: tuple[tuple[str, Finder], ...] = (  # in order; what has no kind stays
    ("<iban>", IBANS),
    ("<phone>", ABROAD),
    ("<id>", IDS_BY_SHAPE),
    ("<id>", IDS_WITH_LETTERS),
    ("", YEARS),
    ("<id>", IDS_BY_CHECK),
    ("<card>", CARDS),
    ("", KEPT),
    ("<phone>", TRUNK),
    ("<phone>", PHONES),
    ("<phone>", NATIONAL),
    ("<id>", OTHERS),
)
