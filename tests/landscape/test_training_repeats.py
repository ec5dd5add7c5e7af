"""Posts that another set holds too, but for a word or two, are found."""

import numpy as np
import pyarrow as pa

from training import repeats

TEXTS = [
    "The ferry to the island leaves at ten and comes back at five in the evening",
    "the ferry to the island leaves at TEN, and comes back at six in the evening!!",
    "Choir practice is on Monday at seven in the old hall of the school",
    "Choir practice is on Monday at eight in the old hall of the school",
    "Bring a coat and a hat to the match on Saturday",
    "Tea and cake",
    "tea and cake",
    "",
]
LETTERS = list("abcdefghij")
SETS = np.array(["a", "b", "a", "a", "b", "a", "b", "b"])


def made_up(rng, n_words):
    return ["".join(rng.choice(LETTERS, 6)) for _ in range(n_words)]


def found(comes_first):
    first = np.isin(np.arange(len(TEXTS)), comes_first)
    marks = repeats.elsewhere(pa.array(TEXTS), SETS, first)
    return np.flatnonzero(marks).tolist()


def test_what_stands_nearly_in_another_set_goes_but_not_in_the_same():
    assert found(comes_first=[]) == [1]


def test_a_post_that_comes_first_stays():
    assert found(comes_first=[1]) == [0]


def test_short_posts_are_left_alone():
    assert not {5, 6, 7} & set(found(comes_first=[6]))


def test_a_thousand_posts_of_their_own_all_stay():
    rng = np.random.default_rng(1)
    texts = [" ".join(made_up(rng, 12)) for _ in range(1000)]
    sets = np.where(rng.random(1000) < 0.5, "a", "b")
    assert not repeats.elsewhere(pa.array(texts), sets, np.zeros(1000, np.bool_)).any()


def test_of_a_hundred_altered_copies_most_are_found():
    rng = np.random.default_rng(2)
    kept = [made_up(rng, 16) for _ in range(100)]
    copies = [[*words[:-1], "other"] for words in kept]
    texts = [" ".join(words) for words in (*kept, *copies)]
    sets = np.repeat(["a", "b"], 100)
    marks = repeats.elsewhere(pa.array(texts), sets, np.zeros(200, np.bool_))
    assert not marks[:100].any()
    assert marks[100:].sum() >= 90
