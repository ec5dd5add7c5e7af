"""Tables and figures of the card, in Markdown."""

from collections.abc import Iterable
from typing import Any

import numpy as np


def table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    """Give a table."""
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(str(cell) for cell in line)} |\n" for line in lines)


def percent(share: float | None) -> str:
    """Give a share, two digits of it at least; nothing where it is not known."""
    return (
        "" if share is None else f"{100 * share:.1f} %" if share >= 0.01 else f"{100 * share:.2f} %"
    )


def decimal(found: float | None) -> str:
    """Give a score of 0 to 1; nothing where it is not known."""
    return "" if found is None or np.isnan(found) else f"{found:.3f}"
