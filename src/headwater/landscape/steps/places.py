"""What a post concerns, by the places it names: the town, elsewhere, or none that is known.

A post that names a place of the town is local, whatever else it names.
"""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from headwater.landscape.gazetteer import Gazetteer, PlaceName
from headwater.landscape.models.fold import Flags, Places
from headwater.landscape.models.ngrams import Words
from headwater.landscape.shapes import SCOPES, TEXT, Columns, PostBatch, Step
from headwater.landscape.steps import phrases
from headwater.landscape.steps.phrases import Found, Phrases

ADDS = pa.schema([pa.field("scope", TEXT, nullable=False)])  # one of SCOPES
WRITTEN_OUT = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "oe", "å": "aa", "æ": "ae"}
)
NEAR = 2  # words between a name and a sign of place, and one more


class Known(NamedTuple):
    """A gazetteer fit to be looked up: n names, and behind them the signs of place."""

    phrases: Phrases
    names: tuple[PlaceName, ...]
    languages: pa.Array  # k, those that some names are bound to
    counts_in: Flags  # k + 1 x n: whether a name counts in such posts; last, in all others


class Mentions(NamedTuple):
    """Names in posts: which, in which post, and whether it counts there."""

    names: Places
    posts: Places
    counts: Flags


class Placed(NamedTuple):
    """What one post concerns, and why: for who holds the posts, never for a report."""

    scope: str
    named: tuple[PlaceName, ...]
    not_counted: tuple[PlaceName, ...]  # everyday words without a sign of place; other languages


def step(gazetteer: Gazetteer) -> Step:
    """Make the step for one town."""
    run = partial(_run, by=known(gazetteer))
    return Step(name="places", needs=("text", "language"), adds=ADDS, run=run)


def known(gazetteer: Gazetteer) -> Known:
    """Make a gazetteer fit to be looked up."""
    names = gazetteer.names
    spelled = [_spellings(one.name) for one in names] + [(one,) for one in gazetteer.signs]
    bound = sorted({language for one in names for language in one.languages})
    counts_in = [
        [not one.languages or each in one.languages for one in names] for each in (*bound, "")
    ]
    return Known(phrases.phrases(spelled), names, pa.array(bound, TEXT), np.array(counts_in))


def mentions(texts: pa.Array, languages: pa.Array, by: Known) -> Mentions:
    """Find the names in n texts; one that is an everyday word counts beside a sign of place."""
    words = phrases.words(texts)
    found = phrases.find(words, by.phrases)
    is_name = found.phrases < len(by.names)
    names = Found(*(column[is_name] for column in found))
    posts = words.posts[names.begins]
    is_sure = np.array([one.is_sure for one in by.names], np.bool_)[names.phrases]
    is_beside = _beside(names, found.begins[~is_name], words)
    is_spoken = by.counts_in[_rows(languages, by)[posts], names.phrases]
    return Mentions(names.phrases, posts, is_spoken & (is_sure | is_beside))


def scopes(found: Mentions, n_posts: int, by: Known) -> pa.Array:
    """Say of n posts what each concerns."""
    is_local = np.array([one.is_local for one in by.names], np.bool_)[found.names]
    scope = np.full(n_posts, SCOPES.index("unplaced"))
    scope[found.posts[found.counts]] = SCOPES.index("elsewhere")
    scope[found.posts[found.counts & is_local]] = SCOPES.index("local")
    return pa.array(SCOPES, TEXT).take(pa.array(scope))


def placed(batch: PostBatch, by: Known) -> Iterator[Placed]:
    """Say of n posts what each concerns, and why."""
    texts, languages = batch.rows["text"], batch.rows["language"]
    found = mentions(texts, languages, by)
    named: list[list[PlaceName]] = [[] for _ in texts]
    left: list[list[PlaceName]] = [[] for _ in texts]
    for name, post, counts in zip(*found, strict=True):
        (named if counts else left)[post].append(by.names[name])
    for scope, own, others in zip(scopes(found, len(texts), by), named, left, strict=True):
        yield Placed(scope.as_py(), tuple(dict.fromkeys(own)), tuple(dict.fromkeys(others)))


def _run(batch: PostBatch, *, by: Known) -> Columns:
    texts = batch.rows["text"]
    return {"scope": scopes(mentions(texts, batch.rows["language"], by), len(texts), by)}


def _spellings(name: str) -> tuple[str, ...]:
    """Give a name as it is, its letters written out, and the genitive of both."""
    forms = (name, name.lower().translate(WRITTEN_OUT), name.replace("ß", "ss"))
    return (*forms, *(f"{form}s" for form in forms))


def _beside(names: Found, signs: Places, words: Words) -> Flags:
    """Say of n names whether a sign of place stands near, in the same post."""
    is_sign = np.zeros(len(words.hashes), np.bool_)
    is_sign[signs] = True
    posts, last = words.posts, len(words.hashes) - 1
    near: Flags = np.zeros(len(names.begins), np.bool_)
    for apart in range(NEAR):
        for at in (names.begins - 1 - apart, names.ends + apart):
            at = np.clip(at, 0, last)
            near |= is_sign[at] & (posts[at] == posts[names.begins])
    return near


def _rows(languages: pa.Array, by: Known) -> Places:
    """Give the row of `counts_in` for each post's language."""
    rows = pc.fill_null(pc.index_in(languages, by.languages), len(by.languages))
    return np.asarray(rows, np.int64)
