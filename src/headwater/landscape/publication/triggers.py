"""What may be told of the days on which many talked of one thing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from headwater.landscape.publication import rules
from headwater.landscape.report.model import Event, Trigger
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import LEAST_PLACES, Story, Term

BEFORE = timedelta(days=3)  # an event that talk follows


def triggers(
    stories: Sequence[Story],
    terms: Mapping[int, Term],
    released: Collection[str],
    events: Sequence[Event],
    settings: Settings,
) -> tuple[Trigger, ...]:
    """Tell of stories that many told; of their terms those that many use and a person released."""
    return tuple(
        _trigger(one, [terms[at] for at in one.terms], released, events, settings)
        for one in stories
        if not rules.why_hidden(rules.Group(one.n_posts, one.n_authors, one.n_top), settings)
    )


def may_be_released(term: Term, settings: Settings) -> bool:
    """Say whether enough people in enough places use a term for it to be told at all."""
    return term.n_authors >= settings.floor and term.n_places >= LEAST_PLACES


def _trigger(
    one: Story,
    terms: Sequence[Term],
    released: Collection[str],
    events: Sequence[Event],
    settings: Settings,
) -> Trigger:
    step = settings.round_to
    return Trigger(
        starts_on=one.first_on,
        peaks_on=one.peak_on,
        ends_on=one.last_on,
        also_on=one.later_on,
        kind="hate" if one.is_hateful and one.n_hateful_authors >= settings.floor else "talk",
        n_posts=rules.rounded(one.n_posts, step),
        people=rules.rounded(one.n_people, step),
        expected=rules.rounded(round(one.expected), step),
        terms=tuple(
            term.words
            for term in terms
            if term.words in released and may_be_released(term, settings)
        ),
        events=tuple(event for event in events if one.first_on - BEFORE <= event.on <= one.last_on),
    )
