"""The part of the page on what set people talking: its sentences, chart and table."""

from collections.abc import Sequence

from markupsafe import Markup

from headwater.landscape.report import charts, numbers, words
from headwater.landscape.report.model import Report, Trigger
from headwater.landscape.report.names import day, days, name, weekday
from headwater.landscape.report.parts import Breakdown, Row, Table
from headwater.landscape.report.plain import plain

COLUMNS = ("When", "What was unusual", "Town's diary")
ASKED = "What happened?"
MOST_NAMED = 4  # moments, in a sentence
MORE = "More posts or people than usual"
NAMED = {0.5: "half as many", 2: "twice as many", 3: "three times as many"}
NEAR_NAMED = 0.1  # of it
LINKS = {"coincided": "coincided with", "followed": "followed, beyond chance,"}
Moment = list[Trigger]  # what stood out on the same days, the most first


def triggers(report: Report) -> Breakdown | None:
    """List the days on which people wrote otherwise than usual, and draw when they were."""
    moments = _moments(report.triggers)
    if not moments:
        return None
    finding = _finding(moments)
    marks = [charts.Moment(first.peaks_on, n) for first, *_ in moments if (n := _excess(first)) > 0]
    span = report.period.starts_on, report.period.ends_on
    chart = Markup(charts.moments(marks, span, plain(finding), MORE)) if marks else None  # noqa: S704 ours
    return Breakdown("", finding, chart, Table(COLUMNS, tuple(map(_row, moments)), n_text=3))


def occasions(report: Report) -> tuple[str, ...]:
    """Name the days on which people wrote otherwise than usual, the most first."""
    moments = _moments(report.triggers)
    named = [f"{_label(one)}: {_small(_diary(one))}" for one in moments[:MOST_NAMED]]
    more = [f"{len(moments) - MOST_NAMED} more."] if len(moments) > MOST_NAMED else []
    return (f"{_often(moments)}.", *named, *more) if moments else ()


def unexplained(report: Report) -> str:
    """Name the days for which the town's diary has nothing."""
    return _listed([one for one in _moments(report.triggers) if _diary(one) == ASKED])


def hateful(report: Report) -> str:
    """Name the days on which more was hateful than usual."""
    return _listed([one for one in _moments(report.triggers) if _is_hateful(one)])


def _listed(moments: Sequence[Moment]) -> str:
    named = [_span(one[0]) for one in moments[:MOST_NAMED]]
    return " and ".join([", ".join(named[:-1]), named[-1]]) if len(named) > 1 else "".join(named)


def _moments(found: Sequence[Trigger]) -> list[Moment]:
    """Put together what stood out on the same days; a change of level stands by itself."""
    moments: list[Moment] = []
    for one in found:
        same = next((moment for moment in moments if _is_with(one, moment[0])), None)
        if same is None:
            moments.append([one])
        else:
            same.append(one)
    return moments


def _is_with(one: Trigger, first: Trigger) -> bool:
    is_burst = one.shape == first.shape == "burst"
    return is_burst and one.starts_on <= first.ends_on and first.starts_on <= one.ends_on


def _finding(moments: Sequence[Moment]) -> str:
    """Say how often it was, and what stood out most."""
    first = moments[0][0]
    linked = f"; it {_linked(first)}" if first.link != "none" else ""
    told = f"{_when(first)} {_size(first)}{linked}.{_peak(first)}"
    return f"{_often(moments)}. {told}"


def _often(moments: Sequence[Moment]) -> str:
    occasions = f"{len(moments)} occasions" if len(moments) > 1 else "one occasion"
    return f"On {occasions} people wrote otherwise than usual"


def _row(moment: Moment) -> Row:
    unusual = "; ".join(map(_size, moment))
    told = f"{_capital(unusual)}.{_faded(moment[0])}{_about(moment)}"
    return Row(_label(moment), (told, _diary(moment)))


def _diary(moment: Moment) -> str:
    """Give what the town's diary has; where one of the counts followed it, say which."""
    for one in sorted(moment, key=lambda one: one.link, reverse=True):
        if one.link == "followed":
            return _capital(f"{_what(one)} {_linked(one)}")
        if one.link == "coincided":
            return _capital(_linked(one))
    return ASKED


