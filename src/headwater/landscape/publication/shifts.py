"""What may be told of terms that come, go, come back or change company: those that a person released."""

from collections.abc import Collection, Mapping, Sequence

from headwater.landscape import talk
from headwater.landscape.publication import rules
from headwater.landscape.publication.triggers import may_be_released
from headwater.landscape.report.model import Limit
from headwater.landscape.report.shifts import KINDS, Move, Shift
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import Term

FEW_WEEKS = Limit(
    code="few_weeks",
    text="Which words come and go is told of eight weeks or more in which enough people wrote.",
)
WAITING = Limit(
    code="words_wait",
    text="Some words are used more or less than in earlier weeks. They are told once a person has named "
    "what they mean here, and released them.",
)
TIMES = (1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0, 100.0)  # nearer, they would tell of few people


def shifts(
    found: Sequence[talk.Shift] | None,
    terms: Mapping[int, Term],
    released: Collection[str],
    settings: Settings,
) -> tuple[Shift, ...]:
    """Tell of released terms, in the order of the alphabet within their kind."""
    told = [
        _shift(one, terms[one.term], settings)
        for one in found or ()
        if terms[one.term].words in released and may_be_told(one, terms[one.term], settings)
    ]
    return tuple(sorted(told, key=lambda one: (KINDS.index(one.code), one.term)))


def moves(
    found: Sequence[talk.Move], released: Collection[str], settings: Settings
) -> tuple[Move, ...]:
    """Tell of released words whose company changed, in the order of the alphabet."""
    told = [
        _move(one, step)
        for one in found
        if one.term.words in released and may_be_released(one.term, settings)
        if one.n_there[1] >= settings.floor
        if (step := rules.percent_step(min(one.n_people), settings))
    ]
    return tuple(sorted(told, key=lambda one: one.term))


def waiting(
    found: Sequence[talk.Shift] | None,
    terms: Mapping[int, Term],
    told: Collection[Shift],
    settings: Settings,
) -> tuple[Limit, ...]:
    """Say why no word is told of: few weeks, or a person who has not looked yet."""
    if found is None:
        return (FEW_WEEKS,)
    is_waiting = any(may_be_told(one, terms[one.term], settings) for one in found)
    return (WAITING,) if is_waiting and not told else ()


def may_be_told(one: talk.Shift, term: Term, settings: Settings) -> bool:
    """Say whether enough people use a term, and did so where it was used more."""
    group = rules.Group(one.n_posts, one.n_authors, one.n_top)
    return may_be_released(term, settings) and not rules.why_hidden(group, settings)


def _shift(one: talk.Shift, term: Term, settings: Settings) -> Shift:
    step = settings.round_to
    low, high = one.times if one.code != "falling" else (1 / one.times[1], 1 / one.times[0])
    return Shift(
        term=term.words,
        code=one.code,
        since=one.since,
        silent_from=one.silent_from,
        people=rules.rounded(one.n_people, step) if one.n_since >= settings.floor else None,
        expected=rules.rounded(round(one.expected), step),
        times_low=max(one for one in TIMES if one <= max(low, 1)),
        times_high=min((one for one in TIMES if one >= high), default=None),
    )


def _move(one: talk.Move, step: int) -> Move:
    before, since = (
        rules.stepped(n_there, n_people, step)
        for n_there, n_people in zip(one.n_there, one.n_people, strict=True)
    )
    return Move(
        term=one.term.words,
        left=one.left,
        came=one.came,
        since=one.since,
        percent_before=before,
        percent_since=since,
        percent_step=step,
    )
