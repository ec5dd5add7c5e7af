"""How terms whose use changed are told: since when, how many, and how many times more or less often."""

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses.changes import PRIOR, Changes, Level, log_odds
from headwater.landscape.analyses.weeks import NONE, Weeks, use
from headwater.landscape.talk import Held, Kind, Shift, Usage

SURE = 1.96  # standard deviations to either side: 95 %
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def apart(changes: Changes, usage: Usage) -> Changes:
    """Leave out terms that stand inside a longer one which changed more surely, and the other way round."""
    kept: list[int] = []
    for at, term in enumerate(changes.terms):
        words = usage.terms[term].tolist()
        others = (usage.terms[changes.terms[other]].tolist() for other in kept)
        if not any(_holds(one, words) or _holds(words, one) for one in others):
            kept.append(at)
    return changes.some(np.array(kept, np.int64))


def shifts(changes: Changes, held: Held, usage: Usage, weeks: Weeks) -> tuple[Shift, ...]:
    """Tell of each change, in their order.

    Args:
        changes: The surest first.
        held: Posts that hold the changes' terms, these numbered as the changes are.
        usage: Of which the terms are.
        weeks: Of the same days.
    """
    return tuple(_shifts(changes, held, usage, weeks))


def _shifts(changes: Changes, held: Held, usage: Usage, weeks: Weeks) -> Iterator[Shift]:
    at = np.arange(len(weeks.talk))
    week_of = weeks.of_day[held.days]
    for row in range(len(changes.terms)):
        term, since, silent = (int(column[row]) for column in changes[:3])
        after = at >= since
        before = ~after & (at >= silent)  # NONE lies before all weeks
        more = after if changes.surprise[row] > 0 else before
        own = (held.terms == row) & (week_of != NONE)
        said = use(usage, weeks, term, term + 1)[0]
        early, late = (_level(said, weeks.talk, one) for one in (before, after))
        authors = held.authors[own & after[week_of]]
        yield Shift(
            term=term,
            code=_code(changes, row),
            since=_on(usage, weeks, since),
            silent_from=None if silent == NONE else _on(usage, weeks, silent),
            n_people=int(late.said[0]),
            expected=float(early.share[0, 0] * late.talk),
            times=_times(early, late, _level(said, weeks.talk, at >= 0), changes.factor[row]),
            n_since=len(np.unique(authors)),
            **_busiest(held.authors[own & more[week_of]]),
        )


def _code(changes: Changes, row: int) -> Kind:
    if changes.silent[row] != NONE:
        return "returning"
    return "rising" if changes.surprise[row] > 0 else "falling"


def _times(early: Level, late: Level, whole: Level, factor: float) -> tuple[float, float]:
    """Give how many times as often a term is used, 95 %."""
    change, variance = log_odds(late, early, whole.times(PRIOR))
    error = SURE * np.sqrt(variance[0] * factor)
    return float(np.exp(change[0] - error)), float(np.exp(change[0] + error))


def _busiest(authors: NDArray[np.int64]) -> dict[str, int]:
    """Count posts, who wrote them, and those of the author who wrote most."""
    n_each = np.unique(authors, return_counts=True)[1]
    return {"n_posts": len(authors), "n_authors": len(n_each), "n_top": int(n_each.max(initial=0))}


def _level(said: Floats, talk: Floats, inside: Bools) -> Level:
    return Level(np.array([said[inside].sum()]), talk[inside].sum())


def _on(usage: Usage, weeks: Weeks, week: int) -> date:
    return usage.first_on + timedelta(days=int(weeks.starts[week]))


def _holds(longer: list[int], shorter: list[int]) -> bool:
    """Say whether the words of one term stand in another, one behind the other; 0 is no word."""
    longer, shorter = ([word for word in words if word] for words in (longer, shorter))
    spans = (longer[at : at + len(shorter)] for at in range(len(longer) - len(shorter) + 1))
    return shorter in spans
