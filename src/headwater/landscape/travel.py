"""The shapes of how content travels: what posts tell of it, and what an analysis found.

All but `Posts` and `Trails` is exact: only an analysis makes it, only `publication` takes it.
"""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from headwater.landscape.shapes import Measure

Flags = NDArray[np.bool_]
Places = NDArray[np.int64]
BEGIN, DAY = date(1970, 1, 1), 24


def day(hour: int) -> date:
    """Give the day of an hour, these counted from 1970 on."""
    return BEGIN + timedelta(days=hour // DAY)


class Posts(NamedTuple):
    """What n posts tell of travel; whatever has a name is a number here, from 0 on."""

    hour: Places  # whole hours on the town's clock, since 1970 began there
    author: Places
    thread: Places
    community: Places
    platform: Places
    is_share: Flags  # passes another's post on
    platforms: tuple[str, ...]  # what the numbers of platforms stand for

    def at(self, places: Places | Flags) -> "Posts":
        """Give the posts at these places."""
        return Posts(
            self.hour[places],
            self.author[places],
            self.thread[places],
            self.community[places],
            self.platform[places],
            self.is_share[places],
            self.platforms,
        )


class Trails(NamedTuple):
    """What all posts of a run tell of travel, and what they say and link to."""

    posts: Posts
    rows: Places  # n, rising: their numbers
    sketches: NDArray[np.uint8]  # m x 64, of the posts long enough to have one
    sketched: Places  # m, which posts these are
    links: NDArray[np.uint64]  # k x 2, the keys of links
    linking: Places  # k, which posts hold them


class Size(NamedTuple):
    """What publication control asks of a group."""

    n_posts: int
    n_authors: int
    n_top: int  # posts of the author who wrote most of them


class Arrival(NamedTuple):
    """When something came to a platform, and how much of it there was."""

    platform: str
    after_hours: int  # since its first post anywhere; those of equal hours came in no known order
    n_posts: int
    n_authors: int
    n_top: int


class Cascade(NamedTuple):
    """Posts that say or link to the same."""

    group: int
    n_posts: int
    n_authors: int
    n_top: int
    n_communities: int
    n_shares: int  # posts by which a platform passes another's on
    half_at: int  # the hour by which half of them were there, as `Posts.hour`
    hours: int  # from the first to the last
    half_hours: int  # from the first until half of them were there
    arrivals: tuple[Arrival, ...]  # the first first


class Crossing(NamedTuple):
    """Which of two platforms things came to first."""

    one: str
    other: str
    n_cascades: int  # that came to both
    n_one_first: int
    n_tied: int  # within one hour, so that nobody can tell
    gap_hours: float  # between its coming to the one and to the other, the middle one
    sizes: tuple[Size, Size]  # of their posts on the one and on the other


class Tempo(NamedTuple):
    """Hours until half of a cascade's posts were there."""

    quartiles: tuple[float, float, float]
    n_cascades: int
    size: Size


class Spread(NamedTuple):
    """How texts, or links, travel."""

    copied: tuple[Measure, ...]  # all that has copies; of it what platforms passed on
    bands: tuple[Measure, ...]  # all posts, by the size of what they are of
    crossings: tuple[Crossing, ...]
    tempo: Tempo | None
    cascades: tuple[Cascade, ...]  # those of the floor's authors


class Rush(NamedTuple):
    """The hours in which a text was copied as if by plan."""

    group: int
    starts_at: int  # in whole hours on the town's clock, since 1970 began there
    hours: int
    n_posts: int  # within these hours, shares aside, as all that follows
    n_authors: int
    n_top: int
    n_communities: int
    n_platforms: int
    n_authors_ever: int
    expected_authors: float  # whose first post chance would put into these hours
    p_value: float
    q_value: float  # the share of chance among all texts that are no less improbable


class Family(NamedTuple):
    """A text that many passed on, and the words that tell of it."""

    cascade: Cascade
    rush: Rush | None
    terms: tuple[int, ...]  # their numbers


class Travel(NamedTuple):
    """How content travelled."""

    texts: Spread
    links: Spread
    families: tuple[Family, ...]  # of texts; those that rushed first
