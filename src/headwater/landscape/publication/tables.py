"""Tables of counts whose cells sum to a whole that everybody knows."""

from collections.abc import Sequence

import numpy as np

from headwater.landscape.publication import rules, secondary
from headwater.landscape.publication.secondary import Cells, Floats
from headwater.landscape.report.model import Count, Why
from headwater.landscape.shapes import Measure, Settings

ALL = "all"  # stands in a key for the margin
Key = tuple[str, ...]


def counts(measures: Sequence[Measure], settings: Settings) -> tuple[Count, ...]:
    """Return cells that together are the whole: the largest first, the hidden ones last.

    Empty where the whole is so small that even a table of hidden cells would tell of them.
    """
    measures = sorted(measures)
    # Nothing exact decides what else is hidden: the choice itself would tell of it.
    told = [rules.rounded(measure.n_posts, settings.round_to) for measure in measures]
    rows = _counts(measures, told, np.ones((1, len(measures))), settings)
    return tuple(sorted(rows, key=lambda row: (-(row.n_posts or 0), row.name)))


def crossed(measures: Sequence[Measure], settings: Settings) -> dict[Key, Count]:
    """Return a table of rows and columns with both its margins; empty where `counts` would be.

    Its keys are (row, column), (row, "all") and ("all", column).
    """
    keys = [measure.key for measure in measures]
    told = [measure.n_posts for measure in measures]  # rounded, rows and columns would not add up
    rows = _counts(measures, told, _sums(keys), settings)
    return dict(zip(keys, rows, strict=False))


def _sums(keys: Sequence[Key]) -> Floats:
    """Return a line for each margin as a whole, and one for each of its totals."""
    lines = []
    for side in (0, 1):
        totals = [key for key in keys if key[1 - side] == ALL]
        lines.append([float(key in totals) for key in keys])
        lines += [[_in_sum(key, total, side) for key in keys] for total in totals]
    return np.array(lines)


def _in_sum(key: Key, total: Key, side: int) -> float:
    return -1.0 if key == total else float(key[side] == total[side])


def _counts(
    measures: Sequence[Measure], told: Sequence[int], lines: Floats, settings: Settings
) -> list[Count]:
    """Publish cells tied by sums, the first of which is the whole."""
    rules.check(settings)
    whys = [rules.why_hidden(rules.found(measure), settings) for measure in measures]
    value = np.array([measure.n_posts for measure in measures], float)
    least = np.array([_least(why) for why in whys], float)
    shown = np.array([why is None for why in whys], bool)
    authors = np.array([measure.n_authors for measure in measures], float)
    cells = Cells(value, np.array(told, float), shown, authors, risky=~shown, least=least)
    cells = secondary.hide(cells, lines, settings.floor)
    if secondary.tells(cells, lines, settings.floor):
        return []
    n_whole = int(lines[0] @ value)
    return [
        _shown(measure, n_whole, settings) if shown else _hidden(measure, why or Why.SECONDARY)
        for measure, shown, why in zip(measures, cells.shown, whys, strict=True)
    ]


def _least(why: Why | None) -> int:
    """Return the fewest posts that a cell hidden for this reason can hold: it is listed."""
    return 1 if why == Why.FEW_AUTHORS else rules.POSTS


def _hidden(measure: Measure, why: Why) -> Count:
    return Count(name=measure.key[-1], n_posts=None, percent=None, why=why)


def _shown(measure: Measure, n_whole: int, settings: Settings) -> Count:
    n_posts = rules.rounded(measure.n_posts, settings.round_to)
    percent = int(100 * n_posts / rules.rounded(n_whole, settings.round_to) + 0.5)
    if percent in (0, 100) and measure.n_within_authors < rules.BASE_AUTHORS:
        return Count(name=measure.key[-1], n_posts=n_posts, percent=None)
    return Count(name=measure.key[-1], n_posts=n_posts, percent=percent)
