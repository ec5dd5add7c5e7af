"""The comparison as one self-contained page, in the look of the report's own."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from headwater.landscape.report import charts, names, numbers, words
from headwater.landscape.report.difference import words as told
from headwater.landscape.report.difference.model import Comparison, Difference
from headwater.landscape.report.difference.words import Cell
from headwater.landscape.report.model import Estimate
from headwater.landscape.report.page import environment, styles
from headwater.landscape.report.plain import plain

PARTS = {  # what a table is by: its heading and the first column's
    "language": ("By language", "Language"),
    "platform": ("By platform", "Platform"),
    "target": ("Groups", "Group named"),
}
FOOT = Markup('\n@page { @bottom-left { content: "Headwater: two reports compared"; } }')
NOTHING = "Too little is told of each to compare."


class Line(NamedTuple):
    """One row of a table."""

    label: str
    cells: tuple[Cell, ...]


class Table(NamedTuple):
    """What is read beside its chart, or without one."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]


class Section(NamedTuple):
    """Shares of both reports side by side: what they show, as a chart and as a table."""

    heading: str
    finding: str
    chart: Markup | None = None
    table: Table | None = None


def render(comparison: Comparison, tokens: str | None = None) -> str:
    """Write the page; `tokens` is a town's own style sheet of design tokens."""
    page = environment().get_template("comparison.html")
    return page.render(
        comparison=comparison,
        sides=(comparison.first, comparison.second),
        names=names,
        numbers=numbers,
        words=words,
        title=_title(comparison),
        styles=styles(tokens) + FOOT,
        whole=whole(comparison),
        parts={by: part(comparison, by) for by in PARTS},
        n_untold_groups=len(_rows(comparison, "target")) - len(_shown(comparison, "target")),
        apart=apart(comparison),
    )


def whole(comparison: Comparison) -> Section | None:
    """Set the share of all posts side by side, and their difference below."""
    row = next((one for one in comparison.differences if one.by == "all"), None)
    if row is None:
        return None
    sides = (comparison.first, row.first), (comparison.second, row.second)
    lines = [Line(side.label, (told.share(one, side),)) for side, one in sides]
    drawn = [
        _interval(side.label, one.share, one.low, one.high)
        for side, one in sides
        if one and one.share is not None
    ]
    chart = _picture(charts.intervals, drawn, comparison.finding) if len(drawn) > 1 else None
    lines.append(Line("Difference in points", (told.difference(row),)))
    table = Table(("Report", "Hateful (likely between)"), tuple(lines))
    return Section("All judged posts", told.verdict(row, comparison.second), chart, table)


def part(comparison: Comparison, by: str) -> Section | None:
    """Set the parts of one kind side by side, each with itself."""
    heading, column = PARTS[by]
    if not _rows(comparison, by):
        return None
    shown = _shown(comparison, by)
    if not shown:
        return Section(heading, NOTHING)
    finding = told.finding(shown)
    drawn = [
        _interval(label, one.difference, one.low, one.high)
        for label, one in shown
        if one.difference is not None
    ]
    chart = _picture(charts.differences, drawn, finding) if drawn else None
    first, second = comparison.first, comparison.second
    lines = tuple(
        Line(
            label,
            (told.share(one.first, first), told.share(one.second, second), told.difference(one)),
        )
        for label, one in shown
    )
    columns = (column, first.label, second.label, "Difference in points")
    return Section(heading, finding, chart, Table(columns, lines))


def apart(comparison: Comparison) -> tuple[tuple[str, str], ...]:
    """Tell of the hostility that is counted by itself, where a difference can be told or not."""
    labels = names.targets("apart")
    return tuple(
        (labels[one.value], told.verdict(one, comparison.second))
        for one in comparison.differences
        if one.by == "target" and one.value in labels and one.low is not None
    )


def _rows(comparison: Comparison, by: str) -> list[Difference]:
    apart = names.targets("apart") if by == "target" else {}
    return [one for one in comparison.differences if one.by == by and one.value not in apart]


def _shown(comparison: Comparison, by: str) -> list[tuple[str, Difference]]:
    """Give what either report tells a share of, and what it is called."""
    return [
        (names.name(by, one.value), one)
        for one in _rows(comparison, by)
        if any(map(_has_share, (one.first, one.second)))
    ]


def _has_share(one: Estimate | None) -> bool:
    return one is not None and one.share is not None


def _title(comparison: Comparison) -> str:
    both = f"{comparison.first.label} and {comparison.second.label}"
    return f"{comparison.first.place}, {both}" if comparison.of == "periods" else both


def _interval(label: str, *shares: float | None) -> charts.Interval:
    percents = (None if share is None else share * 100 for share in shares)
    return charts.Interval(plain(label), *percents)


def _picture(
    draw: Callable[[Sequence[charts.Interval], str], str],
    rows: Sequence[charts.Interval],
    finding: str,
) -> Markup:
    return Markup(draw(rows, plain(finding)))  # noqa: S704 - drawn by us, its texts escaped
