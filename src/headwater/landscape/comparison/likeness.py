"""Which differences make two reports unlike, so that their shares are not set side by side.

A share depends on who judged the posts, by which rules it was told and which platforms were read. Where
these differ, so do the shares, though nothing in the talk may have changed.
"""

from collections.abc import Iterator
from datetime import date

from headwater.landscape.comparison import mix
from headwater.landscape.comparison.facts import FACTS
from headwater.landscape.comparison.pair import Pair
from headwater.landscape.errors import ComparisonError
from headwater.landscape.report import names
from headwater.landscape.report.model import Limit

MOST_SHIFT = 10  # of 100 posts that may be on another platform; a whole share moves by at most
# that part of what the platforms' own shares lie apart: of 5 points by half a point
LONGEST = 80  # signs of two values that are told
CLOSED = (
    "What was released cannot be released again in another way: make the next releases alike, and "
    "compare those."
)


def check(pair: Pair, *, towns_agree: bool) -> None:
    """Refuse two reports that are not alike.

    Raises:
        ComparisonError: All that differs, each with its code and the way out.
    """
    unlike = (*_occasion(pair, towns_agree), *_facts(pair), *_languages(pair), *_platforms(pair))
    if unlike:
        raise ComparisonError([(one.code, one.text) for one in unlike])


def _occasion(pair: Pair, towns_agree: bool) -> Iterator[Limit]:
    """Say whether these two may be compared at all: both released, of different days, agreed to."""
    for report, label in zip((pair.first, pair.second), pair.labels, strict=True):
        if report.period.name is None:
            yield Limit(
                code="working_report",
                text=f"The report of {label} is a working report, not for release. Compare releases: "
                "`headwater report --period` makes them.",
            )
    if not pair.is_one_place and not towns_agree:
        yield Limit(
            code="places",
            text=f"These are two places, {pair.labels[0]} and {pair.labels[1]}. Where both have agreed "
            "to be compared, say so with --towns-agree.",
        )
    shared = _shared_days(pair)
    if pair.is_one_place and shared:
        yield Limit(
            code="overlap",
            text=f"Both hold posts of {names.day(shared[0])} to {names.day(shared[1])}: what differs "
            "then tells of the few posts that one alone holds. Take periods that share no day.",
        )


def _shared_days(pair: Pair) -> tuple[date, date] | None:
    one, other = pair.first.period, pair.second.period
    starts_on, ends_on = max(one.starts_on, other.starts_on), min(one.ends_on, other.ends_on)
    return (starts_on, ends_on) if starts_on <= ends_on else None


def _facts(pair: Pair) -> Iterator[Limit]:
    for fact in FACTS:
        first, second = fact.of(pair.first), fact.of(pair.second)
        if first is not None and second is not None and first != second:
            told = _each(pair, first, second) if len(first + second) <= LONGEST else ""
            text = f"{fact.name} is not the same{told}. {fact.way_out} {CLOSED}"
            yield Limit(code=fact.code, text=text)


def _languages(pair: Pair) -> Iterator[Limit]:
    """Refuse where posts in a language were counted in one report and left in the other."""
    counted, left = (
        [{one.name for one in report.languages if one.counted is is_counted} for report in pair[:2]]
        for is_counted in (True, False)
    )
    apart = sorted((counted[0] & left[1]) | (counted[1] & left[0]))
    if apart:
        told = ", ".join(names.name("language", one) for one in apart)
        yield Limit(
            code="languages",
            text=f"Posts in {told} were counted in one report and left out of the other. Keep "
            f"--languages. {CLOSED}",
        )


def _platforms(pair: Pair) -> Iterator[Limit]:
    """Refuse where other platforms were read, or the same in another mix."""
    first, second = (mix.percents(report.coverage.platforms) for report in pair[:2])
    alone = [*mix.alone(first, second), *mix.alone(second, first)]
    if alone:
        told = ", ".join(names.name("platform", one) for one in alone)
        yield Limit(
            code="platform_alone",
            text=f"Only one of the reports has posts from {told}. Export the same platforms for each. "
            f"{CLOSED}",
        )
        return
    shift = mix.shift(first, second)
    if shift.most > MOST_SHIFT:
        yield Limit(
            code="platform_mix",
            text=f"The platforms' parts of the posts differ by {shift.told}, and {MOST_SHIFT} may be: "
            f"{mix.spoken(first, second, pair.labels)}. Talk differs between platforms, so the whole "
            f"moves with the mix. Read the two reports platform by platform instead. {CLOSED}",
        )


def _each(pair: Pair, first: str, second: str) -> str:
    return f" ({pair.labels[0]}, {first}; {pair.labels[1]}, {second})"
