"""The report as typed, versioned data: all that ever leaves, and nothing about anybody.

Counts are of posts, rounded. A number that is not shown is null, and `why` says why.
"""

from datetime import date
from typing import Literal

from pydantic import Field

from headwater.landscape.report.cells import Count as Count
from headwater.landscape.report.cells import Part as Part
from headwater.landscape.report.cells import Why as Why
from headwater.landscape.report.polarisation import Division as Division
from headwater.landscape.report.shifts import Disguise as Disguise
from headwater.landscape.report.shifts import Move as Move
from headwater.landscape.report.shifts import Shift as Shift
from headwater.landscape.report.spread import Spread as Spread

SCHEMA_VERSION = "1.4"


class Span(Part):
    """Whole calendar months that the posts fall into."""

    starts_on: date
    ends_on: date
    name: str | None = Field(description="2024-03, 2024-Q1 or 2024; null in a working report")
    timezone: str


class MadeWith(Part):
    """Versions that a re-computation needs. No clock: the same input gives the same bytes."""

    headwater: str
    model: str
    codebook: str
    publication_rules: str


class Reading(Part):
    """What became of every record: accepted + rejected + duplicate = lines."""

    lines: int
    accepted: int
    rejected: int
    duplicate: int
    reasons: dict[str, int] = Field(description="rejected records by reason, the largest first")


class LanguageCount(Count):
    """Posts in one language and whether the model judges them."""

    tier: Literal["measured", "transferred", "abstains"]
    counted: bool = Field(description="its posts are judged, and in the shares")


class Coverage(Part):
    """What was seen, what was not."""

    platforms: tuple[Count, ...]
    authors: str = Field(description="a band: fewer than 50, 50 to 199, 200 to 999, ...")
    without_author_percent: int | None
    judged_percent: int | None = Field(description="posts the model judged; the rest it left")
    left_for: tuple[Count, ...] = Field(description="why posts were left: language, length")
    not_seen: tuple[str, ...] = Field(description="plain sentences")


class Estimate(Part):
    """A share of posts, 0 to 1, with its 95 % interval."""

    n_posts: int | None = Field(description="posts judged, rounded: what the share is of")
    share: float | None
    low: float | None
    high: float | None
    why: Why | None = None


class Prevalence(Estimate):
    """How much of the talk is hate."""

    by: Literal["all", "language", "platform", "month", "weekday", "hour", "scope", "theme"]
    value: str = Field(
        description="en; mastodon; 2024-03; 0 (Monday) to 6; 0 to 23; local, elsewhere or unplaced; "
        "a theme's name; all"
    )
    audited: bool = False


class Positive(Estimate):
    """How much of the talk is constructive, recognises others or speaks up against hate: as people found."""

    code: Literal["positive_found"] = "positive_found"
    alpha: float | None = Field(None, description="agreement of two people, Krippendorff's alpha")


class Target(Estimate):
    """How much of the talk is hate that names this group."""

    target: str = Field(description="a code of the codebook")
    audited: bool = False


class Day(Estimate):
    """One day: posts judged, and the share of hate where the base allows it."""

    on: date


class Event(Part):
    """An entry of the town's diary. It coincides with days; it need not explain them."""

    on: date
    what: str
    where: str


class Trigger(Part):
    """Days on which people wrote more than usual: in all, with hate, of a theme or of one thing."""

    code: str = Field(description="of kind, theme, shape and first day: volume-burst-2024-03-22")
    kind: Literal["talk", "hate", "volume", "hate_share", "theme"] = Field(
        description="talk: many talked of one thing; hate: and far more of it hateful than usual; volume: "
        "of all posts; hate_share: of those judged, how many the model flags; theme: posts of one theme"
    )
    theme: str | None = Field(None, description="its code, where the kind is theme")
    shape: Literal["burst", "level"] = Field(
        "burst", description="burst: some days; level: from a day on, for two weeks at the least"
    )
    starts_on: date
    peaks_on: date
    ends_on: date
    also_on: tuple[date, ...] = Field((), description="further days on which it peaked")
    n_posts: int | None = Field(
        description="of these days, of a level in its first four weeks, rounded; null for hate_share, and where "
        "one of the days is not shown"
    )
    expected_posts: int | None = Field(
        None, description="of them, by the weeks around; of a level by the four before; rounded"
    )
    times: float | None = Field(
        None, description="as many as expected; where no posts are told, in steps"
    )
    peak_times: float | None = Field(None, description="the same of the peak day alone")
    people: int | None = Field(
        None, description="who talked of one thing, each counting once a day, rounded"
    )
    expected: int | None = Field(None, description="of them, by the eight weeks before, rounded")
    talked_of_from: date | None = Field(
        None, description="the first day of that talk, as the sheet of candidates has it"
    )
    terms: tuple[str, ...] = Field((), description="released by a person; none until then")
    events: tuple[Event, ...] = Field((), description="of the town's diary, on the days around")
    link: Literal["none", "coincided", "followed"] = Field(
        "none",
        description="followed: beyond chance, by an interrupted series held against a control and "
        "other days, and nothing else happened within a week; else coincided, no more",
    )
    lag_days: int | None = Field(
        None, description="from that event to the peak, where there is one"
    )
    half_life_days: float | None = Field(None, description="in which half of the excess was gone")


