"""The part of the page on what set people talking: its sentence, chart and table."""

from markupsafe import Markup

from headwater.landscape.report import charts, words
from headwater.landscape.report.model import Report, Trigger
from headwater.landscape.report.names import day
from headwater.landscape.report.parts import Breakdown, Row, Table

COLUMNS = ("When", "About", "Town's diary", "People (expected)")


def triggers(report: Report) -> Breakdown | None:
    """List the days on which many talked of one thing, and draw when they were."""
    if not report.triggers:
        return None
    finding = _finding(report)
    marks = [
        charts.Moment(one.peaks_on, max(one.people - one.expected, 0)) for one in report.triggers
    ]
    span = report.period.starts_on, report.period.ends_on
    chart = Markup(charts.moments(marks, span, finding))  # noqa: S704 drawn by us
    return Breakdown(
        "", finding, chart, Table(COLUMNS, tuple(map(_row, report.triggers)), n_text=3)
    )


def _finding(report: Report) -> str:
    """Say how often many talked of one thing, and when most."""
    first, *others = report.triggers
    times = f"{len(others) + 1} times" if others else "Once"
    told = (
        f"{times} far more people than usual talked of one thing; most around {day(first.peaks_on)}: "
        f"about {first.people:,}, where about {first.expected:,} were to be expected."
    )
    hateful = sum(one.kind == "hate" for one in report.triggers)
    return told + (f" In {hateful} of them far more was hateful than usual." if hateful else "")


def _row(one: Trigger) -> Row:
    about = ", ".join(one.terms) or "not named yet"
    diary = "; ".join(map(words.happened, one.events)) or "What happened?"
    people = f"{words.count(one.people)} ({words.count(one.expected)})"
    return Row(_days(one), (about, diary, people))


def _days(one: Trigger) -> str:
    """Say when something was talked of, and that it was hateful where it was."""
    span = day(one.starts_on)
    if one.ends_on != one.starts_on:
        span += f" to {day(one.ends_on)}"
    return f"{span} (hateful)" if one.kind == "hate" else span