def _what(one: Trigger) -> str:
    return f"the theme “{name('theme', one.theme)}”" if one.theme else "what the model flagged"


def _capital(told: str) -> str:
    return f"{told[0].upper()}{told[1:]}"


def _small(told: str) -> str:
    return f"{told[0].lower()}{told[1:]}"


def _label(moment: Moment) -> str:
    """Say when it was, and that it was hateful where it was."""
    span = _capital(_span(moment[0]))
    return f"{span} (hateful)" if _is_hateful(moment) else span


def _span(one: Trigger) -> str:
    is_level = one.shape == "level"
    return f"from {day(one.starts_on)} on" if is_level else days(one.starts_on, one.ends_on)


def _is_hateful(moment: Moment) -> bool:
    """Say whether more was hateful than usual; a level may fall too."""
    return any(
        one.kind == "hate" or (one.kind == "hate_share" and (one.times or 0) > 1) for one in moment
    )


def _when(one: Trigger) -> str:
    if one.starts_on == one.ends_on:
        return f"On {weekday(one.starts_on)} {day(one.starts_on)}"
    return f"From {days(one.starts_on, one.ends_on)}"


def _size(one: Trigger) -> str:
    """Say what there was more of, and what is usual."""
    if one.kind in ("talk", "hate"):
        return f"about {_people(one)} talked of one thing, where about {one.expected or 0:,} would"
    usual = "in the weeks before" if one.shape == "level" else f"is usual{_weekday(one)}"
    if one.kind == "hate_share":
        return f"of judged posts the model flagged about {_times(one)} as hateful as {usual}"
    posts = f"posts of the theme “{name('theme', one.theme)}”" if one.theme else "posts"
    told = (
        f"about {_times(one)} {posts} as {usual}" if one.times else f"far more {posts} than usual"
    )
    return told + _numbers(one) + _talk(one)


def _numbers(one: Trigger) -> str:
    if one.shape == "level" or one.n_posts is None:
        return ""
    return f" (about {one.n_posts or 0:,}, not {one.expected_posts or 0:,})"


def _peak(one: Trigger) -> str:
    """Say how much it was on the peak day, where that is one of several."""
    if one.starts_on == one.ends_on or one.peak_times is None or one.shape == "level":
        return ""
    peak = f"{weekday(one.peaks_on)} {day(one.peaks_on)}"
    return f" The peak was on {peak}, with about {_named(one.peak_times)}."


def _talk(one: Trigger) -> str:
    return f", and about {_people(one)} talked of one thing" if one.people is not None else ""


def _people(one: Trigger) -> str:
    return f"{numbers.count(one.people)} people"


def _weekday(one: Trigger) -> str:
    return f" for a {weekday(one.starts_on)}" if one.starts_on == one.ends_on else ""


def _times(one: Trigger) -> str:
    return _named(one.times or 0.0)


def _named(times: float) -> str:
    """Write how many times the usual it was, in words where there are short ones."""
    near = (said for at, said in NAMED.items() if abs(times / at - 1) <= NEAR_NAMED)
    return next(near, f"{times:g} times as many")


def _linked(one: Trigger) -> str:
    """Say what the town's diary has, and no more of it than is known."""
    return f"{LINKS[one.link]} {'; '.join(map(words.quoted, one.events))}"


def _faded(one: Trigger) -> str:
    if one.half_life_days is None:
        return ""
    days = "a day" if one.half_life_days <= 1 else f"{one.half_life_days:g} days"
    return f" Half of the excess was gone within {days}."


def _about(moment: Moment) -> str:
    """Give the words that a person released, or say that they wait for it."""
    terms = next((one.terms for one in moment if one.terms), ())
    if terms:
        return f" Words: {', '.join(terms)}."
    return " Words: not named yet." if any(one.talked_of_from for one in moment) else ""


def _excess(one: Trigger) -> int:
    """Give how many more there were, of a burst."""
    if one.shape == "level":
        return 0
    people = (one.people or 0) - (one.expected or 0)
    return max(people, (one.n_posts or 0) - (one.expected_posts or 0)) if one.times else people
