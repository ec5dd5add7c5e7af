"""`headwater model`: what judges, and what may not be used."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import product
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
    version: str | None  # None where it cannot be loaded
    fault: str | None  # why it cannot


@app.command("list")
def shown(as_json: AsJson = False) -> None:
    """List the installed models, their versions, and what was stopped."""
    stops, installed = models.stops(state_dir()), tuple(_installed())
    rows = [
        one._asdict() | {"stopped": next((own.why for own in stops if _holds(own, one)), None)}
        for one in installed
    ]
    if as_json:
        result({"models": rows, "stops": [one.model_dump(mode="json") for one in stops]})
        return
    table = Table("model", "effort", "version", "may be used")
    for row in rows:
        table.add_row(row["model"], row["effort"], escape(row["version"] or "?"), escape(_may(row)))
    words.print(table)
    for one in stops:
        if not any(_holds(one, own) for own in installed):
            told = (
                f"Stopped, though no model that can be loaded here has it: {one.version}: {one.why}"
            )
            words.print(told, markup=False)


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
    if not any(_holds(new, one) for one in _installed()):
        words.print(
            "No model that can be loaded here has this version: see `headwater model list`."
        )


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


def _installed() -> Iterator[Installed]:
    """Yield all models; one that cannot be loaded must not hide the others."""
    for name, effort in product(models.names(), get_args(shapes.Effort)):
        try:
            version = models.load(effort, name).version
        except ModelError as error:
            yield Installed(name, effort, None, str(error))
        else:
            yield Installed(name, effort, version, None)


def _holds(stop: models.Stop, one: Installed) -> bool:
    return one.version is not None and stop.holds(one.version)


def _may(row: Mapping[str, str | None]) -> str:
    """Say whether a model may be used, and why not."""
    if row["fault"] is not None:
        return f"cannot be loaded: {row['fault']}"
    return "yes" if row["stopped"] is None else f"stopped: {row['stopped']}"
