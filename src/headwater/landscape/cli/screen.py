"""What goes to the terminal: words to the error stream, results to the output."""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)

NO_UTF8 = "What is not UTF-8 was saved another way: save tables as 'CSV UTF-8'."

words = Console(stderr=True)
errors = Console(stderr=True, style="red")


def result(values: Mapping[str, Any]) -> None:
    """Print a result for machines, one JSON object."""
    sys.stdout.write(json.dumps(values, indent=2, default=str) + "\n")


def unread(paths: Sequence[Path]) -> None:
    """Say which files in the given folders are no exports, so that nobody misses one."""
    if paths:
        names = ", ".join(path.name for path in paths[:8])
        more = f" and {len(paths) - 8} more" if len(paths) > 8 else ""
        words.print(f"Not read, since no format knows them: {names}{more}", markup=False)


@contextmanager
def progress(doing: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show a bar; give the function that moves it: so many done, of so many if that is known."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=words, transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def told(done: int, of: int | None) -> None:
            bar.update(task, completed=done, total=of)

        yield told


def state_dir() -> Path:
    """Give the folder for what must outlast a command: work folders, the ledger of releases."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(os.environ.get("HEADWATER_STATE") or Path(base) / "headwater")
