"""The audit: which posts it draws, and what it tells."""

from datetime import date

import numpy as np
import pytest
from audits import ORDINARY, PERFECT, People, answered, gold_test, town
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from headwater.landscape.audit import Drawn, Gold, Interval, audited, draw, estimate
from headwater.landscape.audit.audited import is_firm
from headwater.landscape.audit.design import DOUBT, design, drawn
from headwater.landscape.labelled import Base, Rates

scores_of_towns = arrays.arrays(
    float, st.integers(1, 400), elements=st.floats(0, 1, allow_subnormal=False)
)
budgets = st.integers(1, 500)
seeds = st.integers(0, 2**32)


@given(scores_of_towns, budgets)
def test_a_design_puts_each_post_into_one_stratum_and_spends_the_budget(scores, budget):
    plan = design(scores, budget)
    assert plan.sizes.sum() == len(scores)
    assert plan.labels.sum() == min(budget, len(scores))
    assert (plan.labels <= plan.sizes).all()
    assert (plan.labels > 0).all()
    assert plan.labels.max() - plan.labels.min() <= 1
    assert (np.diff(plan.strata[np.argsort(scores, kind="stable")]) >= 0).all()


@given(scores_of_towns, budgets, seeds)
def test_a_sample_draws_no_post_twice_and_its_weights_add_up_to_the_town(scores, budget, seed):
    sample = draw(scores, budget, seed)
    assert len(set(sample.places)) == len(sample.places) == min(budget, len(scores))
    assert (1 / sample.probabilities).sum() == pytest.approx(len(scores))
    assert (sample.strata == design(scores, budget).strata[sample.places]).all()


def test_scores_may_be_as_short_as_a_model_gives_them():
    scores = np.random.default_rng(1).random(300_000).astype(np.float32) ** 8
    assert (
        draw(scores, 2000, 1).places.tolist() == draw(scores.astype(float), 2000, 1).places.tolist()
    )


def test_the_same_seed_draws_the_same_and_another_seed_does_not():
    scores = np.linspace(0, 1, 500)
    first, again, other = (draw(scores, 50, seed).places.tolist() for seed in (1, 1, 2))
    assert first == again != other


def test_posts_are_drawn_as_often_as_their_probability_says():
    scores = np.linspace(0, 1, 40) ** 4
    plan = design(scores, 12)
    counts = np.zeros(40)
    for seed in range(4000):
        counts[drawn(scores, plan, seed).places] += 1
    probabilities = (plan.labels / plan.sizes)[plan.strata]
    error = np.sqrt(probabilities * (1 - probabilities) / 4000)
    assert (abs(counts / 4000 - probabilities) <= 4 * error + 1e-12).all()


@pytest.mark.parametrize("auc", [0.6, 0.8, 0.95])
@pytest.mark.parametrize("share", [0.001, 0.02, 0.2])
def test_no_post_weighs_much_more_than_in_a_random_sample_whatever_the_scores(share, auc):
    _, scores = town(np.random.default_rng(1), share, auc)
    sample = draw(scores, 1000, 1)
    weights = 1 / (sample.probabilities * len(scores))
    assert weights.max() <= 1.01 / np.sqrt(DOUBT) / 1000


def test_low_scores_get_most_labels_and_high_scores_more_than_their_part():
    _, scores = town(np.random.default_rng(1), 0.01, 0.95)
    sample = draw(scores, 1000, 1)
    is_low = scores < np.quantile(scores, 0.9)
    assert 0.5 <= is_low[sample.places].mean() <= 0.9


DAY = date(2026, 3, 1)
OF = Base("", "", 4000, 4000, 4000, 90)
PERFECTLY = [Gold(10**6, 10**6, 10**6, 0)]
MODEL_SAYS = Interval(0.05, 0.01, 0.09)


