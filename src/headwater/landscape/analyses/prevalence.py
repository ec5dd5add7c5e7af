"""How much of the talk is hate: in all, by language, platform, time, scope and theme."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from headwater.landscape.analyses.correction import (
    Shares,
    by_language,
    error_rates,
    high_of_few,
    shares,
)
from headwater.landscape.labelled import Audit
from headwater.landscape.shapes import Analysis, Evidence, Group, Grouping, Groups, Measure

BY = {  # each breakdown and the columns that make its wholes
    "all": (),
    "language": ("language",),
    "platform": ("platform",),
    "month": ("month",),
    "weekday": ("weekday",),
    "hour": ("hour",),
    "day": ("posted_on",),
    "scope": ("scope",),
    "theme": ("theme",),
}
MODELS_OWN = ("all", "language")  # held against an audit, not corrected by it


def run(counts: Sequence[Groups], evidence: Evidence) -> tuple[Measure, ...]:
    """Give each share of hate, corrected for the model's errors, with its interval.

    Where people have audited a sample, the share they found stands beside, by a key of its own, and
    the parts are corrected by the errors they found; but not languages, in which the model errs
    differently.
    """
    halves = zip(BY, counts[: len(BY)], counts[len(BY) :], strict=True)
    measures = [
        measure
        for by, judged, flagged in halves
        for measure in _breakdown(by, judged, _shares(by, flagged, evidence))
    ]
    if not measures:
        return ()
    level, *parts = measures
    if not {one.language for one in by_language(counts[len(BY)])} <= set(error_rates(evidence)):
        parts = [
            one for one in parts if one.key[0] in MODELS_OWN
        ]  # nobody knows the errors in them
    own = error_rates(evidence._replace(audit=None))
    few = high_of_few(by_language(counts[len(BY)]), own, evidence.few)
    level = level._replace(high_of_few=few)
    return (level, *parts, *([_audited(evidence.audit, level)] if evidence.audit else []))


def _shares(by: str, flagged: Groups, evidence: Evidence) -> Shares:
    return shares(flagged, evidence._replace(audit=None) if by in MODELS_OWN else evidence)


def _audited(audit: Audit, level: Measure) -> Measure:
    """Give what people found, as a share of the same posts."""
    return Measure(
        ("audited", "all"),
        *audit.hits,
        *(level.n_within, level.n_within_authors, level.n_within_top),
        *(audit.share, audit.low, audit.high, audit.high_of_few),
    )


def _breakdown(by: str, judged: Groups, share: Shares) -> Iterator[Measure]:
    for whole, groups in groupby(judged, key=lambda group: group.key[:-1]):
        hate = _hate(list(groups))
        yield Measure((by, *(map(str, whole) if whole else ("all",))), *hate.sizes, *share[whole])


def _hate(groups: Groups) -> Group:
    """Give the group of flagged posts; an empty one where none was."""
    for group in groups:
        if group.key[-1]:
            return group
    return groups[0]._replace(n_posts=0, n_authors=0, n_top=0, n_squares=0)


JUDGED = [Grouping(within=whole, by=("is_hate",), among="is_hate") for whole in BY.values()]
FLAGGED = [one._replace(by=("language", "is_hate")) for one in JUDGED]
ANALYSIS = Analysis(name="prevalence", groupings=(*JUDGED, *FLAGGED), run=run)
