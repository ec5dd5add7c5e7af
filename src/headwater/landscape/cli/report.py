"""`headwater report`: exports in, a landscape report out."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape import files, pipeline, publication, readers
from headwater.landscape.cli import preview
from headwater.landscape.cli.screen import progress, result, state_dir, unread, words
from headwater.landscape.cli.work import work_dir
from headwater.landscape.report import Report, page, store
from headwater.landscape.report.words import answer
from headwater.landscape.shapes import Settings

RECEIPT = "release.json"


class Runner(StrEnum):
    """Where the work is done."""

    NATIVE = "native"
    RAY = "ray"


def report(  # noqa: PLR0913 a command line has the options its users need
    exports: Annotated[
        list[str],
        typer.Argument(metavar="EXPORT...", help="File, folder or pattern; format:path forces."),
    ],
    place: Annotated[str, typer.Option(help="The municipality the posts are of.")],
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    timezone: Annotated[
        str, typer.Option(help="Of the town: for weekday and hour.")
    ] = "Europe/Copenhagen",
    period: Annotated[
        str | None,
        typer.Option(help="2024-03, 2024-Q1 or 2024: a release, entered in the place's ledger."),
    ] = None,
    events: Annotated[
        Path | None, typer.Option(help="The town's diary: date, what, where.")
    ] = None,
    floor: Annotated[int, typer.Option(help="Fewest authors a shown number may describe.")] = 10,
    objections: Annotated[
        Path | None, typer.Option(help="Hashes of accounts whose owners objected.")
    ] = None,
    tokens: Annotated[Path | None, typer.Option(help="A town's design tokens (CSS).")] = None,
    runner: Annotated[Runner, typer.Option(help="This machine, or a Ray cluster.")] = Runner.NATIVE,
    dry_run: Annotated[bool, typer.Option(help="Say what would be read, and stop.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Make a landscape report of a town's open, public posts."""
    found = readers.look(exports)
    unread(found.unread)
    settings = Settings(
        place=place,
        work_dir=work_dir(out),
        state_dir=state_dir(),
        timezone=timezone,
        period=publication.period(period) if period else None,
        floor=floor,
        runner=runner.value,
        objections=objections,
        events=events,
        rejects_file=out / "rejects.csv",
    )
    look = page.tokens_of(tokens) if tokens else None
    if dry_run:
        pipeline.check(settings)
        preview.show([one.in_zone(timezone) for one in found.exports], as_json)
        return
    if settings.period:
        publication.ledger.witness(state_dir(), out / RECEIPT, place)
    with progress("Reading and judging") as told:
        made = pipeline.run(found.exports, settings, told)
    files = store.write(made, out, look)
    if settings.period:
        files = (*files, _receipt(out, place))
    _tell(made, files, as_json)


def _receipt(out: Path, place: str) -> Path:
    """Write beside a release what shows later that the ledger held it."""
    receipt = publication.ledger.receipt(state_dir(), place).model_dump_json(indent=2)
    return files.write(out / RECEIPT, receipt.encode() + b"\n", files.EVERYBODYS)


def _tell(made: Report, files: tuple[Path, ...], as_json: bool) -> None:
    if as_json:
        reading = made.reading.model_dump()
        result({"report": files[0], "files": [str(path) for path in files], "reading": reading})
        return
    read = made.reading
    words.print(answer(made).finding, markup=False)
    words.print(answer(made).standing, markup=False)
    words.print(
        f"{read.lines:,} records read: {read.accepted:,} accepted, {read.rejected:,} rejected, "
        f"{read.duplicate:,} duplicate."
    )
    for path in files:
        if path.parent == files[0].parent:
            words.print(f"  {path}", markup=False, soft_wrap=True)
    words.print(f"  {files[0].parent / 'tables'}", markup=False, soft_wrap=True)
