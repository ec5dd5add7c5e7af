"""What goes to the terminal: words to the error stream, results to the output."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress

words = Console(stderr=True)
errors = Console(stderr=True, style="red")


def result(values: Mapping[str, Any]) -> None:
    """Print a result for machines, one JSON object."""
    sys.stdout.write(json.dumps(values, indent=2, default=str) + "\n")


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar; give the function that moves it."""
    with Progress(console=words, transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def told(done: int, of: int) -> None:
            bar.update(task, completed=done, total=of)

        yield told


def state_dir() -> Path:
    """Give the folder for what must outlast a command: work folders, the ledger of releases."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(os.environ.get("HEADWATER_STATE") or Path(base) / "headwater")
