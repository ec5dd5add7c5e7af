"""The shapes of who answers whom: what answers tell of camps, and what an analysis found.

A camp is a community, never a person. All but `Answers` is exact: only an analysis makes it, only
`publication` takes it.
"""

from typing import NamedTuple

from headwater.landscape.shapes import Measure
from headwater.landscape.travel import Flags, Places, Size

ALL = "all"  # stands for the debate as a whole, among themes


class Answers(NamedTuple):
    """What n answers to other people's posts tell; whatever has a name is a number, from 0 on."""

    author: Places
    community: Places  # in which the answer stands
    answered: Places  # in which the post stands that it answers
    platform: Places
    language: Places
    theme: Places
    is_hate: Flags
    is_judged: Flags
    members: Places  # authors of each community, whatever they write
    languages: tuple[str, ...]  # what the numbers of languages stand for
    themes: tuple[str, ...]  # and those of themes; none where there are no themes

    def at(self, places: Places | Flags) -> "Answers":
        """Give the answers at these places."""
        return Answers(
            self.author[places],
            self.community[places],
            self.answered[places],
            self.platform[places],
            self.language[places],
            self.theme[places],
            self.is_hate[places],
            self.is_judged[places],
            *self[8:],
        )


class Contact(NamedTuple):
    """How much of the answering crosses between communities, and how much of it would by chance.

    In shares of people: each counts once in a community and a language, in parts who answers both ways.
    """

    theme: str
    answers: Size
    across: Size  # of the answers, those to another community
    inside: Size
    crossing: float
    chance: float  # share that would cross, were what each person answers dealt out by lot
    low: float  # in 95 of 100 such lots the shares of all themes lie between theirs
    high: float


class Gap(NamedTuple):
    """By how much answers across communities are more often hostile than those inside, -1 to 1."""

    share: float
    low: float
    high: float


class Camps(NamedTuple):
    """What answers tell of a debate and of its themes."""

    contacts: tuple[Contact, ...] = ()
    across: tuple[Measure, ...] = ()  # how much of the answers is hostile; keyed as prevalence is
    inside: tuple[Measure, ...] = ()
    gaps: dict[str, Gap] = {}  # noqa: RUF012 nobody writes to it
    can_cross: bool = False  # on some platform answers leave their community
