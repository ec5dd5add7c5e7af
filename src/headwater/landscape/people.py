"""Whether a few words may name a person: a hint for who wrote them, and no more than that.

Names are told by what stands before them (Mrs, trial of), by common given names, and by initials. Public
figures are not told apart: who wrote the words knows whom they mean.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

WORDS = files("headwater.landscape") / "data" / "people" / "words.csv"
WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")  # noqa: RUF001 an apostrophe
LONGEST_CUE = 2  # words


def named(text: str) -> str | None:
    """Give the first words of a text that may name a person; None where none do."""
    return next(_named(WORD.findall(text)), None)


def _named(words: Sequence[str]) -> Iterator[str]:
    for at, word in enumerate(words):
        following = words[at + 1 : at + 3]
        if not following or not _is_name(following[0]) or _is_thing(following):
            continue
        is_title = _plain(word) in _of("title")
        is_given = word[:1].isupper() and _plain(word) in _of("given")
        if is_title or is_given or _is_initial(word):
            yield f"{word} {following[0]}"
        elif _is_cue(words[: at + 1]) and len(following) > 1 and _is_name(following[1]):
            yield " ".join(following)
        elif word[:1].isupper() and _is_initial(following[0]):
            yield f"{word} {following[0]}"


def _is_name(word: str) -> bool:
    return word[:1].isupper() and not word.rstrip(".")[1:].isupper()


def _is_initial(word: str) -> bool:
    return len(word) == len("K.") and word[0].isupper() and word.endswith(".")


def _is_thing(words: Sequence[str]) -> bool:
    """Say whether a name would be that of a school, a street and the like."""
    return any(_plain(part) in _of("thing") for word in words for part in re.split("[-’']", word))  # noqa: RUF001


def _is_cue(words: Sequence[str]) -> bool:
    ends = ("_".join(map(_plain, words[-n:])) for n in range(1, LONGEST_CUE + 1))
    return any(one in _of("cue") for one in ends)


def _plain(word: str) -> str:
    return word.rstrip(".").casefold()


@cache
def _of(use: str) -> frozenset[str]:
    rows = csv.DictReader(WORDS.read_text(encoding="utf-8").splitlines())
    return frozenset(
        word.casefold() for row in rows if row["use"] == use for word in row["words"].split()
    )
