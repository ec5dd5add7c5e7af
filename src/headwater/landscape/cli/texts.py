"""One column of texts from a table, every row of it, in order."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from headwater.landscape.errors import SettingsError
from headwater.landscape.readers import table
from headwater.landscape.readers.blocks import Block, column
from headwater.landscape.readers.values import to_column
from headwater.landscape.shapes import TEXT, Part


def texts(path: Path, name: str) -> Iterator[pa.Array]:
    """Yield a table's texts in batches; a row that has none, or is damaged, gives null.

    Raises:
        SettingsError: There is no such file, or it has no such column.
    """
    if not path.is_file():
        raise SettingsError(f"there is no file {path}")
    if not path.stat().st_size:
        raise SettingsError(f"{path} is empty, 0 bytes; export it anew")
    part = Part(path)
    names = table.names_of(part)
    if name not in names:
        seen = table.listed(names)
        raise SettingsError(f"{path.name}: no column {name!r}; give --text-column one of: {seen}")
    for block in table.records({"text": name}, part):
        yield _in_order(block, name)


def _in_order(block: Block, name: str) -> pa.Array:
    values, _ = to_column("text", column(block, name), "UTC")
    damaged = [number for number, _ in block.rejects]
    order = np.argsort([*block.numbers, *damaged], kind="stable")
    return pa.concat_arrays([values, pa.nulls(len(damaged), TEXT)]).take(pa.array(order))
