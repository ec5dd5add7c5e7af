"""`headwater work`: what a broken run has left."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from headwater.landscape import engine
from headwater.landscape.cli.screen import result, state_dir, words
from headwater.landscape.errors import SettingsError

app = typer.Typer(no_args_is_help=True, help="What broken runs have left behind.")


def work_dir(out: Path) -> Path:
    """Give the work folder of runs that write to this folder."""
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return state_dir() / "work" / name


@app.callback()
def _group() -> None:
    """Keep `clean` a command of its own."""


@app.command()
def clean(
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Remove the work folders of broken runs; they cannot be resumed afterwards."""
    n_removed = 0
    for folder in sorted((state_dir() / "work").glob("*")):
        try:
            n_removed += engine.clean(folder)
        except SettingsError as in_use:
            words.print(f"Left alone: {in_use}", markup=False)
    if as_json:
        result({"removed": n_removed})
        return
    words.print(f"{n_removed} work folder(s) removed.")
