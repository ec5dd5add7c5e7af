"""Sums over runs of days, before and behind each day."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def so_far(counts: Floats) -> Floats:
    """Give what was counted before each day and, last, in all."""
    found = np.zeros((*counts.shape[:-1], counts.shape[-1] + 1))
    np.cumsum(counts, axis=-1, out=found[..., 1:])
    return found


def spans(before: Floats, first: int, end: int) -> Floats:
    """Add up, for each day, the days from `first` after it to before `end`.

    Args:
        before: What was counted so far, as `so_far` gives it.
        first: Days behind the day, or before it where negative.
        end: Where the span ends; no part of it.
    """
    last = before.shape[-1] - 1
    starts, ends = (np.clip(np.arange(last) + at, 0, last) for at in (first, end))
    found: Floats = before[..., ends] - before[..., starts]
    return found
