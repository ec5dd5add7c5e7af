"""Learn of each part by itself: in processes here, on a cluster with Ray.

A part is done when its tally stands in the manifest; the tally is written last.
"""

import json
import os
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import daft
import pyarrow as pa
import pyarrow.parquet as pq
from daft.exceptions import DaftCoreException

from headwater.landscape import errors, files
from headwater.landscape.engine.buckets import Buckets
from headwater.landscape.engine.work import Work
from headwater.landscape.errors import LandscapeError
from headwater.landscape.shapes import REJECT, Export, Part, PostBatch

ROW_BITS = 40  # a row's number: its part's number, then its place in the part
LOOK_EVERY = 0.1  # seconds
Learn = Callable[[Export, Part], Iterator[PostBatch]]


class Tally(NamedTuple):
    """What became of one part's records, repeats not yet dropped."""

    part: int
    accepted: int
    reasons: Mapping[str, int]  # of the rejected
    error: tuple[str, str] | None = None  # its kind and words, where the part could not be read


class Job(NamedTuple):
    """All that a worker needs, on this machine or another that sees the same files."""

    work: Work
    exports: Sequence[Export]
    learn: Learn
    keep: tuple[str, ...]  # columns the analyses ask for; the text is none of them


class Worker:
    """Learns of parts in a process of its own."""

    def __init__(self, job: Job, leader: int) -> None:
        """Take the job.

        Args:
            job: What to learn, and where from.
            leader: The process whose worker this is; 0 on a cluster, which ends its own.
        """
        if leader != os.getpid():
            pa.set_cpu_count(1)  # there is a worker for each core
        if leader not in (0, os.getpid()):
            threading.Thread(target=_end_with, args=(leader,), daemon=True).start()
        self._job = job
        self._parts = [(export, part) for export in job.exports for part in export.parts]

    @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)
    def run(self, numbers: daft.Series) -> list[str]:
        """Learn of the parts of these numbers; give their tallies as JSON."""
        return [self._one(number) for number in numbers.to_pylist()]

    def _one(self, number: int) -> str:
        try:
            tally = _learn(self._job, number, *self._parts[number])
        except LandscapeError as error:
            tally = Tally(number, 0, {}, (type(error).__name__, str(error)))
        except Exception as error:  # noqa: BLE001 raised again, without words that may hold a post
            raise RuntimeError(f"a defect: {_where(error)}") from None
        return json.dumps(tally._asdict())


def each(
    job: Job, runner: Literal["native", "ray"], told: Callable[[int, int], None] | None = None
) -> tuple[Tally, ...]:
    """Learn of every part not yet in the manifest; give the tallies of all, in order.

    Args:
        job: What to learn, and where from.
        runner: Processes of this machine, or a Ray cluster.
        told: Called with the numbers of parts done and of all, as the work goes on.

    Raises:
        LandscapeError: A part could not be read.
    """
    parts = [(export, part) for export in job.exports for part in export.parts]
    done = {tally.part: tally for tally in _manifest(job.work)}
    left = [number for number in range(len(parts)) if number not in done]
    for tally in _run(job, left, runner):
        if tally.error is not None:
            kind, told_as = tally.error
            raise getattr(errors, kind)(told_as)
        done[tally.part] = tally
        if told:
            told(len(done), len(parts))
    if len(done) < len(parts):
        raise KeyboardInterrupt  # the engine heard it before Python did
    return tuple(done[number] for number in range(len(parts)))


def _run(job: Job, left: list[int], runner: str) -> Iterator[Tally]:
    if not left:
        return
    _choose(runner)
    n_workers = min(len(left), _n_cores())
    alone = n_workers == 1 and runner == "native"
    n_processes = None if alone else n_workers  # any number, 1 too, would start a process
    workers: Any = daft.cls(Worker, use_process=not alone, max_concurrency=n_processes)
    numbers = daft.from_pydict({"part": left})
    if runner == "ray":
        numbers = numbers.into_partitions(len(left))
    leader = os.getpid() if runner == "native" else 0
    told = numbers.select(workers(job, leader).run(daft.col("part")).alias("tally"))
    for batch in told.to_arrow_iter():
        for tally in batch.column("tally").to_pylist():
            yield Tally(**json.loads(tally))


def _end_with(leader: int) -> None:
    """End when the run was killed: it could be taken up, or its folder removed, meanwhile."""
    while os.getppid() == leader:
        time.sleep(LOOK_EVERY)
    os._exit(1)


def _choose(runner: str) -> None:
    if daft.get_or_infer_runner_type() == runner:
        return
    try:
        daft.set_runner_ray() if runner == "ray" else daft.set_runner_native()
    except DaftCoreException:
        raise errors.SettingsError("one process cannot change the runner; start another") from None


def _learn(job: Job, number: int, export: Export, part: Part) -> Tally:
    work = job.work
    posts = Buckets(work.folder / "posts", number, work.n_buckets, "author_key")
    keys = Buckets(work.folder / "keys", number, work.n_buckets, "post_key")
    rejected: list[pa.RecordBatch] = []
    reasons: Counter[str] = Counter()
    n_rows = 0
    for batch in job.learn(export, part):
        rows, n_rows = _numbered(batch.rows, number, n_rows)
        posts.write(rows.select(["row", "author_key", *job.keep]))
        keys.write(rows.select(["row", "post_key", "edited_at"]))
        rejected.append(batch.rejects)
        reasons.update(batch.rejects["reason"].to_pylist())
    posts.finish()
    keys.finish()
    if reasons:
        _write_rejects(rejects_file(work, number), rejected)
    tally = Tally(number, n_rows, dict(reasons))
    files.write(_tally_file(work, number), json.dumps(tally._asdict()).encode())
    return tally


def _where(error: Exception) -> str:
    places = traceback.extract_tb(error.__traceback__)
    steps = (f"{Path(place.filename).name}:{place.lineno}" for place in places)
    return f"{type(error).__name__} at {' > '.join(steps)}"


def _numbered(rows: pa.RecordBatch, part: int, before: int) -> tuple[pa.RecordBatch, int]:
    start = (part << ROW_BITS) + before
    numbers = pa.array(range(start, start + len(rows)), pa.int64())
    return rows.append_column("row", numbers), before + len(rows)


def _write_rejects(path: Path, rejected: Sequence[pa.RecordBatch]) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_batches(rejected, REJECT), sink)
    files.write(path, sink.getvalue().to_pybytes())


def _manifest(work: Work) -> Iterator[Tally]:
    folder = work.folder / "manifest"
    folder.mkdir(mode=0o700, exist_ok=True)
    for path in sorted(folder.glob("*.json")):
        yield Tally(**json.loads(path.read_bytes()))


def _tally_file(work: Work, number: int) -> Path:
    return work.folder / "manifest" / f"{number:06}.json"


def rejects_file(work: Work, number: int) -> Path:
    """Say where a part's rejects lie."""
    return work.folder / "manifest" / f"{number:06}.rejects"


def _n_cores() -> int:
    return len(os.sched_getaffinity(0))
