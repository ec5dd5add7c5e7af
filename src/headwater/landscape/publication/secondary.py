"""Hide more, until sums and differences tell no hidden number.

The opponent knows the rules and every total and, to be safe, is taken to know what is shown
better than it is printed.
Source: M. Fischetti and J. J. Salazar-González, Solving the cell suppression problem on tabular
data with linear constraints, Management Science 47 (2001), for the problem; the ranges here come
from interval propagation.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
ROUNDS = 50  # of propagation; it settles in a few


class Cells(NamedTuple):
    """Numbers tied by sums, n of them, and what is told of each."""

    value: Floats
    told: Floats  # what each is taken to be while it is shown
    shown: Bools
    authors: Floats
    risky: Bools  # while hidden it must not be told to within the floor
    least: Floats  # what is known of it once hidden: the reason for hiding tells as much


def hide(cells: Cells, lines: Floats, floor: int) -> Cells:
    """Hide more until each risky hidden cell is left a range as wide as the floor.

    Lines are one row a sum and n columns: 1 for its parts, -1 for a total that is a cell itself.
    What they add up to is taken as known.
    """
    while (partner := _next(cells, lines, floor)) is not None:
        cells = cells._replace(shown=cells.shown & (np.arange(len(cells.shown)) != partner))
    return cells


def _next(cells: Cells, lines: Floats, floor: int) -> int | None:
    """Choose what to hide next; None where nothing need be hidden, or nothing is left to hide."""
    missing = _missing(cells, lines, floor)
    if missing.max(initial=0) > 0:
        return _partner(cells, lines, int(missing.argmax()))
    return _companion(cells, lines, floor)


def _companion(cells: Cells, lines: Floats, floor: int) -> int | None:
    """Choose a part to hide with others that are few people even together: their sum is told.

    The same people may be in several parts: so together they count as half of what they add up to.
    """
    for line in lines:
        shown, hidden = (line > 0) & cells.shown, (line > 0) & ~cells.shown
        is_told = cells.shown[line < 0].all() and shown.any() and hidden.any()
        if is_told and cells.risky[hidden].all() and cells.authors[hidden].sum() < 2 * floor:
            return _smallest(cells, shown)
    return None


def _smallest(cells: Cells, among: Bools) -> int:
    places = np.flatnonzero(among)
    return int(places[cells.told[places].argmin()])


def tells(cells: Cells, lines: Floats, floor: int) -> bool:
    """Say whether a risky hidden cell can be told to within the floor."""
    return bool(_missing(cells, lines, floor).max(initial=0) > 0)


def bounds(cells: Cells, lines: Floats) -> tuple[Floats, Floats]:
    """Return the least and the most that each cell can be, by the sums alone."""
    sums = lines @ cells.value
    most = 1e12  # more than there are posts; from infinity nothing can be taken
    low = np.where(cells.shown, cells.told, cells.least)
    high = np.where(cells.shown, cells.told, most)
    for _ in range(ROUNDS):
        before = (high - low).sum()
        for line, total in zip(lines, sums, strict=True):
            low, high = _narrow(low, high, line, total)
        if (high - low).sum() == before:
            break
    return low, high


def _narrow(low: Floats, high: Floats, line: Floats, total: float) -> tuple[Floats, Floats]:
    """Leave each cell of one sum what the others leave it."""
    least, most = _turned(low, high, line)
    left_least = np.maximum(least, total - (most.sum() - most))
    left_most = np.minimum(most, total - (least.sum() - least))
    left_low, left_high = _turned(left_least, left_most, line)
    return np.where(line == 0, low, left_low), np.where(line == 0, high, left_high)


def _turned(low: Floats, high: Floats, line: Floats) -> tuple[Floats, Floats]:
    """Return the ends of each cell times its part in a sum, 1, 0 or -1."""
    return np.where(line < 0, -high, line * low), np.where(line < 0, -low, line * high)


def _missing(cells: Cells, lines: Floats, floor: int) -> Floats:
    """Return by how much the range of each risky hidden cell falls short of the floor."""
    low, high = bounds(cells, lines)
    return np.where(cells.risky & ~cells.shown, floor - (high - low), 0.0)


def _partner(cells: Cells, lines: Floats, told: int) -> int | None:
    """Choose what to hide beside a cell: the smallest part of its tightest sum, last the total.

    The smallest, not the smallest that is enough: how much was enough would tell of the cell.
    Where its own sums show nothing any more, another sum tells of them, and is next.
    """
    low, high = bounds(cells, lines)
    own = lines[:, told] != 0
    slack = np.abs(lines) @ (high - low)
    for line in lines[np.lexsort((slack, ~own))]:
        for side in (line > 0, line < 0):
            if (side & cells.shown).any():
                return _smallest(cells, side & cells.shown)
    return None
