"""Words in disguise: read as they are meant, counted, and told of once a person released them."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from headwater.landscape import Settings, publication
from headwater.landscape.analyses.disguises import MOST, disguises
from headwater.landscape.models import fold, ngrams
from headwater.landscape.report import language, numbers, page
from headwater.landscape.steps import words
from headwater.landscape.talk import Disguise, Term
from tests.landscape import reports
from tests.landscape.test_bursts import usage

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
TERMS = {0: Term("quaycash", 171, 12), 1: Term("science", 60, 5), 2: Term("nearly", 500, 20)}


def masked(*texts):
    """Give the words of each text that are read and were not written."""
    meant, written = (ngrams.words_of(one) for one in fold.both(pa.array(texts)))
    signs = fold.plain(pa.array(texts)).signs
    found = [[] for _ in texts]
    for at in np.flatnonzero(words.disguised(meant, written)):
        spelled = "".join(map(chr, signs[meant.begins[at] : meant.ends[at]]))
        found[meant.posts[at]].append(spelled)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("they want qu4yc4sh again", ["quaycash"]),
        ("they want q u a y c a s h again", ["quaycash"]),
        ("they want q-u-a-y-c-a-s-h again", ["quaycash"]),
        ("they want quayc\u0430sh again", ["quaycash"]),
        ("they want quaycash again", []),
        ("They want QUAYCASH again", []),
        ("both quaycash and qu4yc4sh in one post", []),
        ("the U.S.A. and the F.B.I., a.k.a. them", []),
        ("quaaaaycash!!!", []),
        ("for 24 hours, the 3rd time, 100 people", []),
        ("", []),
    ],
)
def test_a_word_is_in_disguise_where_it_is_read_and_was_not_written(text, found):
    assert masked(text) == [found]


def test_each_post_is_held_against_itself_alone():
    assert masked("quaycash", "qu4yc4sh now", "", "quaycash qu4yc4sh", "sc1ence") == [
        [],
        ["quaycash"],
        [],
        [],
        ["science"],
    ]


def test_both_readings_are_those_of_plain():
    texts = pa.array(["they want qu4yc4sh", "n i c e and s.p.a.c.e.d", "ordinary, really"])
    meant, _ = fold.both(texts)
    for ours, theirs in zip(meant, fold.plain(texts), strict=True):
        assert (ours == theirs).all()


def test_those_that_most_people_write_so_come_first_and_are_no_more_than_so_many():
    n = MOST + 5
    made = usage(np.ones((n, 7), int), np.full(7, 99))
    every = np.zeros((n, 3), np.uint32)
    every[:, 0] = np.arange(1, n + 1) * 7
    made = made._replace(terms=every)
    one = made._replace(n_authors=np.arange(n), n_places=np.full(n, 4))
    found = disguises(one, made)
    assert len(found) == MOST
    assert [own.n_authors for own in found] == list(range(n - 1, 4, -1))
    assert [own.term for own in found] == [own.n_authors for own in found]


def told(*found, released=("quaycash", "science", "nearly")):
    return publication.disguises(found, TERMS, released, SETTINGS)


def test_released_words_that_many_write_so_are_told():
    found = told(Disguise(1, 13, 3), Disguise(0, 76, 9))
    assert [(one.term, one.people, one.percent, one.percent_step) for one in found] == [
        ("quaycash", 75, 40, 20),
        ("science", 15, 0, 50),
    ]


def test_what_few_write_so_or_nobody_released_is_not_told():
    assert not told(Disguise(0, 9, 9))
    assert not told(Disguise(0, 76, 2))
    assert not told(Disguise(0, 76, 9), released=("science",))


@pytest.mark.parametrize(
    ("percent", "step", "written"),
    [
        (0, 1, "under 1%"),
        (7, 1, "7%"),
        (12, 2, "12%"),
        (0, 5, "under 3%"),
        (40, 20, "30 to 50%"),
        (0, 50, "under 25%"),
        (100, 20, "over 90%"),
        (None, None, "not shown"),
    ],
)
def test_a_coarse_percentage_is_written_as_what_it_may_have_been(percent, step, written):
    assert numbers.stepped(percent, step) == written


def test_the_page_lists_them():
    report = reports.with_all_lists()
    (row,) = language.disguises(report).rows
    assert (row.label, row.cells) == ("quaycash", ("75", "30 to 50%"))
    assert "written so that filters miss them" in page.render(report)
    assert "written so that filters miss them" not in page.render(reports.full())
