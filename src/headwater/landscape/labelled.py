"""The shapes of what people found who labelled a sample."""

from datetime import date
from typing import NamedTuple


class Rates(NamedTuple):
    """How the model errs, each rate 0 to 1 with its standard deviation."""

    sensitivity: float
    sensitivity_sd: float
    false_positive_rate: float
    false_positive_rate_sd: float


class Base(NamedTuple):
    """Which posts a number is of: two runs over the same exports agree in these."""

    place: str
    model: str  # its version, with the effort
    lines: int
    accepted: int
    n_judged: int
    n_flagged: int


class Hits(NamedTuple):
    """The labelled posts that people call so."""

    n_posts: int
    n_authors: int
    n_top: int  # posts of the author who wrote most of them


FEW_HITS = 10  # so many and fewer may be too few to be told


class Positive(NamedTuple):
    """What people found in a sample to speak well of others, or up against hate."""

    share: float  # 0 to 1; `low` and `high` are its 95 % interval
    low: float
    high: float
    hits: Hits  # the labelled posts that people call so
    n_twice: int  # posts of which two people or more said
    alpha: float | None  # Krippendorff's, over these


class Audit(NamedTuple):
    """What people found in a sample of a town's posts. Nothing here is of one post or one person."""

    share: float  # 0 to 1; `low` and `high` are its 95 % interval
    low: float
    high: float
    high_of_few: float  # what `high` is at most with FEW_HITS
    hits: Hits
    method: str
    drawn_on: date
    n_posts: int  # that people labelled
    n_labels: int  # answers they gave
    alpha: float | None  # Krippendorff's
    positive_agreement: float | None
    disagrees: bool  # with the model's own corrected estimate, by more than the errors of both
    rates: Rates | None  # of the model in this town; None where the labels do not tell
    of: Base
    positive: Positive | None = None  # None where people were not asked for it
