"""`headwater work`: what a broken run has left."""

import hashlib
from pathlib import Path

import typer

from headwater.landscape import engine
from headwater.landscape.cli.screen import state_dir, words

app = typer.Typer(no_args_is_help=True, help="What broken runs have left behind.")


def work_dir(out: Path) -> Path:
    """Give the work folder of runs that write to this folder."""
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    return state_dir() / "work" / name


@app.callback()
def _group() -> None:
    """Keep `clean` a command of its own."""


@app.command()
def clean() -> None:
    """Remove the work folders of broken runs; they cannot be resumed afterwards."""
    folders = sorted((state_dir() / "work").glob("*"))
    removed = sum(engine.clean(folder) for folder in folders)
    words.print(f"{removed} work folder(s) removed.")
