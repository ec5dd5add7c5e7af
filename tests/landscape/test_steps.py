"""What every step must hold to."""

# ruff: noqa: RUF001  one text is in two scripts on purpose

import pyarrow as pa
import pytest

from headwater.landscape.gazetteer import Gazetteer, PlaceName
from headwater.landscape.shapes import Judge, PostBatch
from headwater.landscape.steps import steps

TEXTS = (
    "The new library is a great place to meet the neighbours.",
    "Ich finde die neue Bibliothek in unserer Stadt wirklich schön.",
    "Жители города очень довольны новой библиотекой на площади.",
    "Women should not be allowed to vote, they are all stupid and worthless.",
    "今日は天気がとても良いので公園へ散歩に行きました。",
    "",
    "a",
    "ok then",
    "😀😀😀 🎉",
    "<link> <handle> <phone>",
    "T h e s e letters stand a l o n e in a pоst of two scripts",
    "\x01\x02 binary \ufffd\ufffd \u200b\u202e looking \U000e0041",
    "line\nbreaks\r\nand\ttabs are white space like any other",
    "again and " * 10_000,
)

NAMES = (PlaceName("Stadt", "town", True, True), PlaceName("Library", "house", True, False))
GAZETTEER = Gazetteer(NAMES, ("place",), 2, "0" * 64)
STEPS = steps(Judge(), counts=True, gazetteer=GAZETTEER, key=bytes(range(32)))
each_step = pytest.mark.parametrize(
    "step",
    [*STEPS, *(steps(Judge(effort), counts=False)[1] for effort in ("fast", "thorough"))],
    ids=["language", "hate, counted", "places", "words", "sketch", "hate, fast", "hate, thorough"],
)


def learnt(texts, until=None):
    """Run the steps before this one over bare texts; all of them without one."""
    rows = pa.RecordBatch.from_arrays([pa.array(texts, pa.string())], names=["text"])
    batch = PostBatch(rows, pa.record_batch([], schema=pa.schema([])))
    for step in STEPS:
        if until and step.name == until.name:
            break
        batch = batch.with_columns(step.run(batch))
    return batch


@each_step
def test_it_adds_what_it_declares(step):
    columns = step.run(learnt(TEXTS, until=step))
    assert list(columns) == step.adds.names
    for field in step.adds:
        values = columns[field.name]
        assert isinstance(values, pa.Array)
        assert values.type == field.type
        assert len(values) == len(TEXTS)
        assert field.nullable or not values.null_count
        values.validate(full=True)


@each_step
def test_it_reads_only_what_it_needs(step):
    batch = learnt(TEXTS, until=step)
    needed = batch._replace(rows=batch.rows.select(list(step.needs)))
    assert step.run(needed) == step.run(batch)


@each_step
def test_the_same_posts_give_the_same_answers(step):
    batch = learnt(TEXTS, until=step)
    assert step.run(batch) == step.run(batch)


@each_step
def test_nothing_in_gives_nothing_out(step):
    columns = step.run(learnt([], until=step))
    assert [len(values) for values in columns.values()] == [0] * len(step.adds)


def test_a_post_is_judged_by_itself_whatever_stands_beside_it():
    together = learnt(TEXTS * 40).rows
    alone = pa.concat_tables([pa.Table.from_batches([learnt([text]).rows]) for text in TEXTS])
    assert together.slice(0, len(TEXTS)).to_pylist() == alone.to_pylist()
    backwards = learnt((TEXTS * 40)[::-1]).rows
    assert backwards.to_pylist() == together.to_pylist()[::-1]


def test_a_slice_of_a_batch_is_read_as_a_batch_of_its_own():
    batch = learnt(TEXTS, until=STEPS[0])
    part = batch._replace(rows=batch.rows.slice(3, 4))
    assert STEPS[0].run(part)["language"] == STEPS[0].run(batch)["language"].slice(3, 4)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Nå må noen snart si ifra om den gata.", "no"),
        ("Hva gjør dere med bøtta etter møtet?", "no"),
        ("Nu må nogen snart sige fra om den gade.", "da"),
        ("Hvad gør I med spanden efter mødet?", "da"),
        ("Ferja går klokka ti i morgen tidlig frå kaia.", "no"),
        ("Vad gör ni med hinken efter mötet i kväll?", "sv"),
    ],
)
def test_danish_and_norwegian_are_told_apart(text, language):
    assert learnt([text]).rows["language"].to_pylist() == [language]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The new library is a great place to meet the neighbours.", "en"),
        ("Ich finde die neue Bibliothek in unserer Stadt wirklich schön.", "de"),
        ("Iсh finde diе neue Bibliоthek in unserer Stаdt wirkliсh schön.", "de"),
        ("Den nye bro over fjorden gør turen til arbejde meget kortere.", "da"),
        ("<link> <handle> De nieuwe brug maakt de weg naar het werk korter.", "nl"),
        ("Жители города очень довольны новой библиотекой на площади.", "ru"),
        ("今日は天気がとても良いので公園へ散歩に行きました。", "ja"),
        ("", "und"),
        ("hm", "und"),
        ("😀😀😀 🎉", "und"),
        ("<link> <handle> <phone>", "und"),
    ],
)
def test_a_language_is_told_or_left_open(text, language):
    assert learnt([text]).rows["language"].to_pylist() == [language]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The new library is a great place to meet the neighbours.", None),
        ("Жители города очень довольны новой библиотекой на площади.", "language"),
        ("<link> ok", "length"),
        ("wonderful neighbourhood", "length"),
        ("", "length"),
    ],
)
def test_a_post_is_left_with_a_reason(text, reason):
    (post,) = learnt([text]).rows.to_pylist()
    assert post["left_for"] == reason
    assert (post["hate_probability"] is None) == (reason is not None)
    assert (post["is_hate"] is None) == (reason is not None)
    assert reason is None or post["targets"] == []
