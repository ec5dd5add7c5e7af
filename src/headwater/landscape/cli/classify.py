"""`headwater classify`: a language and a judgement for each text of a table."""

from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import typer

from headwater.landscape import files, pipeline
from headwater.landscape.cli.effort import EFFORT, Effort
from headwater.landscape.cli.screen import progress, result, words
from headwater.landscape.cli.texts import texts
from headwater.landscape.errors import SettingsError
from headwater.landscape.shapes import TEXT

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
    effort: Annotated[Effort, typer.Option(help=EFFORT)] = Effort.BALANCED,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Judge each text: one row for each input row, in order, and no other column of the input.

    Nothing else is carried over, so that nobody makes a list of people of it.
    """
    if out.resolve() == table.resolve():
        raise SettingsError(f"{out} is what is read; give --out another name")
    out.parent.mkdir(parents=True, exist_ok=True)
    n_rows = n_judged = 0
    with (
        progress("Judging") as told,
        files.whole(out) as file,
        pq.ParquetWriter(file, JUDGED) as writer,
    ):
        for batch in texts(table, text_column):
            judged = _judged(batch, n_rows, effort)
            writer.write_batch(judged)
            n_rows += len(judged)
            n_judged += len(judged) - judged["hate"].null_count
            told(n_rows, None)
    if as_json:
        result({"out": out, "rows": n_rows, "judged": n_judged})
        return
    words.print(f"{n_rows:,} rows, of which {n_judged:,} judged: {out}", soft_wrap=True)


def _judged(batch: pa.Array, n_before: int, effort: Effort) -> pa.RecordBatch:
    posts = pipeline.judge(pc.fill_null(batch, ""), effort.value).rows
    columns = [
        pa.array(range(n_before, n_before + len(batch)), pa.int64()),
        posts["language"],
        posts["hate_probability"],
        posts["is_hate"],
        posts["targets"],
    ]
    return pa.RecordBatch.from_arrays(columns, schema=JUDGED)