class Theme(Count):
    """What part of the talk is about; its name is a code of our list, or `none`."""

    terms: tuple[str, ...] = Field((), description="released by a person; none until then")


class Trend(Part):
    """How much of a month's posts is about a theme; only of months and themes of many posts."""

    theme: str
    month: str
    percent: int
    percent_step: int = Field(description="told in steps of so many points")


class Places(Part):
    """What the posts concern, by the places they name; of no part of the municipality by itself."""

    posts: tuple[Count, ...] = Field(description="local, elsewhere, unplaced")
    gazetteer: str = Field(description="SHA-256 of the town's file of names")
    n_names: int = Field(description="in that file; none of them is told")


class Limit(Part):
    """One thing this report cannot tell, with a code that software may read."""

    code: str
    text: str


class TargetAlarm(Part):
    """How often a harmless post in a place not seen before is taken for hate against one group."""

    language: str
    target: str
    false_positive_rate: float
    false_positive_rate_sd: float


class ErrorRate(Part):
    """How the model errs in one language, measured on sources it was not trained on."""

    language: str
    threshold: float
    sensitivity: float
    sensitivity_sd: float = Field(description="of a source not seen before")
    false_positive_rate: float
    false_positive_rate_sd: float
    n_hate: int
    n_other: int


class Audited(Part):
    """What people did who labelled a sample, and what they found of the model's errors here."""

    drawn_on: date
    method: str
    n_posts: int = Field(description="that people labelled")
    n_labels: int | None = Field(description="answers they gave: one or more for each post")
    alpha: float | None = Field(description="their agreement as Krippendorff's alpha")
    positive_agreement: float | None = Field(description="how likely two call the same post hate")
    sensitivity: float | None
    sensitivity_sd: float | None
    false_positive_rate: float | None
    false_positive_rate_sd: float | None


class Method(Part):
    """How the numbers came about, for who wants to compute them again."""

    estimate: Literal["model", "audited"]
    audit: Audited | None = None
    correction: str
    error_rates: tuple[ErrorRate, ...]
    target_alarms: tuple[TargetAlarm, ...] = ()
    compares_groups: bool
    compares_groups_why: str
    floor: int
    round_to: int
    base_authors: int = Field(50, description="fewest authors a rate is worked out from")
    base_posts: int = Field(500, description="fewest posts a rate is worked out from")
    definitions: str


class Report(Part):
    """One landscape report."""

    schema_version: str = SCHEMA_VERSION
    place: str
    period: Span
    made_with: MadeWith
    reading: Reading
    coverage: Coverage
    languages: tuple[LanguageCount, ...]
    prevalence: tuple[Prevalence, ...]
    positive: Positive | None = Field(None, description="null where nobody labelled for it")
    targets: tuple[Target, ...] = Field(
        description="Sorted by the estimated share, the largest first, then the upper bound. The "
        "order is that of the numbers as printed, which the model's errors can swap: it ranks the "
        "groups only where `method.compares_groups` is true. Where it is false, the page shows "
        "them in the codebook's order."
    )
    places: Places | None = Field(None, description="null where the town gave no gazetteer")
    timeline: tuple[Day, ...]
    events: tuple[Event, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    spread: Spread = Spread()
    trends: tuple[Trend, ...] = ()
    shifts: tuple[Shift, ...] = ()
    moves: tuple[Move, ...] = ()
    disguises: tuple[Disguise, ...] = ()
    themes: tuple[Theme, ...] = ()
    polarisation: tuple[Division, ...] = ()
    limits: tuple[Limit, ...]
    method: Method
