"""`headwater classify`: a language and a judgement for each text of a table."""

import os
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer

from headwater.landscape import files, models, pipeline
from headwater.landscape.cli import stopping
from headwater.landscape.cli.options import AsJson, Cost, Effort, ModelName, judge
from headwater.landscape.cli.screen import NO_UTF8, progress, result, words
from headwater.landscape.cli.texts import tell_unread, texts
from headwater.landscape.errors import SettingsError
from headwater.landscape.readers.reasons import NOT_UTF8
from headwater.landscape.shapes import SHIPPED, TEXT, Judge

JUDGED = pa.schema(
    {
        "row": pa.int64(),  # from 0
        "language": TEXT,
        "hate_probability": pa.float32(),  # null where the model has no ground to judge
        "hate": pa.bool_(),
        "targets": pa.list_(TEXT),
    }
)


def classify(
    table: Annotated[Path, typer.Argument(metavar="IN", help="CSV, TSV, NDJSON or Parquet.")],
    out: Annotated[Path, typer.Option(help="The Parquet file to write.")],
    text_column: Annotated[str, typer.Option(help="The column with the texts.")] = "text",
    effort: Cost = Effort.BALANCED,
    model: ModelName = SHIPPED,
    as_json: AsJson = False,
) -> None:
    """Judge each text: one row for each input row, in order, and no other column of the input.

    Nothing else is carried over, so that nobody makes a list of people of it. Twelve languages are
    judged; only in English and German are the model's errors known. `hate` is set from a probability
    that each language has of its own, mostly well below one half: `headwater model-card` lists them.
    """
    if out.is_dir():
        raise SettingsError(f"{out} is a folder; give --out the name of a file")
    if out.exists() and table.exists() and out.samefile(table):
        raise SettingsError(f"{out} is what is read; give --out another name")
    by = judge(effort, model)
    out.parent.mkdir(parents=True, exist_ok=True)
    n_rows, judged_in, unread = 0, Counter[str](), Counter[str]()
    with (
        stopping.at_once(),
        progress("Judging") as told,
        files.whole(out) as file,
        pq.ParquetWriter(file, JUDGED) as writer,
    ):
        for judged in _in_turn(texts(table, text_column, unread.update), by):
            writer.write_batch(judged)
            n_rows += len(judged)
            judged_in.update(judged["language"].filter(judged["hate"].is_valid()).to_pylist())
            told(n_rows, None)
    measured = models.error_rates(models.load(*by))
    guessed = {language: n for language, n in judged_in.items() if language not in measured}
    if as_json:
        found = {"out": out, "rows": n_rows, "judged": judged_in.total(), "unread": unread}
        advice = NO_UTF8 if NOT_UTF8 in unread else None
        result({**found, "advice": advice, "judged_without_known_errors": guessed})
        return
    words.print(f"{n_rows:,} rows, of which {judged_in.total():,} judged: {out}", soft_wrap=True)
    tell_unread(unread)
    unsure = models.unsure_groups(models.load(*by))
    if unsure and judged_in:
        words.print(f"Of low confidence, since few posts were labelled: {', '.join(unsure)}.")
    if guessed:
        n_each = ", ".join(f"{n:,} x {language}" for language, n in sorted(guessed.items()))
        words.print(
            f"In these languages nobody knows how often the model errs: {n_each}. Make no number of "
            "them.",
        )


def _in_turn(batches: Iterable[pa.Array], by: Judge) -> Iterator[pa.RecordBatch]:
    """Judge a batch on each core at a time; give them in their order."""
    n_cores = len(os.sched_getaffinity(0))
    waiting: deque[Future[pa.RecordBatch]] = deque()
    n_before = 0
    with ThreadPoolExecutor(n_cores) as cores:
        for batch in batches:
            waiting.append(cores.submit(_judged, batch, n_before, by))
            n_before += len(batch)
            if len(waiting) > n_cores:
                yield waiting.popleft().result()
        for one in waiting:
            yield one.result()


def _judged(batch: pa.Array, n_before: int, by: Judge) -> pa.RecordBatch:
    posts = pipeline.judge(pc.fill_null(batch, ""), by).rows
    columns = [
        pa.array(range(n_before, n_before + len(batch)), pa.int64()),
        posts["language"],
        posts["hate_probability"],
        posts["is_hate"],
        posts["targets"],
    ]
    return pa.RecordBatch.from_arrays(columns, schema=JUDGED)
