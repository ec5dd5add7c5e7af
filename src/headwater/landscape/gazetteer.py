"""The town's gazetteer: what its districts, streets and institutions are called.

A CSV with the columns name and kind, perhaps also and sure; or a GeoJSON FeatureCollection whose
features have these as properties. Where a place lies is not read.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa

from headwater.landscape.errors import SettingsError
from headwater.landscape.models import fold
from headwater.landscape.shapes import TEXT

FEWEST_NAMES = 10  # with fewer a report would be on a part of the town
SHORT = 3  # letters of a name that may be anything
ELSEWHERE, OF_NO_KIND = "elsewhere", "place"  # kinds: not the town's; not told
ANSWERS = {"": None, "yes": True, "no": False}
ALSO = ("also", "alt_name")  # the latter as OpenStreetMap has it
DELIMITERS = ",;\t"
WORD, SEVERAL = re.compile(r"\w+"), re.compile(r"[|;]")
TABLES = files("headwater.landscape") / "data" / "places"


class PlaceName(NamedTuple):
    """What a place is called."""

    name: str
    kind: str
    is_local: bool
    is_sure: bool  # else it counts only beside another sign of place
    languages: tuple[str, ...] = ()  # in whose posts it counts; none: in all


class Gazetteer(NamedTuple):
    """Names that decide what a post concerns. They are only ever read, never published."""

    names: tuple[PlaceName, ...]
    signs: tuple[str, ...]  # words that show that a name beside them is a place's
    n_given: int  # names that the town gave
    digest: str  # SHA-256 of the town's file

    @property
    def doubtful(self) -> tuple[str, ...]:
        """Give the names that count only beside another sign of place."""
        return tuple(one.name for one in self.names if not one.is_sure)


class _Given(NamedTuple):
    """One spelling of one place, as the town gave it."""

    where: str  # in the file
    name: str
    kind: str
    is_sure: bool | None  # None: for us to say


def read_gazetteer(path: Path) -> Gazetteer:
    """Read the town's names, and put the packaged names of countries behind them.

    Raises:
        SettingsError: The file is missing or is neither form, a place in it has no name, or it names
            too few.
    """
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError:
        raise SettingsError(f"{path}: no such gazetteer") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: not UTF-8; save the gazetteer as 'CSV UTF-8'") from None
    places = _features(path, text) if text.lstrip().startswith("{") else _rows(path, text)
    names = _placed([one for where, place in places for one in _given(where, place)])
    n_local = sum(one.is_local for one in names)
    if n_local < FEWEST_NAMES:
        raise SettingsError(
            f"{path}: {n_local} names of places in the town; give {FEWEST_NAMES} or more, from all "
            "over it: a report is on the whole municipality, never on a part"
        )
    kinds = (word for words in _words([one.kind for one in names]) for word in words)
    signs = _words_for("sign").union(kinds) - {ELSEWHERE, OF_NO_KIND}
    digest = sha256(content).hexdigest()
    return Gazetteer((*names, *_countries()), tuple(sorted(signs)), len(names), digest)


def _rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give each line of a CSV, and where it stands."""
    first = text.partition("\n")[0]
    rows = csv.DictReader(text.splitlines(), delimiter=max(DELIMITERS, key=first.count))
    if "name" not in (rows.fieldnames or ()):
        raise SettingsError(f"{path}: the gazetteer lacks the column name; begin it with name,kind")
    for row in rows:
        if any(isinstance(value, str) and value.strip() for value in row.values()):
            yield f"{path}, line {rows.line_num}", row


def _features(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the properties of each feature of a GeoJSON, and which it is."""
    try:
        collection = json.loads(text)
    except json.JSONDecodeError as flaw:
        raise SettingsError(f"{path}, line {flaw.lineno}: not JSON; export it anew") from None
    features = collection.get("features")
    if not isinstance(features, list):
        raise SettingsError(f"{path}: no features; save it as a GeoJSON FeatureCollection")
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        yield f"{path}, feature {number}", properties if isinstance(properties, dict) else {}


def _given(where: str, place: Mapping[str, Any]) -> Iterator[_Given]:
    """Give what a place is called, each spelling by itself."""
    kind, answer = _text(place.get("kind")) or OF_NO_KIND, _text(place.get("sure")).lower()
    if answer not in ANSWERS:
        raise SettingsError(f"{where}: write yes, no or nothing as sure, not {answer!r}")
    for name in (_text(place.get("name")), *_also(place)):
        yield _Given(where, name, kind, ANSWERS[answer])


def _placed(given: Sequence[_Given]) -> tuple[PlaceName, ...]:
    """Say of each name whether it is the town's, and sure; each once."""
    names: dict[str, PlaceName] = {}
    for one, words in zip(given, _words([one.name for one in given]), strict=True):
        if not words:
            raise SettingsError(f"{one.where}: give the place's name, or leave it out")
        is_sure = _is_sure(words) if one.is_sure is None else one.is_sure
        is_local = one.kind.lower() != ELSEWHERE
        names.setdefault(one.name, PlaceName(one.name, one.kind, is_local, is_sure))
    return tuple(names.values())


def _also(place: Mapping[str, Any]) -> Iterator[str]:
    """Give other names: a list, or one text in which | or ; parts them."""
    for key in ALSO:
        given = place.get(key)
        some = given if isinstance(given, list) else SEVERAL.split(_text(given))
        yield from (_text(one) for one in some if _text(one))


def _text(value: Any) -> str:
    return "" if value is None else str(value).strip()


def _words(names: Sequence[str]) -> list[list[str]]:
    """Give the words of n names as texts are read: in small letters, evasion undone."""
    readable = fold.readable(pa.array(names, TEXT)).to_pylist()
    return [WORD.findall(name) for name in readable]


def _is_sure(words: Sequence[str]) -> bool:
    """Say whether a name means a place wherever it stands: it holds a sign, or a rare word."""
    if len(words) > 1 and not _words_for("sign").isdisjoint(words):
        return True
    usual = _words_for("everyday") | _words_for("sign")
    return any(len(word) > SHORT and word not in usual and not word.isdigit() for word in words)


@cache
def _words_for(use: str) -> frozenset[str]:
    rows = _table("words")
    return frozenset(word for row in rows if row["use"] == use for word in row["words"].split())


@cache
def _countries() -> tuple[PlaceName, ...]:
    """Give what countries and continents are called, each in the languages that call it so."""
    return tuple(
        PlaceName(row["name"], row["kind"], False, True, tuple(row["languages"].split()))
        for row in _table("countries")
    )


def _table(name: str) -> list[dict[str, str]]:
    text = (TABLES / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
