"""Find phrases in texts: each word a number, each phrase a number made of its words'.

All texts lie behind each other, as `fold` leaves them, and no text is looked at by itself.

Source: Karp and Rabin 1987, for hashes of words and of what follows on them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from headwater.landscape.models import fold, ngrams
from headwater.landscape.models.fold import Flags, Places
from headwater.landscape.models.ngrams import Hashes, Words

FOLLOWS = np.uint64(ngrams.PAIR)
DOOR_BITS = 18


class SameLong(NamedTuple):
    """Phrases of so many words."""

    n_words: int
    hashes: Hashes  # sorted
    phrases: Places  # which phrase each is


class Phrases(NamedTuple):
    """Phrases to look for."""

    doors: Flags  # by the highest bits of a word's hash: may a phrase begin with it?
    tables: tuple[SameLong, ...]  # the longest phrases first


class Found(NamedTuple):
    """Phrases that stand in texts: which, and from which word up to which."""

    phrases: Places
    begins: Places
    ends: Places


def words(texts: pa.Array) -> Words:
    """Give the words of n texts, accents left out."""
    return ngrams.words_of(fold.plain(texts, keeps_accents=False))


def phrases(spelled: Sequence[Sequence[str]]) -> Phrases:
    """Make n phrases fit to be looked for, each in its spellings; the first that has one keeps it."""
    forms = words(pa.array([form for one in spelled for form in one], pa.string()))
    phrase_of = np.repeat(np.arange(len(spelled)), [len(one) for one in spelled])
    n_words = forms.last - forms.first
    doors = np.zeros(1 << DOOR_BITS, np.bool_)
    doors[_door(forms.hashes[forms.first[n_words > 0]])] = True
    tables = []
    for length in sorted(set(n_words.tolist()) - {0}, reverse=True):
        those = np.flatnonzero(n_words == length)
        hashes, first = np.unique(_hashes(forms, forms.first[those], length), return_index=True)
        tables.append(SameLong(length, hashes, phrase_of[those[first]]))
    return Phrases(doors, tuple(tables))


def find(within: Words, wanted: Phrases) -> Found:
    """Find phrases, but none that stands inside a longer one."""
    found = list(_found(within, wanted))
    columns = zip(*found, strict=True) if found else [[np.empty(0, np.int64)]] * 3
    phrase, begins, ends = (np.concatenate(column) for column in columns)
    in_order = begins.argsort(kind="stable")
    return Found(phrase[in_order], begins[in_order], ends[in_order])


def _found(within: Words, wanted: Phrases) -> Iterator[Found]:
    posts = within.posts
    taken = np.zeros(len(posts), np.bool_)
    likely = np.flatnonzero(wanted.doors[_door(within.hashes)])
    for n_words, hashes, known in wanted.tables:
        at = likely[likely <= len(posts) - n_words]
        at = at[posts[at] == posts[at + n_words - 1]]
        at = at[~taken[at[:, None] + np.arange(n_words)].any(axis=1)]
        hashed = _hashes(within, at, n_words)
        row = np.minimum(np.searchsorted(hashes, hashed), len(hashes) - 1)
        is_one = hashes[row] == hashed
        at, row = at[is_one], row[is_one]
        taken[at[:, None] + np.arange(n_words)] = True
        yield Found(known[row], at, at + n_words)


def _hashes(of: Words, at: Places, n_words: int) -> Hashes:
    """Hash the so many words from each place on."""
    hashes = of.hashes[at]
    for further in range(1, n_words):
        hashes = hashes * FOLLOWS + of.hashes[at + further]
    return hashes


def _door(hashes: Hashes) -> Places:
    return (hashes * FOLLOWS >> np.uint64(64 - DOOR_BITS)).view(np.int64)
