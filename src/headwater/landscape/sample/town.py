"""The town of Fjordby, and what is planted there for a report to find."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from headwater.landscape.errors import SettingsError
from headwater.landscape.sample import people, tables
from headwater.landscape.sample.posts import Account

NAME = "Fjordby (fictional)"
TIMEZONE = ZoneInfo("Europe/Copenhagen")
FIRST_ON, N_DAYS = date(2024, 3, 1), 90
FEWEST_POSTS, POSTS_PER_ACCOUNT = 200, 8
TARGETS = {  # of hate on ordinary days: about half of the one before, so that an order is there
    "migrants_refugees": 0.52,
    "muslims": 0.27,
    "women": 0.14,
    "lgbtq": 0.07,
}
MENTIONED = (*TARGETS, "jews", "black", "roma_travellers")  # without hate, each as often

DISGUISES = ("qu4yc4sh", "q-u-a-y-c-a-s-h", "quayc\u0430sh")  # the last with a Cyrillic a


class Trigger(NamedTuple):
    """Something that happens in town and sets people talking, over four days."""

    name: str
    kind: str  # hate: more hateful posts; volume: more posts
    topic: str
    starts_on: date
    n_hate: int  # posts on top of the ordinary, as `n_talk`
    n_talk: int
    targets: tuple[str, ...]  # whom the hateful posts are about
    what: str  # in the words of the diary, as `where`
    where: str

    @property
    def days(self) -> tuple[date, ...]:
        """The four days; the second is the peak."""
        return tuple(self.starts_on + timedelta(days=after) for after in range(4))


class Term(NamedTuple):
    """A coined word whose use rises."""

    word: str
    topic: str
    starts_on: date
    disguises: tuple[str, ...] = ()  # spellings that filters miss


class Town(NamedTuple):
    """All that is decided before anybody writes a word."""

    n_posts: int
    prevalence: float  # of hate on ordinary days
    accounts: tuple[Account, ...]
    triggers: tuple[Trigger, ...]
    terms: tuple[Term, ...]
    campaign_at: datetime


def found(rng: Random, n_posts: int) -> Town:
    """Settle the town: its people, its ordinary share of hate, and what will happen."""
    if n_posts < FEWEST_POSTS:
        raise SettingsError(f"a town needs at least {FEWEST_POSTS} posts, not {n_posts}")
    return Town(
        n_posts=n_posts,
        prevalence=rng.uniform(0.008, 0.018),  # as in the cities that published figures
        accounts=people.accounts(rng, max(60, n_posts // POSTS_PER_ACCOUNT)),
        triggers=tuple(_trigger(rng, row, n_posts) for row in tables.rows("triggers")),
        terms=(
            Term("quaycash", "harbour", _around(rng, date(2024, 4, 8)), DISGUISES),
            Term("fjordfilter", "council", _around(rng, date(2024, 4, 29))),
        ),
        campaign_at=datetime.combine(_around(rng, date(2024, 4, 24)), time(16), TIMEZONE),
    )


def _trigger(rng: Random, row: tables.Row, n_posts: int) -> Trigger:
    return Trigger(
        name=row["name"],
        kind=row["kind"],
        topic=row["topic"],
        starts_on=_around(rng, date.fromisoformat(row["around"])),
        n_hate=round(float(row["hate_share"]) * n_posts),
        n_talk=round(float(row["talk_share"]) * n_posts),
        targets=tuple(row["targets"].split()),
        what=row["what"],
        where=row["where"],
    )


def _around(rng: Random, day: date) -> date:
    return day + timedelta(days=rng.randint(-3, 3))
