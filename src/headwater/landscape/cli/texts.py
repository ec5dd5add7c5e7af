"""One column of texts from a table, every row of it, in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.cli.screen import NO_UTF8, words
from headwater.landscape.errors import ExportError, SettingsError
from headwater.landscape.readers import table
from headwater.landscape.readers.blocks import Block, column
from headwater.landscape.readers.reasons import NOT_UTF8
from headwater.landscape.readers.values import to_column
from headwater.landscape.shapes import TEXT, Part

Told = Callable[[Iterable[str]], None]


def texts(path: Path, name: str, told: Told) -> Iterator[pa.Array]:
    """Yield a table's texts in batches; a row that has none, or is damaged, gives null.

    Args:
        path: The table.
        name: The column of the texts.
        told: Called with the reasons why rows are damaged.

    Raises:
        SettingsError: There is no such file, or it has no such column, or several.
        ExportError: It is UTF-16.
    """
    if not path.is_file():
        raise SettingsError(f"there is no file {path}")
    if not path.stat().st_size:
        raise SettingsError(f"{path} is empty, 0 bytes; export it anew")
    part = Part(path)
    names = table.names_of(part)
    if any("\0" in one for one in names):
        raise ExportError(f"{path.name}: is UTF-16, or no text at all; save it as 'CSV UTF-8'")
    if names.count(name) > 1:
        raise SettingsError(
            f"{path.name}: {names.count(name)} columns are named {name!r}; rename one"
        )
    if name not in names:
        seen = table.listed(names)
        raise SettingsError(f"{path.name}: no column {name!r}; give --text-column one of: {seen}")
    for block in table.records({"text": name}, part):
        values, unfit = to_column("text", column(block, name), "UTC")
        told((*unfit.values(), *(reason for _, reason in block.rejects)))
        is_unfit = pa.array(np.isin(np.arange(len(values)), list(unfit)))
        yield _in_order(block, pc.if_else(is_unfit, pa.scalar(None, TEXT), values))


def tell_unread(unread: Counter[str]) -> None:
    """Say how many rows were damaged, why, and what helps."""
    if unread:
        n_each = ", ".join(f"{n:,} x {reason}" for reason, n in unread.most_common())
        words.print(f"Rows that could not be read: {n_each}.", markup=False)
    if NOT_UTF8 in unread:
        words.print(NO_UTF8)


def _in_order(block: Block, values: pa.Array) -> pa.Array:
    """Put nulls among the values, where the damaged rows stand."""
    damaged = [number for number, _ in block.rejects]
    order = np.argsort([*block.numbers, *damaged], kind="stable")
    return pa.concat_arrays([values, pa.nulls(len(damaged), TEXT)]).take(pa.array(order))
