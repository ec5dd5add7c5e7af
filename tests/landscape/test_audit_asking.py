"""Who is asked what, and what the answers come to."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape import models
from headwater.landscape.audit import gold
from headwater.landscape.audit.asking import (
    LEAST_EACH,
    Answer,
    labels,
    n_split,
    n_waiting,
    queue,
    table,
)
from headwater.landscape.audit.noise import NOT_ASKED, Gold, outcomes

N_POSTS = 12
answers = st.lists(
    st.tuples(st.integers(0, N_POSTS - 1), st.sampled_from("abcd"), st.booleans()), max_size=60
).map(lambda said: [Answer(*one) for one in said])


def label(truth, people, n_posts=N_POSTS):
    """Let people label, one after another, as far as each is asked."""
    said = []
    for who in people:
        while left := queue(said, n_posts, who):
            said += [Answer(post, who, truth(post, who)) for post in left]
    return said


@given(answers)
def test_nobody_is_asked_twice_and_nothing_that_counts_is_lost(said):
    for who in "abcd":
        own = {one.post for one in said if one.annotator == who}
        asked = queue(said, N_POSTS, who)
        assert own.isdisjoint(asked)
        assert asked == sorted(set(asked))
    found = table(said, N_POSTS)
    for post in range(N_POSTS):
        first = {one.annotator: one.is_hate for one in reversed(said) if one.post == post}
        order = dict.fromkeys(one.annotator for one in said if one.post == post)
        given_ = [first[who] for who in order]
        counted = [bool(one) for one in found[post] if one != NOT_ASKED]
        assert counted == given_[: len(counted)]


def test_one_person_settles_what_is_harmless_and_two_what_is_hate():
    said = label(lambda post, who: post < 3, "a")
    assert n_waiting(said, N_POSTS) == 3
    said = label(lambda post, who: post < 3, "ab")
    assert n_waiting(said, N_POSTS) == 0
    assert outcomes(table(said, N_POSTS)).tolist() == [True] * 3 + [False] * 9


def test_where_two_differ_a_third_decides():
    said = label(lambda post, who: who in "ac", "ab", n_posts=2)
    assert n_waiting(said, 2) == 2
    said = label(lambda post, who: who in "ac", "abc", n_posts=2)
    assert outcomes(table(said, 2)).tolist() == [True, True]


def test_a_second_person_is_not_shown_only_what_another_called_hate():
    said = [Answer(post, "a", post < 3) for post in range(N_POSTS)]
    asked = queue(said, N_POSTS, "b")
    assert asked == list(range(N_POSTS))
    more = [Answer(post, "a", post < 30) for post in range(100)]
    asked = queue(more, 100, "b")
    assert set(range(30)) < set(asked)
    assert len(asked) == 60


def test_each_of_those_who_label_is_asked_something():
    said = [Answer(post, "a", False) for post in range(100)]
    assert len(queue(said, 100, "b")) == LEAST_EACH
    said += [Answer(post, "b", False) for post in range(5)]
    assert len(queue(said, 100, "b")) == LEAST_EACH - 5
    assert labels(said) == {"a": 100, "b": 5}


def test_what_one_person_says_twice_of_a_post_counts_once():
    said = [Answer(0, "a", True), Answer(0, "a", True)]
    assert n_waiting(said, 1) == 1
    assert labels(said) == {"a": 1}


def test_posts_on_which_two_differ_wait_for_a_third():
    said = [Answer(0, "a", True), Answer(0, "b", False), Answer(1, "a", True)]
    assert n_split(said, 3) == 1
    assert n_split([*said, Answer(0, "c", False)], 3) == 0


def test_while_enough_posts_are_new_none_is_asked_for_show():
    said = [Answer(post, "a", post < 2) for post in range(4)]
    said += [Answer(100 + post, "b", False) for post in range(LEAST_EACH)]
    assert queue(said, 200, "b") == [0, 1, *range(4, 100), *range(120, 200)]


def test_an_answer_that_nobody_waited_for_changes_nothing():
    said = [Answer(0, "a", False)]
    assert np.array_equal(table(said, 1), table([*said, Answer(0, "b", True)], 1))


@pytest.mark.parametrize("language", sorted(models.load("balanced").languages))
def test_there_is_a_test_in_each_language_that_can_be_counted(language):
    known = gold.test([language])
    assert len({one.text for one in known}) == len(known) == 40
    assert {one.code.split(".")[0] for one in known} == {language}
    assert all(one.why for one in known)
    hate = [one.is_hate for one in known]
    assert sum(hate) == 15
    assert any(hate[:6])
    assert not all(hate[:6])


def test_a_language_without_a_test_adds_none():
    assert gold.test(["tlh"]) == ()


def test_the_test_counts_answers_by_what_they_should_have_been():
    known = gold.test(["en"])
    right = [(one.code, one.is_hate) for one in known]
    wrong = [(one.code, not one.is_hate) for one in known]
    assert gold.result(right, known, 7) == Gold(15, 15, 25, 0, weight=7)
    assert gold.result(wrong, known, 1) == Gold(15, 0, 25, 25, weight=1)
