"""The packaged tables of words and sentences."""

import csv
from functools import cache
from importlib import resources

Row = dict[str, str]


@cache
def rows(name: str) -> tuple[Row, ...]:
    """Read one table of the folder `text`."""
    table = resources.files("headwater.landscape.sample") / "text" / f"{name}.csv"
    return tuple(csv.DictReader(table.read_text(encoding="utf-8").splitlines()))


@cache
def where(name: str, **values: str) -> tuple[Row, ...]:
    """Give a table's rows that have these values in these columns."""
    return tuple(row for row in rows(name) if values.items() <= row.items())


@cache
def texts(name: str, **values: str) -> tuple[str, ...]:
    """Give what those rows say."""
    return tuple(row["text"] for row in where(name, **values))
