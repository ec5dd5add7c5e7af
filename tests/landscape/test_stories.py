"""Stories: bursts put together by the posts that hold them."""

from datetime import date, timedelta
from itertools import count

import numpy as np
import pytest

from headwater.landscape.analyses.bursts import Bursts
from headwater.landscape.analyses.stories import stories
from headwater.landscape.talk import Held, Usage

N_DAYS, FIRST_ON = 90, date(2024, 3, 1)
NONE = np.zeros(0, np.int64)
USAGE = Usage(
    terms=np.arange(1, 301, dtype=np.uint32).reshape(100, 3),
    n_authors=np.full(100, 50),
    n_places=np.full(100, 5),
    first_on=FIRST_ON,
    talk=np.full(N_DAYS, 100),
    n_posts=9_000,
    n_flagged=90,
    starts=NONE,
    days=NONE,
    n=NONE,
)


def on(day):
    return FIRST_ON + timedelta(day)


def held(*posts):
    """Give posts of (day, author, terms), in order."""
    rows = [
        (at, term, author, day)
        for at, (day, author, terms) in enumerate(posts)
        for term in sorted(terms)
    ]
    columns = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return Held(*columns, hateful=np.zeros(len(rows), np.bool_))


def bursts(*found):
    """Give bursts of (term, day), the most surprising first."""
    terms, days = (np.array(column) for column in zip(*found, strict=True))
    return Bursts(terms, days, np.arange(len(terms), 0, -1.0))


def said(day, n, *terms, authors=None):
    authors = authors or count()
    return [(day, next(authors), set(terms)) for _ in range(n)]


def test_terms_of_the_same_posts_are_one_story():
    talk = [*said(40, 30, 0, 1), *said(41, 20, 0, 2), *said(42, 9, 1)]
    (one,) = stories(bursts((0, 40), (1, 40), (2, 41)), held(*talk), USAGE)
    assert one.terms == (0, 1, 2)
    assert (one.first_on, one.peak_on, one.n_people, one.expected) == (on(40), on(40), 59, 0)
    assert one.last_on >= on(42)
    assert (one.n_posts, one.n_authors, one.n_top) == (59, 30, 3)


def test_two_things_on_one_day_are_told_together_in_the_numbers_of_the_stronger():
    talk = [*said(40, 30, 0), *said(40, 20, 1), *said(40, 3, 0, 1)]
    (one,) = stories(bursts((1, 40), (0, 40)), held(*talk), USAGE)
    assert one.terms == (0, 1)


def test_two_things_days_apart_are_two_stories():
    talk = [*said(40, 30, 0), *said(43, 20, 1), *said(41, 3, 0, 1)]
    first, second = stories(bursts((1, 43), (0, 40)), held(*talk), USAGE)
    assert (first.terms, second.terms) == ((0,), (1,))
    assert first.n_people > second.n_people


def test_terms_do_not_chain():
    """The second term leads nothing: who shares posts with it alone begins a story."""
    talk = [*said(40, 40, 0), *said(40, 20, 0, 1), *said(42, 4, 1, 2), *said(42, 30, 2)]
    found = stories(bursts((0, 40), (1, 40), (2, 42)), held(*talk), USAGE)
    assert sorted(one.terms for one in found) == [(0, 1), (2,)]


def test_the_same_term_again_much_later_is_another_story():
    talk = [*said(10, 30, 0), *said(60, 20, 0)]
    found = stories(bursts((0, 10), (0, 60)), held(*talk), USAGE)
    assert [one.peak_on for one in found] == [on(10), on(60)]


def test_a_story_that_goes_on_is_told_once_with_its_later_peaks():
    talk = [*said(40, 30, 0, 1), *said(50, 20, 0, 2), *said(20, 25, 0)]
    (one,) = stories(bursts((0, 40), (1, 40), (2, 50), (0, 20)), held(*talk), USAGE)
    assert (one.first_on, one.later_on) == (on(40), (on(20), on(50)))


def test_a_person_counts_once_a_day():
    authors = iter([1] * 20 + [2, 3])
    talk = said(40, 22, 0, authors=authors)
    (one,) = stories(bursts((0, 40)), held(*talk), USAGE)
    assert (one.n_people, one.n_posts, one.n_top) == (3, 22, 20)


def test_what_the_weeks_before_let_expect_is_taken_off():
    talk = [post for day in range(40) for post in said(day, 5, 0)] + said(40, 30, 0)
    (one,) = stories(bursts((0, 40)), held(*talk), USAGE)
    assert one.expected == pytest.approx(5 * ((one.last_on - one.first_on).days + 1))


def test_a_story_is_hateful_where_far_more_of_it_is_flagged_than_of_other_posts():
    talk = held(*said(40, 30, 0), *said(60, 30, 1))
    hateful = talk._replace(hateful=(talk.terms == 1) & (talk.posts % 3 == 0))
    first, second = stories(bursts((0, 40), (1, 60)), hateful, USAGE)
    assert (first.is_hateful, second.is_hateful) == (False, True)
    assert second.n_hateful_authors == 10


def test_no_bursts_no_stories():
    nothing = Held(NONE, NONE, NONE, NONE, np.zeros(0, np.bool_))
    assert stories(Bursts(NONE, NONE, np.zeros(0)), nothing, USAGE) == ()
