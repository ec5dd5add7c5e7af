"""How terms that come and go are told: since when, how many, and to nobody's harm."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from headwater.landscape import Settings, publication
from headwater.landscape.analyses.changes import NONE, Changes, changes
from headwater.landscape.analyses.shifts import apart, shifts
from headwater.landscape.analyses.weeks import weeks
from headwater.landscape.report import language, page
from headwater.landscape.talk import Held, Move, Shift, Term
from tests.landscape import reports
from tests.landscape.test_bursts import usage
from tests.landscape.test_changes import by_day, talked

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
FIRST_ON = date(2024, 3, 1)
TERMS = {0: Term("quay", 40, 3), 1: Term("few", 9, 3), 2: Term("narrow", 40, 2)}
SHIFT = Shift(
    term=0,
    code="rising",
    since=date(2024, 4, 1),
    silent_from=None,
    n_people=143,
    expected=31.4,
    times=(3.4, 5.2),
    n_since=60,
    n_posts=150,
    n_authors=60,
    n_top=9,
)


def changed(*terms):
    n = len(terms)
    zeros = np.zeros(n)
    return Changes(np.array(terms), np.full(n, 5), np.full(n, NONE), zeros, zeros + 1, zeros)


def of_words(*words):
    """Give a usage of terms of these words."""
    made = usage(np.ones((len(words), 7), int), np.full(7, 99))
    return made._replace(terms=np.array([[*own, 0, 0, 0][:3] for own in words], np.uint32))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ([(1,), (1, 2)], [0]),
        ([(1, 2), (1,)], [0]),
        ([(1, 2, 3), (2, 3), (3, 4)], [0, 2]),
        ([(1, 2), (2, 1)], [0, 1]),
        ([(1, 2, 3), (1, 3)], [0, 1]),
        ([(4,), (5,)], [0, 1]),
    ],
)
def test_of_terms_inside_each_other_the_surest_is_told(words, kept):
    found = changed(*range(len(words)))
    assert apart(found, of_words(*words)).terms.tolist() == kept


def everybody(said, authors_of):
    """Give the posts of a table of terms by days; who writes is told by a function of day and number."""
    rows = [
        (term, authors_of(day, at), day)
        for term, own in enumerate(said)
        for day, n in enumerate(own)
        for at in range(n)
    ]
    terms, authors, days = (np.array(column) for column in zip(*rows, strict=True))
    return Held(np.arange(len(rows)), terms, authors, days, np.zeros(len(rows), bool))


def test_a_rise_is_told_by_its_weeks_people_and_times():
    said, talk = talked(3, "even", n_weeks=12)
    said[0, :8], said[0, 8:] = 4, 40
    days = by_day(said)
    made = usage(days, by_day(talk[None])[0])
    by_week = weeks(made.talk)
    found = changes(made, by_week)
    assert found.terms.tolist() == [0]
    (one,) = shifts(found, everybody(days[:1], lambda day, at: 10 * day + at), made, by_week)
    assert (one.term, one.code, one.silent_from) == (0, "rising", None)
    assert one.since == FIRST_ON + timedelta(weeks=8)
    assert one.n_people == one.n_posts == one.n_authors == one.n_since == 160
    assert one.n_top == 1
    assert one.expected == pytest.approx(32 / talk[:8].sum() * talk[8:].sum())
    low, high = one.times
    assert low < 10 * talk[:8].sum() / talk[8:].sum() / 2 < high * 1.2
    assert low > 2


def test_a_fall_is_told_of_those_who_used_it_before():
    said, talk = talked(4, "even", n_weeks=12)
    said[0, :6], said[0, 6:] = 60, 6
    days = by_day(said)
    made = usage(days, by_day(talk[None])[0])
    by_week = weeks(made.talk)
    held = everybody(days[:1], lambda day, at: at if day < 42 else 1000)
    (one,) = shifts(changes(made, by_week), held, made, by_week)
    assert (one.code, one.since) == ("falling", FIRST_ON + timedelta(weeks=6))
    assert (one.n_people, one.n_posts, one.n_since) == (36, 360, 1)
    assert one.n_authors == 9
    assert one.times[1] < 0.5


def told(*found, released=("quay", "few", "narrow")):
    return publication.shifts(found, TERMS, released, SETTINGS)


def test_only_released_words_that_many_use_in_many_places_are_told():
    assert told(SHIFT, released=()) == ()
    assert told(SHIFT._replace(term=1)) == told(SHIFT._replace(term=2)) == ()
    (one,) = told(SHIFT)
    assert (one.term, one.people, one.expected) == ("quay", 145, 30)
    assert (one.times_low, one.times_high) == (3, 10)


@pytest.mark.parametrize(
    "few",
    [{"n_authors": 9}, {"n_posts": 9, "n_authors": 9}, {"n_top": 76}, {"n_posts": 12, "n_top": 7}],
)
def test_what_few_say_often_is_not_told(few):
    assert told(SHIFT._replace(**few)) == ()


def test_how_few_still_say_it_is_not_told():
    fell = SHIFT._replace(code="falling", times=(0.04, 0.19), n_people=7, n_since=3)
    (one,) = told(fell)
    assert one.people is None
    assert (one.times_low, one.times_high) == (5, 50)
    assert told(fell._replace(n_people=9, n_since=9)) == (one,)


@pytest.mark.parametrize(("high", "shown"), [(99.0, 100), (101.0, None), (5.0, 5)])
def test_how_many_times_is_told_in_few_steps(high, shown):
    (one,) = told(SHIFT._replace(times=(0.8, high)))
    assert (one.times_low, one.times_high) == (1, shown)


def test_why_no_word_is_told_is_said():
    def codes(found, told=(), terms=TERMS):
        return [one.code for one in publication.waiting(found, terms, told, SETTINGS)]

    assert codes(None) == ["few_weeks"]
    assert codes((SHIFT,)) == ["words_wait"]
    assert codes((SHIFT,), told(SHIFT)) == codes(()) == codes((SHIFT._replace(term=1),)) == []


def moved(*found, released=("quay", "few", "narrow")):
    return publication.moves(found, released, SETTINGS)


def test_a_released_word_in_other_company_is_told_in_coarse_shares():
    move = Move(TERMS[0], "trade", "crime", date(2024, 4, 1), (3, 41), (60, 72))
    assert moved(move, released=()) == ()
    assert moved(move._replace(term=TERMS[1]), move._replace(term=TERMS[2])) == ()
    assert moved(move._replace(n_there=(3, 9))) == ()
    assert moved(move._replace(n_people=(12, 72))) == ()
    (one,) = moved(move)
    assert (one.term, one.left, one.came, one.code) == ("quay", "trade", "crime", "company_changed")
    assert (one.percent_before, one.percent_since) == (0, 50)


def test_the_page_lists_words_that_come_go_and_move():
    report = reports.with_all_lists()
    html = page.render(report)
    found = language.shifts(report)
    assert found.finding == (
        "Beside earlier weeks, and for weeks on end, 1 word is used more, 1 again and 1 less."
    )
    assert [row.cells[1] for row in found.table.rows] == [
        "3 to 10 times as often",
        "at least 5 times as often",
        "5 to 20 times as seldom",
    ]
    assert found.table.rows[2].cells[2] == "under 10 (90)"
    assert "allotment" in html
    assert "5 to 15%, 65 to 75%" in html
    assert "Which words come and go?" not in page.render(reports.full())
