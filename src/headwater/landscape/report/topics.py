"""The part of the page on what the debate is about: its sentence, chart and tables."""

from markupsafe import Markup

from headwater.landscape.report import charts, numbers, words
from headwater.landscape.report.model import Report, Theme
from headwater.landscape.report.names import name
from headwater.landscape.report.parts import Breakdown, Row, Table
from headwater.landscape.report.plain import plain

MOST_NAMED = 3
NONE = "none"


def themes(report: Report) -> Breakdown | None:
    """Set the themes side by side by how much of the debate each is."""
    told = [one for one in report.themes if one.percent is not None]
    if not told:
        return None
    finding = _finding(told)
    bars = [charts.Bar(plain(name("theme", one.name)), one.percent or 0) for one in told]
    chart = Markup(charts.bars(bars, "Share of all posts", plain(finding)))  # noqa: S704 drawn by us
    return Breakdown("Themes", finding, chart, _table(report))


def most(report: Report) -> tuple[str, ...]:
    """Say what most posts are about; nothing where no theme is told."""
    told = [one for one in report.themes if one.percent is not None]
    return (_finding(told),) if told else ()


def _finding(told: list[Theme]) -> str:
    """Say what most posts are about."""
    named = [one for one in told if not one.name.startswith((NONE, "unnamed"))][:MOST_NAMED]
    if not named:
        return f"The debate has {len(told)} themes; no name of our list fits any of them."
    first, *others = (f"{name('theme', one.name)} ({one.percent}%)" for one in named)
    most = f"{', '.join([first, *others[:-1]])} and {others[-1]}" if others else first
    return f"Of the themes that have a name, most posts are about {most}."


def _table(report: Report) -> Table:
    """List all themes, with their words where a person released any."""
    has_words = any(one.terms for one in report.themes)
    rows = []
    for one in report.themes:
        label, terms = name("theme", one.name), (", ".join(one.terms),) if has_words else ()
        if one.n_posts is None:
            rows.append(Row(label, terms, f"not shown: {words.reason(one.why, report.method)}"))
        else:
            cells = numbers.count(one.n_posts), numbers.whole_percent(one.percent)
            rows.append(Row(label, (*terms, *cells)))
    columns = ("Theme", "Words", "Posts", "Share") if has_words else ("Theme", "Posts", "Share")
    return Table(columns, tuple(rows), n_text=len(columns) - 2)
