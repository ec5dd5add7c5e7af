"""`headwater compare`: two published reports in, their difference out."""

from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape import comparison
from headwater.landscape.cli.options import AsJson
from headwater.landscape.cli.screen import result, words
from headwater.landscape.errors import ComparisonError, ExportError, SettingsError
from headwater.landscape.report import Report, page, read_report
from headwater.landscape.report.difference import Comparison, store

REPORT = "report.json"


def compare(
    first: Annotated[Path, typer.Argument(metavar="REPORT", help="report.json, or its folder.")],
    second: Annotated[Path, typer.Argument(metavar="REPORT", help="Another, made alike.")],
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    towns_agree: Annotated[
        bool,
        typer.Option("--towns-agree", help="Of two places: both have agreed to be compared."),
    ] = False,
    tokens: Annotated[Path | None, typer.Option(help="A town's design tokens (CSS).")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two releases of one town, or of two towns that agreed to it.

    Two at a time: there is no league table.
    """
    reports = [_report(path) for path in (first, second)]
    look = page.tokens_of(tokens) if tokens else None
    try:
        made = comparison.compare(*reports, towns_agree=towns_agree)
    except ComparisonError as refusal:
        if as_json:
            result({"unlike": [{"code": code, "text": text} for code, text in refusal.unlike]})
        raise
    written = store.write(made, out, look)
    _tell(made, written, as_json)


def _report(path: Path) -> Report:
    """Read a report; where both are called report.json, an error says which."""
    file = path / REPORT if path.is_dir() else path
    if not file.is_file():
        raise SettingsError(f"no report in {path}; give a report.json, or the folder that holds it")
    try:
        return read_report(file)
    except ExportError as flaw:
        raise ExportError(f"{file.parent}: {flaw}") from None


def _tell(made: Comparison, written: tuple[Path, ...], as_json: bool) -> None:
    if as_json:
        result(
            {
                "comparison": written[0],
                "files": [str(path) for path in written],
                "finding": made.finding,
                "cautions": [one.code for one in made.cautions],
            }
        )
        return
    words.print(made.finding, markup=False)
    words.print(made.standing, markup=False)
    for one in made.cautions:
        words.print(f"- {one.text}", markup=False)
    for path in written:
        words.print(f"  {path}", markup=False, soft_wrap=True)
