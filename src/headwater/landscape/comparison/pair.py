"""Two reports, put in order, and what each is called beside the other."""

import unicodedata
from typing import NamedTuple

from headwater.landscape.report import Report, names
from headwater.landscape.report.model import Span


class Pair(NamedTuple):
    """Two reports: of one place the earlier first, of two places as they were given."""

    first: Report
    second: Report
    labels: tuple[str, str]
    is_one_place: bool

    @property
    def compares_groups(self) -> bool:
        """Say whether a group may be set beside itself."""
        allowed = self.first.method.compares_groups and self.second.method.compares_groups
        return self.is_one_place or allowed


def paired(first: Report, second: Report) -> Pair:
    """Put two reports in order."""
    if _plain(first.place) != _plain(second.place):
        return Pair(first, second, (first.place, second.place), False)
    first, second = sorted(
        (first, second), key=lambda one: (one.period.starts_on, one.period.ends_on)
    )
    return Pair(first, second, (spoken(first.period), spoken(second.period)), True)


def spoken(span: Span) -> str:
    """Write whole months as words: March 2024, January to March 2024, 2024."""
    first, last = span.starts_on, span.ends_on
    month, year = names.MONTHS[last.month - 1], last.year
    if (first.year, first.month) == (last.year, last.month):
        return f"{month} {year}"
    if first.year != last.year:
        return f"{names.MONTHS[first.month - 1]} {first.year} to {month} {year}"
    is_year = (first.month, last.month) == (1, 12)
    return str(year) if is_year else f"{names.MONTHS[first.month - 1]} to {month} {year}"


def _plain(place: str) -> str:
    """Write a place so that blanks, capitals and ways to code a letter do not make it another."""
    return " ".join(unicodedata.normalize("NFKC", place).casefold().split())
