"""The part of the report on how far themes divide: poles of attitude, and camps that answer each other."""

from typing import Literal

from pydantic import Field

from headwater.landscape.report.cells import Part

Code = Literal["themes_polarised", "camps_apart", "camps_mix", "hostile_across", "hostile_inside"]


class Division(Part):
    """How far a theme divides, or the debate as a whole. A number that is not told is null.

    Answers are those to other people's posts, on platforms where answers leave their community, between
    communities of the floor's number of people.
    """

    theme: str = Field(description="a theme's name, or `all`")
    esteban_ray: float | None = Field(
        description="poles hostile, neutral, recognising at 0, .5, 1; alpha 1.3, K 1: two equal "
        "camps at the ends give .2031. None of the posts is taken as recognising"
    )
    esteban_ray_low: float | None
    esteban_ray_high: float | None
    crossing_percent: int | None = Field(
        description="of the people's answers, each person counting once: to another community"
    )
    e_i: float | None = Field(description="-1: all answers stay inside, 1: all cross")
    expected_e_i: float | None = Field(
        description="were what each person answers dealt out by lot, in one platform and language"
    )
    expected_e_i_low: float | None = Field(
        description="in 95 of 100 such lots all themes lie between `low` and `high`"
    )
    expected_e_i_high: float | None
    hostile_across: float | None = Field(
        description="share of hate in answers across communities, corrected for the model's errors"
    )
    hostile_across_low: float | None
    hostile_across_high: float | None
    hostile_inside: float | None = Field(description="likewise, inside communities")
    hostile_inside_low: float | None
    hostile_inside_high: float | None
    hostile_more: float | None = Field(
        description="across less inside; 95 % for all themes together"
    )
    hostile_more_low: float | None
    hostile_more_high: float | None
    codes: tuple[Code, ...] = Field(
        (),
        description="what is beyond chance: the theme divides more than the debate as a whole; answers "
        "stay inside more than by lot; cross more than by lot; more hostile across; more hostile inside",
    )
