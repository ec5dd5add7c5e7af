"""Rates with their intervals, of one population and the parts it is told by."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from headwater.landscape.publication import digits, rules, secondary
from headwater.landscape.publication.secondary import Bools, Cells, Floats
from headwater.landscape.publication.tables import counts
from headwater.landscape.report.model import Estimate, Why
from headwater.landscape.shapes import Measure, Settings

PARTS = frozenset(  # each sums to all
    {"language", "platform", "month", "weekday", "hour", "scope", "theme"}
)
WHOLE, AUDITED = ("all", "all"), ("audited", "all")  # as the model has it; as people found it
DAY, LEFT_FOR = "day", "left_for"
JUDGED = ""  # stands for the posts that were left for no reason
MOST_LEFT = 0.1  # of a base: more unjudged posts cannot be told as judged
NOTHING = Estimate(n_posts=None, share=None, low=None, high=None, why=Why.SMALL_BASE)

ABSTAINS = NOTHING.model_copy(update={"why": Why.ABSTAINS})
UNTOLD = NOTHING.model_copy(update={"why": Why.SECONDARY})

Key = tuple[str, ...]


def estimates(
    measures: Sequence[Measure],
    settings: Settings,
    counted: Sequence[Measure] = (),
    level: Estimate | None = None,
) -> dict[Key, Estimate]:
    """Return by key, in the order of keys and not of sizes, what may be told of each measure.

    Nothing is told of any where the small ones among them cannot be kept from showing.

    Args:
        measures: by keys as ("all", "all"), ("language", "en"), ("day", "2024-03-05"): every part
            of the population, also those in which nothing was found. What is under another first
            word is not taken to sum to all.
        settings: what the town chose.
        counted: all accepted posts, judged or not, by the same keys, as far as tables of counts
            tell of them: a count that is hidden there is told by no base here.
        level: the share of the whole, where it was told before; else it is among the measures.
    """
    rules.check(settings)
    if not measures:
        return {}
    measures = sorted(measures, key=lambda one: [part.zfill(2) for part in one.key])  # hours: 02
    lines = _sums([measure.key for measure in measures])
    untold = _hidden(counted, settings)
    bases = secondary.hide(_bases(measures, untold, settings), lines, settings.floor)
    if _fails(measures, bases, _n_left(measures, counted, untold), lines, settings):
        return {one.key: UNTOLD for one in measures}
    has_find = _has_find(measures, bases.shown, lines, settings)
    told = _told_bases(measures, counted, untold, settings)
    rows = {
        one.key: _Row(one, n_told if base else None, bool(find))
        for one, n_told, base, find in zip(measures, told, bases.shown, has_find, strict=True)
    }
    whole = rows.get(AUDITED, rows.get(WHOLE))
    level = _whole(whole, settings) if whole else level
    return {
        key: level if level and row is whole else _part(row, level, settings)
        for key, row in rows.items()
    }


class _Row(NamedTuple):
    """A measure, and what of it may be told: its base as printed, and what was found."""

    measure: Measure
    n_told: int | None
    has_find: bool


def _sums(keys: Sequence[Key]) -> Floats:
    """Return one line for each sum that the keys are known to make."""
    at = {key: place for place, key in enumerate(keys)}
    lines: dict[tuple[str, Key], Floats] = {}
    for key, place in at.items():
        for total in _totals(key):
            if total in at:
                line = lines.setdefault((key[0], total), np.zeros(len(keys)))
                line[[place, at[total]]] = 1, -1
    return np.array(list(lines.values())).reshape(-1, len(keys))


def _totals(key: Key) -> list[Key]:
    if key[0] == DAY:
        weekday = str(date.fromisoformat(key[1]).weekday())
        return [("month", key[1][:7]), ("weekday", weekday)]
    return [WHOLE] if key[0] in PARTS else []


def _hidden(counted: Sequence[Measure], settings: Settings) -> set[Key]:
    """Return the keys that their own table of counts does not tell."""
    hidden = {one.key for one in counted}
    for by in {key[0] for key in hidden}:
        table = counts([one for one in counted if one.key[0] == by], settings)
        hidden -= {(by, cell.name) for cell in table if cell.n_posts is not None}
    return hidden


def _bases(measures: Sequence[Measure], untold: set[Key], settings: Settings) -> Cells:
    value = np.array([measure.n_within for measure in measures], float)
    small = _each(rules.why_hidden(rules.base(measure), settings) for measure in measures)
    shown = ~_each(_why_no_base(measure, settings) for measure in measures)
    shown &= [measure.key not in untold for measure in measures]
    least = np.array([_least_base(measure, settings) for measure in measures], float)
    authors = np.array([measure.n_within_authors for measure in measures], float)
    return Cells(value, value, shown, authors, risky=small, least=least)


def _has_find(
    measures: Sequence[Measure], has_base: Bools, lines: Floats, settings: Settings
) -> Bools:
    """Say for n measures whether the share found may be told."""
    finds = secondary.hide(_finds(measures, has_base, settings), lines, settings.floor)
    at = {one.key: place for place, one in enumerate(measures)}
    if AUDITED not in at or finds.shown[at[WHOLE]]:
        return finds.shown
    # the parts add up to what people found: beside that, none may be told where the sum may not be
    alone: Bools = finds.shown & (np.arange(len(measures)) == at[AUDITED])
    return alone


def _finds(measures: Sequence[Measure], has_base: Bools, settings: Settings) -> Cells:
    value = np.array([measure.n_posts for measure in measures], float)
    small = _each(rules.why_hidden(rules.found(measure), settings) for measure in measures)
    no_rate = _each(rules.why_no_rate(rules.base(measure), settings) for measure in measures)
    shown = has_base & ~small & ~no_rate
    authors = np.array([measure.n_authors for measure in measures], float)
    least = np.where(shown, rules.POSTS, 0.0)
    return Cells(value, value, shown, authors, risky=small, least=least)


def _each(whys: Iterable[Why | None]) -> Bools:
    return np.array([why is not None for why in whys], bool)


def _why_no_base(measure: Measure, settings: Settings) -> Why | None:
    """Say why not even the base is told: of a day it may be, as a count, without a rate."""
    if measure.key[0] == DAY:
        return rules.why_hidden(rules.base(measure), settings)
    return rules.why_no_rate(rules.base(measure), settings)


def _least_base(measure: Measure, settings: Settings) -> int:
    """Return the fewest posts that a hidden base can hold, given why it is hidden."""
    small = rules.why_no_rate(rules.base(measure), settings) == Why.SMALL_BASE
    return 1 if small else rules.BASE_POSTS


def _told_bases(
    measures: Sequence[Measure], counted: Sequence[Measure], untold: set[Key], settings: Settings
) -> list[int]:
    """Round each base to two digits: it says how firm a rate is, and must say no more.

    Where few posts were left unjudged, bases are told as if they had been judged, all on the
    busiest day and in the busiest hour; else a subtraction would tell of the few that were left.
    """
    n_known = {one.key: one.n_posts for one in counted}
    n_left, few = _n_left(measures, counted, untold), 2 * settings.floor
    with_left = _busiest(measures)
    told = []
    for one in measures:
        n_more = n_left if one.key in with_left or not _totals(one.key) else 0
        n_more = n_known.get(one.key, one.n_within + n_more) - one.n_within
        n_posts = one.n_within + n_more if n_left or n_more < few else one.n_within
        told.append(digits.two(n_posts, settings.round_to if one.key[0] == DAY else few))
    return told


def _n_left(measures: Sequence[Measure], counted: Sequence[Measure], untold: set[Key]) -> int:
    """Count the posts that were left unjudged where not even their number is told."""
    reasons = [one for one in counted if one.key[0] == LEFT_FOR]
    if not reasons:
        n_judged = max(one.n_within for one in measures)
        return max((one.n_within - n_judged for one in counted), default=0)
    if (LEFT_FOR, JUDGED) not in untold:
        return 0
    return sum(one.n_posts for one in reasons if one.key in untold and one.key[1] != JUDGED)


def _busiest(measures: Sequence[Measure]) -> set[Key]:
    """Return the busiest hour, the busiest day and the sums that day is in."""
    found: set[Key] = set()
    for by in (DAY, "hour"):
        parts = [one for one in measures if one.key[0] == by]
        if parts:
            key = max(parts, key=lambda one: one.n_within).key
            found |= {key, *(_totals(key) if by == DAY else ())}
    return found


def _fails(
    measures: Sequence[Measure], bases: Cells, n_left: int, lines: Floats, settings: Settings
) -> bool:
    """Say whether a base still shows, or not even that of all posts can be told as it is."""
    for one, shown in zip(measures, bases.shown, strict=True):
        may_be_told = one.key == WHOLE and not rules.why_no_rate(rules.base(one), settings)
        if may_be_told and (not shown or n_left > MOST_LEFT * one.n_within):
            return True
    return secondary.tells(bases, lines, settings.floor)


def _whole(row: _Row, settings: Settings) -> Estimate:
    """Tell the share of the whole, or a bound that is the same whatever few people wrote.

    Where few wrote so much that the bound would not be true, there is none.
    """
    bound = digits.ladder(row.measure.high_of_few)
    return _told(row, bound if row.measure.high <= bound < 1 else None, settings)


def _part(row: _Row, level: Estimate | None, settings: Settings) -> Estimate:
    """Tell the share of a part, or what it would be were all that the whole holds in this part.

    That follows from what is printed of the whole, so it says nothing more of the part.
    """
    if level is None or level.high is None or not level.n_posts or not row.n_told:
        return _told(row, None, settings)
    return _told(row, digits.upwards(level.high * level.n_posts / row.n_told), settings)


def _told(row: _Row, high: float | None, settings: Settings) -> Estimate:
    if row.has_find:
        share, low, high = digits.supported(row.measure)
        return Estimate(n_posts=row.n_told, share=share, low=low, high=high)
    why = rules.why_no_rate(rules.base(row.measure), settings)
    if why or row.n_told is None or high is None:
        why = why or Why.SECONDARY
        return Estimate(n_posts=row.n_told, share=None, low=None, high=None, why=why)
    return Estimate(n_posts=row.n_told, share=None, low=None, high=high, why=Why.UPPER_BOUND)
