"""Whom the hate names: the share of the talk that is hate and names each group."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import sqrt

from headwater.landscape import codebook
from headwater.landscape.analyses.correction import Corrected, Z, shares, wilson
from headwater.landscape.shapes import Analysis, Group, Grouping, Groups, Measure


def run(counts: Sequence[Groups]) -> tuple[Measure, ...]:
    """Give each group's share of all judged posts, with its interval, the largest first.

    It is the corrected share of hate times the part of the flagged posts that names the group;
    a post may name several. Hostility at political opponents alone is no hate but is measured on
    the same scale. That the model misses hate alike for all groups is not known, so the shares
    are not for comparing until an audit has shown it.
    """
    hate, by_language, named = counts
    n_hate = sum(group.n_posts for group in hate if group.key[0])
    if not n_hate:
        return ()
    prevalence = shares(by_language)[()]
    found = {group.key[1]: group for group in _by_target(named)}
    none = hate[0]._replace(n_posts=0, n_authors=0, n_top=0)  # absence would tell of nought
    measures = [
        _measure(found.get(target, none._replace(key=("target", target))), n_hate, prevalence)
        for target in codebook.GROUPS
    ]
    return tuple(sorted(measures, key=lambda one: (-one.n_posts, one.key)))


def _by_target(named: Groups) -> Iterator[Group]:
    """Put together posts that are hate and those that are not, keyed (target, is_hate)."""
    for target, groups in groupby(named, key=lambda group: group.key[0]):
        parts = list(groups)
        yield parts[0]._replace(
            key=("target", target),
            n_posts=sum(part.n_posts for part in parts),
            n_authors=max(part.n_authors for part in parts),  # at least so many
            n_top=sum(part.n_top for part in parts),  # at most so many
        )


def _measure(group: Group, n_hate: int, prevalence: Corrected) -> Measure:
    n_hostile = max(n_hate, group.n_posts)
    part = wilson(group.n_posts, n_hostile)
    scale = prevalence.share * n_hostile / n_hate
    spread = sqrt((_sd(prevalence) * group.n_posts / n_hate) ** 2 + (_sd(part) * scale) ** 2)
    share = part.share * scale
    low, high = max(share - Z * spread, 0.0), min(share + Z * spread, 1.0)
    return Measure(*group, share, low, high, prevalence.high_of_none, prevalence.per_post)


def _sd(one: Corrected) -> float:
    return (one.high - one.low) / (2 * Z)


GROUPINGS = (
    Grouping(within=(), by=("is_hate",), among="is_hate"),
    Grouping(within=(), by=("language", "is_hate"), among="is_hate"),
    Grouping(within=(), by=("targets", "is_hate"), among="is_hate"),
)
ANALYSIS = Analysis(name="targets", groupings=GROUPINGS, run=run)
