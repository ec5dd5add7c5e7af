"""Which shares of two reports are set side by side: the whole, its parts, and groups."""

from collections.abc import Iterator, Mapping
from typing import Literal

from headwater.landscape.comparison import intervals
from headwater.landscape.comparison.pair import Pair
from headwater.landscape.report import names
from headwater.landscape.report.difference.model import Difference
from headwater.landscape.report.model import Estimate, Report

By = Literal["all", "language", "platform", "target"]
PARTS: tuple[By, ...] = ("all", "language", "platform")  # of a town's times, no two are the same
Key = tuple[By, str]


def differences(pair: Pair) -> tuple[Difference, ...]:
    """Set side by side what either report has a row for, in an order that is none of size."""
    first, second = _shares(pair.first), _shares(pair.second)
    parts = sorted({*first, *second}, key=lambda key: (PARTS.index(key[0]), key[1]))
    rows = [_difference(key, first, second) for key in parts]
    return (*rows, *_groups(pair))


def _groups(pair: Pair) -> Iterator[Difference]:
    """Set each group beside itself, in the codebook's order.

    In one place the model errs on a group in both periods much alike. In two places it need not, so
    there groups are left out unless both reports may compare them.
    """
    if pair.compares_groups:
        first, second = _targets(pair.first), _targets(pair.second)
        codes = [*names.targets(), *names.targets("apart")]
        yield from (
            _difference(("target", code), first, second)
            for code in codes
            if ("target", code) in {*first, *second}
        )


def _shares(report: Report) -> Mapping[Key, tuple[Estimate, bool]]:
    found: dict[Key, tuple[Estimate, bool]] = {}
    for one in report.prevalence:
        if one.by in ("all", "language", "platform"):
            found[one.by, one.value] = _alone(one), one.audited
    return found


def _targets(report: Report) -> Mapping[Key, tuple[Estimate, bool]]:
    return {("target", one.target): (_alone(one), one.audited) for one in report.targets}


def _alone(one: Estimate) -> Estimate:
    """Give an estimate without what it is of."""
    return Estimate(**{name: getattr(one, name) for name in Estimate.model_fields})


def _difference(
    key: Key,
    first: Mapping[Key, tuple[Estimate, bool]],
    second: Mapping[Key, tuple[Estimate, bool]],
) -> Difference:
    """Compare one row; not at all where people corrected it in one report alone."""
    (before, is_audited), (after, is_audited_too) = (
        side.get(key, (None, None)) for side in (first, second)
    )
    told = intervals.Difference()
    if before and after and is_audited == is_audited_too:
        told = intervals.difference(before, after)
    return Difference(
        by=key[0],
        value=key[1],
        first=before,
        second=after,
        difference=told.value,
        low=told.low,
        high=told.high,
        direction=_direction(told),
        least_rise=told.least_rise,
        least_fall=told.least_fall,
    )


def _direction(told: intervals.Difference) -> Literal["higher", "lower"] | None:
    """Say which way the second differs, only where its interval leaves no difference out."""
    if told.low is not None and told.low > 0:
        return "higher"
    return "lower" if told.high is not None and told.high < 0 else None
