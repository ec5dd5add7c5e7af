"""Whom the hate names: the share of the talk that is hate and names each group."""

from collections.abc import Sequence
from math import sqrt

from headwater.landscape.analyses.correction import Corrected, Z, shares, wilson
from headwater.landscape.shapes import Analysis, Group, Grouping, Groups, Measure


def run(counts: Sequence[Groups]) -> tuple[Measure, ...]:
    """Give each group's share of all judged posts, with its interval, the largest first.

    It is the corrected share of hate times the part of the flagged posts that names the group;
    a post may name several. That the model misses hate alike for all groups is not known, so
    the shares are not for comparing until an audit has shown it.
    """
    named, hate, by_language = counts
    n_hate = sum(group.n_posts for group in hate if group.key[0])
    if not n_hate:
        return ()
    prevalence = shares(by_language)[()]
    largest_first = sorted(named, key=lambda group: (-group.n_posts, group.key))
    return tuple(_measure(group, n_hate, prevalence) for group in largest_first)


def _measure(group: Group, n_hate: int, prevalence: Corrected) -> Measure:
    part = wilson(group.n_posts, n_hate)
    return Measure(*group, *_product(prevalence, part))


def _product(one: Corrected, other: Corrected) -> Corrected:
    share = one.share * other.share
    spread = sqrt((_sd(one) * other.share) ** 2 + (_sd(other) * one.share) ** 2)
    return Corrected(share, max(share - Z * spread, 0.0), min(share + Z * spread, 1.0))


def _sd(one: Corrected) -> float:
    return (one.high - one.share) / Z


GROUPINGS = (
    Grouping(within=(), by=("targets",), among="is_hate"),
    Grouping(within=(), by=("is_hate",), among="is_hate"),
    Grouping(within=(), by=("language", "is_hate"), among="is_hate"),
)
ANALYSIS = Analysis(name="targets", groupings=GROUPINGS, run=run)
