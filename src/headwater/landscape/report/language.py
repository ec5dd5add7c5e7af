"""The part of the page on words: that come, go, change company or are written in disguise."""

from collections.abc import Sequence

from markupsafe import Markup

from headwater.landscape.report import charts, numbers
from headwater.landscape.report.model import Report, Shift
from headwater.landscape.report.names import day, name
from headwater.landscape.report.parts import Breakdown, Row, Table

COLUMNS = ("Word", "Used", "How often", "People (expected)")
OF_MOVES = ("Word", "Left", "Came to", "Used there: before, since")
OF_DISGUISES = ("Word", "People who wrote it so", "Of all who used it")
SAID = {"rising": "more", "returning": "again", "falling": "less"}


def shifts(report: Report) -> Breakdown | None:
    """List the released words that are used more, again or less than in earlier weeks."""
    if not report.shifts:
        return None
    finding = _finding(report.shifts)
    spans = [charts.Times(one.term, *_times(one)) for one in report.shifts]
    chart = Markup(charts.times(spans, finding))  # noqa: S704 drawn by us
    rows = tuple(_row(one, report) for one in report.shifts)
    return Breakdown("", finding, chart, Table(COLUMNS, rows, n_text=3))


def moves(report: Report) -> Table | None:
    """List the released words that stand in posts of another theme than before."""
    rows = tuple(
        Row(
            one.term,
            (
                name("theme", one.left),
                name("theme", one.came),
                ", ".join(
                    numbers.stepped(n, one.percent_step)
                    for n in (one.percent_before, one.percent_since)
                ),
            ),
        )
        for one in report.moves
    )
    return Table(OF_MOVES, rows, n_text=2) if rows else None


def disguises(report: Report) -> Table | None:
    """List the released words that many write so that filters miss them."""
    rows = tuple(
        Row(one.term, (numbers.count(one.people), numbers.stepped(one.percent, one.percent_step)))
        for one in report.disguises
    )
    return Table(OF_DISGUISES, rows) if rows else None


def _finding(told: Sequence[Shift]) -> str:
    """Say how many words are used more, again and less."""
    counts = [(SAID[code], sum(one.code == code for one in told)) for code in SAID]
    (said, n), *others = [(said, n) for said, n in counts if n]
    first = f"{n} word{' is' if n == 1 else 's are'} used {said}"
    listed = [first, *(f"{n} {said}" for said, n in others)]
    told_as = f"{', '.join(listed[:-1])} and {listed[-1]}" if others else first
    return f"Beside earlier weeks, and for weeks on end, {told_as}."


def _row(one: Shift, report: Report) -> Row:
    used = f"{SAID[one.code]} since {day(one.since)}"
    if one.silent_from:
        used += f", silent from {day(one.silent_from)}"
    people = numbers.count(one.people) if one.people is not None else f"under {report.method.floor}"
    return Row(one.term, (used, _often(one), f"{people} ({numbers.count(one.expected)})"))


def _often(one: Shift) -> str:
    than = "as seldom" if one.code == "falling" else "as often"
    if one.times_high is None:
        return f"at least {one.times_low:g} times {than}"
    return f"{one.times_low:g} to {one.times_high:g} times {than}"


def _times(one: Shift) -> tuple[float, float]:
    """Give how many times as often a word is used, whichever way it went."""
    low, high = one.times_low, one.times_high or charts.MOST_TIMES
    return (1 / high, 1 / low) if one.code == "falling" else (low, high)
