"""`headwater model`: what judges, and what may not be used."""

from datetime import UTC, datetime
from typing import Annotated, NamedTuple, get_args

import typer
from rich.markup import escape
from rich.table import Table

from headwater.landscape import models, shapes
from headwater.landscape.cli.options import AsJson
from headwater.landscape.cli.screen import result, state_dir, words
from headwater.landscape.errors import ModelError
from headwater.landscape.shapes import SHIPPED

app = typer.Typer(no_args_is_help=True, help="The models that judge, and which may not be used.")
Version = Annotated[
    str, typer.Argument(help="As a report names it: 2.1.0 for all efforts, or '2.1.0 fast'.")
]


class Installed(NamedTuple):
    """A model that is there, at one effort."""

    model: str
    effort: shapes.Effort
    version: str


@app.command("list")
def shown(as_json: AsJson = False) -> None:
    """List the installed models, their versions, and what was stopped."""
    stops = models.stops(state_dir())
    rows = [
        one._asdict()
        | {"stopped": next((own.why for own in stops if own.holds(one.version)), None)}
        for one in _installed()
    ]
    if as_json:
        result({"models": rows, "stops": [one.model_dump(mode="json") for one in stops]})
        return
    table = Table("model", "effort", "version", "may be used")
    for row in rows:
        may = "yes" if row["stopped"] is None else f"stopped: {row['stopped']}"
        table.add_row(row["model"], row["effort"], escape(row["version"]), escape(may))
    words.print(table)


@app.command()
def stop(
    version: Version,
    why: Annotated[str, typer.Option(help="For whoever meets the refusal.")],
    as_json: AsJson = False,
) -> None:
    """Stop a version: from now on nothing here judges with it, or publishes what it judged."""
    new = models.Stop(version=version, stopped_on=datetime.now(UTC).date(), why=why)
    models.stop(state_dir(), new)
    if as_json:
        result(new.model_dump(mode="json"))
        return
    words.print(f"{version} is stopped. Reports that were made with it name it: see their method.")
    if not any(new.holds(one.version) for one in _installed()):
        words.print("No model that is installed here has this version: see `headwater model list`.")


@app.command()
def allow(version: Version) -> None:
    """Allow a stopped version again."""
    models.allow(state_dir(), version)
    words.print(f"{version} may be used again.")


@app.command()
def check(
    model: Annotated[str, typer.Argument(help="Its name: see `model list`.")] = SHIPPED,
    as_json: AsJson = False,
) -> None:
    """Try whether a model does what is asked of every model, and the shipped one what it did before."""
    found = {effort: models.flaws(models.load(effort, model)) for effort in get_args(shapes.Effort)}
    if model == SHIPPED:
        found = {effort: (*own, *models.strays(effort)) for effort, own in found.items()}
    if as_json:
        result({"model": model, "flaws": found})
    for effort, flaws in found.items():
        for flaw in flaws:
            words.print(f"{model}, {effort}: {flaw}", markup=False)
    if any(found.values()):
        raise ModelError(f"{model} does not do what is asked of every model")
    words.print(f"{model} does what is asked of every model.")


def _installed() -> list[Installed]:
    return [
        Installed(name, effort, models.load(effort, name).version)
        for name in models.names()
        for effort in get_args(shapes.Effort)
    ]
