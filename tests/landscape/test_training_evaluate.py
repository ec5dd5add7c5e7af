"""The figures of the card, on made-up scores."""

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="scikit-learn comes with the training environment")

from headwater.landscape.codebook import GROUPS
from training import evaluate, groups, rates
from training.posts import Posts

RNG = np.random.default_rng(0)


def sources(apart):
    """Sources whose scores of hate lie so far above those of other talk."""
    return [
        rates.Tested(
            name,
            hate=RNG.normal(apart, 1, 4000),
            civil=RNG.normal(0, 1, 8000),
            heated=RNG.normal(0, 1, 4000),
        )
        for name in ("one", "two")
    ]


def test_what_sources_alike_foretell_of_each_other_is_reliable():
    own = sources(apart=2)
    found = evaluate.reliability(own)
    assert sum(one["share"] for one in found["bins"]) == pytest.approx(1, abs=1e-4)
    assert found["error"] < 0.01
    mean = sum(one["hate"] * one["share"] for one in found["bins"])
    assert mean == pytest.approx(evaluate.SHARE_OF_HATE, abs=1e-3)


def test_a_source_that_others_do_not_foretell_is_told_of():
    one, two = sources(apart=2)
    moved = two._replace(hate=two.hate + 3, heated=two.heated + 3)
    assert evaluate.reliability([one, moved])["error"] > 0.03


def test_a_source_is_judged_as_others_suggest():
    n = 3000
    hate = RNG.random(n) < 0.4
    source = np.where(np.arange(n) < n // 2, "cad", "edos")
    scores = RNG.normal(0, 0.3, n) + np.where(hate, 1, -1) + np.where(source == "cad", -1.5, 0.5)
    blank = np.zeros((n, len(GROUPS)), np.bool_)
    language, talk = np.full(n, "en"), np.full(n, "civil")
    posts = Posts(None, source, language, talk, hate, blank, blank[:, 0], blank[:, 0])
    found = evaluate.by_others(posts, scores, np.ones(n, np.bool_))
    own = [evaluate.even(posts, scores, source == name, but="") for name in ("cad", "edos")]
    assert own[0] < -1 < 0 < own[1]
    assert all(one["auc"] > 0.99 and one["macro_f1"] < 0.9 for one in found)


def test_scores_that_a_mention_raises_show_among_harmless_posts_of_the_group():
    n = 6000
    hate, about = RNG.random(n) < 0.3, RNG.random((n, len(GROUPS))) < 0.2
    scores = RNG.normal(0, 1, n) + 2 * hate + 1.5 * about[:, 0]
    found = {one["group"]: one for one in groups.by_mention(hate, scores, about, np.full(n, "one"))}
    assert found[GROUPS[0]]["bpsn"] < found[GROUPS[1]]["bpsn"] - 0.1
    assert found[GROUPS[0]]["bnsp"] > found[GROUPS[1]]["bnsp"]
    assert found[GROUPS[0]]["within"] == pytest.approx(found[GROUPS[1]]["within"], abs=0.06)


def test_groups_with_too_few_posts_have_no_figure():
    hate = RNG.random(500) < 0.3
    about = np.zeros((500, len(GROUPS)), np.bool_)
    about[:20] = True
    assert groups.by_mention(hate, RNG.random(500), about, np.full(500, "one")) == []


def test_a_model_that_errs_alike_on_all_groups_spreads_by_chance_alone():
    n = 20_000
    hate, about = RNG.random(n) < 0.3, RNG.random((n, len(GROUPS))) < 0.2
    flagged = np.where(hate, RNG.random(n) < 0.7, RNG.random(n) < 0.1)
    even = groups.spread(hate, flagged, about)
    assert even["n_groups"] == len(GROUPS)
    assert even["fped"]["sum"] < 0.1
    unfair = flagged | (about[:, 0] & ~hate & (RNG.random(n) < 0.5))
    found = groups.spread(hate, unfair, about)
    assert found["fned"]["sum"] == even["fned"]["sum"]
    alarms = unfair[~hate]
    rates = [alarms[one[~hate]].mean() for one in about.T]
    apart = sum(abs(rate - alarms.mean()) for rate in rates)
    assert found["fped"]["sum"] == pytest.approx(apart, abs=1e-4)
    assert found["fped"]["low"] < apart < found["fped"]["high"]


def test_chance_moves_macro_f1_of_few_posts_more():
    hate = RNG.random(4000) < 0.2
    scores = RNG.normal(0, 1, 4000) + hate
    many, few = evaluate.quality(hate, scores), evaluate.quality(hate[:250], scores[:250])
    assert 0.005 < many["macro_f1_sd"] < 0.015
    assert 3 < few["macro_f1_sd"] / many["macro_f1_sd"] < 5


def hostile(n, n_own):
    """Scores of n posts, each of which targets a group; the last group has so few."""
    one = RNG.integers(0, len(GROUPS) - 1, n)
    one[:n_own] = len(GROUPS) - 1
    targeted = one[:, None] == np.arange(len(GROUPS))
    return targeted, RNG.normal(0, 1, targeted.shape) + np.where(targeted, 2, -3)


def test_a_group_with_too_few_labels_takes_what_suits_the_others():
    targeted, scores = hostile(8000, n_own=evaluate.LEAST - 1)
    scores[:, 0] += 2
    found = groups.thresholds(targeted, scores)
    assert found[0] == pytest.approx(found[1] + 2, abs=0.8)
    assert found[-1] == pytest.approx(np.mean(found[1:-1]), abs=0.4)


def test_whom_a_post_names_is_judged_by_the_other_posts():
    targeted, scores = hostile(8000, n_own=400)
    found = groups.named(targeted, scores)
    assert (found == targeted).mean() > 0.98
    turned = targeted.copy()
    turned[0] = ~turned[0]  # what is said of a post moves no threshold of its own
    assert (groups.named(turned, scores)[0] == found[0]).all()
