"""The codebook: what our labels mean, for training, report, audit and docs alike."""

import csv
from importlib.resources import files
from typing import Literal, NamedTuple

VERSION = "1.0"
TABLES = ("labels", "severity", "targets")
FOLDER = files("headwater.landscape") / "data" / "codebook"


class Target(NamedTuple):
    """A group that a post may be aimed at."""

    code: str
    kind: Literal["protected", "apart"]  # counts as hate; counted by itself, never as hate
    label: str
    definition: str
    ground: str


def introduction() -> str:
    """Give the codebook's introduction, in Markdown."""
    return (FOLDER / "README.md").read_text(encoding="utf-8")


def table(name: str) -> list[dict[str, str]]:
    """Give the rows of one of `TABLES`."""
    text = (FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


TARGETS = {row["code"]: Target(**row) for row in table("targets")}  # type: ignore[arg-type]  # text
GROUPS = tuple(TARGETS)
