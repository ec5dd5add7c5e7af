"""What may be told of what set people talking: the days, the counts, and the talk of one thing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from headwater.landscape.publication import episodes, rules
from headwater.landscape.report.model import Event, Report, Trigger
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import LEAST_PLACES, Episode, Story, Term

BEFORE = timedelta(days=3)  # an event that talk follows
APART = timedelta(days=1)  # between the peaks of talk of one thing and of a count that shows it
TOLD_WITH = {  # of these counts, the first there is
    "talk": ("volume", "theme", "hate_share"),
    "hate": ("hate_share",),
}


def triggers(
    stories: Sequence[Story],
    terms: Mapping[int, Term],
    counted: Sequence[Episode],
    released: Collection[str],
    made: Report,
    settings: Settings,
) -> tuple[Trigger, ...]:
    """Tell of days on which people wrote more than usual, or many of one thing; the most first.

    Args:
        stories: That many told.
        terms: Of the stories, by their numbers; told are those that many use and a person released.
        counted: Days on which counts were not as usual. Talk of one thing is told with the count
            that shows it, where one does.
        released: Terms.
        made: What else is told: the days, and the town's diary.
        settings: What the town chose.
    """
    talk = [
        _trigger(one, [terms[at] for at in one.terms], released, made.events, settings)
        for one in stories
        if not rules.why_hidden(rules.Group(one.n_posts, one.n_authors, one.n_top), settings)
        and one.n_people - one.expected >= settings.floor
    ]
    told = _together(talk, episodes.told(counted, made, settings))
    return tuple(sorted(told, key=lambda one: (-_excess(one), one.code)))


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
    is_hate = one.is_hateful and one.n_hateful_authors >= settings.floor
    near = tuple(event for event in events if one.first_on - BEFORE <= event.on <= one.last_on)
    return Trigger(
        code=f"{'hate' if is_hate else 'talk'}-burst-{one.first_on}",
        kind="hate" if is_hate else "talk",
        starts_on=one.first_on,
        peaks_on=one.peak_on,
        ends_on=one.last_on,
        also_on=one.later_on,
        n_posts=rules.rounded(one.n_posts, step),
        people=rules.rounded(one.n_people, step),
        expected=rules.rounded(round(one.expected), step),
        talked_of_from=one.first_on,
        terms=tuple(
            term.words
            for term in terms
            if term.words in released and may_be_released(term, settings)
        ),
        events=near,
        link="coincided" if near else "none",
        lag_days=(one.peak_on - near[0].on).days if len(near) == 1 else None,
    )


def _together(talk: Sequence[Trigger], counted: Sequence[Trigger]) -> list[Trigger]:
    """Tell each story with the counts that show it, or else by itself."""
    told = {one.code: one for one in counted}
    for story in talk:
        same = [one for one in told.values() if _is_shown_by(story, one) and not one.talked_of_from]
        kinds = TOLD_WITH[story.kind]
        hosts = sorted(
            (one for one in same if one.kind in kinds), key=lambda one: kinds.index(one.kind)
        )
        told |= {one.code: _with_words(one, story) for one in same}
        host = _with_people(told[hosts[0].code], story) if hosts else story
        told[host.code] = host
    return list(told.values())


def _is_shown_by(story: Trigger, one: Trigger) -> bool:
    """Say whether a count stood out on the days of a story."""
    first, last = (one.starts_on, one.ends_on) if one.shape == "burst" else (one.starts_on,) * 2
    return first - APART <= story.peaks_on <= last + APART


def _with_words(one: Trigger, story: Trigger) -> Trigger:
    """Tell beside a count what people then talked of."""
    return one.model_copy(update={"terms": story.terms, "talked_of_from": story.talked_of_from})


def _with_people(one: Trigger, story: Trigger) -> Trigger:
    """Tell with a count who talked of one thing, so that it is told once."""
    parts = {"people": story.people, "expected": story.expected, "also_on": story.also_on}
    return one.model_copy(update=parts)


def _excess(one: Trigger) -> int:
    """Give how much more there was than expected, of people or of posts."""
    more = (one.people or 0) - (one.expected or 0), (one.n_posts or 0) - (one.expected_posts or 0)
    return more[0] if one.expected_posts is None else max(more)
