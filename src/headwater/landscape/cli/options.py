"""Options that several commands share, each worded once, and what they come to."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape import models, publication
from headwater.landscape.cli.screen import state_dir
from headwater.landscape.cli.work import work_dir
from headwater.landscape.errors import SettingsError
from headwater.landscape.shapes import Judge, Settings


class Effort(StrEnum):
    """What a run may cost."""

    FAST = "fast"
    BALANCED = "balanced"
    THOROUGH = "thorough"


AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]
Exports = Annotated[
    list[str],
    typer.Argument(metavar="EXPORT...", help="File, folder or pattern; format:path forces."),
]
Place = Annotated[str, typer.Option(help="The municipality the posts are of.")]
Timezone = Annotated[str, typer.Option(help="Of the town: for weekday and hour.")]
Period = Annotated[
    str | None,
    typer.Option(help="2024-03, 2024-Q1 or 2024: for a release, entered in the place's ledger."),
]
Objections = Annotated[Path | None, typer.Option(help="Hashes of accounts whose owners objected.")]
Cost = Annotated[
    Effort,
    typer.Option(
        help="fast: n-grams alone. balanced: what they doubt is read by an encoder. thorough: all is."
    ),
]
ModelName = Annotated[str, typer.Option(help="Another model that is installed: see `model list`.")]
Languages = Annotated[
    str | None,
    typer.Option(
        help="Count these, such as da,sv, if not all in which the model's errors are known. Others "
        "are reported only with an audit."
    ),
]


def settings(  # noqa: PLR0913 what both commands ask for
    place: str,
    out: Path,
    timezone: str,
    period: str | None,
    objections: Path | None,
    judge: Judge,
    languages: str | None,
) -> Settings:
    """Give what a report, and an audit of the same posts, have in common."""
    return Settings(
        place=place,
        work_dir=work_dir(out),
        state_dir=state_dir(),
        timezone=timezone,
        period=publication.period(period) if period is not None else None,
        objections=objections,
        judge=judge,
        languages=_listed(languages),
    )


def judge(effort: Effort, model: str) -> Judge:
    """Give the choice; refuse a model that is not there, or was stopped."""
    chosen = Judge(effort.value, model)
    models.refuse_stopped(models.load(*chosen).version, state_dir())
    return chosen


def _listed(languages: str | None) -> tuple[str, ...]:
    """Give the tags that are named, each once."""
    if languages is None:
        return ()
    named = {one.strip().lower() for one in languages.split(",")} - {""}
    if not named:
        raise SettingsError("--languages names none; give tags such as da,sv, or leave it out")
    return tuple(sorted(named))
