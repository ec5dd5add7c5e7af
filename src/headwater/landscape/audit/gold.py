"""The gold test: posts of our own whose answer is known, in the languages of the town.

They are made up, plain, and only as hostile as the codebook needs. What annotators answer tells how
often people err; it is told of nobody.
"""

import csv
from collections.abc import Collection, Iterable
from importlib.resources import files
from typing import NamedTuple

from headwater.landscape.audit.noise import Gold

FOLDER = files("headwater.landscape") / "data" / "gold"
STRIDE = 17  # has no divisor with the 40 posts of a language: mixes them, the same each time


class Known(NamedTuple):
    """A post whose answer is known, and why it is so."""

    code: str  # en.1
    text: str
    is_hate: bool
    why: str


def test(languages: Collection[str]) -> tuple[Known, ...]:
    """Give the posts of these languages, one language after another, hate among the rest."""
    return tuple(one for language in sorted(languages) for one in _of(language))


def result(answers: Iterable[tuple[str, bool]], known: Collection[Known], n_labels: int) -> Gold:
    """Count one person's answers, each to the post of a code, by what they should have been."""
    is_hate = {one.code: one.is_hate for one in known}
    said = [(is_hate[code], says_hate) for code, says_hate in answers]
    return Gold(
        n_hate=sum(truth for truth, _ in said),
        n_hate_found=sum(truth and says for truth, says in said),
        n_other=sum(not truth for truth, _ in said),
        n_other_alarmed=sum(says and not truth for truth, says in said),
        weight=n_labels,
    )


def _of(language: str) -> list[Known]:
    path = FOLDER / f"{language}.csv"
    if not path.is_file():
        return []
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    known = [
        Known(f"{language}.{number}", row["text"], row["is_hate"] == "1", row["why"])
        for number, row in enumerate(rows, 1)
    ]
    return [known[(at * STRIDE) % len(known)] for at in range(len(known))]
