"""What may be told of how content travels: no account, no text, no link.

How many posts are of texts of one size is a table of counts as any other. Of a single text sizes are
told to the floor: nearer, they would tell, beside that table, of texts that are not told.
"""

from collections.abc import Collection, Mapping
from typing import Any

from headwater.landscape import travel
from headwater.landscape.publication import rules
from headwater.landscape.publication.tables import counts
from headwater.landscape.publication.triggers import may_be_released
from headwater.landscape.report.model import Limit
from headwater.landscape.report.spread import Arrival, Copied, Of, Order, Pace, SizeCount, Spread
from headwater.landscape.shapes import Settings
from headwater.landscape.talk import Term

HOURS = (1, 3, 6, 12, 24, 72, 168, 720, 2_160, 8_760, 87_600)
CHANCES = (1e-9, 1e-6, 1e-3, 1e-2)
BANDS = (3, 10, 30, 100)  # of communities
Sized = travel.Size | travel.Arrival | travel.Cascade | travel.Rush
IN_HASTE, WIDELY = "copied_in_haste", "copied_widely"
HASTE = Limit(
    code="haste_proves_little",
    text="What many copied within hours may be a campaign, or a thing that caught on: a warning, a "
    "joke, a petition. Time does not tell them apart. Nor does it tell who began, or whether anybody "
    "agreed with anybody.",
)


def spread(
    found: travel.Travel, terms: Mapping[int, Term], released: Collection[str], settings: Settings
) -> Spread:
    """Tell how texts and links travelled; of single texts those that the floor's authors wrote."""
    both: dict[Of, travel.Spread] = {"texts": found.texts, "links": found.links}
    return Spread(
        sizes=tuple(row for of, one in both.items() for row in _sizes(of, one, settings)),
        paces=tuple(_pace(of, one, settings) for of, one in both.items()),
        orders=tuple(row for of, one in both.items() for row in _orders(of, one, settings)),
        copied=_copied(found.families, terms, released, settings),
    )


def haste(told: Spread) -> tuple[Limit, ...]:
    """Say, where a text was copied in haste, what that does not prove."""
    return (HASTE,) if any(one.code == IN_HASTE for one in told.copied) else ()


def _sizes(of: Of, found: travel.Spread, settings: Settings) -> list[SizeCount]:
    """Count posts by the size of what they are of, the smallest first."""
    rows = [SizeCount(of=of, **row.model_dump()) for row in counts(found.bands, settings)]
    return sorted(rows, key=lambda row: int(row.name.split()[0]))


def _pace(of: Of, found: travel.Spread, settings: Settings) -> Pace:
    everything, passed_on = (rules.found(one) for one in found.copied)
    is_told = rules.why_hidden(everything, settings) is None
    tempo = found.tempo
    return Pace(
        of=of,
        passed_on_percent=rules.percent(passed_on.n_posts, everything.n_posts, settings)
        if is_told
        else None,
        percent_step=rules.percent_step(everything.n_posts, settings) if is_told else None,
        half_within_hours=_within(tempo.quartiles[1] + 1)
        if tempo and _is_shown(tempo.size, settings)
        else None,
    )


def _orders(of: Of, found: travel.Spread, settings: Settings) -> list[Order]:
    """Tell of pairs of platforms which leads, as coarsely as a share of so many texts allows."""
    return [
        Order(
            of=of,
            one=pair.one,
            other=pair.other,
            n_both=rules.rounded(pair.n_cascades, settings.round_to),
            one_first_percent=rules.stepped(pair.n_one_first, pair.n_cascades, step),
            other_first_percent=rules.stepped(
                pair.n_cascades - pair.n_tied - pair.n_one_first, pair.n_cascades, step
            ),
            percent_step=step,
            gap_hours=_within(pair.gap_hours),
        )
        for pair in found.crossings
        if all(_is_shown(size, settings) for size in pair.sizes)
        and (step := rules.percent_step(pair.n_cascades, settings))
    ]


def _copied(
    families: Collection[travel.Family],
    terms: Mapping[int, Term],
    released: Collection[str],
    settings: Settings,
) -> tuple[Copied, ...]:
    """Tell of single texts: all that were copied in haste, then those that most people copied."""
    told = [
        _one(one, [terms[at] for at in one.terms], released, settings)
        for one in families
        if _is_shown(one.rush or one.cascade, settings)
    ]
    # by what is printed: the exact order would tell more
    return tuple(sorted(told, key=lambda one: (one.code == WIDELY, -one.authors, one.on)))


def _one(
    one: travel.Family, terms: Collection[Term], released: Collection[str], settings: Settings
) -> Copied:
    group = one.rush or one.cascade
    step = max(settings.round_to, settings.floor)
    when = _haste(one.rush, step) if one.rush else _course(one.cascade)
    return Copied(
        **when,
        n_posts=rules.rounded(group.n_posts, step),
        authors=rules.rounded(group.n_authors, step),
        communities=_band(group.n_communities),
        arrivals=_arrivals(one.cascade, settings),
        terms=tuple(
            term.words
            for term in terms
            if term.words in released and may_be_released(term, settings)
        ),
    )


def _haste(rush: travel.Rush, step: int) -> dict[str, Any]:
    return {
        "code": IN_HASTE,
        "on": travel.day(rush.starts_at + rush.hours // 2),
        "expected": rules.rounded(round(rush.expected_authors), step),
        "chance": next(most for most in CHANCES if rush.p_value <= most),
        "within_hours": _within(rush.hours),
    }


def _course(cascade: travel.Cascade) -> dict[str, Any]:
    hours = _within(cascade.half_hours + 1)
    return {
        "code": WIDELY,
        "on": travel.day(cascade.half_at),
        "expected": None,
        "chance": None,
        "within_hours": hours,
    }


def _arrivals(cascade: travel.Cascade, settings: Settings) -> tuple[Arrival, ...]:
    """Tell the platforms on which the floor's authors wrote, in order as far as it is told."""
    told = [one for one in cascade.arrivals if _is_shown(one, settings)]
    hours = [one.after_hours - told[0].after_hours for one in told]
    arrivals = [
        Arrival(platform=one.platform, after_hours=_within(after) if after else 0)
        for one, after in zip(told, hours, strict=True)
    ]
    return tuple(sorted(arrivals, key=lambda one: (one.after_hours, one.platform)))


def _is_shown(group: Sized, settings: Settings) -> bool:
    found = rules.Group(group.n_posts, group.n_authors, group.n_top)
    return rules.why_hidden(found, settings) is None


def _within(hours: float) -> int:
    """Give a round number of hours that is no smaller."""
    return next(most for most in HOURS if hours <= most)


def _band(n: int) -> str:
    """Say about how many there are."""
    low = max((one for one in BANDS if one <= n), default=0)
    high = min((one for one in BANDS if one > n), default=0)
    return f"fewer than {high}" if not low else f"{low} to {high - 1}" if high else f"{low} or more"
