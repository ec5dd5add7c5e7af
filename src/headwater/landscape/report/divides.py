"""The part of the page on which themes divide: its sentences, charts and tables."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import Markup

from headwater.landscape.report import charts, numbers
from headwater.landscape.report.model import Report
from headwater.landscape.report.names import name
from headwater.landscape.report.parts import Breakdown, Row, Table
from headwater.landscape.report.polarisation import Division

ALL = "all"
MOST = 0.2031  # Esteban and Ray's, of two equal camps: hate and recognition
MOST_NAMED = 3
SAID = ("division_is_of_texts", "recognition_not_told", "answers_stay_by_design")
UNTOLD, OF_100 = "not shown", "Of 100, two equal camps"
NAMED = {
    "camps_apart": "Themes on which communities keep to themselves",
    "camps_mix": "Themes on which communities meet more than by chance",
    "hostile_across": "Themes with more hate across communities than inside",
    "hostile_inside": "Themes with more hate inside communities than across",
}
POINTS = "Points of 100 answers, above chance"


class Divides(NamedTuple):
    """What may be told of how far themes divide."""

    poles: Breakdown | None
    answers: Breakdown | None
    limits: tuple[str, ...]


def divides(report: Report) -> Divides | None:
    """Give the section, where there is something to tell."""
    if not report.polarisation:
        return None
    limits = tuple(one.text for one in report.limits if one.code in SAID)
    return Divides(_poles(report.polarisation), _answers(report.polarisation), limits)


def _poles(rows: Sequence[Division]) -> Breakdown | None:
    """Set side by side how far poles of attitude divide themes, the most divided first."""
    told = sorted(
        (one for one in rows if one.esteban_ray is not None),
        key=lambda one: (-(one.esteban_ray or 0), one.theme),
    )
    if not told:
        return None
    finding = _most_divided(told)
    drawn = [charts.Interval(_name(one), *_of_100(one)) for one in told]
    chart = _picture(charts.intervals(drawn, finding, OF_100)) if len(told) > 1 else None
    table = Table(
        ("Theme", "Divides, of 100", "Likely between"),
        tuple(Row(_name(one), (_number(one.esteban_ray), _likely(one))) for one in told),
    )
    return Breakdown("Hostility against the rest", finding, chart, table)


def _most_divided(told: Sequence[Division]) -> str:
    """Name the themes that divide more than the debate as a whole."""
    above = [one for one in told if "themes_polarised" in one.codes]
    if not above:
        return "No theme can be told to divide posts more than the debate as a whole does."
    named = [f"{_name(one)} ({_number(one.esteban_ray)})" for one in above[:MOST_NAMED]]
    *others, last = named
    listed = f"{', '.join(others)} and {last}" if others else last
    level = next((f" ({_number(one.esteban_ray)})" for one in told if one.theme == ALL), "")
    verb = "divide" if others else "divides"
    return (
        f"{listed} {verb} posts more than the debate as a whole does{level}, where 0 is one mind and 100 "
        "would be two equal camps, one of hate and one of recognition."
    )


def _of_100(one: Division) -> tuple[float | None, ...]:
    told = (one.esteban_ray, one.esteban_ray_low, one.esteban_ray_high)
    return tuple(None if value is None else 100 * value / MOST for value in told)


def _number(value: float | None) -> str:
    return UNTOLD if value is None else f"{100 * value / MOST:.0f}"


def _likely(one: Division) -> str:
    return f"{_number(one.esteban_ray_low)} to {_number(one.esteban_ray_high)}"


def _answers(rows: Sequence[Division]) -> Breakdown | None:
    """Set side by side whether people answer other communities, and with how much hostility."""
    told = [one for one in rows if one.e_i is not None or one.hostile_across is not None]
    if not told:
        return None
    finding = " ".join(_sentences(told))
    drawn = [
        charts.Interval(_name(one), *ends)
        for one in told
        if (ends := _above_chance(one)) is not None
    ]
    chart = _picture(charts.differences(drawn, finding, POINTS)) if len(drawn) > 1 else None
    columns = ("Theme", "Cross (by chance)", "Hateful across", "Hateful inside")
    return Breakdown("Who answers whom", finding, chart, Table(columns, tuple(map(_row, told))))


def _sentences(told: Sequence[Division]) -> Iterator[str]:
    """Say it of the debate as a whole, and name the themes that differ from it."""
    for one in told:
        if one.theme == ALL and one.e_i is not None:
            yield f"{_crossing(one)}: {one.crossing_percent}%, where chance gives {_by_chance(one)}."
        if one.theme == ALL and one.hostile_more is not None:
            yield _hostility(one)
    themes = [one for one in told if one.theme != ALL]
    for code, said in NAMED.items():
        if found := [_name(one) for one in themes if code in one.codes]:
            more = len(found) - MOST_NAMED
            yield f"{said}: {', '.join(found[:MOST_NAMED])}{f' and {more} more' if more > 0 else ''}."


def _crossing(one: Division) -> str:
    if "camps_apart" in one.codes:
        return "Fewer answers go to other communities than chance explains"
    if "camps_mix" in one.codes:
        return "More answers go to other communities than chance explains"
    return "How many answers go to other communities cannot be told apart from chance"


def _hostility(one: Division) -> str:
    shares = f"{_share(one, 'hostile_across')} against {_share(one, 'hostile_inside')}"
    if "hostile_across" in one.codes:
        return f"Answers to other communities are more often hateful than those inside: {shares}."
    if "hostile_inside" in one.codes:
        return f"Answers to other communities are less often hateful than those inside: {shares}."
    return (
        "Whether answers to other communities are more often hateful than those inside cannot be told: "
        f"{shares}."
    )


def _row(one: Division) -> Row:
    share = f"{one.crossing_percent}%"
    crossing = UNTOLD if one.e_i is None else f"{share} ({_by_chance(one)})"
    hostile = (_share(one, side) for side in ("hostile_across", "hostile_inside"))
    return Row(_name(one), (crossing, *hostile))


def _by_chance(one: Division) -> str:
    if one.expected_e_i_low is None or one.expected_e_i_high is None:
        return UNTOLD
    return f"{_percent(one.expected_e_i_low)}% to {_percent(one.expected_e_i_high)}%"


def _percent(e_i: float) -> int:
    """Give what crosses of 100 answers."""
    return round(50 * (e_i + 1))


def _above_chance(one: Division) -> tuple[float, float, float] | None:
    """Give by how many of 100 answers more cross than by chance; chance itself is the interval."""
    chance = (one.expected_e_i, one.expected_e_i_high, one.expected_e_i_low)
    told = [_percent(value) for value in chance if value is not None]
    if one.crossing_percent is None or len(told) < len(chance):
        return None
    middle, low, high = (one.crossing_percent - value for value in told)
    return middle, low, high


def _share(one: Division, side: str) -> str:
    share, low, high = (getattr(one, f"{side}{end}") for end in ("", "_low", "_high"))
    if share is None:
        return UNTOLD
    n_digits = numbers.digits(share, low, high)
    ends = f"{numbers.percent(low, n_digits)} to {numbers.percent(high, n_digits)}"
    return f"{numbers.percent(share, n_digits)} ({ends})"


def _name(one: Division) -> str:
    return "The debate as a whole" if one.theme == ALL else name("theme", one.theme)


def _picture(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 drawn by us, its texts escaped
