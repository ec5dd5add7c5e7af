"""`make bench`: our speed and memory beside those of peers, on this machine, in this run."""

import json
import sys
from pathlib import Path
from typing import get_args

from rich.console import Console
from rich.table import Table

from bench import measure, posts, topics
from headwater.landscape.shapes import Effort

FOLDER = Path("build/bench")
PEERS = Path(".venvs/peers/bin/python")
SMALL, LARGE, RICH = 200_000, 2_000_000, 40_000


def main() -> None:
    """Measure, then print what was measured."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    small, large = posts.table(FOLDER, SMALL), posts.table(FOLDER, LARGE)
    rows = [
        *_ends(small, large),
        *_readers(small),
        *_travel(small),
        *_words(),
        *_days_and_camps(),
        *_topics(),
        *_places(small),
        *_peers(small),
    ]
    table = Table("what", "figure", "beside")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _ends(small: Path, large: Path) -> list[tuple[str, str, str]]:
    polars = _cost(PEERS, "bench/peers.py", "polars", small)
    pieces = {"report, fast": ("report", "fast"), "unjudged": ("unjudged",)}
    cost = {
        (name, path): _ours(piece[0], path, *piece[1:])
        for name, piece in pieces.items()
        for path in (small, large)
    }
    rate = {key: json.loads(one.output) for key, one in cost.items()}
    rows = []
    for piece in pieces:
        first, second = (rate[piece, path] for path in (small, large))
        each, later = (one["seconds"] / one["posts"] for one in (first, second))
        ratio = first["seconds"] / json.loads(polars.output)["seconds"]
        rows += [
            (f"{piece}, posts/s at 200 k", f"{1 / each:,.0f}", f"{ratio:.1f} x polars read+write"),
            (
                f"{piece}, posts/s at 2 M",
                f"{1 / later:,.0f}",
                f"{later / each:.2f} x a post's cost",
            ),
            (f"{piece}, peak MB at 2 M", f"{cost[piece, large].peak_mb:,.0f}", ""),
        ]
    deeper = _ours("report", small, "balanced")
    each = json.loads(deeper.output)
    speed, memory = each["posts"] / each["seconds"], f"peak {deeper.peak_mb:,.0f} MB"
    return [*rows, ("report, balanced, posts/s at 200 k", f"{speed:,.0f}", memory)]


def _readers(small: Path) -> list[tuple[str, str, str]]:
    rich = posts.rich(FOLDER, RICH)
    rows = []
    for what, path in (("table, short lines", small), ("Bluesky, rich posts", rich)):
        read = json.loads(_ours("read", path).output)
        rows += [
            ("reader, lines/CPU-s", f"{read['posts_per_cpu_second']:,.0f}", what),
            ("reader, MB/CPU-s", f"{read['mb_per_cpu_second']:,.0f}", what),
        ]
    return rows


def _travel(small: Path) -> list[tuple[str, str, str]]:
    sketched = json.loads(_ours("sketch", small).output)["posts_per_cpu_second"]
    rows = [("sketch, posts/CPU-s", f"{sketched:,.0f}", "")]
    for n_posts in (SMALL, LARGE):
        cost = _ours("travel", str(n_posts))
        speed = json.loads(cost.output)["posts_per_cpu_second"]
        what = f"copies, spread and rushes, posts/CPU-s at {n_posts:,}"
        rows.append((what, f"{speed:,.0f}", f"peak {cost.peak_mb:,.0f} MB"))
    return rows


def _words() -> list[tuple[str, str, str]]:
    rows = []
    for n_terms in (20_000, 200_000):
        cost = _ours("words", str(n_terms))
        speed = json.loads(cost.output)
        what = f"terms/CPU-s at {n_terms:,}"
        rows.append((f"bursts, {what}", f"{speed['bursts']:,.0f}", ""))
        rows.append(
            (
                f"words that come and go, {what}",
                f"{speed['changes']:,.0f}",
                f"peak {cost.peak_mb:,.0f} MB",
            )
        )
    return rows


def _days_and_camps() -> list[tuple[str, str, str]]:
    """Cost of each at one size and at ten times that, which should be the same."""
    asked = (
        ("moving", "words whose company changes, posts/CPU-s", (20_000, 200_000)),
        ("days", "bursts and levels of 25 counts, days/CPU-s", (400, 4_000)),
        ("divide", "who answers whom, answers/CPU-s", (100_000, 1_000_000)),
    )
    rows = []
    for piece, what, sizes in asked:
        for size in sizes:
            cost = _ours(piece, str(size))
            (speed,) = json.loads(cost.output).values()
            rows.append((f"{what} at {size:,}", f"{speed:,.0f}", f"peak {cost.peak_mb:,.0f} MB"))
    return rows


def _places(small: Path) -> list[tuple[str, str, str]]:
    speed = json.loads(_ours("place", small).output)["posts_per_cpu_second"]
    return [("which places posts name, posts/CPU-s", f"{speed:,.0f}", "")]


def _topics() -> list[tuple[str, str, str]]:
    path, vectors = topics.texts(FOLDER), FOLDER / "topics.npy"
    ours = json.loads(_ours("topics", path, str(vectors)).output)
    theirs = json.loads(_cost(PEERS, "bench/peers.py", "bertopic", path, vectors).output)
    largest = theirs["told"][: ours["themes"]]  # they come by size
    rows = [("vectors of posts, posts/CPU-s", f"{ours['posts_per_cpu_second']:,.0f}", "")]
    for name, told, one in (
        ("themes", ours["told"], ours),
        ("BERTopic", theirs["told"], theirs),
        ("BERTopic, as many of its largest", largest, theirs),
    ):
        quality = topics.quality(told, path)
        words = f"{quality['themes']} themes, NPMI {quality['npmi']:.3f}, diversity {quality['diversity']:.2f}"
        rest = f"{one['unassigned']:.0%} in none, Rand index of two runs {one['agreement']:.2f}"
        rows.append(
            (f"{name}, seconds for {topics.N_POSTS:,}", f"{one['seconds']:.1f}", f"{words}, {rest}")
        )
    return rows


def _peers(small: Path) -> list[tuple[str, str, str]]:
    efforts = {
        effort: json.loads(_ours("judge", small, effort).output)["posts_per_cpu_second"]
        for effort in get_args(Effort)
    }
    speed = efforts["fast"]
    rows = [
        (f"scrub + language + judgement, {effort}, posts/CPU-s", f"{own:,.0f}", "")
        for effort, own in efforts.items()
    ]
    for peer in ("hatesonar", "alt_profanity_check"):
        other = json.loads(_cost(PEERS, "bench/peers.py", peer, small).output)
        theirs = other["posts_per_cpu_second"]
        rows.append((f"{peer}, posts/CPU-s", f"{theirs:,.0f}", f"ours {speed / theirs:.1f} x"))
    return rows


def _ours(piece: str, path: Path | str, *asked: str) -> measure.Cost:
    return _cost(sys.executable, "-m", "bench.ours", piece, path, *asked)


def _cost(*command: str | Path) -> measure.Cost:
    return measure.run(command, DAFT_PROGRESS_BAR="0")


if __name__ == "__main__":
    main()
