"""Cutting the encoder's words to those in use."""

import json

import numpy as np
import pytest
from tokenizers import Tokenizer, models

from training.encoder import vocabulary

LETTERS = "abcdefghijklmnopqrstuvwxyzäöüß😀"
WORDS = ["▁the", "▁town", "▁library", "▁bücher", "▁кот", "▁house", "s", "ing", "書館"]


@pytest.fixture
def whole(monkeypatch):
    monkeypatch.setattr(vocabulary, "MOST_PIECES", len(LETTERS) + len(vocabulary.SPECIAL) + 4)
    pieces = [*vocabulary.SPECIAL, *dict.fromkeys([*"▁", *LETTERS, *WORDS])]
    ranked = [(piece, -float(at)) for at, piece in enumerate(pieces)]
    made = Tokenizer(models.Unigram(ranked, unk_id=3, byte_fallback=False))
    made.add_special_tokens(list(vocabulary.SPECIAL))
    return made.to_str()


def test_signs_and_the_words_in_use_are_kept_in_their_old_order(whole):
    named = vocabulary.pieces(whole)
    used = np.zeros(len(named), np.int64)
    used[named.index("▁library")] = 9
    used[named.index("ing")] = 1
    chosen = vocabulary.kept(named, [used])
    left = [named[at] for at in chosen]
    assert len(left) == vocabulary.MOST_PIECES
    assert left == sorted(left, key=named.index)
    assert {*vocabulary.SPECIAL, *LETTERS, "▁library", "ing"} <= set(left)


def test_of_words_nobody_used_latin_ones_come_first(whole):
    named = vocabulary.pieces(whole)
    only_a = np.array([piece == "a" for piece in named], np.int64)
    left = {named[at] for at in vocabulary.kept(named, [only_a])}
    assert "▁the" in left
    assert not left & {"▁кот", "書館"}


def test_a_cut_tokenizer_numbers_what_is_left_from_nought(whole):
    named = vocabulary.pieces(whole)
    chosen = vocabulary.kept(named, [np.ones(len(named), np.int64)])
    cut = vocabulary.cut(whole, chosen)
    assert vocabulary.pieces(cut) == [named[at] for at in chosen]
    made = Tokenizer.from_str(cut)
    assert made.token_to_id("</s>") == 2
    assert made.get_vocab_size() == len(chosen)
    ids = {token["content"]: token["id"] for token in json.loads(cut)["added_tokens"]}
    assert all(ids[token] == made.token_to_id(token) for token in vocabulary.SPECIAL)