def audit(share=0.05, budget=1000, people=ORDINARY, model_says=MODEL_SAYS):
    rng = np.random.default_rng(1)
    is_hate, scores = town(rng, share, 0.8)
    sample = draw(scores, budget, 1)
    is_flagged = scores >= np.quantile(scores, 0.97)
    of = Base(
        "Fjordby", "2.0.0 balanced", len(scores) + 9, len(scores) + 3, len(scores), sum(is_flagged)
    )
    posts = Drawn(sample, is_flagged[sample.places], sample.places, DAY, model_says, of)
    return audited(answered(rng, is_hate[sample.places], people), posts, gold_test(rng, people))


@given(scores_of_towns, budgets, seeds)
def test_whatever_people_say_the_interval_holds_the_share_and_both_are_shares(scores, budget, seed):
    rng = np.random.default_rng(seed)
    sample = draw(scores, budget, seed)
    answers = answered(rng, rng.random(len(sample.places)) < rng.random(), ORDINARY)
    found = estimate(answers, sample, gold_test(rng, People(rng.random(), 0.1, 9, 9)))
    assert 0 <= found.low <= found.share <= found.high <= 1


def test_all_posts_labelled_without_error_give_the_share_and_the_models_errors_themselves():
    rng = np.random.default_rng(1)
    is_hate, scores = town(rng, 0.05, 0.8)
    is_flagged = scores >= np.quantile(scores, 0.97)
    found = audit(budget=10**6, people=PERFECT)
    assert found.share == pytest.approx(0.05)
    assert found.rates.sensitivity == pytest.approx(is_flagged[is_hate].mean(), rel=0.01)
    assert found.rates.false_positive_rate == pytest.approx(is_flagged[~is_hate].mean(), rel=0.01)


def test_the_models_errors_are_found_as_often_as_their_spread_says():
    rng = np.random.default_rng(2)
    within = []
    for seed in range(200):
        is_hate, scores = town(rng, 0.05, 0.8)
        is_flagged = scores >= np.quantile(scores, 0.97)
        sample = draw(scores, 4000, seed)
        of = Base("", "", len(scores), len(scores), len(scores), int(is_flagged.sum()))
        posts = Drawn(sample, is_flagged[sample.places], sample.places, DAY, Interval(0, 0, 1), of)
        answers = answered(rng, is_hate[sample.places], PERFECT)
        rates = audited(answers, posts, gold_test(rng, PERFECT)).rates
        apart = abs(rates.sensitivity - is_flagged[is_hate].mean())
        alarms = abs(rates.false_positive_rate - is_flagged[~is_hate].mean())
        within.append(
            (apart <= 2 * rates.sensitivity_sd, alarms <= 2 * rates.false_positive_rate_sd)
        )
    assert (np.mean(within, axis=0) >= 0.92).all()


def test_where_the_model_flagged_no_post_nothing_is_said_of_its_errors():
    scores = np.linspace(0, 0.1, 900)
    sample = draw(scores, 100, 1)
    of = Base("", "", 900, 900, 900, 0)
    posts = Drawn(sample, np.zeros(100, bool), sample.places, DAY, Interval(0, 0, 0.1), of)
    rng = np.random.default_rng(1)
    answers = answered(rng, np.zeros(100, bool), PERFECT)
    assert audited(answers, posts, gold_test(rng, PERFECT)).rates is None


def test_no_hate_found_gives_an_upper_bound_alone():
    found = audit(share=1e-9)
    assert (found.share, found.low) == (0, 0)
    assert 2 / 1000 < found.high < 5 / 1000


def test_a_result_says_nothing_of_one_post_or_one_annotator():
    found = audit()
    assert found.n_posts == 1000 < found.n_labels < 1200
    assert all(np.ndim(value) == 0 for value in found if not isinstance(value, tuple))
    assert found.hits.n_posts == found.hits.n_authors < 100
    assert found.hits.n_top == 1
    assert found.low < found.share < found.high
    assert audit() == found


def test_the_models_errors_turn_the_share_flagged_into_the_share_that_people_found():
    found = audit(budget=4000)
    flagged, rates = found.of.n_flagged / found.of.n_judged, found.rates
    corrected = (flagged - rates.false_positive_rate) / (
        rates.sensitivity - rates.false_positive_rate
    )
    assert corrected == pytest.approx(found.share)


