"""How numbers are written on the page."""

from math import ceil, floor

from headwater.landscape.report.model import Estimate

FINE_STEP = 2  # percent; a percentage in larger steps is written as a range


def count(number: int | None) -> str:
    """Write a count, or that it is not shown."""
    return "not shown" if number is None else f"{number:,}"


def percent(share: float | None, n_digits: int | None = None) -> str:
    """Write a share of 0 to 1 as percent, with the digits it was given or so many."""
    if share is None:
        return "not shown"
    n_digits = digits(share) if n_digits is None else n_digits
    return f"{share * 100:.{n_digits}f}%"


def digits(*shares: float | None) -> int:
    """Count the digits after the point that these shares need as percent."""
    written = (f"{round(share * 100, 6):f}".rstrip("0") for share in shares if share is not None)
    return max((len(number.partition(".")[2]) for number in written), default=0)


def whole_percent(number: int | None) -> str:
    """Write whole percent; what is counted at all is never told as none."""
    return "not shown" if number is None else f"{number}%" if number else "under 1%"


def stepped(number: int | None, step: int | None) -> str:
    """Write a percentage that was rounded to such steps as what it may have been."""
    if number is None or step is None or step <= FINE_STEP:
        return whole_percent(number)
    low, high = max(floor(number - step / 2), 0), min(ceil(number + step / 2), 100)
    if low == 0:
        return f"under {high}%"
    return f"over {low}%" if high == 100 else f"{low} to {high}%"


def share(one: Estimate) -> str:
    """Write an estimate with as many digits as its interval."""
    return percent(one.share, digits(one.share, one.low, one.high))


def interval(one: Estimate) -> str:
    """Write where the true share likely lies."""
    n_digits = digits(one.share, one.low, one.high)
    return f"{percent(one.low, n_digits)} to {percent(one.high, n_digits)}"
