"""How many posts each day has: in all, flagged of those judged, and of each theme.

What is counted is held against the rest of the day's talk, where there is a rest: so a theme stands out
only where the talk turns to it, and not where people talk more of everything.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses.correction import wilson
from headwater.landscape.analyses.series import Series
from headwater.landscape.analyses.spans import Floats
from headwater.landscape.shapes import Analysis, Evidence, Group, Grouping, Groups, Measure

VOLUME, HATE_SHARE, THEME = "volume", "hate_share", "theme"
NO_THEME = "none"
SILENCE = 7  # days
Key = tuple[str, ...]  # ("volume",), ("hate_share",), ("theme", "migration")


class Courses(NamedTuple):
    """What was counted on each of d days, of k things."""

    keys: tuple[Key, ...]
    first_on: date
    series: Series  # k x d
    n_authors: NDArray[np.int64]  # k x d
    n_top: NDArray[np.int64]  # k x d, posts of the author who wrote most of that day's

    def on(self, day: int) -> date:
        """Give the date of a day."""
        return self.first_on + timedelta(days=day)

    def day(self, on: date) -> int:
        """Give the number of a date."""
        return (on - self.first_on).days


def run(counts: Sequence[Groups], _: Evidence) -> tuple[Measure, ...]:
    """Give the posts of each day, those flagged, and those of each theme, as shares of theirs."""
    days, flagged, themes = counts
    return (
        *(_measure((VOLUME,), one, one.key[0]) for one in days),
        *(_measure((HATE_SHARE,), one, one.key[0]) for one in flagged if one.key[1]),
        *_unflagged(flagged),
        *(_measure((THEME, str(one.key[1])), one, one.key[0]) for one in themes),
    )


def _unflagged(flagged: Groups) -> Iterator[Measure]:
    """Give the days of which posts were judged, and none flagged."""
    some = {one.key[0] for one in flagged if one.key[1]}
    for one in flagged:
        if one.key[0] not in some:
            none = one._replace(n_posts=0, n_authors=0, n_top=0, n_squares=0)
            yield _measure((HATE_SHARE,), none, one.key[0])


def _measure(key: Key, group: Group, on: date) -> Measure:
    return Measure((*key, str(on)), *group.sizes, *wilson(group.n_posts, group.n_within))


def courses(measures: Sequence[Measure]) -> Courses | None:
    """Lay out by day what `run` has measured; None where no day has a post."""
    if not measures:
        return None
    days = [date.fromisoformat(one.key[-1]) for one in measures]
    first_on = min(days)
    keys = tuple(dict.fromkeys(one.key[:-1] for one in measures if NO_THEME not in one.key))
    shape = len(keys), (max(days) - first_on).days + 1
    n, of, n_authors, n_top = np.zeros((4, *shape))
    places = {key: at for at, key in enumerate(keys)}
    for one, on in zip(measures, days, strict=True):
        if (at := places.get(one.key[:-1])) is not None:
            cell = at, (on - first_on).days
            n[cell], n_authors[cell], n_top[cell] = one.n_posts, one.n_authors, one.n_top
            of[cell] = one.n_within - one.n_posts
    series = Series(n, _against(keys, n, of))
    return Courses(keys, first_on, series, n_authors.astype(np.int64), n_top.astype(np.int64))


def _against(keys: Sequence[Key], n: Floats, of: Floats) -> Floats:
    """Hold all posts against the days that were read, and a theme against the rest of each day."""
    for at, key in enumerate(keys):
        if key[0] == VOLUME:
            of[at] = ~_silent(n[at])
        elif key[0] == THEME:
            of[at] = n[keys.index((VOLUME,))] - n[at]
    return of


def _silent(n: Floats) -> NDArray[np.bool_]:
    """Mark days without a post, among so many that nobody exported them."""
    edges = np.flatnonzero(np.diff(n > 0, prepend=True, append=True)).reshape(-1, 2)
    silent = np.zeros(len(n), np.bool_)
    for first, end in edges[edges[:, 1] - edges[:, 0] >= SILENCE]:
        silent[first:end] = True
    return silent


GROUPINGS = (
    Grouping(within=(), by=("posted_on",)),
    Grouping(within=("posted_on",), by=("is_hate",), among="is_hate"),
    Grouping(within=("posted_on",), by=("theme",)),
)
ANALYSIS = Analysis(name="courses", groupings=GROUPINGS, run=run)
