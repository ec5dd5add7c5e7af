"""Which words tell one part of the talk from the others, and go together.

Sources: Sievert and Shirley 2014 (relevance: how common a word is in the part, and how much commoner
than elsewhere); Bouma 2009 (normalised pointwise mutual information: how far words keep company).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

BALANCE = 0.5  # of the two
FURTHER = 2  # times as many words as wanted, from which those that keep company are chosen
LEAST_LIFT = 2.0  # a word that tells a part is at least twice as common in it
Ids = NDArray[np.int64]


class Held(NamedTuple):
    """Which words n posts hold: k of them, by post."""

    words: NDArray[np.uint32]  # k
    posts: Ids  # k, from 0
    authors: Ids  # n, of each post, from 0
    places: Ids  # n, communities, from 0
    languages: Ids  # n, from 0


class Told(NamedTuple):
    """A word that tells a part."""

    word: int
    n_authors: int  # in these posts
    n_places: int
    post: int  # one that holds it


def telling(held: Held, labels: Ids, floor: int, most: int) -> list[list[Told]]:
    """Give the words that tell each part, the most telling first.

    Args:
        held: The words of n posts.
        labels: n, the part of each from 0; below 0 for none.
        floor: Fewest people who use such a word in the part.
        most: Words of a part.
    """
    words, begins, at = numbered(held.words)
    parts, n_words = labels[held.posts], len(words)
    inside = parts >= 0
    cells = parts[inside] * n_words + at[inside]
    size = (labels.max(initial=-1) + 1) * n_words
    n_posts = distinct(cells, held.posts[inside], size).reshape(-1, n_words)
    n_authors = distinct(cells, held.authors[held.posts[inside]], size).reshape(-1, n_words)
    expected = _expected(held, at, labels)
    relevance = np.where(n_authors >= floor, _relevance(n_posts, expected, labels), -np.inf)
    users = distinct(at, held.authors[held.posts], n_words)
    places = distinct(at, held.places[held.posts], n_words)
    first = held.posts[begins]
    found = []
    for own in relevance:
        best = np.argsort(-own, kind="stable")[: FURTHER * most]
        best = best[own[best] > -np.inf]
        kept = best[in_company(_pairs(held, at, best), len(labels), most)]
        found.append(
            [Told(*(int(one[at]) for one in (words, users, places, first))) for at in kept]
        )
    return found


def numbered(words: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], Ids, Ids]:
    """Number words by where they stand first: their own numbers are other ones in each run.

    Give the words, where each stands first, and the number of each that was given.
    """
    distinct, first, at = np.unique(words, return_index=True, return_inverse=True)
    order = np.argsort(first)
    return distinct[order], first[order], np.argsort(order)[at]


def in_company(n_both: Ids, n_posts: int, most: int) -> Ids:
    """Choose so many of m words, in their order: those that keep least company with the rest go.

    Args:
        n_both: m x m, posts that hold both words; each word's own posts on the diagonal.
        n_posts: All posts.
        most: How many to keep.
    """
    shares = n_both / n_posts
    alone = np.outer(shares.diagonal(), shares.diagonal())
    with np.errstate(divide="ignore", invalid="ignore"):
        company = np.log(shares / alone) / -np.log(shares)
    company = np.where(n_both == 0, -1.0, np.where(n_both == n_posts, 1.0, company))
    np.fill_diagonal(company, 0)
    kept = list(range(len(n_both)))
    while len(kept) > most:
        kept.pop(int(company[np.ix_(kept, kept)].sum(axis=1).argmin()))
    return np.array(kept, np.int64)


def _pairs(held: Held, at: Ids, chosen: Ids) -> Ids:
    """Count the posts that hold both of each two of these words."""
    order = np.argsort(chosen)
    places = np.searchsorted(chosen[order], at)
    places[places == len(chosen)] = 0
    is_chosen = chosen[order][places] == at if len(chosen) else np.zeros(len(at), np.bool_)
    posts, rows = np.unique(held.posts[is_chosen], return_inverse=True)
    holds = np.zeros((len(posts), len(chosen)), np.float32)
    holds[rows, order[places[is_chosen]]] = 1
    n_both: Ids = np.rint(holds.T @ holds).astype(np.int64)
    return n_both


def _expected(held: Held, at: Ids, labels: Ids) -> NDArray[np.float64]:
    """Give parts x words: posts that would hold a word, were it as common as in their languages."""
    n_languages, n_words = held.languages.max(initial=-1) + 1, at.max(initial=-1) + 1
    cells = held.languages[held.posts] * n_words + at
    n_posts = distinct(cells, held.posts, n_languages * n_words).reshape(n_languages, n_words)
    in_all = np.bincount(held.languages, minlength=n_languages)
    mixed = np.zeros((labels.max(initial=-1) + 1, n_languages))
    np.add.at(mixed, (labels[labels >= 0], held.languages[labels >= 0]), 1)
    found: NDArray[np.float64] = mixed @ (n_posts / in_all[:, np.newaxis])
    return found


def _relevance(n_posts: Ids, expected: NDArray[np.float64], labels: Ids) -> NDArray[np.float64]:
    """Give parts x words; -inf for a word that is hardly commoner there than in its languages."""
    in_part = np.bincount(labels[labels >= 0], minlength=len(n_posts))[:, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        here = np.log(n_posts) - np.log(in_part)
        lift = np.log(n_posts) - np.log(expected)
    relevance = BALANCE * here + (1 - BALANCE) * lift
    return np.where((n_posts > 0) & (lift >= np.log(LEAST_LIFT)), relevance, -np.inf)


def distinct(cells: Ids, of: Ids, size: int) -> Ids:
    """Count in each cell the different ones."""
    pairs = (cells.astype(np.uint64) << np.uint64(32)) | of.astype(np.uint64)
    pairs.sort()  # several times as fast as `unique`
    first = np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]
    n: Ids = np.bincount((pairs[first] >> np.uint64(32)).astype(np.int64), minlength=size)
    return n
