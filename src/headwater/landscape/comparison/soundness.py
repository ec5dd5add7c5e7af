"""Whether a report's numbers are such as a report can hold: a file may be edited or cut."""

from collections import Counter
from collections.abc import Iterator

from headwater.landscape.errors import ExportError
from headwater.landscape.report import Report
from headwater.landscape.report.model import Estimate


def check(report: Report) -> None:
    """Refuse a report whose shares are none, or stand in it twice.

    Raises:
        ExportError: It names the place in the report, and what to do.
    """
    flaws = [*_flaws(report)]
    if flaws:
        raise ExportError(
            f"the report of {report.place} was changed after it was made (see {', '.join(flaws)}): "
            "take the file that `headwater report` wrote"
        )


def _flaws(report: Report) -> Iterator[str]:
    if report.period.starts_on > report.period.ends_on:
        yield "period"
    estimates: list[tuple[str, Estimate]] = [
        *((f"prevalence {one.by} {one.value}", one) for one in report.prevalence),
        *((f"targets {one.target}", one) for one in report.targets),
    ]
    yield from (place for place, one in estimates if not _is_one(one))
    yield from (place for place, n in Counter(place for place, _ in estimates).items() if n > 1)
    told = [one.percent for one in (*report.coverage.platforms, *report.languages)]
    if any(percent is not None and not 0 <= percent <= 100 for percent in told):
        yield "percent"


def _is_one(one: Estimate) -> bool:
    """Say whether an estimate is whole, or a bound, or nothing; a number that is none is neither."""
    if one.share is None:
        return one.low is None and (one.high is None or 0 <= one.high <= 1)
    return (
        one.low is not None and one.high is not None and 0 <= one.low <= one.share <= one.high <= 1
    )
