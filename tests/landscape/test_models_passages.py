"""How long posts are cut, and what is said of their parts put together."""

import re
import unicodedata

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape.models import passages
from headwater.landscape.models.passages import FROM_SIGNS, MOST_WORDS, Passages

FERRY = "The ferry was late again this morning, and nobody knew why."
LONG = f"{FERRY} {FERRY}\n{FERRY} So there! {FERRY}"
texts = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x1e"), max_size=900))


def parts(text):
    found = passages.cut(pa.array([text]))
    return found.texts.to_pylist()[1:]


def test_a_long_post_is_cut_where_sentences_and_lines_end():
    assert parts(LONG) == [FERRY, FERRY, FERRY, f"So there! {FERRY}"]


@pytest.mark.parametrize(
    "disguised",
    [
        LONG.replace(" ", "\u00a0"),
        LONG.replace(" ", "\u3000"),
        LONG.replace(". ", ".\u200b ").replace("t", "t\u200d"),
        LONG.replace("\n", "\u2028"),
        LONG.replace(". ", "."),
    ],
    ids=["no-break", "ideographic", "invisible", "line separator", "no space behind a stop"],
)
def test_what_no_reader_sees_does_not_decide_where_a_post_is_cut(disguised):
    assert parts(disguised) == parts(LONG)


def test_pictures_end_a_sentence():
    assert len(parts(f"{FERRY[:-1]} \U0001f600 {FERRY[:-1]} \u2764\ufe0f {FERRY}")) == 3


def test_a_short_post_and_one_of_one_sentence_are_not_cut():
    assert parts(f"{FERRY} So there!") == []
    assert parts("late " * 30 + "again.") == []


def test_where_no_sentence_ends_for_long_it_is_cut_between_words():
    found = parts("late " * 200)
    assert [len(part.split()) for part in found] == [MOST_WORDS] * 6 + [20]
    assert set(" ".join(found).split()) == {"late"}


def seen(text):
    """Give what is neither white nor unseen."""
    unseen = {"Cf", "Zs", "Zl", "Zp"}
    return "".join(
        sign
        for sign in "".join(text.split())
        if unicodedata.category(sign) not in unseen
        and not re.match("[\u034f\u2800\ufe00-\ufe0f]", sign)
    )


@given(texts)
def test_nothing_but_white_space_is_lost_and_no_post_takes_from_another(some):
    found = passages.cut(pa.array(some, pa.string()))
    assert found.texts.to_pylist()[: len(some)] == some
    whole = {post: "" for post in found.posts[len(some) :].tolist()}
    for post, part in zip(found.posts.tolist(), found.texts.to_pylist(), strict=True):
        if post in whole:
            whole[post] += part
    for post, joined in whole.items():
        text = some[post]
        assert len(text) >= FROM_SIGNS
        assert seen(joined.removeprefix(text)) == seen(text)


def pooled(whole, *own):
    one = Passages(1, pa.array(["a post"] * (1 + len(own))), np.zeros(1 + len(own), np.int64))
    return float(one.pooled(np.array([whole, *own], np.float32))[0])


def test_a_post_that_is_not_cut_keeps_its_odds():
    assert pooled(1.5) == 1.5


def test_parts_like_the_whole_raise_the_odds_by_half_the_log_of_how_many_at_most():
    assert pooled(-3, -3, -3, -3, -3) == pytest.approx(-3 + np.log((1 + 2) / 2))


def test_hate_in_one_part_shows_through_harmless_ones():
    assert pooled(-4, 3, -4) > 1.5
    assert pooled(-4, 3, *[-4] * 8) > 1
    assert pooled(-4, *[-4] * 9) < -3


def test_odds_that_overflow_a_float_do_no_harm():
    assert pooled(-500, 600, -700) == pytest.approx(600 - np.log(2) - np.log(2) / 2)


@given(st.lists(st.tuples(st.integers(0, 4), st.floats(-20, 20, width=32)), min_size=1))
def test_the_most_hateful_is_a_text_of_the_post_none_of_whose_parts_has_more(drawn):
    whole = np.full(5, -1, np.float32)
    posts = np.array([*range(5), *(post for post, _ in drawn)])
    odds = np.append(whole, np.array([one for _, one in drawn], np.float32))
    found = Passages(5, pa.array([""] * len(posts)), posts).most_hateful(odds)
    for post, place in enumerate(found):
        own = np.flatnonzero(posts == post)[1:]
        assert posts[place] == post
        assert not len(own) or odds[place] == odds[own].max()
