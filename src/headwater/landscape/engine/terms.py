"""Which terms many people use, and on which days: words and phrases of up to three words.

A person counts once a day, so that nobody makes a term common by repeating it. A phrase is looked at
where both of its halves are terms already, so that memory stays bounded. People are taken in lots;
all posts of one lie in one lot, so counts of people add up.

Source: Agrawal and Srikant 1994 (what is common is made of what is common).
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from headwater.landscape.engine.buckets import as_integers, files_of
from headwater.landscape.engine.repeats import Posts
from headwater.landscape.talk import Held, Usage

WORDS, DISGUISED = "words", "disguised"  # columns of a post's words: all, and those in disguise
OF_POST = ("author_key", "community_key", "posted_on", "is_hate")
COLUMNS = (*OF_POST, WORDS, DISGUISED)
LONGEST = 3  # words of a term
WORDS_PER_LOT = 1 << 20
HALF, DAY, PERSON = (np.uint64(n) for n in (32, 16, 24))  # bits of a half, a day, a person of a lot
LAST_HALF, LAST_DAY = (np.uint64((1 << int(n)) - 1) for n in (HALF, DAY))
MOST_PLACES = 50  # communities of a term that are told apart; 50 stands for more as well
NONE = -1
Ids = NDArray[np.int64]
Keys = NDArray[np.uint64]
Level = Keys  # rising: keys of the terms of one length that enough people use


class Lot(NamedTuple):
    """All posts of some people: n posts of k words."""

    words: Keys  # k
    posts: Ids  # k, rising: which post each word is of
    rows: Ids  # n, their numbers
    authors: Keys  # n, from 0
    places: Keys  # n, 32 bits of the community's key
    days: Keys  # n, since 1970
    hateful: NDArray[np.bool_]  # n


class Found(NamedTuple):
    """Terms in a lot: which begins at which word."""

    at: Ids  # rising
    keys: Keys  # of one word its number; of more the places of its two halves in their level


class Tally(NamedTuple):
    """How many people each thing is of."""

    keys: Keys  # rising
    n: Ids

    def __add__(self, other: "Tally") -> "Tally":  # type: ignore[override]
        """Add the people of another lot."""
        keys, at = np.unique(np.concatenate([self.keys, other.keys]), return_inverse=True)
        n = np.bincount(at, np.concatenate([self.n, other.n]), len(keys))
        return Tally(keys, n.astype(np.int64))


NOBODY = Tally(np.zeros(0, np.uint64), np.zeros(0, np.int64))


def usage(posts: Posts, least: int) -> Usage:
    """Give the use of each term that at least so many people use."""
    return _usage(posts, least, WORDS, LONGEST)


def disguises(posts: Posts, least: int) -> Usage:
    """Give the use, in disguise, of each word that at least so many people write so."""
    return _usage(posts, least, DISGUISED, 1)


def _usage(posts: Posts, least: int, column: str, longest: int) -> Usage:
    levels: tuple[Level, ...] = ()
    for _ in range(longest):
        users = NOBODY
        for lot in _lots(posts, column):
            found = _found(lot, levels)
            users += _people(found.keys, lot.authors[lot.posts[found.at]])
        levels = (*levels, users.keys[users.n >= least])
    return _used(posts, levels, column)


def held(posts: Posts, usage: Usage, terms: Ids) -> Held:
    """Find the posts that hold these terms of a usage, given as their places in it."""
    words = usage.terms[terms]
    levels = _parts(words)
    asked = _places(_words(levels), words)
    first = np.datetime64(usage.first_on, "D").astype(np.int64)
    found: list[Held] = []
    n_authors = 0
    for lot in _lots(posts, WORDS):
        at, every = _terms(lot, levels)
        own = asked[every.astype(np.int64)]
        post, term = np.unique(np.stack([lot.posts[at], own])[:, own != NONE], axis=1)
        found.append(
            Held(
                posts=lot.rows[post],
                terms=term,
                authors=lot.authors[post].astype(np.int64) + n_authors,
                days=lot.days[post].astype(np.int64) - first,
                hateful=lot.hateful[post],
            )
        )
        n_authors += int(lot.authors.max()) + 1
    return _by_post(found)


def _by_post(found: Sequence[Held]) -> Held:
    posts, terms, authors, days = (
        np.concatenate([one[column] for one in found]) for column in range(4)
    )
    hateful = np.concatenate([one.hateful for one in found])
    order = np.argsort(posts, kind="stable")
    return Held(posts[order], terms[order], authors[order], days[order], hateful[order])


def _parts(words: NDArray[np.uint32]) -> tuple[Level, ...]:
    """Give the levels that hold these terms and all that they are made of."""
    level = np.unique(words[words > 0]).astype(np.uint64)
    levels = [level]
    places = np.where(words > 0, np.searchsorted(level, words), NONE)
    for _ in range(1, LONGEST):
        both = (places[:, :-1] != NONE) & (places[:, 1:] != NONE)
        first, second = (one.astype(np.uint64) for one in (places[:, :-1], places[:, 1:]))
        keys = (first << HALF) | (second & LAST_HALF)
        level = np.unique(keys[both])
        levels.append(level)
        places = np.where(both, np.searchsorted(level, keys), NONE)
    return tuple(levels)


def _places(among: NDArray[np.uint32], words: NDArray[np.uint32]) -> Ids:
    """Say for each of some terms where it stands among these; NONE where it does not."""
    known = {one.tobytes(): at for at, one in enumerate(words)}
    return np.array([known.get(one.tobytes(), NONE) for one in among], np.int64)


def _used(posts: Posts, levels: Sequence[Level], column: str) -> Usage:
    """Count each term's people in all and on each day, and where they wrote."""
    words = _words(levels)
    users = days = talk = NOBODY
    places = np.zeros(0, np.uint64)
    n_flagged = 0
    for lot in _lots(posts, column):
        at, terms = _terms(lot, levels)
        own = lot.posts[at]
        users += _people(terms, lot.authors[own])
        days += _people((terms << DAY) | lot.days[own], lot.authors[own])
        talk += _people(lot.days, lot.authors)
        n_flagged += int(lot.hateful.sum())
        places = _some_places(np.append(places, (terms << HALF) | lot.places[own]))
    first, last = int(talk.keys[0]), int(talk.keys[-1])
    starts = np.searchsorted(days.keys >> DAY, np.arange(len(words) + 1, dtype=np.uint64))
    return Usage(
        terms=words,
        n_authors=users.n,
        n_places=np.bincount((places >> HALF).astype(np.int64), minlength=len(words)),
        first_on=np.datetime64(first, "D").astype(date),
        talk=_placed(talk.keys.astype(np.int64) - first, talk.n, last - first + 1),
        n_posts=posts.n_rows - len(posts.repeats),
        n_flagged=n_flagged,
        starts=starts,
        days=(days.keys & LAST_DAY).astype(np.int64) - first,
        n=days.n,
    )


