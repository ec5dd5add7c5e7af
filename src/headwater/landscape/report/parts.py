"""The parts of the page: tables and charts made of the report's lists."""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median
from typing import NamedTuple

from markupsafe import Markup

from headwater.landscape.report import charts, comparing, names, numbers, words
from headwater.landscape.report.model import Count, Estimate, Method, Report

BREAKDOWNS = {  # what a table of shares is by: its heading and the first column's
    "language": ("By language", "Language"),
    "platform": ("By platform", "Platform"),
    "month": ("By month", "Month"),
    "weekday": ("By day of the week", "Day"),
    "hour": ("By hour of the day", "Hour"),
    "scope": ("How much of each is hate", "The post names"),
    "theme": ("How much of each theme is hate", "Theme"),
}
IN_TIME = ("month", "weekday", "hour")
MOST_DAYS = 750  # two years
MOST_ASKED = 12  # days
NONE_TOLD = "Too few were found in each to say more than how much it can be at most."


class Row(NamedTuple):
    """One line of a table; a note takes the place of the cells that are missing."""

    label: str
    cells: tuple[str, ...]
    note: str = ""


class Table(NamedTuple):
    """What is read beside or without its chart."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    n_text: int = 1  # columns of words, before those of numbers


class Breakdown(NamedTuple):
    """Estimates side by side: what they show, a chart where there is something to compare."""

    heading: str
    finding: str
    chart: Markup | None
    table: Table | None


def breakdown(report: Report, by: str) -> Breakdown | None:
    """Set the shares of hate side by side by one of BREAKDOWNS."""
    heading, column = BREAKDOWNS[by]
    rows = [
        comparing.Compared(names.name(by, one.value), one)
        for one in report.prevalence
        if one.by == by
    ]
    return _shares(heading, column, rows, report.method, in_time=by in IN_TIME) if rows else None


def targets(report: Report) -> Breakdown | None:
    """Rank the groups only where the model errs evenly enough; else keep the codebook's order."""
    apart = names.targets("apart")
    rows = [
        comparing.Compared(names.name("target", one.target), one)
        for one in sorted(report.targets, key=lambda one: names.place(one.target))
        if one.target not in apart
    ]
    if not rows:
        return None
    told = any(row.estimate.high is not None for row in rows)
    if told and not report.method.compares_groups:
        return Breakdown("Groups", "", None, _share_table("Group named", rows, report.method))
    ranked = sorted(rows, key=lambda row: -(row.estimate.share or 0))
    return _shares("Groups", "Group named", ranked, report.method, in_time=False)


def apart(report: Report) -> tuple[tuple[str, str], ...]:
    """Tell of the hostility that is counted by itself."""
    apart = names.targets("apart")
    return tuple(
        (apart[one.target], words.in_full(one) if one.share is not None else _hidden(one, report))
        for one in report.targets
        if one.target in apart
    )


def _hidden(one: Estimate, report: Report) -> str:
    return words.hidden(one, report.method)


def _shares(
    heading: str, column: str, rows: Sequence[comparing.Compared], method: Method, *, in_time: bool
) -> Breakdown:
    """Show the estimates side by side, or say once why there are none."""
    if all(row.estimate.high is None for row in rows):
        whys = dict.fromkeys(words.reason(row.estimate.why, method) for row in rows)
        return Breakdown(heading, f"Too few to tell: {'; '.join(whys)}.", None, None)
    if all(row.estimate.share is None for row in rows):
        return Breakdown(heading, NONE_TOLD, None, _share_table(column, rows, method))
    finding = comparing.comparison(rows)
    drawn = [_interval(row) for row in rows]
    draw = charts.course if in_time else charts.intervals
    chart = _picture(draw(drawn, finding)) if len(rows) > 1 else None
    return Breakdown(heading, finding, chart, _share_table(column, rows, method))


