"""What answers tell of camps: whether people answer across communities, and with how much hostility.

A camp is a community in which the floor's number of people write; where one person has an instance of
their own, that would be a person. Each person counts once, however much they answer, so that nobody
makes a camp by repeating; hostility is counted in posts, as everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import NormalDist

import numpy as np

from headwater.landscape.analyses.correction import (
    ENDS,
    Flagged,
    corrected,
    difference,
    error_rates,
    high_of_few,
)
from headwater.landscape.analyses.polarisation import lot
from headwater.landscape.analyses.tallies import size_of
from headwater.landscape.camps import ALL, Answers, Camps, Contact, Gap
from headwater.landscape.report.model import ErrorRate
from headwater.landscape.shapes import Evidence, Measure
from headwater.landscape.travel import Flags, Places

LEAST_CROSSING = (
    0.01  # of a platform's answers: fewer are stray ones, where a thread is in one place
)
DIGITS = 9  # of a share: the rest hangs on the order in which numbers were added up
Rates = Mapping[str, ErrorRate]


def camps(answers: Answers, floor: int, evidence: Evidence) -> Camps:
    """Tell of the debate and of each theme how it is answered across communities.

    Args:
        answers: Of all posts that answer another's.
        floor: Fewest people of a community that is a camp.
        evidence: By which flagged posts are corrected.
    """
    told = _open(_among_camps(answers, floor))
    if not len(told.author):
        return Camps()
    risk = 1 / (len(told.themes) + 1)  # what chance may do in one of them, it may not in any
    contacts = tuple(_contact(theme, told.at(of), risk) for theme, of in _themes(told))
    rates = error_rates(evidence)
    if not {told.languages[at] for at in np.unique(told.language[told.is_judged])} <= set(rates):
        return Camps(contacts, can_cross=True)  # nobody knows the errors in them
    crosses = told.community != told.answered
    sides = [told.at(told.is_judged & side) for side in (crosses, ~crosses)]
    across, inside = (_hostile(side, rates, evidence.few) for side in sides)
    return Camps(contacts, across, inside, _gaps(sides, rates, risk), can_cross=True)


def _among_camps(answers: Answers, floor: int) -> Answers:
    is_camp = answers.members >= floor
    return answers.at(is_camp[answers.community] & is_camp[answers.answered])


def _open(answers: Answers) -> Answers:
    """Keep the platforms on which answers leave their community; on others a thread is in one place."""
    crosses = answers.community != answers.answered
    n_each = np.bincount(answers.platform)
    n_crossing = np.bincount(answers.platform[crosses], minlength=len(n_each))
    is_open = (n_crossing > 0) & (n_crossing >= LEAST_CROSSING * n_each)
    return answers.at(is_open[answers.platform])


def _themes(answers: Answers) -> Iterator[tuple[str, Flags]]:
    """Yield the debate as a whole, then its themes, and which answers are theirs."""
    yield ALL, np.ones(len(answers.author), np.bool_)
    for number, theme in enumerate(answers.themes):
        yield theme, answers.theme == number


def _contact(theme: str, answers: Answers, risk: float) -> Contact:
    crosses = answers.community != answers.answered
    whole = size_of(answers.author)
    across, inside = (size_of(answers.author[side]) for side in (crosses, ~crosses))
    if not len(crosses):
        return Contact(theme, whole, across, inside, 0, 0, 0, 1)
    person, first = _people(answers)
    stratum = answers.platform * len(answers.languages) + answers.language
    found = lot(answers.community[first], stratum[first], person, answers.answered)
    crossing, chance = (1 - part / found.n for part in (found.inside, found.expected))
    reach = NormalDist().inv_cdf(1 - ENDS[0] * risk) * found.sd / found.n
    low, high = max(chance - reach, 0.0), min(chance + reach, 1.0)
    shares = (round(share, DIGITS) for share in (crossing, chance, low, high))
    return Contact(theme, whole, across, inside, *shares)


def _people(answers: Answers) -> tuple[Places, Places]:
    """Number who answers: authors, each in one community and language; and an answer of each."""
    width = answers.community.max(initial=0) + 1
    people = (answers.author * width + answers.community) * len(answers.languages)
    _, first, person = np.unique(people + answers.language, return_index=True, return_inverse=True)
    return person, first


def _hostile(answers: Answers, rates: Rates, few: int) -> tuple[Measure, ...]:
    """Give the share of hate in these judged answers, of all and by theme, where there are any."""
    measures = []
    for theme, of in _themes(answers):
        own = answers.at(of)
        if len(own.author):
            flagged = _by_language(own)
            sizes = *size_of(own.author[own.is_hate]), *size_of(own.author)
            found = Measure(_key(theme), *sizes, *corrected(flagged, rates))
            if theme == ALL:
                found = found._replace(high_of_few=high_of_few(flagged, rates, few))
            measures.append(found)
    return tuple(measures)


def _key(theme: str) -> tuple[str, str]:
    return (ALL, ALL) if theme == ALL else ("theme", theme)


def _by_language(answers: Answers) -> list[Flagged]:
    """Count what was judged and flagged in each language."""
    return [
        _flagged(answers.languages[at], answers.at(answers.language == at))
        for at in np.unique(answers.language).tolist()
    ]


def _flagged(language: str, own: Answers) -> Flagged:
    by_author = np.unique(own.author[own.is_hate], return_counts=True)[1]
    return Flagged(language, len(own.author), int(own.is_hate.sum()), float((by_author**2).sum()))


def _gaps(sides: Sequence[Answers], rates: Rates, risk: float) -> dict[str, Gap]:
    """Say of each theme by how much hostility across is above that inside, where both are."""
    found = {}
    for (theme, across), (_, inside) in zip(*map(_themes, sides), strict=True):
        if across.any() and inside.any():
            first, second = (
                _by_language(side.at(of)) for side, of in zip(sides, (across, inside), strict=True)
            )
            found[theme] = Gap(*difference(first, second, rates, risk))
    return found