def _terms(lot: Lot, levels: Sequence[Level]) -> tuple[Ids, Keys]:
    """Give all terms of a lot, those of one word numbered first, and where they begin."""
    at, terms, before = [], [], np.uint64(0)
    found = Found(np.arange(len(lot.words)), lot.words)
    for n_words, level in enumerate(levels, start=1):
        found = _known(found, level)
        at.append(found.at)
        terms.append(found.keys + before)
        before += np.uint64(len(level))
        found = _longer(lot, found, n_words)
    return np.concatenate(at), np.concatenate(terms)


def _found(lot: Lot, levels: Sequence[Level]) -> Found:
    """Find what is one word longer than the longest terms known; where none are, the words."""
    found = Found(np.arange(len(lot.words)), lot.words)
    for n_words, level in enumerate(levels, start=1):
        found = _longer(lot, _known(found, level), n_words)
    return found


def _known(found: Found, level: Level) -> Found:
    """Keep the terms of a level; their keys become their places in it."""
    places = np.searchsorted(level, found.keys)
    known = places < len(level)
    known[known] = level[places[known]] == found.keys[known]
    return Found(found.at[known], places[known].astype(np.uint64))


def _longer(lot: Lot, found: Found, n_words: int) -> Found:
    """Join terms that begin at neighbouring words of a post, to terms of one word more."""
    first = np.flatnonzero(found.at[1:] == found.at[:-1] + 1)
    # the second of them ends inside the lot, since it is a term; it may be another post's
    begins = found.at[first]
    first = first[lot.posts[begins] == lot.posts[begins + n_words]]
    return Found(found.at[first], (found.keys[first] << HALF) | found.keys[first + 1])


