"""How posts become rows of the weight table."""

import numpy as np
import pyarrow as pa

from headwater.landscape.models.fold import fold
from headwater.landscape.models.ngrams import ROWS, ngrams


def rows(texts):
    """Give the rows of each post, one array a kind of n-gram."""
    kinds = list(ngrams(fold(pa.array(texts, pa.string()))))
    return [
        [
            kind.rows[start:end].tolist()
            for kind in kinds
            for start, end in [(kind.starts[at], kind.ends[at])]
        ]
        for at in range(len(texts))
    ]


def test_the_same_text_falls_into_the_same_rows_wherever_it_stands():
    found = rows(["the old bridge", "a", "", "the old bridge"])
    assert found[0] == found[3]
    assert found == [rows([text])[0] for text in ["the old bridge", "a", "", "the old bridge"]]


def test_each_kind_has_as_many_as_the_text_holds():
    (found,) = rows(["an old bridge"])
    assert [len(kind) for kind in found] == [14, 14, 14, 14, 3, 2, 1, 0]


def test_rows_lie_in_the_table():
    for kind in ngrams(fold(pa.array(["the old bridge", "\U0001f600 \uffdc \uf8ff"]))):
        assert kind.rows.min() >= 0
        assert kind.rows.max() < ROWS


def test_word_order_shows_in_pairs_alone():
    one, other = rows(["bridge town", "town bridge"])
    assert sorted(one[4]) == sorted(other[4])
    assert one[5] != other[5]


def test_a_word_has_one_row_in_every_place():
    (found,) = rows(["town bridge town mill town"])
    words = np.array(found[4])
    assert len(set(words[[0, 2, 4]])) == 1
    assert len(set(words)) == 3


def test_nothing_has_no_rows():
    assert rows([]) == []


def test_beside_other_words_a_group_is_any_group():
    one, other = rows(["muslims crossed the bridge", "Türken crossed the bridge"])
    assert one[4] != other[4]
    assert one[5:] == other[5:]


def test_words_count_once_more_only_where_a_group_is_named():
    named, unnamed = rows(["women crossed the bridge", "wolves crossed the bridge"])
    assert [len(named[7]), len(unnamed[7])] == [4, 0]


def test_a_short_text_at_the_end_harms_no_other():
    texts = ["the old bridge", "the", ""]
    assert rows(texts) == [rows([text])[0] for text in texts]
