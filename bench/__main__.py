"""`make bench`: our speed and memory beside those of peers, on this machine, in this run."""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import measure, posts

FOLDER = Path("build/bench")
PEERS = Path(".venvs/peers/bin/python")
SMALL, LARGE, RICH = 200_000, 2_000_000, 40_000


def main() -> None:
    """Measure, then print what was measured."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    small, large = posts.table(FOLDER, SMALL), posts.table(FOLDER, LARGE)
    rows = [*_ends(small, large), *_readers(small), *_peers(small)]
    table = Table("what", "figure", "beside")
    for row in rows:
        table.add_row(*row)
    Console().print(table)


def _ends(small: Path, large: Path) -> list[tuple[str, str, str]]:
    polars = _cost(PEERS, "bench/peers.py", "polars", small)
    cost = {
        (piece, path): _cost(sys.executable, "-m", "bench.ours", piece, path)
        for piece in ("report", "unjudged")
        for path in (small, large)
    }
    rate = {key: json.loads(one.output) for key, one in cost.items()}
    rows = []
    for piece in ("report", "unjudged"):
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
    return rows


def _readers(small: Path) -> list[tuple[str, str, str]]:
    rich = posts.rich(FOLDER, RICH)
    rows = []
    for what, path in (("table, short lines", small), ("Bluesky, rich posts", rich)):
        read = json.loads(_cost(sys.executable, "-m", "bench.ours", "read", path).output)
        rows += [
            ("reader, lines/CPU-s", f"{read['posts_per_cpu_second']:,.0f}", what),
            ("reader, MB/CPU-s", f"{read['mb_per_cpu_second']:,.0f}", what),
        ]
    return rows


def _peers(small: Path) -> list[tuple[str, str, str]]:
    ours = json.loads(_cost(sys.executable, "-m", "bench.ours", "judge", small).output)
    speed = ours["posts_per_cpu_second"]
    rows = [("scrub + language + judgement, posts/CPU-s", f"{speed:,.0f}", "")]
    for peer in ("hatesonar", "alt_profanity_check"):
        other = json.loads(_cost(PEERS, "bench/peers.py", peer, small).output)
        theirs = other["posts_per_cpu_second"]
        rows.append((f"{peer}, posts/CPU-s", f"{theirs:,.0f}", f"ours {speed / theirs:.1f} x"))
    return rows


def _cost(*command: str | Path) -> measure.Cost:
    return measure.run(command, DAFT_PROGRESS_BAR="0")


if __name__ == "__main__":
    main()
