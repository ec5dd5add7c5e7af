"""How folding reads through evasion, and what it leaves alone."""

# ruff: noqa: RUF001  look-alikes are what is tested

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape.models import alphabet
from headwater.landscape.models.fold import MOST_SIGNS, fold, heads, n_words, readable, spelled


def folded(text):
    signs, (start,), (end,) = fold(pa.array([text]))
    return "".join(map(chr, signs[start:end]))


SAME = [
    ("small letters", "The Old BRIDGE", " the old bridge "),
    ("accents", "Café Ångström łódź", " cafe angstrom lodz "),
    ("accents written apart", "cafe\u0301", " cafe "),
    ("full width", "\uff42\uff52\uff49\uff44\uff47\uff45", " bridge "),
    ("mathematical", "𝐛𝓻𝕚𝖉𝗀𝚎", " bridge "),
    ("circled and squared", "ⓑⓡⓘ🅳🅶🅴", " bridge "),
    ("small capitals", "ʙʀɪᴅɢᴇ", " bridge "),
    ("invisible signs", "br\u200bid\u00adg\u2060e", " bridge "),
    ("turned direction", "\u202ebridge\u202c", " bridge "),
    ("marks on letters", "b\u0336r\u0336i\u0336dge", " bridge "),
    ("look-alikes in a word", "thе оld bridgе", " the old bridge "),
    ("look-alikes between digits", "br1dgе", " bridge "),
    ("digits for letters", "br1dg3s on r04ds", " bridges on roads "),
    (
        "digits at ends, in a post of such words",
        "4 br1dg3 4nd 0ld r04d5",
        " a bridge and old roads ",
    ),
    ("a lone I, in a post of such words", "1 s33 0ld br1dg3s", " i see old bridges "),
    ("signs for letters", "@pple $ale lo$$", " apple sale loss "),
    ("spaced letters", "an o l d bridge", " an old bridge "),
    ("dotted letters", "o.l.d b-r-i-d-g-e", " old bridge "),
    ("spaced words of two letters", "a n  o l d  b r i d g e  i s  i t", " an old bridge is it "),
    (
        "spaced words with stops",
        "t h e  o l d ,  b u t  i t ' s  w e t !",
        " the old, but it's wet! ",
    ),
    ("a number in a post of one such word", "the br1dge at 4 or 10", " the bridge at 4 or 10 "),
    ("two letters beside one spaced word", "n e w s of a b and c", " news of a b and c "),
    ("look-alikes alone, in a post of such words", "а nеw оld соw", " a new old cow "),
    ("spaced look-alikes", "о l d", " old "),
    ("long letters", "sooooo oooold!!!!!", " soo oold!! "),
    ("white space", "  the \n\t old\u00a0\u3000bridge ", " the old bridge "),
    ("nothing", "", " "),
    ("only white space", " \n ", " "),
]
BLANK = " \t\n\r\x00\x85\xa0\xad\u0301\u115f\u200b\u200e\u2028\u2060\u2800\u3000\u3164\ufe0f\ufeff\uffa0\U000e0020"


@pytest.mark.parametrize("sign", BLANK, ids=ascii)
def test_a_long_post_begins_where_something_can_be_seen(sign):
    hidden = folded(sign * MOST_SIGNS + "the old bridge")
    assert hidden == folded("the old bridge")


@pytest.mark.parametrize("sign", [".", "a", "1", "\U0001f600", "\u4e2d"], ids=ascii)
def test_nothing_that_can_be_seen_is_left_out_before_a_post(sign):
    long = sign * MOST_SIGNS + "the old bridge"
    assert heads(pa.array([long, " x"])).to_pylist() == [sign * MOST_SIGNS, " x"]


ALONE = [
    ("numbers", "in 2024 at 10:30 for 1001 people"),
    ("a number beside letters", "b2b and 4ever and mp3"),
    ("codes of letters and digits", "ps5 and mp3 on b4 at 4pm, covid19 in h2o"),
    ("prices", "100$ or $100"),
    ("another script", "привет сосед"),
    ("two letters", "a b and c"),
    ("hyphens between words", "well-known mother-in-law"),
    ("angle brackets", "a < b and <b>bold</b> <linked>"),
]


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in SAME], ids=[r[0] for r in SAME])
def test_another_spelling_is_read_as_the_plain_one(text, expected):
    assert folded(text) == expected


@pytest.mark.parametrize("text", [row[1] for row in ALONE], ids=[row[0] for row in ALONE])
def test_ordinary_text_is_left_alone(text):
    assert folded(text) == f" {text} "


@pytest.mark.parametrize("mark", alphabet.MARKS)
def test_a_mark_of_the_scrub_is_one_sign(mark):
    sign = chr(alphabet.MARKS[mark])
    assert folded(f"see <{mark}>, <{mark}>") == f" see {sign}, {sign} "
    assert folded(f"<{mark}>") == f" {sign} "
    assert folded(f"<{mark}") == f" <{mark} "


def test_readable_text_keeps_accents_and_loses_marks():
    texts = pa.array(["Grüße\nan <handle> 😀", "", "Früh"])
    assert readable(texts).to_pylist() == [" grüße an ", " ", " früh "]
    assert readable(texts.slice(0, 0)).to_pylist() == []


@pytest.mark.parametrize(
    ("text", "enough"),
    [("the old bridge", True), ("old bridge", False), ("a b c d e", False), ("", False)],
)
def test_a_text_tells_enough_with_twelve_letters_and_the_words_asked_for(text, enough):
    assert (n_words(pa.array([text])) >= 3).tolist() == [enough]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)))
def test_no_text_changes_another(texts):
    signs, starts, ends = fold(pa.array(texts, pa.string()))
    together = ["".join(map(chr, signs[a:b])) for a, b in zip(starts, ends, strict=True)]
    assert together == [folded(text) for text in texts]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Grüße aus Łódź", "grüße aus łódź"),
        ("ＦＵＬＬ width", "full width"),
        ("s t u p i d and l1ars", "stupid and liars"),
        ("in\u200bvis\u00adible", "invisible"),
        ("<handle> see <link>", "@ see @"),
        ("so 😀 happy 🎉🎉🎉🎉", "so 😀 happy 🎉🎉"),
        ("a\n\n\tb", "a b"),
        ("", ""),
        ("2015 at 8:30", "2015 at 8:30"),
    ],
)
def test_what_the_encoder_reads_keeps_accents_and_emoji_and_undoes_evasion(written, read):
    assert [text.strip() for text in spelled(pa.array([written])).to_pylist()] == [read]


def test_each_text_is_spelled_by_itself():
    texts = ["one", "", "two \x01 three", "\U0001f600" * 40, "end"]
    together = spelled(pa.array(texts)).to_pylist()
    assert together == [spelled(pa.array([text])).to_pylist()[0] for text in texts]
