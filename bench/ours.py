"""One measured piece of our own work a process: prints one JSON object."""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench import answering, talk
from bench import topics as topic
from bench import travel as travels
from headwater.landscape import engine, find, pipeline, run, sample, scrub
from headwater.landscape.analyses import copies
from headwater.landscape.analyses.bursts import bursts
from headwater.landscape.analyses.changes import changes
from headwater.landscape.analyses.company import moves
from headwater.landscape.analyses.contacts import camps
from headwater.landscape.analyses.levels import levels
from headwater.landscape.analyses.rushes import rushes
from headwater.landscape.analyses.series import Series, outside
from headwater.landscape.analyses.series import bursts as bursts_by_day
from headwater.landscape.analyses.spread import spread
from headwater.landscape.analyses.telling import Held, telling
from headwater.landscape.analyses.themes import NONE, agreement, assigned, themes, unit
from headwater.landscape.analyses.weeks import weeks
from headwater.landscape.gazetteer import read_gazetteer
from headwater.landscape.models import fold, meanings, ngrams
from headwater.landscape.shapes import (
    Effort,
    Evidence,
    Export,
    Grouping,
    Judge,
    Part,
    PostBatch,
    Settings,
)
from headwater.landscape.steps import language
from headwater.landscape.steps import places as placing
from headwater.landscape.steps import sketch as sketching
from headwater.landscape.steps.words import known, numbers

TEXTS: dict[Effort, int] = {"fast": 40_000, "balanced": 20_000, "thorough": 2_000}  # to judge
AT_A_TIME = 8192  # texts
N_SERIES = 25
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
    texts = _texts(path, TEXTS[effort])
    pipeline.judge(texts[:10], Judge(effort))
    start = time.process_time()
    for at in range(0, len(texts), AT_A_TIME):
        pipeline.judge(texts[at : at + AT_A_TIME], Judge(effort))
    return {"posts_per_cpu_second": len(texts) / (time.process_time() - start)}


def sketch(path: str) -> dict[str, float]:
    """Sketch texts only."""
    step, texts = sketching.step(bytes(32)), _texts(path, 100_000)
    batches = [scrub.bare(texts[at : at + AT_A_TIME]) for at in range(0, len(texts), AT_A_TIME)]
    step.run(batches[0])
    start = time.process_time()
    for batch in batches:
        step.run(batch)
    return {"posts_per_cpu_second": len(texts) / (time.process_time() - start)}


def travel(n_posts: str) -> dict[str, float]:
    """Find copies among made-up sketches, and tell how they travel and what rushed."""
    made, posts = travels.made(int(n_posts))
    start = time.process_time()
    groups = copies.alike(made, np.arange(len(made)))
    spread(posts, groups, floor=10)
    rushes(posts, groups, floor=10)
    return {"posts_per_cpu_second": len(made) / (time.process_time() - start)}


def words(n_terms: str) -> dict[str, float]:
    """Find what bursts among made-up terms, and what comes and goes."""
    made = talk.made(int(n_terms))
    start = time.process_time()
    bursts(made, 5)
    middle = time.process_time()
    changes(made, weeks(made.talk))
    end = time.process_time()
    return {"bursts": int(n_terms) / (middle - start), "changes": int(n_terms) / (end - middle)}


def moving(n_posts: str) -> dict[str, float]:
    """Find words whose company changes, in made-up posts of themes."""
    held, themes_of, late = talk.posts(int(n_posts))
    start = time.process_time()
    moves(held, themes_of, late)
    return {"posts_per_cpu_second": int(n_posts) / (time.process_time() - start)}


def days(n_days: str) -> dict[str, float]:
    """Find bursts and changes of level in the counts of a report: two and its themes."""
    made = Series(*np.ones((2, N_SERIES, int(n_days))))
    made.n[:] = np.random.default_rng(1).poisson(50, made.n.shape)
    start = time.process_time()
    keep = outside(bursts_by_day(made), made.n.shape)
    levels(made, keep)
    return {"days_per_cpu_second": made.n.size / (time.process_time() - start)}


