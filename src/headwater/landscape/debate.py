"""What the debate is about: from posts that are learnt to what people suddenly talked of, and copied.

Words travel as numbers; which words they are is looked up at the end, in a few posts that hold them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape import copied, engine
from headwater.landscape.analyses.bursts import bursts
from headwater.landscape.analyses.changes import LEAST_WEEKS, changes
from headwater.landscape.analyses.disguises import disguises
from headwater.landscape.analyses.episodes import episodes
from headwater.landscape.analyses.shifts import apart, shifts
from headwater.landscape.analyses.stories import stories
from headwater.landscape.analyses.weeks import weeks
from headwater.landscape.report.model import Event
from headwater.landscape.shapes import Measure
from headwater.landscape.steps import words
from headwater.landscape.talk import Disguise, Episode, Held, Kind, Shift, Story, Term, Usage
from headwater.landscape.travel import Family, Travel, day

LEAST_USE = 5  # people on three days, that a burst is
MOST_STORIES = 20
MOST_TERMS = 12  # of a story
MOST_WORDS = 6  # of a text that was copied
SHIFTED: Mapping[Kind, str] = {
    "rising": "used more since",
    "returning": "used again since",
    "falling": "used less since",
}
Rows = NDArray[np.int64]


class Debate(NamedTuple):
    """What people suddenly talked of, copied, say more or less than before, or disguise; and its terms."""

    stories: tuple[Story, ...]
    travel: Travel
    shifts: tuple[Shift, ...] | None  # None of too few weeks
    disguises: tuple[Disguise, ...]
    terms: Mapping[int, Term]  # of all these, by their numbers
    episodes: tuple[Episode, ...] = ()  # days on which counts were not as usual

    def beside(self, courses: Sequence[Measure], events: Sequence[Event]) -> "Debate":
        """Add the days on which what was counted by day was not as usual."""
        return self._replace(episodes=episodes(courses, [one.on for one in events]))


def heard(
    posts: engine.Posts, key: bytes, floor: int, texts: Callable[[Rows], Sequence[str]]
) -> Debate:
    """Find what people suddenly talked of, copied, say more or less than before, and disguise.

    Args:
        posts: Of which `engine.TERM_COLUMNS` and `engine.TRAIL_COLUMNS` are kept.
        key: Of the run, by which words became numbers.
        floor: Fewest people who use a term.
        texts: Gives the scrubbed texts of posts by their numbers.
    """
    usage = engine.usage(posts, floor)
    told, examples = _stories(posts, usage)
    shifted, more = _shifts(posts, usage)
    masked, others = _disguises(posts, usage, floor)
    travel, most = copied.heard(posts, usage, key, floor)
    examples |= more | others | most
    rows = np.unique(np.array(list(examples.values()), np.int64))
    known = words.known(texts(rows), key)
    terms = {at: _term(usage, at, known) for at in examples}
    families = tuple(_known_by(one, terms) for one in travel.families)
    told = tuple(one._replace(terms=_most_used(one.terms, terms)) for one in told)
    return Debate(told, travel._replace(families=families), shifted, masked, terms)


def reasons(found: Debate) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Say why terms stand out: of each story and copied text the reason and its terms' numbers."""
    for story in found.stories:
        yield f"talked of from {story.first_on}", story.terms
    for one in found.travel.families:
        haste = "in haste" if one.rush else "widely"
        yield f"copied {haste} around {day(one.cascade.half_at)}", one.terms
    for shift in found.shifts or ():
        yield f"{SHIFTED[shift.code]} {shift.since}", (shift.term,)
    for masked in found.disguises:
        yield f"written in disguise by {masked.n_authors} people", (masked.term,)


def _stories(posts: engine.Posts, usage: Usage) -> tuple[tuple[Story, ...], copied.Examples]:
    """Find what people suddenly talked of, and a post for each of its terms."""
    found = bursts(usage, LEAST_USE)
    if not len(found.terms):
        return (), {}
    held = engine.held(posts, usage, np.unique(found.terms))
    told = [
        one._replace(terms=one.terms[:MOST_TERMS])
        for one in stories(found, held, usage)[:MOST_STORIES]
    ]
    chosen = np.array(sorted({term for one in told for term in one.terms}))
    return tuple(told), _examples(chosen, held, np.searchsorted(np.unique(found.terms), chosen))


def _shifts(posts: engine.Posts, usage: Usage) -> tuple[tuple[Shift, ...] | None, copied.Examples]:
    """Find the terms whose use changed and stayed so, and a post for each."""
    by_week = weeks(usage.talk)
    if len(by_week.talk) < LEAST_WEEKS:
        return None, {}
    found = apart(changes(usage, by_week), usage)
    if not len(found.terms):
        return (), {}
    held = engine.held(posts, usage, found.terms)
    told = shifts(found, held, usage, by_week)
    return told, _examples(found.terms, held, np.arange(len(found.terms)))


def _disguises(
    posts: engine.Posts, usage: Usage, floor: int
) -> tuple[tuple[Disguise, ...], copied.Examples]:
    """Find the words that many write in disguise, and a post for each."""
    found = disguises(engine.disguises(posts, floor), usage)
    if not found:
        return (), {}
    terms = np.array(sorted(one.term for one in found))
    return found, _examples(terms, engine.held(posts, usage, terms), np.arange(len(terms)))


def _examples(terms: Rows, held: Held, places: Rows) -> copied.Examples:
    """Find for each term a post that holds it; `places` are their numbers in what is held."""
    order = np.argsort(held.terms, kind="stable")
    rows = held.posts[order[np.searchsorted(held.terms[order], places)]]
    return dict(zip(terms.tolist(), rows.tolist(), strict=True))


def _term(usage: Usage, at: int, known: Mapping[int, str]) -> Term:
    own = [known[number] for number in usage.terms[at].tolist() if number]
    return Term(" ".join(own), int(usage.n_authors[at]), int(usage.n_places[at]))


def _most_used(some: Sequence[int], terms: Mapping[int, Term]) -> tuple[int, ...]:
    """Put terms in an order that hangs on no key: the most used first."""
    return tuple(sorted(some, key=lambda at: (-terms[at].n_authors, terms[at].words)))


def _known_by(one: Family, terms: Mapping[int, Term]) -> Family:
    """Keep the words of a copied text that fewest people use, in the order of the alphabet."""
    rare = sorted(one.terms, key=lambda at: (terms[at].n_authors, terms[at].words))[:MOST_WORDS]
    return one._replace(terms=tuple(sorted(rare, key=lambda at: terms[at].words)))
