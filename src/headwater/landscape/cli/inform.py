"""`headwater formats`, `model-card`, `schema` and `objection`: what prints and changes nothing."""

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer
from rich.table import Table

from headwater.landscape import models, scrub
from headwater.landscape.cli.options import AsJson
from headwater.landscape.cli.screen import result, words
from headwater.landscape.errors import SettingsError
from headwater.landscape.readers import READERS
from headwater.landscape.report import difference
from headwater.landscape.report import schema as report_schema


class Written(StrEnum):
    """What is written as JSON that other software may read."""

    REPORT = "report"
    COMPARISON = "comparison"


def formats(as_json: AsJson = False) -> None:
    """List the exports that can be read."""
    if as_json:
        result({reader.name: reader.documented_at for reader in READERS})
        return
    table = Table("format", "documented at")
    for reader in READERS:
        table.add_row(reader.name, reader.documented_at)
    words.print(table)
    words.print("The format is recognised by itself; force it with [bold]format:path[/bold].")


def model_card() -> None:
    """Print what the shipped model is, on what it was measured, and what it is not for."""
    sys.stdout.write(models.card())


def schema(
    of: Annotated[Written, typer.Argument(help="report, or comparison.")] = Written.REPORT,
) -> None:
    """Print the JSON Schema of report.json, or of comparison.json."""
    published = report_schema() if of is Written.REPORT else difference.schema()
    sys.stdout.write(json.dumps(published, indent=2) + "\n")


def objection(
    platform: Annotated[str, typer.Argument(help="As an export names it: mastodon, x ...")],
    account: Annotated[str, typer.Argument(help="The account's id or handle, as exported.")],
) -> None:
    """Print the line for a list of objections, so that the list holds no names.

    Whoever knows an account can make its line too: keep the list where few can read it.
    """
    if not account.strip(" @"):
        raise SettingsError("give the account's id or handle")
    if platform.strip().casefold() not in scrub.PLATFORMS:
        words.print(
            f"No report names a platform {platform!r}. The line works if an export does; else give "
            f"one of: {', '.join(sorted(scrub.PLATFORMS))}.",
            markup=False,
        )
    sys.stdout.write(scrub.objection(platform, account) + "\n")
