"""The part of the page on how content travels: its sentences, charts and tables."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from headwater.landscape.report import charts, numbers, words
from headwater.landscape.report.model import Count, Method, Report
from headwater.landscape.report.names import day, name
from headwater.landscape.report.parts import Breakdown, Row, Table
from headwater.landscape.report.spread import Arrival, Copied, Of, Order, SizeCount

ALONE = "1"  # how many posts share what nobody else wrote
MOST_TEXTS, MOST_ORDERS = 6, 6  # on the page; the rest stands in the tables
LEAST_LEAD = 10  # points of 100, from which one platform leads another
SPANS = {1: "an hour", 24: "a day", 72: "3 days", 168: "a week", 720: "a month"}
SPANS |= {2_160: "3 months", 8_760: "a year", 87_600: "ten years"}
CHANCES = {1e-9: "1 in a thousand million", 1e-6: "1 in a million", 1e-3: "1 in 1,000"}
SAYS: dict[Of, str] = {
    "texts": "say nearly the same as another post",
    "links": "hold a link that another post holds",
}


class Travel(NamedTuple):
    """What may be told of how content travels."""

    sizes: Breakdown | None
    copied: Breakdown | None
    orders: Breakdown | None
    haste: str | None  # what haste does not prove; None where nothing was copied in haste


def travel(report: Report) -> Travel | None:
    """Give the section, where there is something to tell."""
    found = Travel(_sizes(report), _copied(report), _orders(report), _haste(report))
    return found if any(found) else None


def _haste(report: Report) -> str | None:
    if not any(map(_is_hasty, report.spread.copied)):
        return None
    return next((one.text for one in report.limits if one.code == "haste_proves_little"), "")


def _sizes(report: Report) -> Breakdown | None:
    """Say how much is copied; the chart leaves out what stands alone."""
    rows = report.spread.sizes
    shares = [told for of in SAYS if (told := _share(of, rows))]
    if not shares:
        return None
    finding = f"Of all posts read, {' and '.join(shares)}. {_pace(report)}".strip()
    drawn = [
        charts.Bar(_size(row.name), row.percent)
        for row in rows
        if row.of == "texts" and row.name != ALONE and row.percent is not None
    ]
    chart = _picture(charts.bars(drawn, "Of all posts", finding)) if len(drawn) > 1 else None
    table = Table(("Shared by", "As a text", "As a link"), tuple(_size_rows(report)))
    return Breakdown("How much is copied", finding, chart, table)


def _share(of: Of, rows: tuple[SizeCount, ...]) -> str:
    """Say which part is not alone: what is told of the posts that are leaves the rest."""
    alone = [row.percent for row in rows if row.of == of and row.name == ALONE]
    if not alone or alone[0] is None:
        return ""
    return f"{numbers.whole_percent(100 - alone[0])} {SAYS[of]}"


def _pace(report: Report) -> str:
    """Say how the copies of texts were passed on, and how soon."""
    told = next((one for one in report.spread.paces if one.of == "texts"), None)
    if told is None:
        return ""
    said = []
    if told.passed_on_percent is not None:
        share = numbers.stepped(told.passed_on_percent, told.percent_step)
        said.append(f"Of these copies of texts, {share} were passed on as such, by reposting.")
    if told.half_within_hours is not None:
        span = _span(told.half_within_hours)
        said.append(
            f"Where many copied a text, half of its copies were usually there within {span}."
        )
    return " ".join(said)


def _size_rows(report: Report) -> Iterator[Row]:
    found = {(row.of, row.name): row for row in report.spread.sizes}
    for size in dict.fromkeys(row.name for row in report.spread.sizes):
        cells = (_percent(found.get((of, size)), report.method) for of in SAYS)
        yield Row(_size(size), tuple(cells))


def _percent(one: Count | None, method: Method) -> str:
    if one is None:
        return "none"
    if one.n_posts is None:
        return f"not shown: {words.reason(one.why, method)}"
    return numbers.whole_percent(one.percent)


def _size(size: str) -> str:
    return "no other post" if size == ALONE else f"{size} posts"


def _copied(report: Report) -> Breakdown | None:
    """List the texts that many copied, and draw when they were."""
    rows = report.spread.copied
    if not rows:
        return None
    finding = _finding(rows)
    marks = [charts.Moment(one.on, one.authors, not _is_hasty(one)) for one in rows]
    span = report.period.starts_on, report.period.ends_on
    chart = _picture(charts.moments(marks, span, finding, "Authors"))
    table = Table(("When", "About", "Where", "Authors"), tuple(map(_row, _shown(rows))), n_text=3)
    return Breakdown("Texts that many copied", finding, chart, table)


def _is_hasty(one: Copied) -> bool:
    return one.code == "copied_in_haste"


def _shown(rows: tuple[Copied, ...]) -> tuple[Copied, ...]:
    """Choose what the page lists: all that was copied in haste, and a few others."""
    n_hasty = sum(map(_is_hasty, rows))
    return rows[: max(n_hasty, MOST_TEXTS)]


def _finding(rows: tuple[Copied, ...]) -> str:
    """Say what was copied in haste; else what most people copied."""
    hasty = [one for one in rows if _is_hasty(one)]
    if not hasty:
        most = f"{rows[0].authors:,} authors, around {day(rows[0].on)}"
        return f"No text was copied in haste. Most copied one over a longer time: about {most}."
    first = hasty[0]
    told = (
        f"{_texts(len(hasty))} copied in haste: {day(first.on)}, by about {first.authors:,} authors "
        f"within {_span(first.within_hours)}, where the town's hours of that day let expect about {first.expected:,}"
    )
    chance = CHANCES.get(first.chance or 1, "1 in 100")
    return f"{told} (a chance below {chance})."


def _texts(n: int) -> str:
    return f"{n} texts were" if n > 1 else "One text was"


def _row(one: Copied) -> Row:
    about = ", ".join(one.terms) or "not named yet"
    when = f"{day(one.on)} (in haste)" if _is_hasty(one) else day(one.on)
    where = _order(one.arrivals) or "platforms not shown"
    return Row(when, (about, f"{where}; within {_span(one.within_hours)}", f"{one.authors:,}"))


def _order(arrivals: tuple[Arrival, ...]) -> str:
    """Name platforms in their order; those of which it is not known stand together."""
    steps = groupby(arrivals, key=lambda one: one.after_hours)
    return ", then ".join(
        _listed([name("platform", one.platform) for one in together]) for _, together in steps
    )


def _listed(platforms: list[str]) -> str:
    *others, last = platforms
    return f"{', '.join(others)} and {last}" if others else last


def _orders(report: Report) -> Breakdown | None:
    """Set pairs of platforms side by side, the clearest lead first."""
    rows = sorted(report.spread.orders, key=lambda one: (-_lead(one), -one.n_both))
    if not rows:
        return None
    columns = ("Texts or links", "Earlier on", "Middle gap", "On both")
    table = Table(columns, tuple(map(_order_row, rows[:MOST_ORDERS])), n_text=3)
    return Breakdown("Which platform comes first", _leads(rows[0]), None, table)


def _lead(one: Order) -> int:
    return abs((one.one_first_percent or 0) - (one.other_first_percent or 0))


def _leads(one: Order) -> str:
    if _lead(one) < LEAST_LEAD:
        return "Of what came to two platforms, neither was clearly earlier in any pair of them."
    first, second = _platforms(one)
    return (
        f"Of about {one.n_both:,} {one.of} that came to both {first} and {second}, "
        f"{numbers.stepped(one.one_first_percent, one.percent_step)} were on {first} at an earlier hour and "
        f"{numbers.stepped(one.other_first_percent, one.percent_step)} on {second}."
    )


def _order_row(one: Order) -> Row:
    first, second = _platforms(one)
    shares = (
        numbers.stepped(n, one.percent_step)
        for n in (one.one_first_percent, one.other_first_percent)
    )
    earlier = ", ".join(map(" ".join, zip((first, second), shares, strict=True)))
    cells = (earlier, _span(one.gap_hours), numbers.count(one.n_both))
    return Row(f"{one.of.capitalize()} on {first} and {second}", cells)


def _platforms(one: Order) -> tuple[str, str]:
    return name("platform", one.one), name("platform", one.other)


def _span(hours: int) -> str:
    return SPANS.get(hours, f"{hours} hours")


def _picture(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 drawn by us, its texts escaped
