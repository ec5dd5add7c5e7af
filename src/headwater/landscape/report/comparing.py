"""Which of some estimates is highest and lowest, and whether chance alone may explain that."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from headwater.landscape.report import numbers, words
from headwater.landscape.report.model import Estimate

MOST_NAMED = 4  # of rows that are alike


class Compared(NamedTuple):
    """One shown estimate and what it is called."""

    label: str
    estimate: Estimate


def comparison(rows: Sequence[Compared]) -> str:
    """Say which is highest and lowest, and whether chance alone may explain that."""
    shown = [row for row in rows if row.estimate.share is not None]
    if len(shown) < 2:
        return "; ".join(f"{row.label}: {words.in_full(row.estimate)}" for row in shown)
    high, low = (_alike(shown, end) for end in (max, min))
    if high == low:
        return f"All are alike: {numbers.share(shown[0].estimate)}."
    apart = min(_low(row) for row in high) > max(_high(row) for row in low)
    chance = (
        "The likely ranges of the highest and the lowest do not overlap."
        if apart
        else "The likely ranges overlap: the difference may be chance."
    )
    return f"Highest: {_together(high)}. Lowest: {_together(low)}. {chance}"


def _alike(rows: Sequence[Compared], end: Callable[..., float]) -> list[Compared]:
    """Give all rows whose printed share is the highest or the lowest."""
    at = end(row.estimate.share or 0 for row in rows)
    return [row for row in rows if row.estimate.share == at]


def _together(rows: Sequence[Compared]) -> str:
    """Name the rows that have one share: none of them stands for the others."""
    if len(rows) == 1:
        return f"{rows[0].label}, {words.in_full(rows[0].estimate)}"
    named = " and ".join([", ".join(row.label for row in rows[:-1]), rows[-1].label])
    each = f"{numbers.share(rows[0].estimate)} each"
    return f"{named}, {each}" if len(rows) <= MOST_NAMED else f"{len(rows)} alike, {each}"


def _low(row: Compared) -> float:
    return row.estimate.low or 0


def _high(row: Compared) -> float:
    return row.estimate.high or 0
