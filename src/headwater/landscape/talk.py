"""The shapes of what is talked of: who uses which terms when, and the stories that they tell."""

from datetime import date
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

FEWEST_POSTS = 1000  # told by fewer, themes would be those of a few talks
Kind = Literal["rising", "returning", "falling"]
LEAST_PLACES = 3  # communities that use a term that may be told


class Usage(NamedTuple):
    """Who used which terms when: n terms, k pairs of a term and a day on which it was used."""

    terms: NDArray[np.uint32]  # n x 3: the words' numbers; 0 behind those of a shorter term
    n_authors: NDArray[np.int64]  # n, who ever used it
    n_places: NDArray[np.int64]  # n, communities where it was used; beyond 50 not told apart
    first_on: date
    talk: NDArray[np.int64]  # authors of each day from the first to the last
    n_posts: int
    n_flagged: int  # of them
    starts: NDArray[np.int64]  # n + 1, where each term's pairs begin, and where the last end
    days: NDArray[np.int64]  # k, from 0, rising within a term
    n: NDArray[np.int64]  # k, authors who used it on that day


class Held(NamedTuple):
    """Which posts hold which of some terms: k pairs, by post."""

    posts: NDArray[np.int64]  # k, rising: numbers of rows
    terms: NDArray[np.int64]  # k, which of those asked for
    authors: NDArray[np.int64]  # k, of the post, from 0
    days: NDArray[np.int64]  # k, as in the usage
    hateful: NDArray[np.bool_]  # k, whether the post was flagged


class Term(NamedTuple):
    """A word or phrase of up to three words that many used."""

    words: str
    n_authors: int
    n_places: int  # communities where it was used; beyond 50 not told apart


class Disguise(NamedTuple):
    """A word that many write so that filters miss it. Only an analysis makes it, only `publication` takes it."""

    term: int  # its number
    n_authors: int  # who wrote it in disguise
    n_places: int  # communities where they did; beyond 50 not told apart


class Theme(NamedTuple):
    """What part of the talk is about."""

    code: str  # of our list of names, numbered where several fit it best: migration, migration-2
    terms: tuple[Term, ...]  # that tell it from the others, the most telling first


class Story(NamedTuple):
    """Some days on which many talked of one thing. Only an analysis makes it, only `publication` takes it."""

    terms: tuple[int, ...]  # their numbers
    first_on: date
    peak_on: date
    last_on: date
    later_on: tuple[date, ...]  # further peaks, before or after
    n_people: int  # who talked of it, each counting once a day
    expected: float  # of them, by the weeks before
    surprise: float  # how far beyond that is, in standard deviations
    n_posts: int
    n_authors: int
    n_top: int  # posts of the author who wrote most of them
    is_hateful: bool  # far more of its posts are flagged than of others
    n_hateful_authors: int


class Shift(NamedTuple):
    """A term that came, went or came back. Only an analysis makes it, only `publication` takes it."""

    term: int  # its number
    code: Kind
    since: date  # the first day of a week
    silent_from: date | None  # of a term that came back
    n_people: int  # who used it since, each counting once a day
    expected: float  # of them, by the weeks before; of a term that came back, by those of silence
    times: tuple[float, float]  # as often as then: 95 %
    n_since: int  # authors who used it since
    n_posts: int  # where it was used more: since, or before
    n_authors: int
    n_top: int  # posts of the author who wrote most of them


class Move(NamedTuple):
    """A word whose company changed. Only an analysis makes it, only `publication` takes it."""

    term: Term
    left: str  # a theme
    came: str
    since: date  # the first day of the second half of what was read
    n_there: tuple[int, int]  # who use it in the theme that it came to: before, since
    n_people: tuple[int, int]  # in any theme; who uses it in two counts twice


class Episode(NamedTuple):
    """Days on which a count was not as usual. Only an analysis makes it, only `publication` takes it."""

    first_on: date
    kind: str  # volume: all posts; hate_share: flagged of those judged; theme: posts of one
    theme: str | None  # its code
    shape: str  # burst: some days; level: from a day on, for two weeks at the least
    peak_on: date
    last_on: date
    n_posts: int  # of a level in its first four weeks
    expected: float  # of them, by the weeks around; of a level by the four before
    n_authors: int  # on the peak day; of a level on a middling one
    usual_authors: float  # on such a day
    n_top: int  # posts of each day's busiest author, added up: at most so many are one's
    n_peak: int  # posts of the peak day
    peak_expected: float
    half_life: float | None  # days in which half of the excess went
    followed_on: date | None  # an event that it follows, beyond chance
