"""What a hate classifier must tell apart, family by family, in twelve languages.

Frozen: see README.md. Never train or tune on it.
"""

import csv
import hashlib
import re
from collections.abc import Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from tests.functional_language.spelling import DISGUISES

VERSION = "1.0"
HERE = Path(__file__).parent
LANGUAGES = ("da", "de", "en", "es", "fr", "it", "nl", "no", "pl", "pt", "sv", "tr")
BY_ORIGIN = {
    "muslims",
    "jews",
    "black",
    "migrants_refugees",
    "roma_travellers",
    "asian",
    "other_ethnicity_religion",
}
# a family made by code, and the two whose first templates it disguises
DISGUISED = {
    "spelling_hate": ("predication", "metaphor"),
    "spelling_harmless": ("mention", "praise"),
}
SLOT = re.compile(r"\{(\w+)\}")


class Case(NamedTuple):
    """One text and what a classifier should say of it."""

    language: str
    family: str
    group: str  # a code of the codebook's targets, or empty where none is named
    hate: bool
    text: str


Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Read one of the suite's tables, such as `families` or `groups/de`."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def families() -> dict[str, bool]:
    """Name each family and say whether its cases are hate."""
    return {row["family"]: row["hate"] == "1" for row in rows("families")}


def cases(language: str) -> tuple[Case, ...]:
    """Fill every template of a language with every group it takes, always in one order."""
    written = [case for row in rows(language) for case in _filled(language, row)]
    return (*written, *_disguised(language))


def all_cases() -> tuple[Case, ...]:
    """Give the cases of all languages."""
    return tuple(case for language in LANGUAGES for case in cases(language))


def fingerprint() -> str:
    """Digest every table and module of the suite."""
    digest = hashlib.sha256()
    for path in sorted((*HERE.rglob("*.csv"), *HERE.rglob("*.py"))):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(HERE).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def _filled(language: str, row: Row) -> Iterator[Case]:
    for group, forms in _takes(language, row["group"]):
        text = SLOT.sub(partial(_form, forms), row["template"])
        yield Case(language, row["family"], group, row["hate"] == "1", text)


def _takes(language: str, group: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Give group and forms for `any`, for `origin`, or for a template without a slot."""
    if group not in {"any", "origin"}:
        yield group, {}
        return
    for forms in rows(f"groups/{language}"):
        if group == "any" or forms["group"] in BY_ORIGIN:
            yield forms["group"], forms


def _form(forms: Mapping[str, str], slot: re.Match[str]) -> str:
    """Look up a form; a slot with a capital, as in `{Groups}`, wants a capital."""
    form = forms[slot[1].lower()]
    return form if slot[1][0].islower() else form[0].upper() + form[1:]


def _disguised(language: str) -> Iterator[Case]:
    for family, (odd, even) in DISGUISED.items():
        plain = [*_first(language, odd)[::2], *_first(language, even)[1::2]]
        for disguise in DISGUISES:
            for case in plain:
                yield case._replace(family=family, text=disguise(case.text))


def _first(language: str, family: str) -> list[Case]:
    first = next(row for row in rows(language) if row["family"] == family)
    return list(_filled(language, first))
