"""Copied campaigns: texts whose copies crowd into few hours as chance would not have it.

By chance, whoever comes to a text writes on one of the days on which it is about, at an hour drawn
from when the town wrote that day. So what moves the town moves what is expected, and a text may come
and go with events over days; only a crowd within hours stands out. Posts by which a platform passes
another's on are left aside, since that is how things travel; of each author the first post counts.

How likely so many authors within so few hours are is bounded from above: by the binomial tail, times
the number of places that such hours have. What a rush does not tell is who, why, or whether agreed.

Source: J. Glaz, J. Naus and S. Wallenstein, Scan Statistics (2001), on the bound by places;
W. Hoeffding, On the distribution of the number of successes in independent trials (Annals of
Mathematical Statistics 27, 1956), on hours of two days.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.analyses.chance import false_shares, log_tail
from headwater.landscape.analyses.copies import Groups
from headwater.landscape.analyses.hours import Hours, Runs, crowded, hours
from headwater.landscape.analyses.profile import DAY, Profile, profile
from headwater.landscape.analyses.tallies import n_distinct, size_of
from headwater.landscape.travel import Places, Posts, Rush

MOST_HOURS = 6  # of a rush
LEAST_PART = 0.5  # of all authors of a text: those in its rush; or what is said each day has one
LEAST_EXCESS = 2.0  # times as many authors as expected; or the least excess of very many is one
MOST_IN_THREAD = 0.5  # of a rush's posts; or a chorus below one post is one
FALSE_SHARE = 0.01  # of all that is flagged: what may be chance, on average

Numbers = NDArray[np.float64]


class Weighed(NamedTuple):
    """Runs of hours, and what chance makes of them."""

    runs: Runs
    expected: Numbers  # authors
    log_p: Numbers  # of so many or more, in these hours or in as few others: an upper bound


def rushes(posts: Posts, groups: Groups, floor: int) -> tuple[Rush, ...]:
    """Flag the texts that rushed, the least probable first; none of fewer authors than the floor."""
    own = ~posts.is_share[groups.post]
    groups = Groups(groups.n, groups.group[own], groups.post[own])
    written = hours(posts, groups)
    n_authors = np.bincount(written.group, written.n_new, groups.n).astype(np.int64)
    least = np.maximum(floor, np.ceil(LEAST_PART * n_authors)).astype(np.int64)
    runs = crowded(written, least, MOST_HOURS)
    weighed = _weighed(written, runs, profile(posts.hour[~posts.is_share]))
    found = _rushes(posts, groups, written, _least_likely(written, weighed), n_authors)
    return _believed(found, n_tested=int((n_authors >= floor).sum()))


def _weighed(written: Hours, runs: Runs, town: Profile) -> Weighed:
    """Weigh those runs of hours that hold many more authors than expected.

    On both sides of midnight the authors of two days are drawn; their number is less spread than a
    binomial of the same mean, so that the binomial's tail is none too small.
    """
    day, before = written.day[runs.last], written.day[runs.first]
    starts, stops = written.hour[runs.first], written.hour[runs.last] + 1
    middle = np.maximum(runs.first, np.searchsorted(written.day, day))  # the last day's first row
    midnight = np.maximum(starts, (stops - 1) // DAY * DAY)
    n_new = np.bincount(written.day, written.n_new).astype(np.int64)
    n = n_new[day] + np.where(before == day, 0, n_new[before])
    shares = (
        n_new[before] * _share(written, town, before, (runs.first, middle), (starts, midnight)),
        n_new[day] * _share(written, town, day, (middle, runs.last + 1), (midnight, stops)),
    )
    expected = shares[0] + shares[1]
    many = np.flatnonzero(runs.n_new >= np.maximum(LEAST_EXCESS * expected, expected + 1))
    runs, expected = runs.at(many), expected[many]
    places = _n_places(written)[written.group[runs.first]]
    log_p = log_tail(runs.n_new, n[many], expected / n[many]) + np.log(places)
    return Weighed(runs, expected, np.minimum(log_p, 0))


def _share(
    written: Hours,
    town: Profile,
    day: Places,
    rows: tuple[Places, Places],
    span: tuple[Places, Places],
) -> Numbers:
    """Give the share of a day's posts in a span of its hours, without those of the text itself."""
    so_far = np.append(0, written.n_posts.cumsum())
    of_day = np.bincount(written.day, written.n_posts).astype(np.int64)
    return town.share(*span, so_far[rows[1]] - so_far[rows[0]], of_day[day])


def _n_places(written: Hours) -> Places:
    """Count the runs of hours that could have been found, of each group."""
    n_days = n_distinct(written.group, written.day, int(written.group.max(initial=0)) + 1)
    return n_days * DAY * MOST_HOURS


def _least_likely(written: Hours, weighed: Weighed) -> Weighed:
    """Keep the least likely run of each group; the earliest of equally likely ones."""
    group = written.group[weighed.runs.first]
    order = np.lexsort((weighed.runs.last, weighed.runs.first, weighed.log_p, group))
    best = order[np.unique(group[order], return_index=True)[1]]
    return Weighed(weighed.runs.at(best), weighed.expected[best], weighed.log_p[best])


def _rushes(
    posts: Posts, groups: Groups, written: Hours, weighed: Weighed, n_authors: Places
) -> list[Rush]:
    """Describe each run that may be a rush; a chorus below one post is none."""
    found = []
    for nth in np.flatnonzero(weighed.log_p <= np.log(FALSE_SHARE)).tolist():
        first, last = weighed.runs.first[nth], weighed.runs.last[nth]
        group, start, end = (
            int(one) for one in (written.group[first], written.hour[first], written.hour[last])
        )
        own = posts.at(groups.post[groups.group == group])
        own = own.at((own.hour >= start) & (own.hour <= end))
        if _is_chorus(own.thread):
            continue
        rush = Rush(
            group=group,
            starts_at=start,
            hours=end + 1 - start,
            **size_of(own.author)._asdict(),
            n_communities=len(np.unique(own.community)),
            n_platforms=len(np.unique(own.platform)),
            n_authors_ever=int(n_authors[group]),
            expected_authors=float(weighed.expected[nth]),
            p_value=float(np.exp(weighed.log_p[nth])),
            q_value=1.0,
        )
        found.append(rush)
    return found


def _is_chorus(thread: Places) -> bool:
    most = np.unique(thread, return_counts=True)[1].max()
    return bool(most > MOST_IN_THREAD * len(thread))


def _believed(found: list[Rush], n_tested: int) -> tuple[Rush, ...]:
    """Keep those of which no more than the bearable share are chance."""
    p_values = np.ones(n_tested)
    p_values[: len(found)] = [one.p_value for one in found]
    told = zip(found, false_shares(p_values).tolist(), strict=False)
    rushes = [one._replace(q_value=q_value) for one, q_value in told if q_value <= FALSE_SHARE]
    return tuple(sorted(rushes, key=lambda one: (one.p_value, -one.n_authors, one.group)))
