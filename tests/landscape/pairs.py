"""Two made-up releases that are alike, and what changes of one make them unlike."""

from datetime import date
from typing import Any

import reports

from headwater.landscape.report.model import Count, Estimate, Report, Span, Why

SPRING = Span(
    starts_on=date(2026, 4, 1),
    ends_on=date(2026, 6, 30),
    name="2026-Q2",
    timezone="Europe/Copenhagen",
)
ELSEWHERE = "Sundby (fictional)"
NOTHING = {"n_posts": None, "share": None, "low": None, "high": None, "why": Why.SMALL_BASE}


def winter(**changes: Any) -> Report:
    """Return the earlier report."""
    return reports.full(**changes)


def spring(**changes: Any) -> Report:
    """Return the later report of the same town, with surely more hate."""
    return reports.full(**{"period": SPRING, "prevalence": risen()} | changes)


def risen() -> tuple[Any, ...]:
    """Return the shares of a time of more hate; one platform is told no longer."""
    changed = {
        "all": {"share": 0.051, "low": 0.041, "high": 0.063},
        "en": {"share": 0.05, "low": 0.039, "high": 0.06},
        "da": NOTHING,
        "telegram": {"share": None, "low": None, "high": 0.02, "why": Why.UPPER_BOUND},
    }
    return tuple(
        one.model_copy(update=changed.get(one.value, {}))
        for one in winter().prevalence
        if one.by in ("all", "language", "platform")
    )


def of_whole(share: float | None, low: float | None, high: float | None, **changes: Any) -> Report:
    """Return a report that tells of the whole alone."""
    why = None if share is not None else Why.UPPER_BOUND if high is not None else Why.SMALL_BASE
    told = {"share": share, "low": low, "high": high, "why": why}
    whole = winter().prevalence[0].model_copy(update=told)
    return reports.full(**{"prevalence": (whole,), "targets": ()} | changes)


def comparing(report: Report) -> Report:
    """Return it where its method allows groups to be compared."""
    return with_method(report, compares_groups=True)


def with_method(report: Report, **changes: Any) -> Report:
    """Return it made in another way."""
    return report.model_copy(update={"method": report.method.model_copy(update=changes)})


def with_made(report: Report, **changes: Any) -> Report:
    """Return it made with other versions."""
    return report.model_copy(update={"made_with": report.made_with.model_copy(update=changes)})


def with_platforms(report: Report, **percents: int | None) -> Report:
    """Return it with these platforms, in percent; None hides one."""
    counts = tuple(
        Count(name=name, n_posts=None if n is None else 100 * n, percent=n)
        for name, n in percents.items()
    )
    cover = report.coverage.model_copy(update={"platforms": counts})
    return report.model_copy(update={"coverage": cover})


def estimate(share: float | None, low: float | None, high: float | None) -> Estimate:
    """Return one share as published."""
    return Estimate(n_posts=1000, share=share, low=low, high=high)