def divide(n_answers: str) -> dict[str, float]:
    """Tell how made-up answers cross between communities."""
    made = answering.made(int(n_answers))
    start = time.process_time()
    camps(made, 10, Evidence(Judge("fast"), 10))
    return {"answers_per_cpu_second": int(n_answers) / (time.process_time() - start)}


def place(path: str) -> dict[str, float]:
    """Say of posts what they concern, by the fictional town's gazetteer."""
    with tempfile.TemporaryDirectory() as folder:
        named = read_gazetteer(sample.write(Path(folder), n_posts=200).parent / "gazetteer.csv")
    step, texts = placing.step(named), _texts(path, 40_000)
    batches = [scrub.bare(texts[at : at + AT_A_TIME]) for at in range(0, len(texts), AT_A_TIME)]
    batches = [one.with_columns(language.STEP.run(one)) for one in batches]
    step.run(batches[0])
    start = time.process_time()
    for batch in batches:
        step.run(batch)
    return {"posts_per_cpu_second": len(texts) / (time.process_time() - start)}


def topics(path: str, vectors: str) -> dict[str, Any]:
    """Find themes and their words, twice: the second time in another order. Writes the vectors."""
    texts = _texts(path, topic.N_POSTS)
    start = time.process_time()
    held = [ngrams.words_of(fold.plain(texts[at : at + AT_A_TIME])) for at in _steps(len(texts))]
    about = unit(np.concatenate([meanings.of(one) for one in held]))
    read = time.process_time() - start
    np.save(vectors, about)
    some = _held(held)
    start = time.perf_counter()
    labels = assigned(about, centres := themes(about))
    told = telling(some, labels, floor=10, most=10)
    seconds = time.perf_counter() - start
    order = np.random.default_rng(1).permutation(len(texts))
    again = assigned(about, themes(about[order]))
    spelt = known(texts.to_pylist(), bytes(range(16)))
    return {
        "seconds": seconds,
        "posts_per_cpu_second": len(texts) / read,
        "unassigned": float((labels == NONE).mean()),
        "agreement": agreement(labels + 1, again + 1),
        "themes": len(centres),
        "told": [[spelt[one.word] for one in theme] for theme in told],
    }


def _held(lots: list[ngrams.Words]) -> Held:
    hashes = [_in_order(one) for one in lots]
    lengths = np.concatenate([one.last - one.first for one in lots])
    alone = np.arange(len(lengths))
    numbered = numbers(np.concatenate(hashes), bytes(range(16)))
    return Held(numbered, np.repeat(alone, lengths), alone, alone, np.zeros_like(alone))


def _in_order(words: ngrams.Words) -> ngrams.Hashes:
    inside = [np.arange(*own) for own in zip(words.first, words.last, strict=True)]
    return words.hashes[np.concatenate(inside)]


def _steps(n: int) -> range:
    return range(0, n, AT_A_TIME)


def _texts(path: str, n: int) -> pa.Array:
    with Path(path).open() as file:
        return pa.array([json.loads(line)["text"] for line in islice(file, n)])


def _scrubbed(export: Export, part: Part, *, key: bytes) -> Iterator[PostBatch]:
    for raw in export.reader.read(part):
        yield scrub.batch(raw, scrub.Rules(key))


PIECES = (
    report,
    unjudged,
    read,
    judge,
    sketch,
    topics,
    travel,
    words,
    moving,
    days,
    divide,
    place,
)

if __name__ == "__main__":
    pa.set_cpu_count(1 if sys.argv[1] not in {"report", "unjudged"} else pa.cpu_count())
    piece = {one.__name__: one for one in PIECES}[sys.argv[1]]
    print(json.dumps(piece(*sys.argv[2:])))  # noqa: T201 the result is the output
