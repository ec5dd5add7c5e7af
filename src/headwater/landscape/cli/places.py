"""`headwater places`: what a gazetteer does, for who keeps it; nothing of this is for a report."""

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import pyarrow.compute as pc
import typer

from headwater.landscape import pipeline
from headwater.landscape.cli.options import AsJson
from headwater.landscape.cli.screen import result, words
from headwater.landscape.cli.texts import tell_unread, texts
from headwater.landscape.gazetteer import PlaceName, read_gazetteer
from headwater.landscape.report.plain import cell
from headwater.landscape.shapes import SCOPES
from headwater.landscape.steps.places import known

MOST_NAMED = 12
COLUMNS = ("row", "concerns", "names", "not counted")

app = typer.Typer(no_args_is_help=True, help="What a gazetteer decides, for its owner's eyes.")
File = Annotated[Path, typer.Argument(metavar="GAZETTEER", help="CSV or GeoJSON.")]


@app.command()
def check(file: File, as_json: AsJson = False) -> None:
    """Read a gazetteer, and say which names do not count by themselves."""
    by = read_gazetteer(file)
    kinds = Counter(one.kind for one in by.names[: by.n_given])
    if as_json:
        found = {"names": by.n_given, "kinds": kinds, "doubtful": by.doubtful, "digest": by.digest}
        result(found)
        return
    told = ", ".join(f"{n:,} x {kind}" for kind, n in kinds.most_common())
    words.print(f"{by.n_given:,} names: {told}.", markup=False)
    words.print(f"SHA-256 {by.digest}, as a report names it.", soft_wrap=True)
    tell_doubtful(by.doubtful, by.n_given)


@app.command()
def explain(
    table: Annotated[Path, typer.Argument(metavar="IN", help="CSV, TSV, NDJSON or Parquet.")],
    gazetteer_file: Annotated[Path, typer.Option("--gazetteer", help="CSV or GeoJSON.")],
    text_column: Annotated[str, typer.Option(help="The column with the texts.")] = "text",
) -> None:
    """Print as CSV for each text of a table what it concerns, and by which names.

    The names that decided most often are told at the end: one that is an everyday word in the town
    stands out there.
    """
    by = known(read_gazetteer(gazetteer_file))
    rows = csv.writer(sys.stdout)
    rows.writerow(COLUMNS)
    scopes, deciding, unread = Counter[str](), Counter[str](), Counter[str]()
    batches = texts(table, text_column, unread.update)
    placed = (one for batch in batches for one in pipeline.placed(pc.fill_null(batch, ""), by))
    for row, one in enumerate(placed):
        rows.writerow((row, one.scope, _listed(one.named), _listed(one.not_counted)))
        scopes[one.scope] += 1
        deciding.update(name.name for name in one.named)
    words.print(", ".join(f"{scopes[scope]:,} {scope}" for scope in SCOPES))
    most = ", ".join(f"{n:,} x {name}" for name, n in deciding.most_common(MOST_NAMED))
    words.print(f"Most often by: {most or 'no name'}", markup=False)
    tell_unread(unread)


def tell_doubtful(names: Sequence[str], most: int = MOST_NAMED) -> None:
    """Say which names do not count by themselves, so many of them at most."""
    if names:
        more = f" and {len(names) - most:,} more" if len(names) > most else ""
        words.print(
            "Everyday words or short, so counted only beside a word such as street or district: "
            f"{', '.join(names[:most])}{more}. Where one means the place alone, write yes as sure.",
            markup=False,
        )


def _listed(names: Sequence[PlaceName]) -> str:
    return str(cell("; ".join(f"{one.name} ({one.kind})" for one in names)))