def _interval(row: comparing.Compared) -> charts.Interval:
    one = row.estimate
    shares = (one.share, one.low, one.high)
    return charts.Interval(row.label, *(_percent(share) for share in shares))


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _picture(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by us, its texts escaped


def _share_table(column: str, rows: Iterable[comparing.Compared], method: Method) -> Table:
    columns = (column, "Posts judged", "Hateful", "Likely between")
    return Table(columns, tuple(_share_row(row, method) for row in rows))


def _share_row(row: comparing.Compared, method: Method) -> Row:
    one = row.estimate
    posts = () if one.n_posts is None else (numbers.count(one.n_posts),)
    if one.share is None:
        return Row(row.label, posts, words.hidden(one, method))
    return Row(row.label, (numbers.count(one.n_posts), numbers.share(one), numbers.interval(one)))


def platforms(report: Report) -> Table:
    """Count the posts of each platform."""
    rows = tuple(
        _count_row(names.name("platform", one.name), one, report.method)
        for one in report.coverage.platforms
    )
    return Table(("Platform", "Posts", "Share"), rows)


def places(report: Report) -> Table | None:
    """Count the posts by what they name, as long as a town said what its places are called."""
    if report.places is None:
        return None
    posts = {one.name: one for one in report.places.posts}
    rows = tuple(
        _count_row(label, posts[scope], report.method)
        for scope, label in names.SCOPES.items()
        if scope in posts
    )
    return Table(("The post names", "Posts", "Share"), rows)


def languages(report: Report) -> Table:
    """Count the posts of each language, and say whether the model judges it."""
    rows = [
        _count_row(names.name("language", one.name), one, report.method, words.counted(one))
        for one in report.languages
    ]
    return Table(("Language", "Judged?", "Posts", "Share"), tuple(rows), n_text=2)


def _count_row(label: str, one: Count, method: Method, *before: str) -> Row:
    if one.n_posts is None:
        return Row(label, before, f"not shown: {words.reason(one.why, method)}")
    return Row(label, (*before, numbers.count(one.n_posts), numbers.whole_percent(one.percent)))


def days(report: Report) -> Table | None:
    """List the days, unless they are so many that the page would grow heavy."""
    if len(report.timeline) > MOST_DAYS:
        return None
    rows = tuple(
        _share_row(comparing.Compared(names.day(one.on), one), report.method)
        for one in report.timeline
    )
    return Table(("Day", "Posts judged", "Hateful", "Likely between"), rows)


def day_charts(report: Report) -> tuple[Markup, Markup] | None:
    """Draw the days twice, for a wide and for a narrow screen."""
    if len(report.timeline) < 2:
        return None
    marks = [
        charts.DayMark(
            one.on, one.n_posts, _percent(one.share), _percent(one.low), _percent(one.high)
        )
        for one in report.timeline
    ]
    finding = words.course(report)
    wide, narrow = (charts.days(marks, finding, width=width) for width in (700, 260))
    return _picture(wide), _picture(narrow)


def diary(report: Report) -> tuple[tuple[date, str, str], ...]:
    """Pick the days to ask the town about, and what its diary has on them or just before."""
    high = next((one.high for one in report.prevalence if one.by == "all"), None)
    above = [one for one in report.timeline if high is not None and (one.low or 0) > high]
    busy = [one for one in report.timeline if (one.n_posts or 0) > _most_usual(report.timeline)]
    asked = {one.on: "more judged posts than usual" for one in busy}
    asked |= {one.on: f"{numbers.percent(one.share)} hateful, more than usual" for one in above}
    days = [one for one in sorted(asked.items()) if not _is_told(report, one[0])]
    return tuple((on, why, _happened(report, on)) for on, why in days[:MOST_ASKED])


def _is_told(report: Report, on: date) -> bool:
    """Say whether a day is among those that the section on triggers tells of."""
    return any(
        one.starts_on <= on <= one.ends_on for one in report.triggers if one.shape == "burst"
    )


def _happened(report: Report, on: date) -> str:
    """Say what the diary has for this day and the two before, since talk follows events."""
    near = (event for event in report.events if 0 <= (on - event.on).days <= 2)
    return "; ".join(f"{names.day(event.on)}: {words.happened(event)}" for event in near)


def _most_usual(days: Sequence[Estimate]) -> float:
    """Give the most posts of a usual day: five spreads above the middle, half more at least."""
    posts = [one.n_posts for one in days if one.n_posts is not None]
    if not posts:
        return 0.0
    middle = median(posts)
    spread = 1.4826 * median(abs(n - middle) for n in posts)
    return max(middle + 5 * spread, 1.5 * middle)
