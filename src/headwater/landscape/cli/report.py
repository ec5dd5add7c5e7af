"""`headwater report`: exports in, a landscape report out."""

import csv
import os
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape import diary, files, pipeline, publication, readers, release
from headwater.landscape.cli import places, preview, stopping
from headwater.landscape.cli.options import (
    AsJson,
    Cost,
    Effort,
    Exports,
    Languages,
    ModelName,
    Objections,
    Period,
    Place,
    Timezone,
    judge,
    settings,
)
from headwater.landscape.cli.screen import NO_UTF8, progress, result, state_dir, unread, words
from headwater.landscape.errors import SettingsError
from headwater.landscape.gazetteer import read_gazetteer
from headwater.landscape.report import Report, page, store
from headwater.landscape.report.words import answer
from headwater.landscape.shapes import SHIPPED

MANY = 0.2  # of the rejects: then the whole file was saved so
RECEIPT, REJECTS, CANDIDATES = "release.json", "rejects.csv", "candidates.csv"


class Runner(StrEnum):
    """Where the work is done."""

    NATIVE = "native"
    RAY = "ray"


def report(  # noqa: PLR0913 a command line has the options its users need
    exports: Exports,
    place: Place,
    out: Annotated[Path, typer.Option(help="The folder to write to.")],
    timezone: Timezone = "Europe/Copenhagen",
    period: Period = None,
    audit: Annotated[
        Path | None, typer.Option(help="What people found: audit.json of `audit estimate`.")
    ] = None,
    events: Annotated[
        Path | None, typer.Option(help="The town's diary: date, what, where.")
    ] = None,
    released: Annotated[
        Path | None,
        typer.Option(help="Terms to tell: candidates.csv of an earlier run, filled in."),
    ] = None,
    gazetteer: Annotated[
        Path | None,
        typer.Option(help="What the town's places are called: name, kind (CSV), or a GeoJSON."),
    ] = None,
    floor: Annotated[int, typer.Option(help="Fewest authors a shown number may describe.")] = 10,
    objections: Objections = None,
    tokens: Annotated[Path | None, typer.Option(help="A town's design tokens (CSS).")] = None,
    effort: Cost = Effort.BALANCED,
    model: ModelName = SHIPPED,
    languages: Languages = None,
    runner: Annotated[Runner, typer.Option(help="This machine, or a Ray cluster.")] = Runner.NATIVE,
    dry_run: Annotated[bool, typer.Option(help="Say what would be read, and stop.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a landscape report of a town's open, public posts."""
    if not _may_be_folder(out):
        raise SettingsError(f"{out} is a file, or lies where nothing may be written")
    found = readers.look(exports)
    unread(found.unread)
    chosen = settings(place, out, timezone, period, objections, judge(effort, model), languages)
    chosen = chosen._replace(
        floor=floor,
        runner=runner.value,
        audit=audit,
        events=events,
        gazetteer=gazetteer,
        rejects_file=out / REJECTS,
        candidates_file=out / CANDIDATES,
        released=released,
    )
    look = page.tokens_of(tokens) if tokens else None
    if gazetteer:
        places.tell_doubtful(read_gazetteer(gazetteer).doubtful)
    if events:
        _tell_names(events)
    if dry_run:
        pipeline.check(chosen)
        preview.show([one.in_zone(timezone) for one in found.exports], as_json)
        return
    if chosen.period:
        publication.ledger.witness(state_dir(), out / RECEIPT, place)
    with stopping.at_once(), progress("Reading and judging") as told:
        made = pipeline.run(found.exports, chosen, told)
    written = store.write(made, out, look)
    if chosen.period:
        written = (*written, _receipt(out, place))
    _tell(made, written, as_json)
    if untold := release.untold(made, chosen):
        words.print(
            f"Released, but told nowhere: {', '.join(untold)}. Too few use them, or nothing stands out "
            f"by them; {out / CANDIDATES} says what may be told.",
            markup=False,
        )


def _tell_names(events: Path) -> None:
    """Warn of lines of the diary that may name a person: the report prints them."""
    for line, name in diary.naming(events):
        words.print(
            f"{events}, line {line}: “{name}” looks like a person's name. The report prints the diary. If "
            "it is a private person, write what happened, not to whom.",
            markup=False,
        )


def _may_be_folder(out: Path) -> bool:
    """Say so before a long run: is the folder there, or can it be made?"""
    nearest = next(one for one in (out, *out.absolute().parents) if one.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)


def _receipt(out: Path, place: str) -> Path:
    """Write beside a release what shows later that the ledger held it."""
    receipt = publication.ledger.receipt(state_dir(), place).model_dump_json(indent=2)
    return files.write(out / RECEIPT, receipt.encode() + b"\n", files.EVERYBODYS)


def _tell(made: Report, written: tuple[Path, ...], as_json: bool) -> None:
    if as_json:
        reading = made.reading.model_dump()
        result({"report": written[0], "files": [str(path) for path in written], "reading": reading})
        return
    read = made.reading
    words.print(answer(made).finding, markup=False)
    words.print(answer(made).standing, markup=False)
    words.print(
        f"{read.lines:,} records read: {read.accepted:,} accepted, {read.rejected:,} rejected, "
        f"{read.duplicate:,} duplicate."
    )
    if read.rejected:
        _tell_rejects(written[0].with_name(REJECTS))
    for path in written:
        if path.parent == written[0].parent:
            words.print(f"  {path}", markup=False, soft_wrap=True)
    words.print(f"  {written[0].parent / 'tables'}", markup=False, soft_wrap=True)


def _tell_rejects(path: Path) -> None:
    """Tell the owner exactly why records were rejected; the report rounds that."""
    with path.open(encoding="utf-8", newline="") as file:
        reasons = Counter(row["reason"] for row in csv.DictReader(file))
    told = ", ".join(f"{n:,} x {reason}" for reason, n in reasons.most_common(3))
    words.print(f"Rejected, most of all: {told}. Each is listed in {path}", soft_wrap=True)
    if reasons["not UTF-8"] > MANY * reasons.total():
        words.print(NO_UTF8)
