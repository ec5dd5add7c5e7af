"""What may be told of days on which people wrote more than usual, or otherwise."""

from collections.abc import Sequence
from datetime import timedelta
from math import sqrt
from typing import Literal, cast

from headwater.landscape.publication import rules
from headwater.landscape.report.model import Day, Event, Report, Trigger
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import Episode

BEFORE = timedelta(days=3)  # an event that talk follows
BEYOND_CHANCE = 2  # standard deviations, by which more people write than usual
VOLUME, HATE_SHARE, LEVEL = "volume", "hate_share", "level"
STEPS = (0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.5, 2, 2.5, 3, 4, 5, 7, 10, 15, 20, 30, 50, 100)
HALF_DAYS = 2  # in which a half-life is told
Kind = Literal["volume", "hate_share", "theme"]
Shape = Literal["burst", "level"]


def told(episodes: Sequence[Episode], made: Report, settings: Settings) -> tuple[Trigger, ...]:
    """Tell of episodes that enough people made."""
    return tuple(_trigger(one, made, settings) for one in episodes if _is_of_many(one, settings))


def _is_of_many(one: Episode, settings: Settings) -> bool:
    """Say whether enough people wrote, so many more than usual, and nobody most of what was more."""
    change = abs(round(one.n_posts - one.expected))
    n_more = int(abs(one.n_authors - one.usual_authors))
    wrote = rules.Group(one.n_posts, one.n_authors, one.n_top)
    more = rules.Group(change, n_more, one.n_top if one.n_posts > one.expected else 0)
    is_hidden = any(rules.why_hidden(group, settings) for group in (wrote, more))
    return not is_hidden and n_more > BEYOND_CHANCE * sqrt(one.usual_authors)


def _trigger(one: Episode, made: Report, settings: Settings) -> Trigger:
    near = _near(one, made.events)
    lag = (one.peak_on - near[0].on).days if len(near) == 1 and one.shape != LEVEL else None
    return Trigger(
        code="-".join(filter(None, (one.kind, one.theme, one.shape, str(one.first_on)))),
        kind=cast(Kind, one.kind),
        theme=one.theme,
        shape=cast(Shape, one.shape),
        starts_on=one.first_on,
        peaks_on=one.peak_on,
        ends_on=one.last_on,
        **_size(one, made.timeline, settings),
        events=near,
        link="followed" if one.followed_on else "coincided" if near else "none",
        lag_days=lag,
        half_life_days=_in_halves(one.half_life),
    )


def _size(one: Episode, days: Sequence[Day], settings: Settings) -> dict[str, float | int | None]:
    """Tell how many posts; where another number would follow from it, how many times the usual.

    So of flagged posts, whose number no report tells, and where one of the days is hidden.
    """
    peak = _step(one.n_peak / max(one.peak_expected, 1.0))
    is_hidden = any(day.n_posts is None for day in days if one.first_on <= day.on <= one.last_on)
    if one.kind == HATE_SHARE or (one.kind == VOLUME and is_hidden):
        times = _step(one.n_posts / max(one.expected, 1.0))
        return {"n_posts": None, "expected_posts": None, "times": times, "peak_times": peak}
    n, usual = (rules.rounded(round(n), settings.round_to) for n in (one.n_posts, one.expected))
    return {
        "n_posts": n,
        "expected_posts": usual,
        "times": float(f"{n / usual:.2g}") if usual else None,
        "peak_times": peak,
    }


def _step(times: float) -> float:
    return min(STEPS, key=lambda step: abs(step / max(times, STEPS[0]) - 1))


def _near(one: Episode, events: Sequence[Event]) -> tuple[Event, ...]:
    """Give the events from three days before; of a level to three days behind its first."""
    last = one.first_on + BEFORE if one.shape == LEVEL else one.last_on
    return tuple(event for event in events if one.first_on - BEFORE <= event.on <= last)


def _in_halves(days: float | None) -> float | None:
    return None if days is None else max(round(days * HALF_DAYS), 1) / HALF_DAYS
