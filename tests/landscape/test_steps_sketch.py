"""What the sketch of a post must hold to."""

import re
from itertools import pairwise
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from headwater.landscape.steps import sketch
from tests.landscape.travels import KEY, STEP, bare, sketched

TEXTS = (
    "The new library is a great place to meet the neighbours.",
    "Жители города очень довольны новой библиотекой на площади.",
    "今日は天気がとても良いので公園へ散歩に行きました。",
    "",
    "ok then",
    "😀😀😀 🎉",
    "<link> <handle> <phone>",
    "\x01\x02 binary \ufffd\ufffd \u200b\u202e looking \U000e0041",
    "line\nbreaks\r\nand\ttabs are white space like any other",
    "again and " * 10_000,
)
SHORT = (
    "",
    "good morning to all of",
    "<link> one two three four five <handle>",
    "a 😀 b 😀 c 😀 d 😀 e",
)
WORDS = re.compile(r"\w+")


def sketches(texts, key=KEY):
    return sketch.step(key).run(bare(texts))["sketch"].to_pylist()


def equal_bytes(one, other):
    return np.mean(np.frombuffer(one, np.uint8) == np.frombuffer(other, np.uint8))


def resemblance(one, other):
    """Share of neighbouring words that two plain texts have in common, counted with sets."""
    first, second = (WORDS.findall(text.lower()) for text in (one, other))
    first, second = (set(pairwise(words)) for words in (first, second))
    return len(first & second) / len(first | second)


def test_it_adds_what_it_declares():
    columns = STEP.run(bare(TEXTS))
    assert list(columns) == STEP.adds.names
    assert columns["sketch"].type == STEP.adds.field("sketch").type
    assert len(columns["sketch"]) == len(TEXTS)
    columns["sketch"].validate(full=True)


@pytest.mark.parametrize("texts", [[], ["", ""], ["too short"], list(SHORT)])
def test_nothing_to_sketch_gives_nothing(texts):
    assert sketches(texts) == [None] * len(texts)


def test_six_words_are_enough_however_many_marks_stand_between():
    assert None not in sketches(
        ["one two three four five six", "1 two <link> three 😀 four five six"]
    )


def test_a_post_is_sketched_by_itself_whatever_stands_beside_it():
    together = sketches(TEXTS * 3)
    assert together == [sketches([text])[0] for text in TEXTS] * 3
    assert sketches(TEXTS[::-1]) == sketches(TEXTS)[::-1]


def test_a_slice_of_a_batch_is_read_as_a_batch_of_its_own():
    batch = bare(TEXTS)
    part = batch._replace(rows=batch.rows.slice(3, 6))
    assert STEP.run(part)["sketch"].to_pylist() == sketches(TEXTS)[3:9]


def test_the_same_words_in_another_dress_have_the_same_sketch():
    plain = "The council has sold the seaside gardens behind closed doors"
    dressed = (
        f"  {plain.upper()}!!! 😡😡",
        f"<handle> {plain.replace(' ', ', ')} <link>",
        plain.replace("o", "о").replace("a", "ɑ"),  # noqa: RUF001
        plain.translate({ord(one): ord(one) + 0xFEE0 for one in "abcdefghijklmnopqrstuvwxyz"}),
    )
    assert set(sketches(dressed)) == set(sketches([plain]))


def test_words_in_another_order_have_another_sketch():
    one, other = sketches(["one two three four five six", "six two five four three one"])
    assert equal_bytes(one, other) < 0.2


def test_a_known_text_has_another_sketch_in_each_run():
    one, other = sketches(TEXTS[:1]), sketches(TEXTS[:1], key=bytes(32))
    assert equal_bytes(one[0], other[0]) < 0.1


def test_with_its_key_each_run_has_the_same_sketches():
    keys = KEY, bytes(32)
    one, other = ([one for one in sketches(TEXTS, key=key) if one is not None] for key in keys)
    plain = [
        sketch.unmasked(np.frombuffer(b"".join(own), np.uint8).reshape(-1, 64), key)
        for own, key in zip((one, other), keys, strict=True)
    ]
    assert len(plain[0]) == len(one) > 3
    assert np.array_equal(*plain)
    assert not np.array_equal(plain[0], np.frombuffer(b"".join(one), np.uint8).reshape(-1, 64))


def test_a_mask_leaves_what_is_equal_equal_and_what_differs_different():
    values = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 64, axis=1)
    plain = sketch.unmasked(values, KEY)
    assert all(len(set(column)) == 256 for column in plain.T.tolist())
    assert len({bytes(column) for column in plain.T}) == 64  # each byte has a mask of its own


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.8, 0.95])
def test_equal_bytes_tell_what_texts_share_as_well_as_sixty_four_draws_can(kept):
    random = Random(int(100 * kept))  # noqa: S311 made-up words, not a key
    errors, variances = [], []
    pairs = [_two_texts(random, kept) for _ in range(400)]
    found, _ = sketched([text for pair in pairs for text in pair])
    for (one, other), first, second in zip(pairs, found[::2], found[1::2], strict=True):
        share = resemblance(one, other)
        by_chance = share + (1 - share) / 256
        errors.append((first == second).mean() - by_chance)
        variances.append(by_chance * (1 - by_chance) / 64)
    assert abs(np.mean(errors)) < 4 * np.sqrt(np.mean(variances) / 400)
    assert np.mean(np.square(errors)) < 1.35 * np.mean(variances)


def _two_texts(random, kept):
    words = [f"w{random.randrange(10**6)}" for _ in range(random.randrange(12, 60))]
    other = [word if random.random() < kept else f"v{random.randrange(10**6)}" for word in words]
    return " ".join(words), " ".join(other)


def test_a_batch_without_rows_of_text_keeps_its_type():
    assert STEP.run(bare([]))["sketch"].type == pa.binary(64)
