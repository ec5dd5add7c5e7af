"""The part of the report on words: that come, go, come back, change company or are written in disguise."""

from datetime import date
from typing import Literal, get_args

from pydantic import Field

from headwater.landscape.report.cells import Part

Kind = Literal["rising", "returning", "falling"]
KINDS: tuple[Kind, ...] = get_args(Kind)


class Shift(Part):
    """A word or phrase, released by a person, that is used more or less than in earlier weeks."""

    term: str
    code: Kind
    since: date = Field(description="the first day of the week from which it is so")
    silent_from: date | None = Field(
        None, description="returning: the first day of the weeks of silence"
    )
    people: int | None = Field(
        description="who used it since, each counting once a day, rounded; null for few"
    )
    expected: int = Field(description="of them, by the weeks before, rounded")
    times_low: float = Field(
        description="rising, returning: used at least so many times as often; falling: as seldom"
    )
    times_high: float | None = Field(description="at most; null above 100; 95 % together")


class Move(Part):
    """A word, released by a person, that stands in posts of another theme than before."""

    term: str
    code: Literal["company_changed"] = "company_changed"
    left: str = Field(description="the theme that it left most")
    came: str = Field(description="the theme that it came to most")
    since: date = Field(description="the first day of the second half of what was read")
    percent_before: int = Field(description="of those who used it: in the theme that it came to")
    percent_since: int
    percent_step: int = Field(description="a percentage is told in steps of so many points")


class Disguise(Part):
    """A word, released by a person, that many write so that filters miss it."""

    term: str = Field(description="as it is meant")
    code: Literal["written_in_disguise"] = "written_in_disguise"
    people: int = Field(description="who wrote it in disguise, rounded")
    percent: int | None = Field(description="of all who used the word; null of few")
    percent_step: int | None = Field(description="told in steps of so many points")
