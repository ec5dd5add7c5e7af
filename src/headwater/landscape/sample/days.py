"""When the town writes: evenings and weekdays, and more when something happens."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from headwater.landscape.sample.town import FIRST_ON, N_DAYS, TIMEZONE, Town, Trigger

BY_HOUR = (5, 3, 2, 1, 1, 3, 9, 18, 24, 22, 22, 25, 30, 27, 24, 25, 29, 36, 44, 52, 55, 46, 29, 13)
BY_WEEKDAY = (1.05, 1.0, 1.02, 1.06, 0.98, 0.82, 0.9)
BY_TRIGGER_DAY = (0.2, 0.42, 0.25, 0.13)
DAYS = tuple(FIRST_ON + timedelta(days=nth) for nth in range(N_DAYS))


class Moment(NamedTuple):
    """A moment at which somebody posts."""

    at: datetime
    is_hate: bool
    trigger: Trigger | None


def moments(rng: Random, town: Town, n_other: int) -> list[Moment]:
    """Spread the town's posts, less `n_other` planted elsewhere, over its days."""
    extra = [moment for one in town.triggers for moment in _of_trigger(rng, one)]
    n_ordinary = town.n_posts - len(extra) - n_other
    return sorted([*_ordinary(rng, town, n_ordinary), *extra], key=lambda moment: moment.at)


def day(at: datetime) -> date:
    """Give the day on which this falls by the town's clock."""
    return at.astimezone(TIMEZONE).date()


def _ordinary(rng: Random, town: Town, n: int) -> Iterator[Moment]:
    weights = [BY_WEEKDAY[on.weekday()] * rng.uniform(0.92, 1.08) for on in DAYS]
    hateful = set(rng.sample(range(n), round(town.prevalence * n)))
    for nth, on in enumerate(rng.choices(DAYS, weights, k=n)):
        yield Moment(_at(rng, on), nth in hateful, None)


def _of_trigger(rng: Random, trigger: Trigger) -> Iterator[Moment]:
    n = trigger.n_hate + trigger.n_talk
    for nth, on in enumerate(rng.choices(trigger.days, BY_TRIGGER_DAY, k=n)):
        yield Moment(_at(rng, on), nth < trigger.n_hate, trigger)


def _at(rng: Random, on: date) -> datetime:
    """Pick a moment of a day by the town's clock."""
    (hour,) = rng.choices(range(24), BY_HOUR)
    local = time(hour, rng.randrange(60), rng.randrange(60), rng.randrange(1000) * 1000)
    return datetime.combine(on, local, TIMEZONE).astimezone(UTC)