def test_the_upper_end_is_never_below_that_of_no_hit_however_badly_people_label():
    rng = np.random.default_rng(1)
    is_hate, scores = town(rng, 0.01, 0.8)
    sample = draw(scores, 500, 1)
    none = estimate(np.zeros((500, 3), np.int8), sample, [Gold(10**6, 10**6, 10**6, 0)])
    answers = answered(rng, is_hate[sample.places], ORDINARY)
    for n_found, n_alarmed in [(30, 0), (27, 5), (20, 15), (15, 20), (15, 49)]:
        found = estimate(answers, sample, [Gold(30, n_found, 50, n_alarmed)])
        assert found.high >= none.high - 1e-9


def test_false_alarms_in_the_test_never_lower_the_upper_end():
    rng = np.random.default_rng(1)
    is_hate, scores = town(rng, 0.05, 0.8)
    sample = draw(scores, 500, 1)
    answers = answered(rng, is_hate[sample.places], ORDINARY)
    highs = [
        estimate(answers, sample, [Gold(40, 40, 40, n_alarmed)]).high
        for n_alarmed in (0, 2, 6, 12, 19)
    ]
    assert min(highs) >= 0.99 * highs[0]


def test_the_bound_for_too_few_hits_holds_for_any_that_are_too_few():
    rng = np.random.default_rng(1)
    sample = draw(rng.random(4000) ** 8, 500, 1)
    golds = [Gold(5, 4, 5, 1), Gold(60, 50, 100, 1)]
    for gold in golds:
        posts = Drawn(sample, np.zeros(500, bool), np.arange(500), DAY, Interval(0, 0, 1), OF)
        for _ in range(20):
            answers = np.full((500, 3), -1, np.int8)
            answers[:, 0] = 0
            answers[rng.choice(500, 9, replace=False), :2] = 1
            found = audited(answers, posts, [gold])
            assert found.high <= found.high_of_few


@pytest.mark.parametrize("seed", range(6))
def test_a_model_that_misses_nothing_keeps_its_rates(seed):
    rng = np.random.default_rng(seed)
    is_hate, scores = town(rng, 0.05, 0.8)
    is_flagged = is_hate | (rng.random(len(is_hate)) < 0.01)
    sample = draw(scores, 1500, seed)
    of = Base("", "", len(scores), len(scores), len(scores), int(is_flagged.sum()))
    posts = Drawn(sample, is_flagged[sample.places], sample.places, DAY, Interval(0, 0, 1), of)
    rates = audited(answered(rng, is_hate[sample.places], PERFECT), posts, PERFECTLY).rates
    assert rates.sensitivity + 2 * rates.sensitivity_sd > 0.97


def test_people_whose_test_tells_nothing_leave_any_share_open():
    rng = np.random.default_rng(1)
    is_hate, scores = town(rng, 0.01, 0.8)
    sample = draw(scores, 500, 1)
    answers = answered(rng, is_hate[sample.places], ORDINARY)
    found = estimate(answers, sample, [Gold(30, 10, 50, 17)])
    assert (found.low, found.high) == (0, 1)


@pytest.mark.parametrize(
    "rates",
    [
        Rates(0.6, 0.1, float("nan"), 0.001),
        Rates(0.6, float("nan"), 0.002, 0.001),
        Rates(0.6, 0.1, 0.002, float("nan")),
        Rates(0.6, 0.1, 0.55, 0.001),
        Rates(0.6, 0.4, 0.002, 0.001),
        Rates(1.2, 0.1, 0.002, 0.001),
        Rates(0.6, 0.1, 0.0, 0.001),
    ],
)
def test_errors_that_cannot_correct_are_not_firm(rates):
    assert is_firm(Rates(0.6, 0.1, 0.002, 0.001))
    assert not is_firm(rates)


def test_a_model_that_says_something_else_is_told():
    assert not audit(model_says=Interval(0.06, 0.03, 0.1)).disagrees
    assert audit(model_says=Interval(0.2, 0.15, 0.25)).disagrees
