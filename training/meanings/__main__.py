"""Teach what words mean: vectors whose sum says what a post is about, in twelve languages.

A reader of whole posts (`readers.of_posts`) says what some posts are about; each word's vector is
fitted to that (`fit`). Words that few posts taught, and languages it does not read, follow a reader
of single words. One post in twenty has no say and shows how well it went.
"""

import argparse
import json
import logging
import re
from collections import Counter
from collections.abc import Callable
from importlib.resources import as_file
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import scipy.sparse as sp
from numpy.typing import NDArray

from headwater.landscape.models import fold, meanings, ngrams
from headwater.landscape.models.shipped import FOLDER, TOKENIZER
from training.meanings import fit, readers
from training.own import LANGUAGES
from training.posts import as_scrubbed, data_dir, evenly, labelled

log = logging.getLogger(__name__)
N_TIMELINE, TIMELINE_LANGUAGE = 60_000, "en"  # most of them
MOST_OF_ONE = 110_000  # posts of a language that are read
HELD_OUT = 20  # one post in so many
LEAST_POSTS, LONGEST = 3, 30  # that a word stands in; letters
PIECE = re.compile("\u2581([a-z\u00df-\u00f6\u00f8-\u017f]{3,})")  # of the encoder: a whole word


class Words(NamedTuple):
    """All words that get a meaning, m in all, by their numbers."""

    numbers: NDArray[np.uint32]  # rising
    spelt: list[str]
    common: NDArray[np.float32]  # share of posts, in the language where it is commonest


def main() -> None:
    """Take all steps; what the readers said is kept, so that a broken run goes on."""
    parser = argparse.ArgumentParser(prog="training.meanings", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="where a broken run goes on")
    work = parser.parse_args().work
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", force=True)
    work.mkdir(parents=True, exist_ok=True)
    texts, languages = posts()
    words = known(texts, languages)
    log.info("%s posts, %s words", len(texts), len(words.numbers))
    read = np.isin(languages, readers.USE_READS)
    texts = texts.filter(pa.array(read))
    of_posts = _kept(work / "posts.npy", lambda: readers.of_posts(texts.to_pylist()))
    of_words = _kept(work / "words.npy", lambda: readers.of_words(words.spelt))
    vectors = taught(texts, words, of_posts, of_words)
    with as_file(FOLDER / meanings.FILE) as path:
        np.savez_compressed(path, **meanings.rounded(words.numbers, vectors)._asdict())


def posts() -> tuple[pa.Array, NDArray[np.str_]]:
    """Give posts and their languages: those that teach the classifier, and some of the timeline."""
    ours = labelled(LANGUAGES)
    ours = ours.where(~ours.is_dev)
    timeline = pq.read_table(data_dir() / "timeline" / "telegram_2021_2022.parquet")["text"]
    timeline = as_scrubbed(timeline.cast(pa.string()).combine_chunks())
    timeline = timeline.take(pa.array(evenly(np.arange(len(timeline)), N_TIMELINE)))
    languages = np.concatenate([ours.language, np.full(len(timeline), TIMELINE_LANGUAGE)])
    places = [evenly(np.flatnonzero(languages == one), MOST_OF_ONE) for one in np.unique(languages)]
    chosen = np.sort(np.concatenate(places))
    return pa.concat_arrays([ours.texts, timeline]).take(pa.array(chosen)), languages[chosen]


def known(texts: pa.Array, languages: NDArray[np.str_]) -> Words:
    """Find the words of these posts, and those that the encoder knows whole."""
    spelt, n_posts, common = _spelt(_pieces()), Counter[int](), Counter[int]()
    for one in np.unique(languages):
        own = texts.filter(pa.array(languages == one))
        spelt.update(_spelt(own))
        numbers, counts = np.unique(held(own)[1], return_counts=True)
        for number, n in zip(numbers.tolist(), counts.tolist(), strict=True):
            n_posts[number] += n
            common[number] = max(common[number], n / len(own))
    pieces = _spelt(_pieces())
    kept = sorted(
        number
        for number, word in spelt.items()
        if number in pieces or (n_posts[number] >= LEAST_POSTS and len(word) <= LONGEST)
    )
    return Words(
        np.array(kept, np.uint32),
        [spelt[number] for number in kept],
        np.array([common[number] for number in kept], np.float32),
    )


def taught(
    texts: pa.Array, words: Words, of_posts: NDArray[np.float32], of_words: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Give the words' vectors, each already as long as the word weighs."""
    middle, axes = fit.main_axes(of_posts, meanings.DIMENSIONS)
    wanted = fit.unit((of_posts - middle) @ axes)
    weights = fit.weights(words.common)
    matrix = _matrix(texts, words.numbers, weights)
    has_say = np.arange(len(texts)) % HELD_OUT > 0
    own, aims = matrix[has_say], wanted[has_say]
    nowhere = np.zeros((len(weights), meanings.DIMENSIONS), np.float32)
    first = fit.fitted(own, aims, nowhere)
    expected = fit.expected(of_words, first, np.diff(own.tocsc().indptr))
    vectors = fit.fitted(own, aims, expected)
    for name, some in (("posts alone", first), ("with single words", vectors)):
        likeness = (fit.unit(matrix[~has_say] @ some) * wanted[~has_say]).sum(axis=1)
        log.info(
            "%s: likeness to what the reader makes of posts unseen: %.3f", name, likeness.mean()
        )
    return vectors * weights[:, np.newaxis]


def held(texts: pa.Array) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """Give which word stands in which post: each once."""
    found = ngrams.words_of(fold.plain(texts))
    post = np.repeat(np.arange(len(texts)), found.last - found.first)
    inside = np.concatenate([np.arange(*own) for own in zip(found.first, found.last, strict=True)])
    pairs = np.stack([post, meanings.numbers(found.hashes)[inside]])
    post, numbers = np.unique(pairs, axis=1)
    return post, numbers.astype(np.uint32)


def _matrix(
    texts: pa.Array, numbers: NDArray[np.uint32], weights: NDArray[np.float32]
) -> sp.csr_matrix:
    """Say how much each word weighs in each post; rows of length 1."""
    post, own = held(texts)
    places = np.minimum(np.searchsorted(numbers, own), len(numbers) - 1)
    is_known = numbers[places] == own
    post, places = post[is_known], places[is_known]
    lengths = np.sqrt(np.bincount(post, weights[places] ** 2, len(texts)))
    told = (weights[places] / lengths[post]).astype(np.float32)
    return sp.csr_matrix((told, (post, places)), shape=(len(texts), len(numbers)))


def _spelt(texts: pa.Array) -> dict[int, str]:
    folded = fold.plain(texts)
    found = ngrams.words_of(folded)
    numbers, first = np.unique(meanings.numbers(found.hashes), return_index=True)
    spans = zip(found.begins[first].tolist(), found.ends[first].tolist(), strict=True)
    words = ["".join(map(chr, folded.signs[begin:end])) for begin, end in spans]
    return dict(zip(numbers.tolist(), words, strict=True))


def _pieces() -> pa.Array:
    """Give the words that are one piece to the encoder."""
    facts = json.loads((FOLDER / TOKENIZER).read_text(encoding="utf-8"))
    matched = [PIECE.fullmatch(piece) for piece, _ in facts["model"]["vocab"]]
    return pa.array([one[1] for one in matched if one])


def _kept(path: Path, make: Callable[[], NDArray[np.float32]]) -> NDArray[np.float32]:
    if not path.exists():
        np.save(path, make())
    found: NDArray[np.float32] = np.load(path)
    return found


if __name__ == "__main__":
    main()
