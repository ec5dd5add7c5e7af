"""The part of the page on what the debate is about: its sentence, chart and tables."""

from markupsafe import Markup

from headwater.landscape.report import charts, numbers, words
from headwater.landscape.report.model import Report, Theme, Trend
from headwater.landscape.report.names import name
from headwater.landscape.report.parts import Breakdown, Row, Table
from headwater.landscape.report.plain import plain

MOST_NAMED = 3
NONE = "none"
WIDE_AND_NARROW = (
    '<div class="headwater-chart-wide">{}</div><div class="headwater-chart-narrow">{}</div>'
)
MOST_MONTHS = 6
MOVED = 2  # steps, beyond which a theme grew or shrank


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


def trends(report: Report) -> Breakdown | None:
    """Set the months of each theme beside each other, those of the most posts first."""
    by_theme: dict[str, list[Trend]] = {one.name: [] for one in report.themes}
    for one in report.trends:
        by_theme.setdefault(one.theme, []).append(one)
    told = {theme: own[-MOST_MONTHS:] for theme, own in by_theme.items() if own}
    if not told:
        return None
    finding = _moved(told)
    points = [
        charts.Point(plain(name("theme", one.theme)), one.month, one.percent)
        for own in told.values()
        for one in own
    ]
    wide, narrow = (charts.trends(points, plain(finding), columns=columns) for columns in (3, 2))
    chart = Markup(WIDE_AND_NARROW.format(wide, narrow))  # noqa: S704 drawn by us
    months = [name("month", one.month) for one in next(iter(told.values()))]
    rows = tuple(
        Row(
            name("theme", theme),
            tuple(numbers.stepped(one.percent, one.percent_step) for one in own),
        )
        for theme, own in told.items()
    )
    return Breakdown("Month by month", finding, chart, Table(("Theme", *months), rows))


def _moved(told: dict[str, list[Trend]]) -> str:
    """Say which theme grew most and which shrank most, where they did by more than rounding."""
    change = {
        theme: own[-1].percent - own[0].percent
        for theme, own in told.items()
        if abs(own[-1].percent - own[0].percent) > MOVED * max(one.percent_step for one in own)
    }
    said = []
    for pick, went in ((max, "grew"), (min, "shrank")):
        theme = pick(change, key=change.__getitem__, default="")
        if theme and (change[theme] > 0) == (went == "grew"):
            first, last = told[theme][0], told[theme][-1]
            ends = f"{first.percent}% in {name('month', first.month)}, {last.percent}% in {name('month', last.month)}"
            said.append(f"{name('theme', theme)} {went} most: {ends}.")
    return (
        " ".join(said)
        or "No theme's part of the posts moved much from the first month to the last."
    )
