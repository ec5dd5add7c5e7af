"""What annotators' errors do to an audit, and how far they agree."""

from itertools import permutations, product

import numpy as np
import pytest

from headwater.landscape.audit import Gold, agreement
from headwater.landscape.audit.noise import NOT_ASKED, drawn_errors, errors, gain, outcomes

NEVER = NOT_ASKED


@pytest.mark.parametrize(
    ("answers", "is_hate"),
    [
        ((0, NEVER, NEVER), False),
        ((1, 1, NEVER), True),
        ((1, 0, 1), True),
        ((1, 0, 0), False),
        ((0, 0, NEVER), False),
        ((0, 1, 1), True),
        ((0, 1, 0), False),
    ],
)
def test_most_answers_decide(answers, is_hate):
    assert outcomes(np.array([answers], np.int8)).tolist() == [is_hate]


@pytest.mark.parametrize(
    "answers", [(NEVER, NEVER, NEVER), (1, NEVER, NEVER), (1, 0, NEVER), (0, 1, NEVER)]
)
def test_a_post_that_lacks_an_answer_is_no_outcome(answers):
    with pytest.raises(ValueError, match="1 posts still lack an answer"):
        outcomes(np.array([answers], np.int8))


def test_errors_that_are_left_are_those_of_all_answers_people_might_give():
    rates = np.zeros(2)
    for said in product([0, 1], repeat=3):
        second = said[0] == 1
        third = second and said[0] != said[1]
        row = [said[0], said[1] if second else NEVER, said[2] if third else NEVER]
        is_hate = outcomes(np.array([row], np.int8))[0]
        chance = np.prod(np.where(np.array(said)[:, None] == 1, (0.8, 0.05), (0.2, 0.95)), axis=0)
        rates += is_hate * chance
    left = errors([Gold(100, 80, 100, 5)])
    assert (left.sensitivity, left.false_alarms) == pytest.approx(tuple(rates))


def test_one_answer_a_post_would_multiply_rare_hate_and_three_do_not():
    share_said = 0.002 + 0.998 * 0.01
    assert share_said == pytest.approx(0.012, abs=1e-4)
    assert errors([Gold(100, 90, 100, 1)]).false_alarms < 0.00025


def test_the_correction_undoes_what_errors_do():
    left = errors([Gold(100, 85, 300, 3)])
    came_out = 0.03 * left.sensitivity + 0.97 * left.false_alarms
    assert left.corrected(came_out) == pytest.approx(0.03)


def test_who_labels_more_counts_for_more():
    good, bad = Gold(100, 95, 100, 0), Gold(100, 55, 100, 20)
    alike = errors([good, bad])
    mostly = errors([good._replace(weight=9), bad])
    assert mostly.sensitivity > alike.sensitivity > errors([bad]).sensitivity
    assert gain([good._replace(weight=9), bad]) == pytest.approx(0.9 * 0.95 + 0.1 * 0.35)


def test_errors_of_several_people_are_those_of_all_orders_in_which_they_are_asked():
    rates = [0.9, 0.5, 0.7]
    said = errors([Gold(100, round(100 * one), 100, 0) for one in rates]).sensitivity
    true = np.mean([a * (b + (1 - b) * c) for a, b, c in permutations(rates)])
    assert said == pytest.approx(true)


def test_many_people_who_err_alike_err_as_one():
    one = Gold(100, 80, 100, 5)
    assert errors([one] * 4) == pytest.approx(errors([one]))


def test_a_small_gold_test_leaves_errors_more_open_than_a_large_one():
    spreads = []
    for size in (30, 300):
        gold = Gold(size, round(0.8 * size), size, round(0.1 * size))
        drawn_ = drawn_errors([gold], 4000, np.random.default_rng(1))
        spreads.append((drawn_.sensitivity.std(), drawn_.false_alarms.std()))
    assert (np.array(spreads[0]) > 2 * np.array(spreads[1])).all()


def test_alpha_gives_the_published_examples():
    four = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NEVER, NEVER, NEVER],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NEVER, 3],
        [NEVER, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NEVER],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NEVER],
    ]
    two = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert agreement.alpha(np.array(four, np.int8).T) == pytest.approx(0.743, abs=5e-4)
    assert agreement.alpha(np.array(two, np.int8).T) == pytest.approx(0.095, abs=5e-4)


def test_agreement_on_hate_counts_only_posts_that_two_have_answered():
    answers = np.array([(1, 1), (1, 1), (1, 0), (0, 1), (0, 0), (1, NEVER)], np.int8)
    assert agreement.positive_agreement(answers) == pytest.approx(4 / 6)


def test_who_agrees_by_chance_is_told_as_much_by_second_answers_after_a_yes_alone():
    rng = np.random.default_rng(1)
    said = (rng.random((40_000, 3)) < np.where(rng.random(40_000) < 0.1, 0.8, 0.02)[:, None]) * 1
    asked = np.where([True, False, False] | (said[:, :1] == 1), said, NEVER).astype(np.int8)
    made = agreement.pairs(asked)
    assert agreement.alpha(made) == pytest.approx(agreement.alpha(said[:, :2]), abs=0.02)
    full = agreement.positive_agreement(said)
    assert agreement.positive_agreement(made) == pytest.approx(full, abs=0.02)


@pytest.mark.parametrize("rows", [[(0, 0), (0, 0)], [(0, NEVER)], []])
def test_agreement_is_unknown_where_no_one_says_hate(rows):
    answers = np.array(rows, np.int8).reshape(-1, 2)
    assert agreement.alpha(answers) is None
    assert agreement.positive_agreement(answers) is None
