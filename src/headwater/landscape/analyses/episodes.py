"""When a town wrote more than usual, or otherwise: bursts and changes of level, and what they follow."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from headwater.landscape.analyses.courses import THEME, VOLUME, Courses, courses
from headwater.landscape.analyses.interrupted import followed, half_life
from headwater.landscape.analyses.levels import Level, levels
from headwater.landscape.analyses.series import (
    AROUND,
    WEEK,
    Burst,
    Days,
    Flags,
    Series,
    bursts,
    evened,
    outside,
)
from headwater.landscape.analyses.spans import Floats
from headwater.landscape.shapes import Measure
from headwater.landscape.talk import Episode

BURST, LEVEL = "burst", "level"
BEFORE = 3  # days: talk follows an event
LEAST_RATE = 1e-9


class _Run(NamedTuple):
    """Days of one course, and what was expected of each."""

    shape: str
    of: int
    first: int
    end: int  # the day behind the last that is counted
    last: int
    usual: Floats  # d
    beside: Days  # that tell what is usual

    def may_follow(self, day: int, peak: int) -> bool:
        """Say whether what happened on a day may have set it off."""
        last = peak if self.shape == BURST else self.first + BEFORE
        return self.first - BEFORE <= day <= last


def episodes(measures: Sequence[Measure], happened: Sequence[date] = ()) -> tuple[Episode, ...]:
    """Find the bursts and changes of level in what was counted by day.

    Args:
        measures: As the analysis `courses` gives them.
        happened: The days of the town's diary.
    """
    found = courses(measures)
    if found is None:
        return ()
    return tuple(sorted(_told(found, [found.day(on) for on in happened])))


def _told(found: Courses, happened: Sequence[int]) -> Iterator[Episode]:
    weekday = found.first_on.weekday()
    risen = bursts(found.series, weekday)
    keep = outside(risen, found.series.n.shape)
    even = evened(found.series, keep, weekday)
    changed = levels(found.series, keep, weekday)
    for burst in risen:
        yield _episode(_of_burst(burst, even, keep), found, even, happened)
    for level in changed:
        if level.times > 1 or found.keys[level.series][0] != THEME:  # a theme falls as others rise
            yield _episode(_of_level(level, even, keep), found, even, happened)


def _of_burst(one: Burst, even: Series, keep: Flags) -> _Run:
    weight = even.of[one.series]
    rate = one.expected / max(weight[one.first : one.end].sum(), LEAST_RATE)
    around = np.arange(max(one.first - AROUND, 0), min(one.end + AROUND, len(weight)))
    around = around[keep[one.series, around]]
    return _Run(BURST, one.series, one.first, one.end, one.end - 1, weight * rate, around)


def _of_level(one: Level, even: Series, keep: Flags) -> _Run:
    """Count the first four weeks, and expect what the four before had."""
    n, weight = even.n[one.series], even.of[one.series]
    before = np.arange(max(one.first - AROUND, 0), one.first)
    before = before[keep[one.series, before]]
    rate = n[before].sum() / max(weight[before].sum(), LEAST_RATE)
    end = min(one.end, one.first + AROUND)
    return _Run(LEVEL, one.series, one.first, end, one.end - 1, weight * rate, before)


def _episode(run: _Run, found: Courses, even: Series, happened: Sequence[int]) -> Episode:
    of, own = run.of, slice(run.first, run.end)
    n, key = found.series.n[of], found.keys[of]
    peak = run.first + int((n - run.usual)[own].argmax())
    n_authors, usual_authors = _people(found.n_authors[of], run, peak)
    near = [at for at in happened if run.may_follow(at, peak) and key[0] != VOLUME]  # no control
    proven = [at for at in near if followed(n, even.of[of], at, happened)]
    return Episode(
        first_on=found.on(run.first),
        kind=key[0],
        theme=key[1] if key[0] == THEME else None,
        shape=run.shape,
        peak_on=found.on(peak),
        last_on=found.on(run.last),
        n_posts=int(n[own].sum()),
        expected=float(run.usual[own].sum()),
        n_authors=n_authors,
        usual_authors=usual_authors,
        n_top=int(found.n_top[of, own].sum()),
        n_peak=int(n[peak]),
        peak_expected=float(run.usual[peak]),
        half_life=half_life(n, run.usual, peak) if run.shape == BURST else None,
        followed_on=found.on(proven[-1]) if proven else None,
    )


def _people(n_authors: Days, run: _Run, peak: int) -> tuple[int, float]:
    """Count who wrote on the peak of a burst, or a middling day of a level, and who usually does."""
    if run.shape == LEVEL:
        wrote, beside = float(np.median(n_authors[run.first : run.end])), run.beside
    else:
        wrote, beside = float(n_authors[peak]), run.beside[run.beside % WEEK == peak % WEEK]
    return int(wrote), float(np.median(n_authors[beside])) if len(beside) else 0.0
