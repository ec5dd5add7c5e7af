"""What words mean: the same in twelve languages, and a post is the sum of its words."""

import numpy as np
import pyarrow as pa
import pytest

from headwater.landscape.models import fold, meanings, ngrams

SAME = {  # one thing in many languages
    "school": [
        "school",
        "schule",
        "skole",
        "skola",
        "école",
        "escuela",
        "scuola",
        "szkoła",
        "okul",
    ],
    "doctor": [
        "doctor",
        "arzt",
        "læge",
        "läkare",
        "médecin",
        "médico",
        "medico",
        "lekarz",
        "doktor",
    ],
    "war": ["war", "krieg", "krig", "guerre", "guerra", "oorlog", "wojna", "savaş"],
    "police": ["police", "polizei", "politi", "polis", "policía", "polizia", "politie", "policja"],
    "train": ["train", "zug", "tog", "tåg", "tren", "treno", "trein", "pociąg"],
}


def likeness(texts):
    vectors = meanings.of_texts(texts).astype(float)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return vectors @ vectors.T


def test_a_word_lies_nearer_to_its_translations_than_to_other_words():
    words = [word for some in SAME.values() for word in some]
    things = np.array([thing for thing, some in SAME.items() for _ in some])
    alike = likeness(words)
    np.fill_diagonal(alike, -1)
    nearest = things[alike.argmax(axis=1)]
    assert (nearest == things).mean() >= 0.9


def test_a_post_is_the_sum_of_its_words_each_once():
    text = "the new school near the harbour needs more teachers teachers"
    known = meanings.shipped()
    found = ngrams.words_of(fold.plain(pa.array([text])))
    own = np.unique(meanings.numbers(found.hashes))
    rows = np.flatnonzero(np.isin(known.numbers, own))
    assert len(rows) >= 7
    total = (known.vectors[rows] * known.scales[rows, np.newaxis]).sum(axis=0)
    expected = total * meanings.LENGTH / np.linalg.norm(total)
    assert np.abs(meanings.of_texts([text])[0] - expected).max() <= 0.5 + 1e-3


def test_small_words_weigh_little():
    with_them, without = "what is it that they have with the school", "school"
    assert likeness([with_them, without])[0, 1] > 0.75


@pytest.mark.parametrize("text", ["", " ", "qzxv", "🙂🙂", "1234567890987"])
def test_what_is_not_known_is_about_nothing(text):
    assert not meanings.of_texts([text]).any()


def test_a_post_is_read_by_itself():
    texts = ["the school", "", "a war", "buses are late"]
    together = meanings.of_texts(texts)
    assert [row.tolist() for row in together] == [
        meanings.of_texts([text])[0].tolist() for text in texts
    ]


def test_no_two_words_share_a_number_and_none_is_known_twice():
    numbers = meanings.shipped().numbers
    assert (np.diff(numbers.astype(np.int64)) > 0).all()


def test_rounding_moves_a_word_by_half_a_step():
    vectors = np.random.default_rng(0).normal(size=(50, meanings.DIMENSIONS)).astype(np.float32)
    made = meanings.rounded(np.arange(50, dtype=np.uint32), vectors)
    steps = np.abs(vectors).max(axis=1, keepdims=True) / 127
    back = made.vectors * made.scales[:, np.newaxis]
    assert (np.abs(back - vectors) <= 0.5 * steps + 0.1 * steps).all()
