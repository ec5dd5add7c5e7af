"""One measured piece of our own work a process: prints one JSON object."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import pyarrow as pa

from headwater.landscape import engine, find, pipeline, run, scrub
from headwater.landscape.shapes import Effort, Export, Grouping, Judge, Part, PostBatch, Settings

TEXTS: dict[Effort, int] = {"fast": 40_000, "balanced": 20_000, "thorough": 2_000}  # to judge
KEPT = ("platform", "month", "weekday", "hour")


def report(path: str, effort: Effort) -> dict[str, float]:
    """Make a whole report."""
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        made = run(find([path]), Settings("bench", Path(folder) / "work", judge=Judge(effort)))
    return {"seconds": time.perf_counter() - start, "posts": made.reading.accepted}


def unjudged(path: str) -> dict[str, float]:
    """Read, scrub, drop repeats and count, with no step between."""
    start = time.perf_counter()
    exports = find([path])
    with (
        tempfile.TemporaryDirectory() as folder,
        engine.work(Path(folder) / "work", exports, {}) as work,
    ):
        job = engine.Job(work, exports, partial(_scrubbed, key=work.key), KEPT)
        tallies = engine.each(job, "native")
        posts = engine.posts(work, KEPT)
        engine.counts(posts, [Grouping((), (name,)) for name in KEPT])
        accepted = engine.reading(tallies, posts).accepted
    return {"seconds": time.perf_counter() - start, "posts": accepted}


def read(path: str) -> dict[str, float]:
    """Read only."""
    (export,) = find([path])
    next(export.reader.read(export.parts[0]))  # what is imported late is imported now
    start = time.process_time()
    n_posts = sum(len(batch.rows) for part in export.parts for batch in export.reader.read(part))
    seconds = time.process_time() - start
    megabytes = Path(path).stat().st_size / 1e6
    return {"posts_per_cpu_second": n_posts / seconds, "mb_per_cpu_second": megabytes / seconds}


def judge(path: str, effort: Effort) -> dict[str, float]:
    """Judge texts only."""
    with Path(path).open() as file:
        texts = pa.array([json.loads(line)["text"] for line in islice(file, TEXTS[effort])])
    pipeline.judge(texts[:10], Judge(effort))
    start = time.process_time()
    for at in range(0, len(texts), 8192):
        pipeline.judge(texts[at : at + 8192], Judge(effort))
    return {"posts_per_cpu_second": len(texts) / (time.process_time() - start)}


def _scrubbed(export: Export, part: Part, *, key: bytes) -> Iterator[PostBatch]:
    for raw in export.reader.read(part):
        yield scrub.batch(raw, scrub.Rules(key))


if __name__ == "__main__":
    pa.set_cpu_count(1 if sys.argv[1] in {"read", "judge"} else pa.cpu_count())
    piece = {one.__name__: one for one in (report, unjudged, read, judge)}[sys.argv[1]]
    print(json.dumps(piece(*sys.argv[2:])))  # noqa: T201 the result is the output
