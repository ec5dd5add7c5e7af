"""The part of the report on how content travels: sizes, paces, orders, and texts that many copied."""

from datetime import date
from typing import Literal

from pydantic import Field

from headwater.landscape.report.cells import Count, Part

Of = Literal["texts", "links"]


class SizeCount(Count):
    """Posts of texts, or with links, that so many posts share."""

    of: Of


class Pace(Part):
    """How texts, or links, were passed on."""

    of: Of
    passed_on_percent: int | None = Field(
        description="of the copies: those that platforms passed on, as reposts and the like"
    )
    percent_step: int | None = Field(description="told in steps of so many points")
    half_within_hours: int | None = Field(
        description="half of the posts were there so soon; the middle one of all that many passed on"
    )


class Order(Part):
    """Which of two platforms came first, of the texts or links that came to both."""

    of: Of
    one: str
    other: str
    n_both: int = Field(description="texts or links that came to both, rounded")
    one_first_percent: int | None
    other_first_percent: int | None = Field(description="the rest came within the same hour")
    percent_step: int = Field(description="a percentage is told in steps of so many points")
    gap_hours: int = Field(description="the middle gap is no longer than this")


class Arrival(Part):
    """A platform that something came to."""

    platform: str
    after_hours: int = Field(description="no later than this after the first of them; 0: with it")


class Copied(Part):
    """A text that many wrote or passed on. Neither the text nor who wrote it is told."""

    code: Literal["copied_in_haste", "copied_widely"] = Field(
        description="in haste: within hours, as the town's own hours do not explain; no proof of a plan"
    )
    on: date = Field(description="the day by which half of the posts were there")
    n_posts: int = Field(
        description="rounded to the floor; in haste: within these hours, as `authors`"
    )
    authors: int = Field(description="rounded to the floor")
    expected: int | None = Field(description="authors whom chance would put into these hours")
    chance: float | None = Field(description="of so many in so few hours, at most")
    within_hours: int = Field(description="half of the posts; in haste: all that are counted")
    communities: str = Field(description="pages or channels, a band")
    arrivals: tuple[Arrival, ...] = Field(description="platforms of the floor's authors, in order")
    terms: tuple[str, ...] = Field(description="released by a person; none until then")


class Spread(Part):
    """How content travelled, as far as it was read."""

    sizes: tuple[SizeCount, ...] = ()
    paces: tuple[Pace, ...] = ()
    orders: tuple[Order, ...] = ()
    copied: tuple[Copied, ...] = ()
