"""Whom the hate names: the share of the talk that is hate and names each group."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from headwater.landscape import codebook, models
from headwater.landscape.analyses.correction import Flagged, corrected
from headwater.landscape.report.model import ErrorRate, TargetAlarm
from headwater.landscape.shapes import Analysis, Evidence, Group, Grouping, Groups, Measure


def run(counts: Sequence[Groups], evidence: Evidence) -> tuple[Measure, ...]:
    """Give each group's share of all judged posts, with its interval, the largest first.

    Corrected as the share of all hate is, but by how often harmless posts are taken for hate
    against that very group: some groups are talked of more than they are attacked. A post may name
    several. Hostility at political opponents alone is no hate but is measured on the same scale.
    That the model misses hate alike for all groups is not known, so the shares are not for
    comparing. An audit is of all hate; what it tells of one group is too little.
    """
    judged, named, named_by_language = counts
    if not judged:
        return ()
    model = models.load(*evidence.judge)
    rates, n_judged = models.error_rates(model), _by_language(judged)
    alarms = {(one.target, one.language): one for one in models.target_alarms(model)}
    if not {(target, one) for target in codebook.GROUPS for one in n_judged} <= set(alarms):
        return ()  # nobody measured how the model errs on groups
    flagged = _flagged(n_judged, named_by_language)
    found = {group.key[0]: group for group in _by_target(named)}
    none = judged[0]._replace(n_posts=0, n_authors=0, n_top=0)  # absence would tell of nought
    measures = []
    for target in codebook.GROUPS:
        against = {one: _against(alarms[target, one], rates[one]) for one in n_judged}
        share = corrected([flagged[target, one] for one in n_judged], against)
        group = found.get(target, none)
        measures.append(Measure(("target", target), *group.sizes, *share))
    return tuple(sorted(measures, key=lambda one: (-one.share, -one.n_posts, one.key)))


def _against(alarm: TargetAlarm, rate: ErrorRate) -> ErrorRate:
    """Give the error rates of hate against one group alone."""
    return rate.model_copy(
        update={
            "false_positive_rate": alarm.false_positive_rate,
            "false_positive_rate_sd": alarm.false_positive_rate_sd,
        }
    )


def _by_language(judged: Groups) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for group in judged:
        found[group.key[0]] += group.n_posts
    return found


def _flagged(n_judged: Mapping[str, int], named: Groups) -> Mapping[tuple[str, str], Flagged]:
    """Give by target and language the posts judged, and those flagged that name the target."""
    found = {
        (target, language): Flagged(language, n, 0, 0)
        for target in codebook.GROUPS
        for language, n in n_judged.items()
    }
    for group in named:
        language, target, _ = group.key
        found[target, language] = found[target, language].and_of(group)
    return found


def _by_target(named: Groups) -> Iterator[Group]:
    """Put together posts that are hate and those that are not, keyed (target, is_hate)."""
    for target, groups in groupby(named, key=lambda group: group.key[0]):
        parts = list(groups)
        yield parts[0]._replace(
            key=(target,),
            n_posts=sum(part.n_posts for part in parts),
            n_authors=max(part.n_authors for part in parts),  # at least so many
            n_top=sum(part.n_top for part in parts),  # at most so many
        )


GROUPINGS = (
    Grouping(within=(), by=("language", "is_hate"), among="is_hate"),
    Grouping(within=(), by=("targets", "is_hate"), among="is_hate"),
    Grouping(within=(), by=("language", "targets", "is_hate"), among="is_hate"),
)
ANALYSIS = Analysis(name="targets", groupings=GROUPINGS, run=run)
