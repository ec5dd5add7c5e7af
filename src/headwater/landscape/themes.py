"""The themes of a debate: found in some of its posts, told of each, and named.

A theme is named by the nearest of a list of our own (`data/themes`), so no word of a post is
needed to say what it is about; words that tell it from others wait for a person's release.
"""

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, partial
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from headwater.landscape import engine
from headwater.landscape.analyses import company
from headwater.landscape.analyses.company import moves
from headwater.landscape.analyses.telling import Held, Told, telling
from headwater.landscape.analyses.themes import NONE, Centres, assigned, themes, unit, usual
from headwater.landscape.models import meanings
from headwater.landscape.shapes import Columns, PostBatch, Step
from headwater.landscape.steps import words
from headwater.landscape.talk import Move, Term, Theme

ABOUT = "about"  # the column of what posts are about
OF_TERMS = ("words", "author_key", "community_key")
DAY = "posted_on"
MOST_POSTS = 60_000  # in which themes are found
MOST_TERMS = 10  # of a theme
LEAST_LIKE = 0.45  # cosine of a theme and a name: below it the name does not fit
UNNAMED, NO_THEME = "unnamed", "none"
NAMES = files("headwater.landscape") / "data" / "themes" / "names.csv"
ADDS = pa.schema([pa.field("theme", pa.string(), nullable=False)])
Rows = NDArray[np.int64]
Labels = NDArray[np.int64]
Floats = NDArray[np.float32]


class Heard(NamedTuple):
    """What the debate is about."""

    steps: tuple[Step, ...] = ()  # the one that tells each post's theme
    themes: tuple[Theme, ...] = ()
    moves: tuple[Move, ...] = ()  # words whose company changed


class Found(NamedTuple):
    """What tells a post's theme."""

    languages: pa.Array
    usual: Floats  # of each language and, last, of any other: what its posts have in common
    centres: Centres

    def of(self, rows: pa.RecordBatch | pa.Table) -> Labels:
        """Give the theme of each post by its number, or NONE."""
        return assigned(self.apart(rows), self.centres)

    def apart(self, rows: pa.RecordBatch | pa.Table) -> Floats:
        """Give what each post is about, apart from what all posts in its language have in common."""
        places = pc.index_in(rows["language"], self.languages).fill_null(len(self.languages))
        return unit(unit(engine.values_of(rows[ABOUT])) - self.usual[places.to_numpy()])


def heard(
    posts: engine.Posts, key: bytes, floor: int, texts: Callable[[Rows], Sequence[str]]
) -> Heard:
    """Find what the debate is about; nothing where there are too few posts to tell.

    Args:
        posts: Of which ABOUT, languages, days, words, authors and communities are kept.
        key: Of the run, by which words became numbers.
        floor: Fewest people who use a term.
        texts: Gives the scrubbed texts of posts by their numbers.
    """
    some = engine.sample(posts, ABOUT, ("language", *OF_TERMS, DAY), MOST_POSTS)
    found = _found(some)
    if not len(found.centres):
        return Heard()
    labels, held, days = found.of(some), _held(some), some[DAY].to_numpy()
    told = telling(held, labels, floor, MOST_TERMS)
    since = np.sort(days)[len(days) // 2]
    moved = moves(held, labels, days >= since)
    told_in = [one.post for one in chain.from_iterable(told)]
    examples = np.unique(np.array([*told_in, *(one.post for one in moved)], np.int64))
    known = words.known(texts(some["row"].to_numpy()[examples]), key)
    terms = [tuple(_term(one, known) for one in theme) for theme in told]
    codes = _codes(found.centres)
    run = partial(_run, by=found, codes=pa.array([*codes, NO_THEME], pa.string()))
    step = Step(name="theme", needs=(ABOUT, "language"), adds=ADDS, run=run)
    went = tuple(_move(one, codes, since.item(), known) for one in moved)
    return Heard((step,), tuple(map(Theme, codes, terms)), went)


def _move(one: company.Move, codes: Sequence[str], since: date, known: Mapping[int, str]) -> Move:
    return Move(
        term=_term(one, known),
        left=codes[one.left],
        came=codes[one.came],
        since=since,
        n_there=one.n_there,
        n_people=one.n_people,
    )


def _found(some: pa.Table) -> Found:
    tongues = some["language"].combine_chunks().dictionary_encode()
    common = usual(unit(engine.values_of(some[ABOUT])), tongues.indices.to_numpy())
    found = Found(tongues.dictionary, common, np.zeros((0, 0), np.float32))
    return found._replace(centres=themes(found.apart(some)))


def _term(one: Told | company.Move, known: Mapping[int, str]) -> Term:
    return Term(known[one.word], one.n_authors, one.n_places)


def _held(some: pa.Table) -> Held:
    """Say which words these posts hold."""
    lists, *others = (some[name].combine_chunks() for name in (*OF_TERMS, "language"))
    posts = np.repeat(np.arange(len(some)), lists.value_lengths().to_numpy())
    numbered = (one.dictionary_encode().indices.to_numpy().astype(np.int64) for one in others)
    return Held(lists.flatten().to_numpy(), posts, *numbered)


def _run(batch: PostBatch, *, by: Found, codes: pa.Array) -> Columns:
    labels = by.of(batch.rows)
    return {"theme": codes.take(pa.array(np.where(labels == NONE, len(codes) - 1, labels)))}


def _codes(centres: Centres) -> list[str]:
    """Name each theme by the nearest name; where several are nearest to one, they are numbered."""
    codes, vectors = _names()
    likeness = centres @ vectors.T / np.maximum(np.linalg.norm(centres, axis=1), 1e-9)[:, None]
    nearest = np.where(likeness.max(axis=1) >= LEAST_LIKE, likeness.argmax(axis=1), NONE)
    used: Counter[str] = Counter()
    named = []
    for code in (codes[at] if at != NONE else UNNAMED for at in nearest.tolist()):
        used[code] += 1
        named.append(f"{code}-{used[code]}" if used[code] > 1 or code == UNNAMED else code)
    return named


@cache
def _names() -> tuple[list[str], Floats]:
    """Give the names that a theme may have, and what each is about apart from all others."""
    rows = list(csv.DictReader(NAMES.read_text(encoding="utf-8").splitlines()))
    vectors = unit(meanings.of_texts([row["words"] for row in rows]))
    return [row["code"] for row in rows], unit(vectors - vectors.mean(axis=0))
