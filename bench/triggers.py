"""How large a burst or a change of level must be to be found, and how often one is found in nothing.

Run `python -m bench.triggers`; it writes the tables and the picture of docs/why/triggers.md. Here the
thresholds of `analyses/series.py` and `levels.py` were fixed, before any real series was looked at.
"""

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import altair as alt
import numpy as np
import vl_convert

from headwater.landscape.analyses.interrupted import followed
from headwater.landscape.analyses.levels import Level, levels
from headwater.landscape.analyses.series import Series, bursts, outside
from headwater.landscape.analyses.spans import Floats
from tests.landscape.daily import YEAR, drawn

DOCS = Path(__file__).parents[1] / "docs"
POSTS = (5, 50, 500, 5_000)  # a day
SIZES = (1.25, 1.5, 2.0, 3.0, 4.0)  # times the usual
NOISES = (
    (0.0, 0.0),
    (0.15, 0.5),
    (0.15, 0.8),
    (0.3, 0.5),
)  # of a day's level, and how alike days are
LASTS = 3  # days, of a burst
N = 200  # series of a number
N_BESIDE = 25  # series of a report: two and its themes
AT = range(60, YEAR - 60)  # where something is planted


class Point(NamedTuple):
    """One number of a curve."""

    what: str
    posts: int
    size: float
    share: float  # found


def found(counts: Floats) -> tuple[int, tuple[Level, ...], list[int]]:
    """Give how many bursts some series have, their levels, and the first days of the bursts."""
    series = Series(counts, np.ones_like(counts))
    risen = bursts(series)
    return (
        len(risen),
        levels(series, outside(risen, counts.shape)),
        [one.first for one in risen],
    )


def burst_is_found(rng: np.random.Generator, posts: int, size: float) -> bool:
    """Plant three days in a year, and say whether a burst begins there, give or take a day."""
    counts, at = drawn(rng, posts), int(rng.choice(AT))
    counts[0, at : at + LASTS] = rng.poisson(counts[0, at : at + LASTS] * size)
    return any(abs(first - at) <= 1 for first in found(counts)[2])


def shift_is_found(rng: np.random.Generator, posts: int, size: float) -> bool:
    """Plant a change for good, and say whether it is found, give or take three days."""
    counts, at = drawn(rng, posts), int(rng.choice(AT))
    counts[0, at:] = rng.poisson(counts[0, at:] * size)
    return any(abs(one.first - at) <= 3 for one in found(counts)[1])


def effect_is_followed(rng: np.random.Generator, posts: int, size: float) -> bool:
    """Plant an effect that halves in four days, and say whether it is told as beyond chance."""
    counts, control, at = drawn(rng, posts)[0], drawn(rng, 10 * posts)[0], int(rng.choice(AT))
    times = 1 + (size - 1) * 0.5 ** (np.arange(YEAR - at) / 4)
    counts[at:] = rng.poisson(counts[at:] * times)
    return followed(counts, control, at, [at])


PLANTED: dict[str, Callable[[np.random.Generator, int, float], bool]] = {
    "burst": burst_is_found,
    "level": shift_is_found,
    "followed": effect_is_followed,
}


def power() -> Iterator[Point]:
    """Say of each size which share is found; of size 1, what is found in nothing there."""
    for what, plant in PLANTED.items():
        for posts in POSTS:
            for size in (1.0, *SIZES) if what == "followed" else SIZES:
                rng = np.random.default_rng([posts, int(100 * size)])
                hits = sum(plant(rng, posts, size) for _ in range(N))
                yield Point(what, posts, size, hits / N)


def false_alarms() -> Iterator[tuple[str, int, float, float]]:
    """Count what is found in a year of nothing: in one series, and in each of a report's."""
    for noise, alike in NOISES:
        for n_series, n_reports in ((1, N), (N_BESIDE, N // N_BESIDE)):
            rng = np.random.default_rng([int(100 * noise), int(100 * alike), n_series])
            n_bursts = n_levels = 0
            for at in range(n_reports):
                mean = POSTS[at % len(POSTS)]
                told = found(drawn(rng, mean, n_series=n_series, noise=noise, alike=alike))
                n_bursts, n_levels = n_bursts + told[0], n_levels + len(told[1])
            yield f"{noise:.0%}, {alike:g}", n_series, n_bursts / n_reports, n_levels / n_reports


def main() -> None:
    """Write the tables and the picture."""
    points = list(power())
    for what in PLANTED:
        own = [one for one in points if one.what == what]
        sizes = sorted({one.size for one in own})
        rows = [
            [f"{posts:,}", *(f"{one.share:.0%}" for one in own if one.posts == posts)]
            for posts in POSTS
        ]
        _write(f"trigger-{what}.csv", ["Posts a day", *(f"{size:g} times" for size in sizes)], rows)
    head = [
        "Noise of a day, likeness of days",
        "Series of the report",
        "Bursts",
        "Changes of level",
    ]
    alarms = [[noise, n, f"{b:.2f}", f"{s:.2f}"] for noise, n, b, s in false_alarms()]
    _write("trigger-false.csv", head, alarms)
    (DOCS / "images" / "trigger-power.svg").write_text(_picture(points), encoding="utf-8")


def _write(name: str, head: list[str], rows: list[list[object]] | list[list[str]]) -> None:
    with (DOCS / "why" / name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])


def _picture(points: list[Point]) -> str:
    """Draw the curves of bursts and of changes of level side by side."""
    rows = [one._asdict() | {"posts": f"{one.posts:,}"} for one in points if one.what != "followed"]
    size = alt.X("size:Q", title="Times the usual", scale=alt.Scale(domain=[1, 4]))
    share = alt.Y("share:Q", title="Found", axis=alt.Axis(format="%"))
    posts = alt.Color("posts:N", title="Posts a day", sort=[f"{one:,}" for one in POSTS])
    chart = (
        alt.Chart(alt.Data(values=rows)).mark_line(point=True).encode(x=size, y=share, color=posts)
    )
    drawn_beside = chart.properties(width=240, height=180).facet(
        column=alt.Column("what:N", title=None)
    )
    svg: str = vl_convert.vegalite_to_svg(drawn_beside.to_dict())
    return svg


if __name__ == "__main__":
    main()
