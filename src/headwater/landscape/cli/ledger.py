"""`headwater ledger`: what was released of a place, and what to do when that list is lost."""

from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.table import Column, Table

from headwater.landscape.cli.options import AsJson
from headwater.landscape.cli.screen import result, state_dir, words
from headwater.landscape.publication import ledger

app = typer.Typer(no_args_is_help=True, help="The private list of what was released.")
Place = Annotated[str, typer.Option(help="The municipality, as in `headwater report`.")]


@app.command()
def show(
    place: Place,
    as_json: AsJson = False,
) -> None:
    """List the releases of a place, the oldest first."""
    found = ledger.entries(state_dir(), place)
    if as_json:
        result({"releases": [one.model_dump(mode="json") for one in found]})
        return
    digest = Column("SHA-256 of report.json", overflow="fold")
    table = Table("period", "from", "to", "time zone", digest)
    for one in found:
        table.add_row(one.name, str(one.first_on), str(one.last_on), one.timezone, one.digest)
    words.print(table)


@app.command()
def lost(
    place: Place,
    sure: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Declare releases lost, on the record: all days until today are closed from then on."""
    today = datetime.now(UTC).date()
    if not sure:
        typer.confirm(f"No day of {place} until {today} can be released then. Go on?", abort=True)
    ledger.declare_lost(state_dir(), place, today)
    words.print("It is on the record. Later periods can be released.")
