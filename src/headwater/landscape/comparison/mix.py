"""How far apart two reports lie in what their posts are made of."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from headwater.landscape.report import names
from headwater.landscape.report.model import Count

LEAST = 1  # percent, from which on a part counts as one that was read
Percents = Mapping[str, int | None]  # by name, as published; None where that is hidden


class Shift(NamedTuple):
    """Posts of 100 that would have to be in another part for both to be alike.

    Source: the total variation distance of two distributions.
    """

    least: float
    most: float

    @property
    def told(self) -> str:
        """Say it in words, with what hidden parts leave open."""
        posts = f"{self.most:g} of 100 posts"
        return posts if self.least == self.most else f"up to {posts}"


def percents(counts: Iterable[Count]) -> Percents:
    """Give each part's published percent of the posts."""
    return {one.name: one.percent for one in counts}


def alone(here: Percents, there: Percents) -> list[str]:
    """Name the parts that one has and the other has not; a hidden one is told by the shift."""
    return sorted(name for name, n in here.items() if name not in there and (n or 0) >= LEAST)


def shift(first: Percents, second: Percents) -> Shift:
    """Give how far the parts lie apart, at least and at most.

    What either hides is taken together: of that, only how much is left to 100 is known.
    """
    found = {name: (first.get(name, 0), second.get(name, 0)) for name in {*first, *second}}
    told = [(one, other) for one, other in found.values() if one is not None and other is not None]
    apart = sum(abs(one - other) for one, other in told) / 2
    if len(told) == len(found) and found:
        return Shift(apart, apart)
    rests = [max(100 - sum(side), 0) for side in zip(*told, strict=True)] or [100, 100]
    apart += abs(rests[0] - rests[1]) / 2
    return Shift(apart, apart + min(rests))


def spoken(first: Percents, second: Percents, labels: tuple[str, str]) -> str:
    """Say what part of the posts each platform has in both."""
    found = sorted({*first, *second})
    return "; ".join(
        f"{label}: "
        + ", ".join(f"{names.name('platform', name)} {_percent(side, name)}" for name in found)
        for label, side in zip(labels, (first, second), strict=True)
    )


def _percent(side: Percents, name: str) -> str:
    told = side.get(name, 0)
    return "not shown" if told is None else f"{told}%"
