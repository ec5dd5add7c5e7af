"""What may be told of words that are written in disguise: those that a person released."""

from collections.abc import Collection, Mapping, Sequence

from headwater.landscape import talk
from headwater.landscape.publication import rules
from headwater.landscape.publication.triggers import may_be_released
from headwater.landscape.report.shifts import Disguise
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import Term


def disguises(
    found: Sequence[talk.Disguise],
    terms: Mapping[int, Term],
    released: Collection[str],
    settings: Settings,
) -> tuple[Disguise, ...]:
    """Tell of released words, in the order of the alphabet."""
    told = [
        Disguise(
            term=terms[one.term].words,
            people=rules.rounded(one.n_authors, settings.round_to),
            percent=rules.percent(one.n_authors, terms[one.term].n_authors, settings),
            percent_step=rules.percent_step(terms[one.term].n_authors, settings),
        )
        for one in found
        if terms[one.term].words in released and many_disguise(one, terms[one.term], settings)
    ]
    return tuple(sorted(told, key=lambda one: one.term))


def many_disguise(one: talk.Disguise, term: Term, settings: Settings) -> bool:
    """Say whether enough people in enough places write a word in disguise."""
    return may_be_released(Term(term.words, one.n_authors, one.n_places), settings)
