"""What answers tell of camps: against loops, debates without camps, and camps that were planted."""

from collections import defaultdict

import numpy as np
import pytest

from headwater.landscape.analyses.contacts import camps
from headwater.landscape.analyses.correction import Flagged, corrected, difference, error_rates
from headwater.landscape.camps import ALL, Answers
from headwater.landscape.shapes import Evidence, Judge

EVIDENCE = Evidence(Judge(), 10)


def debate(rng, n=2_000, *, own=0.0, hostile=(0.1, 0.1), themes=("buses", "housing"), n_camps=3):
    """Let people of camps answer: with the chance `own` one of their own, else anybody.

    Args:
        rng: Where chance comes from.
        n: Answers.
        own: Chance of answering within one's camp on purpose.
        hostile: Shares of hate across camps and inside.
        themes: Each of them as often.
        n_camps: Of unequal sizes.
    """
    author = rng.integers(0, n // 3, n)
    community = author % (2 * n_camps) // 2 if n_camps > 1 else author * 0
    drawn = rng.integers(0, 2 * n_camps, n) // 2
    answered = np.where(rng.random(n) < own, community, drawn)
    return Answers(
        author=author,
        community=community,
        answered=answered,
        platform=np.zeros(n, np.int64),
        language=rng.integers(0, 2, n),
        theme=rng.integers(0, len(themes), n),
        is_hate=rng.random(n) < np.where(community != answered, *hostile),
        is_judged=np.ones(n, np.bool_),
        members=np.full(n_camps, 100),
        languages=("de", "en"),
        themes=themes,
    )


def contact(found, theme=ALL):
    return next(one for one in found.contacts if one.theme == theme)


def test_where_answers_are_paired_by_chance_they_lie_within_what_chance_gives():
    rng = np.random.default_rng(1)
    outside = 0
    for _ in range(300):
        told = camps(debate(rng, 400), 10, EVIDENCE).contacts
        outside += any(not one.low <= one.crossing <= one.high for one in told)
    assert outside <= 28  # 15 are expected: 5 in 100, of all themes together


def test_camps_that_stay_among_themselves_are_seen_to():
    told = camps(debate(np.random.default_rng(2), own=0.3), 10, EVIDENCE)
    for one in told.contacts:
        assert one.crossing < one.low < one.chance < one.high
    assert contact(told).chance == pytest.approx(2 / 3, abs=0.03)
    assert contact(told).crossing == pytest.approx(0.7 * 2 / 3, abs=0.03)


def test_an_author_who_repeats_counts_once():
    once = debate(np.random.default_rng(3), 300)
    many = np.repeat(np.arange(300), np.where(once.author == once.author[0], 50, 1))
    first, second = (contact(camps(one, 10, EVIDENCE)) for one in (once, once.at(many)))
    assert first[4:] == second[4:]
    assert second.answers.n_posts > 300 == first.answers.n_posts
    said = defaultdict(list)
    for author, own, language, other in zip(
        once.author, once.community, once.language, once.answered, strict=True
    ):
        said[author, own, language].append(own != other)
    assert first.crossing == pytest.approx(np.mean([np.mean(one) for one in said.values()]))


def test_an_active_camp_is_no_reason_to_see_people_mix():
    """Who answers much reaches all communities; were each counted once, few would seem to stay."""
    rng = np.random.default_rng(12)
    outside = 0
    for _ in range(200):
        author = np.concatenate([np.repeat(np.arange(60), 10), np.arange(60, 160)])
        community = (author >= 60).astype(np.int64)
        told = debate(rng, len(author), n_camps=2)._replace(author=author, community=community)
        told = told._replace(answered=(rng.random(len(author)) < 0.2).astype(np.int64))
        one = contact(camps(told._replace(themes=()), 10, EVIDENCE))
        outside += not one.low <= one.crossing <= one.high
    assert outside <= 20  # 10 are expected


def test_languages_are_no_camps():
    rng = np.random.default_rng(4)
    told = debate(rng)
    told = told._replace(language=(told.community > 0).astype(np.int64))
    kept = told.at((told.community > 0) == (told.answered > 0))  # nobody answers across languages
    found = contact(camps(kept, 10, EVIDENCE))
    assert found.low <= found.crossing <= found.high


def test_a_community_of_few_people_is_no_camp():
    told = debate(np.random.default_rng(5), n_camps=4)
    told = told._replace(members=np.array([100, 100, 100, 9]))
    left = told.at((told.community < 3) & (told.answered < 3))
    assert camps(told, 10, EVIDENCE) == camps(left, 10, EVIDENCE)


def test_where_threads_are_in_one_place_nothing_is_told_of_camps():
    told = debate(np.random.default_rng(6))
    inside = told._replace(answered=told.community.copy())
    assert not camps(inside, 10, EVIDENCE).can_cross
    inside.answered[:5] = (inside.community[:5] + 1) % 3  # stray ones
    found = camps(inside, 10, EVIDENCE)
    assert (found.contacts, found.across, found.can_cross) == ((), (), False)


def test_what_is_told_hangs_on_no_order():
    told = debate(np.random.default_rng(7), 500)
    order = np.random.default_rng(8).permutation(500)
    mixed = told.at(order)._replace(members=told.members[::-1])
    mixed = mixed._replace(
        author=1_000 - mixed.author, community=2 - mixed.community, answered=2 - mixed.answered
    )
    first, second = camps(told, 10, EVIDENCE), camps(mixed, 10, EVIDENCE)
    assert repr(first) == repr(second)


def test_hostility_across_and_inside_is_that_of_a_loop():
    told = debate(np.random.default_rng(9), hostile=(0.3, 0.1))
    told.is_judged[::7] = False
    found = camps(told, 10, EVIDENCE)
    for side, measures in ((True, found.across), (False, found.inside)):
        for key, theme in ((("all", "all"), None), (("theme", "buses"), 0)):
            rows = [
                (author, hate)
                for author, own, other, of, hate, judged in zip(
                    told.author,
                    told.community,
                    told.answered,
                    told.theme,
                    told.is_hate,
                    told.is_judged,
                    strict=True,
                )
                if judged and (own != other) == side and theme in (None, of)
            ]
            measure = next(one for one in measures if one.key == key)
            assert measure.n_within == len(rows)
            assert measure.n_posts == sum(hate for _, hate in rows)
            assert measure.n_authors == len({author for author, hate in rows if hate})
            assert measure.low < measure.share < measure.high


def test_more_hostility_across_is_told_and_an_equal_one_is_not():
    rng = np.random.default_rng(10)
    more = camps(debate(rng, 4_000, hostile=(0.3, 0.1)), 10, EVIDENCE).gaps
    assert all(gap.low > 0 for gap in more.values())
    less = camps(debate(rng, 4_000, hostile=(0.1, 0.3)), 10, EVIDENCE).gaps
    assert all(gap.high < 0 for gap in less.values())
    told = 0
    for _ in range(100):
        gaps = camps(debate(rng, 1_000), 10, EVIDENCE).gaps.values()
        told += any(not gap.low <= 0 <= gap.high for gap in gaps)
    assert told <= 12  # 5 are expected


def test_few_who_write_most_make_a_difference_unsure():
    rates = error_rates(EVIDENCE)
    many = [Flagged("en", 1_000, 300, 300)], [Flagged("en", 1_000, 200, 200)]
    few = [Flagged("en", 1_000, 300, 300 * 30)], [Flagged("en", 1_000, 200, 200 * 20)]
    sure, unsure = (difference(*both, rates, 1) for both in (many, few))
    assert (
        sure.share
        == unsure.share
        == pytest.approx(corrected(many[0], rates).share - corrected(many[1], rates).share)
    )
    assert unsure.low < 0 < sure.low
    assert difference(*many, rates, 0.1).low < sure.low


def test_what_the_model_does_not_judge_has_no_hostility():
    told = debate(np.random.default_rng(11))._replace(languages=("de", "xx"))
    found = camps(told, 10, EVIDENCE)
    assert found.contacts
    assert (found.across, found.inside, found.gaps) == ((), (), {})
