"""How a difference is written in a cell: in points of 100 posts, with its sign."""

from collections.abc import Sequence
from typing import NamedTuple

from headwater.landscape.report import numbers, words
from headwater.landscape.report.difference.model import Difference, Side
from headwater.landscape.report.model import Estimate

DASH, MINUS = "\N{EN DASH}", "\N{MINUS SIGN}"
ARROWS = {"higher": "\N{UPWARDS ARROW}", "lower": "\N{DOWNWARDS ARROW}"}
MORE = {"higher": "more", "lower": "less"}
NONE_TOLD = "No difference can be told."


class Cell(NamedTuple):
    """A number, or why there is none, and where the true one likely lies."""

    number: str
    ends: str = ""


def share(one: Estimate | None, side: Side) -> Cell:
    """Write what one of the reports tells."""
    if one is None:
        return Cell("not in this report")
    if one.share is None:
        return Cell(words.hidden(one, side.method))
    n_digits = numbers.digits(one.share, one.low, one.high)
    low = numbers.percent(one.low, n_digits).removesuffix("%")
    return Cell(numbers.share(one), f"{low}{DASH}{numbers.percent(one.high, n_digits)}")


def difference(one: Difference) -> Cell:
    """Write the difference in the digits of its interval, with an arrow only where it is told."""
    arrow = f"{ARROWS[one.direction]} " if one.direction else ""
    if one.difference is None:
        return Cell(f"{arrow}by at least {_least(one)}" if arrow else "not told")
    n_digits = numbers.digits(one.difference, one.low, one.high)
    ends = " to ".join(_signed(end or 0, n_digits) for end in (one.low, one.high))
    return Cell(arrow + _signed(one.difference, n_digits), ends)


def verdict(one: Difference, second: Side) -> str:
    """Say of one difference whether it can be told."""
    return f"In {second.label} it is {MORE[one.direction]}." if one.direction else NONE_TOLD


def finding(rows: Sequence[tuple[str, Difference]]) -> str:
    """Say of which parts a difference can be told, in the order given."""
    told = [f"{label}: {MORE[one.direction]}." for label, one in rows if one.direction]
    if len(told) == len(rows):
        return " ".join(told)
    none = (
        "In the others no difference can be told." if told else "No difference can be told in any."
    )
    return " ".join([*told, NONE_TOLD if len(rows) == 1 else none])


def _least(one: Difference) -> str:
    """Write by how much at least one is above a bound, or below it."""
    least = one.low if one.direction == "higher" else one.high
    return numbers.percent(abs(least or 0)).removesuffix("%")


def _signed(value: float, n_digits: int) -> str:
    """Write a difference of shares as points, with a true minus."""
    return f"{value * 100:+.{n_digits}f}".replace("-", MINUS) if value else "0"
