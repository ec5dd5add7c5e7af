"""Charts: every estimate a dot, every interval a line."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

import altair as alt

from headwater.landscape.report.picture import INK, MARK, QUIET, data, svg

HUES = [QUIET, MARK]
POSTS, SHARE = "Judged posts a day", "Hateful posts"
MORE_PEOPLE = "More people than usual"
POINTS = "Points of 100 posts"
PERCENT = "datum.label + '%'"
SIGNED = "(datum.value > 0 ? '+' : '') + datum.label"
MOST_TIMES, OFTEN = 100.0, [0.01, 0.1, 0.5, 1, 2, 10, 100]  # as often as before
AS_OFTEN = "datum.value < 1 ? '1/' + round(1 / datum.value) : '' + datum.value"
APART = 44  # pixels between small pictures, so that the months below them never touch
MANY = 120  # days, from which on single marks would run into each other
MONTH = "utcFormat(toDate(datum.value + '-01'), '%b %Y')"
SHORT = "test(/day$/, datum.label) ? slice(datum.label, 0, 3) : datum.label"  # weekdays


class Point(NamedTuple):
    """How much of a month something was, in percent."""

    label: str
    month: str
    percent: float


class Interval(NamedTuple):
    """One estimate in percent: with only its high end known, or nothing, where so published."""

    label: str
    share: float | None
    low: float | None
    high: float | None


class DayMark(NamedTuple):
    """One day to draw: posts, and the estimate in percent where there is one."""

    on: date
    n_posts: int | None
    share: float | None
    low: float | None
    high: float | None


class Moment(NamedTuple):
    """A day on which many talked of one thing, or copied it: how many."""

    on: date
    n_people: int
    is_quiet: bool = False  # one beside those that the finding is about


class Times(NamedTuple):
    """How many times as often something is as before: between two."""

    label: str
    low: float
    high: float


class Bar(NamedTuple):
    """A part of all posts, in percent."""

    label: str
    percent: int


def bars(rows: Sequence[Bar], title: str, finding: str) -> str:
    """Draw one bar a row, top to bottom: for parts that were counted."""
    labels = alt.Axis(labelLimit=150, ticks=False, domain=False, labelPadding=8)
    order = alt.Scale(domain=[row.label for row in rows])
    chart = alt.Chart(data(row._asdict() for row in rows)).mark_bar(color=MARK, size=14)
    drawn = chart.encode(
        x=alt.X("percent:Q", title=title, axis=alt.Axis(labelExpr=PERCENT, tickCount=5)),
        y=alt.Y("label:N", title=None, axis=labels, scale=order),
    )
    return svg(drawn.properties(width=230, height=alt.Step(30)), finding)


def moments(
    marks: Sequence[Moment], span: tuple[date, date], finding: str, title: str = MORE_PEOPLE
) -> str:
    """Draw a line as high as there were people, where each moment falls in time."""
    ends = [_noon(on, hours) for on, hours in zip(span, (-12, 12), strict=True)]
    written = "%b %Y" if (span[1] - span[0]).days > MANY else "%-d %b"
    axis = alt.Axis(format=written, grid=False, tickCount=8, labelOverlap="greedy")
    when = alt.X("on:T", title=None, scale=alt.Scale(type="utc", domain=ends), axis=axis)
    people = alt.Y("n_people:Q", title=title, axis=alt.Axis(tickCount=5), stack=None)
    chart = alt.Chart(data({**mark._asdict(), "on": _noon(mark.on)} for mark in marks))
    hue = alt.Color("is_quiet:N", scale=alt.Scale(domain=[True, False], range=HUES), legend=None)
    drawn = alt.LayerChart(
        layer=[
            chart.mark_bar(width=2).encode(x=when, y=people, color=hue),
            chart.mark_point(filled=True, size=60, opacity=1).encode(x=when, y=people, color=hue),
        ]
    )
    return svg(drawn.properties(width=640, height=130), finding)


def intervals(rows: Sequence[Interval], finding: str, title: str = SHARE) -> str:
    """Draw one line a row, top to bottom: for kinds."""
    labels = alt.Axis(labelLimit=150, ticks=False, domain=False, labelPadding=8)
    place = alt.Y("label:N", title=None, axis=labels, scale=_in_order(rows))
    axis = None if title == SHARE else alt.Axis(tickCount=5)
    chart = _layers(alt.Chart(_rows(rows)), {"y": place}, "x", title=title, axis=axis)
    return svg(chart.properties(width=230, height=alt.Step(30)), finding)


def differences(rows: Sequence[Interval], finding: str, title: str = POINTS) -> str:
    """Draw one line a row about nought: whose line crosses it may not differ at all."""
    labels = alt.Axis(labelLimit=150, ticks=False, domain=False, labelPadding=8)
    place = alt.Y("label:N", title=None, axis=labels, scale=_in_order(rows))
    points = alt.Axis(labelExpr=SIGNED, tickCount=5)
    drawn = _layers(alt.Chart(_rows(rows)), {"y": place}, "x", title=title, axis=points)
    nought = alt.Chart(data([{"share": 0}])).mark_rule(color=INK, strokeWidth=1.5)
    nought = nought.encode(x=alt.X("share:Q", title=title, axis=points))
    chart = alt.LayerChart(layer=[nought, drawn])
    return svg(chart.properties(width=230, height=alt.Step(30)), finding)


def times(rows: Sequence[Times], finding: str) -> str:
    """Draw one line a row about once, as far to the left for half as to the right for twice."""
    labels = alt.Axis(labelLimit=150, ticks=False, domain=False, labelPadding=8)
    scale = alt.Scale(type="log", domain=[1 / MOST_TIMES, MOST_TIMES])
    often = alt.Axis(values=OFTEN, labelExpr=AS_OFTEN, grid=False)
    once = alt.Chart(data([{"low": 1}])).mark_rule(color=INK, strokeWidth=1.5)
    chart = alt.Chart(data(row._asdict() for row in rows)).mark_bar(color=MARK, size=10)
    order = alt.Scale(domain=[row.label for row in rows])
    lines = chart.encode(
        x=alt.X("low:Q", title="Times as often", scale=scale, axis=often),
        x2="high:Q",
        y=alt.Y("label:N", title=None, axis=labels, scale=order),
    )
    drawn = alt.LayerChart(layer=[lines, once.encode(x=alt.X("low:Q", scale=scale))])
    return svg(drawn.properties(width=230, height=alt.Step(30)), finding)


def trends(points: Sequence[Point], finding: str, *, columns: int) -> str:
    """Draw a small picture for each thing, some beside each other: how it went from month to month."""
    months = sorted({one.month for one in points})
    dots = alt.OverlayMarkDef(color=MARK, filled=True, size=30)
    chart = alt.Chart(data(one._asdict() for one in points))
    ends = alt.Axis(values=[months[0], months[-1]], labelAngle=0, labelExpr=MONTH)
    drawn = (
        chart.mark_line(color=MARK, point=dots)
        .encode(
            x=alt.X("month:O", title=None, scale=alt.Scale(domain=months), axis=ends),
            y=alt.Y("percent:Q", title=None, axis=alt.Axis(labelExpr=PERCENT, tickCount=3)),
        )
        .properties(width=150, height=70)
    )
    head = alt.Header(labelColor=INK, labelFontSize=13, labelAnchor="start", title=None)
    order = list(dict.fromkeys(one.label for one in points))
    each = drawn.facet(alt.Facet("label:N", header=head, sort=order), columns=columns)
    return svg(each.properties(spacing={"row": 16, "column": APART}), finding)


def course(rows: Sequence[Interval], finding: str) -> str:
    """Draw one line a column, left to right: for what follows in time."""
    labels = alt.Axis(labelAngle=0, ticks=False, labelPadding=6, labelOverlap=True, labelExpr=SHORT)
    place = alt.X("label:N", title=None, axis=labels, scale=_in_order(rows))
    chart = _layers(alt.Chart(_rows(rows)), {"x": place}, "y")
    return svg(chart.properties(width=340, height=190), finding)


def days(marks: Sequence[DayMark], finding: str, *, width: int) -> str:
    """Draw posts a day, and below them the share of hate where a day has one.

    Args:
        marks: the days in order.
        finding: what the picture shows, in words.
        width: of the plot, in pixels.
    """
    when = _calendar(marks, width)
    chart = alt.Chart(data(_day(mark) for mark in marks))
    posts = _posts(chart, len(marks), width).encode(x=when, y=alt.Y("n_posts:Q", title=POSTS))
    rows: list[alt.Chart | alt.LayerChart] = [posts.properties(width=width, height=110)]
    if any(mark.share is not None for mark in marks):
        n_drawn = sum(mark.share is not None for mark in marks)
        shares = _band(chart, when) if n_drawn > MANY else _layers(chart, {"x": when}, "y")
        rows.append(shares.properties(width=width, height=110))
    return svg(alt.vconcat(*rows, spacing=18), finding)


def _calendar(marks: Sequence[DayMark], width: int) -> alt.X:
    scale = alt.Scale(type="utc", domain=[_noon(marks[0].on, -12), _noon(marks[-1].on, 12)])
    written = "%b %Y" if len(marks) > MANY else "%-d %b"
    axis = alt.Axis(format=written, grid=False, tickCount=width // 80, labelOverlap="greedy")
    return alt.X("on:T", title=None, scale=scale, axis=axis)


def _posts(chart: alt.Chart, n_days: int, width: int) -> alt.Chart:
    many = chart.mark_area(color=QUIET, interpolate="step")
    few = chart.mark_bar(color=QUIET, width=0.7 * width / n_days)
    drawn: alt.Chart = many if n_days > MANY else few
    return drawn


def _band(chart: alt.Chart, when: alt.X) -> alt.LayerChart:
    """Draw days too many for dots as a line in the band of its intervals."""
    low = alt.Y("low:Q", title=SHARE, axis=alt.Axis(labelExpr=PERCENT, tickCount=5))
    told = chart.transform_calculate(
        low="isValid(datum.share) ? datum.low : null",
        high="isValid(datum.share) ? datum.high : null",
    )
    return alt.LayerChart(
        layer=[
            told.mark_area(color=MARK, opacity=0.3).encode(x=when, y=low, y2="high:Q"),
            chart.mark_line(color=MARK, strokeWidth=1.5).encode(x=when, y="share:Q"),
        ]
    )


def _day(mark: DayMark) -> dict[str, Any]:
    return {**mark._asdict(), "on": _noon(mark.on)}


def _noon(on: date, hours: int = 0) -> str:
    """Stand a day at its noon, so that its mark covers it and not the night before."""
    return f"{datetime.combine(on, time(12)) + timedelta(hours=hours):%Y-%m-%dT%H:%M:%S}Z"


def _in_order(rows: Sequence[Interval]) -> alt.Scale:
    return alt.Scale(domain=[row.label for row in rows])


def _rows(rows: Sequence[Interval]) -> alt.InlineData:
    return data(row._asdict() for row in rows)


def _layers(
    chart: alt.Chart,
    place: dict[str, Any],
    along: str,
    *,
    title: str = SHARE,
    axis: alt.Axis | None = None,
) -> alt.LayerChart:
    """Put the dot over its interval; a bound alone is for the table, it says too little."""
    axis = axis or alt.Axis(labelExpr=PERCENT, tickCount=5)
    value = {"x": alt.X, "y": alt.Y}[along]
    low, share = (value(f"{name}:Q", title=title, axis=axis) for name in ("low", "share"))
    ends = {along: low, f"{along}2": "high:Q"}
    told = chart.transform_filter("isValid(datum.share)")
    line = told.mark_errorbar(color=MARK, thickness=2)
    dot = told.mark_point(filled=True, color=MARK, size=70, opacity=1)
    return alt.LayerChart(
        layer=[line.encode(**place, **ends), dot.encode(**place, **{along: share})]
    )