def _words(levels: Sequence[Level]) -> NDArray[np.uint32]:
    """Give the words of each term, of shorter ones 0 behind them."""
    found = [np.zeros((0, LONGEST), np.uint32)]
    for n_words, level in enumerate(levels, start=1):
        words = np.zeros((len(level), LONGEST), np.uint32)
        if n_words == 1:
            words[:, 0] = level
        else:
            first, second = (level >> HALF).astype(np.int64), (level & LAST_HALF).astype(np.int64)
            words[:, : n_words - 1] = found[-1][first, : n_words - 1]
            words[:, n_words - 1] = found[-1][second, n_words - 2]
        found.append(words)
    return np.concatenate(found)


def _people(keys: Keys, authors: Keys) -> Tally:
    """Count the people that each key is of."""
    distinct, at = np.unique(keys, return_inverse=True)
    pairs = np.unique((at.astype(np.uint64) << PERSON) | authors)
    return Tally(distinct, np.bincount((pairs >> PERSON).astype(np.int64), minlength=len(distinct)))


def _some_places(pairs: Keys) -> Keys:
    """Keep of each term so many communities; a pair is a term's number and 32 bits of a community."""
    pairs = np.unique(pairs)
    terms = pairs >> HALF
    rank = np.arange(len(pairs)) - np.searchsorted(terms, terms)
    return pairs[rank < MOST_PLACES]


def _placed(at: Ids, n: Ids, size: int) -> Ids:
    found = np.zeros(size, np.int64)
    found[at] = n
    return found


def _lots(posts: Posts, column: str) -> Iterator[Lot]:
    """Yield the posts with the words of a column, people after people."""
    for bucket in range(posts.work.n_buckets):
        files = files_of(posts.work.folder / "posts", bucket)
        if files:
            yield from _cut(_read(files, posts.repeats, column))


def _read(files: Sequence[str], repeats: pa.Array, column: str) -> pa.Table:
    columns = ["row", *OF_POST, column]
    read = [pq.read_table(path, columns=columns, partitioning=None) for path in files]
    table = pa.concat_tables(read).rename_columns(["row", *OF_POST, WORDS])
    return table.filter(pc.invert(pc.is_in(table["row"], repeats)))


def _cut(table: pa.Table) -> Iterator[Lot]:
    """Cut a bucket into lots of so many words, all posts of one person in one of them."""
    authors = np.unique(as_integers(table["author_key"])[:, 1], return_inverse=True)[1]
    order = np.argsort(authors, kind="stable")
    lengths = pc.list_value_length(table["words"]).to_numpy()[order].astype(np.int64)
    so_far = lengths.cumsum()
    begins = np.flatnonzero(np.diff(authors[order], prepend=-1))  # where each person's posts do
    lots = (so_far[begins] - lengths[begins]) // WORDS_PER_LOT
    edges = begins[np.flatnonzero(np.diff(lots, prepend=-1))]
    for start, stop in zip(edges, [*edges[1:], len(order)], strict=True):
        yield _lot(table.take(pa.array(order[start:stop])), authors[order[start:stop]])


def _lot(table: pa.Table, authors: Ids) -> Lot:
    words = table["words"].combine_chunks()
    words = pa.concat_arrays(words.chunks) if isinstance(words, pa.ChunkedArray) else words
    lengths = words.value_lengths().to_numpy()
    places = as_integers(table["community_key"])[:, 1] >> HALF
    days = table["posted_on"].cast(pa.int32()).to_numpy()
    return Lot(
        words=words.flatten().to_numpy().astype(np.uint64),
        posts=np.repeat(np.arange(len(table)), lengths),
        rows=table["row"].to_numpy(),
        authors=(authors - authors[0]).astype(np.uint64),
        places=places,
        days=days.astype(np.uint64),
        hateful=table["is_hate"].fill_null(False).to_numpy(),
    )
