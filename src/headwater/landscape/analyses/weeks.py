"""Days as whole weeks: so many people used a term, so many wrote, each person counting once a day."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.talk import Usage

WEEK = 7  # days
LEAST_TALK = 50  # people who wrote: a week of fewer is left out
NONE = -1
Floats = NDArray[np.float64]
Ids = NDArray[np.int64]


class Weeks(NamedTuple):
    """w whole weeks, the last of which ends on the last day."""

    of_day: Ids  # d, the week of each day, from 0; NONE where it is left out
    starts: Ids  # w, rising: the first day of each
    talk: Floats  # w, who wrote


def weeks(talk: Ids) -> Weeks:
    """Cut days into weeks, without the first odd days and the weeks in which few wrote."""
    n_weeks = len(talk) // WEEK
    odd = len(talk) - n_weeks * WEEK
    each = talk[odd:].reshape(n_weeks, WEEK).sum(axis=1)
    kept = each >= LEAST_TALK
    numbers = np.where(kept, kept.cumsum() - 1, NONE)
    return Weeks(
        of_day=np.append(np.full(odd, NONE), np.repeat(numbers, WEEK)),
        starts=odd + WEEK * np.flatnonzero(kept),
        talk=each[kept].astype(np.float64),
    )


def use(usage: Usage, weeks: Weeks, first: int, end: int) -> Floats:
    """Give who used these terms, from the first to before the end, in each week: k x w."""
    pairs = slice(usage.starts[first], usage.starts[end])
    week = weeks.of_day[usage.days[pairs]]
    terms = np.repeat(np.arange(end - first), np.diff(usage.starts[first : end + 1]))
    kept, n_weeks = week != NONE, len(weeks.talk)
    cells = terms[kept] * n_weeks + week[kept]
    said = np.bincount(cells, usage.n[pairs][kept], (end - first) * n_weeks)
    return said.astype(np.float64).reshape(-1, n_weeks)
