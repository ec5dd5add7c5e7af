"""Rushes: what is flagged, what is not, and how often chance is."""

import numpy as np
import pytest
from scipy.special import logsumexp
from scipy.stats import binom, false_discovery_control

from headwater.landscape.analyses.chance import false_shares, log_tail
from headwater.landscape.analyses.rushes import rushes
from tests.landscape.travels import groups, made

BY_HOUR = np.array(
    [5, 3, 2, 1, 1, 3, 9, 18, 24, 22, 22, 25, 30, 27, 24, 25, 29, 36, 44, 52, 55, 46, 29, 13]
)
N_DAYS, FIRST = 60, 19_800 * 24
FLOOR = 10


def talk(rng, per_day=200):
    """Give the hours of a town's posts: evenings, busy days and a day on which much happens."""
    days = per_day * rng.uniform(0.5, 1.5, N_DAYS)
    days[20:23] *= (2, 4, 2)
    expected = days[:, None] * BY_HOUR / BY_HOUR.sum()
    return FIRST + np.repeat(np.arange(N_DAYS * 24), rng.poisson(expected).ravel())


def by_chance(rng, n, days):
    """Give the hours of n posts on these days, at the town's hours."""
    return FIRST + rng.choice(days, n) * 24 + rng.choice(24, n, p=BY_HOUR / BY_HOUR.sum())


def told(town, *texts, floor=FLOOR, **columns):
    """Flag texts, given by their hours, that are written besides all the talk."""
    hours = np.concatenate([town, *texts])
    ends = len(town) + np.cumsum([len(one) for one in texts])
    members = [np.arange(end - len(one), end) for end, one in zip(ends, texts, strict=True)]
    return rushes(made(hours, **columns), groups(*members), floor)


@pytest.fixture(scope="module")
def town():
    return talk(np.random.default_rng(1))


def evening(n, hours=4, day=30, first=17):
    return FIRST + day * 24 + first + np.arange(n) % hours


def test_a_campaign_is_flagged_with_its_hours_and_its_size(town):
    (one,) = told(town, evening(40), by_chance(np.random.default_rng(2), 40, np.arange(N_DAYS)))
    assert (one.group, one.starts_at, one.hours) == (0, FIRST + 30 * 24 + 17, 4)
    assert (one.n_posts, one.n_authors, one.n_top, one.n_authors_ever) == (40, 40, 1, 40)
    assert (one.n_communities, one.n_platforms) == (1, 1)
    assert one.p_value < 1e-9
    assert one.q_value == pytest.approx(2 * one.p_value)
    assert 8 < one.expected_authors < 18


def test_a_campaign_over_midnight_is_flagged_whole(town):
    (one,) = told(town, evening(30, hours=5, first=22))
    assert (one.hours, one.n_authors) == (5, 30)


def test_a_rush_among_earlier_and_later_posts_is_flagged_by_itself(town):
    rest = by_chance(np.random.default_rng(3), 12, np.arange(N_DAYS))
    (one,) = told(town, np.concatenate([evening(30, hours=2), rest]))
    assert (one.hours, one.n_authors_ever) == (2, 42)
    assert one.n_authors in (30, 31)


def test_ten_in_two_hours_are_enough_and_in_a_whole_evening_too_few(town):
    assert told(town, evening(10, hours=2))
    assert not told(town, evening(10, hours=6, first=16))


@pytest.mark.parametrize(
    "text",
    [
        evening(9, hours=1),  # fewer than the floor
        evening(60, hours=12, first=9),  # over a day
        np.concatenate(
            [evening(15, hours=1, day=day, first=7) for day in range(10, 15)]
        ),  # greetings
        np.concatenate(
            [evening(20, hours=1, day=10), evening(21, hours=8, day=12)]
        ),  # less than half
    ],
    ids=["few", "a day", "each morning", "less than half"],
)
def test_what_is_no_rush_is_not_flagged(town, text):
    assert not told(town, text)


def test_what_moves_the_whole_town_is_no_rush(town):
    crowd = np.repeat(evening(2, hours=2), 1_000)  # all talk of what just happened
    assert not told(np.concatenate([town, crowd]), evening(40, hours=2))
    assert told(town, evening(40, hours=2))


def test_a_slight_excess_of_very_many_is_no_rush(town):
    rest = by_chance(np.random.default_rng(4), 800, [30])
    assert not told(town, np.concatenate([evening(700, hours=6, first=16), rest]))
    assert told(town, np.concatenate([evening(700, hours=2, first=9), rest[:400]]))


def n_by_author(n, of, n_town):
    return np.concatenate([np.arange(n_town), n_town + np.arange(n) % of])


def test_authors_count_once_by_their_first_post(town):
    few = n_by_author(40, 5, len(town))
    assert not told(town, evening(40), author=few)
    (one,) = told(town, evening(40), author=n_by_author(40, 20, len(town)))
    assert (one.n_posts, one.n_authors, one.n_top) == (40, 20, 2)


def test_passing_on_as_platforms_do_is_no_rush(town):
    n = len(town) + 40
    is_share = np.arange(n) >= len(town)
    assert not told(town, evening(40), is_share=is_share)
    is_share[-20:] = False
    (one,) = told(town, evening(40), is_share=is_share)
    assert one.n_posts == 20


def test_a_chorus_below_one_post_is_no_rush(town):
    thread = np.arange(len(town) + 40)
    thread[-25:] = 0
    assert not told(town, evening(40), thread=thread)
    thread[-25:] = np.arange(25) % 2
    assert told(town, evening(40), thread=thread)


def test_the_order_of_rows_changes_nothing(town):
    rng = np.random.default_rng(5)
    texts = [evening(25, day=day) for day in (10, 20)]
    hours = np.concatenate([town, *texts])
    members = [range(len(town), len(town) + 25), range(len(town) + 25, len(hours))]
    author = rng.integers(0, len(hours) // 2, len(hours))
    expected = rushes(made(hours, author), groups(*members), FLOOR)
    order = rng.permutation(len(hours))
    now = np.argsort(order)
    moved = [now[list(one)].tolist() for one in members]
    assert len(expected) == 2
    assert rushes(made(hours[order], author[order]), groups(*moved), FLOOR) == expected


@pytest.mark.parametrize("posts", [made([]), made([5]), made([5, 5], is_share=[True, True])])
def test_where_nothing_is_copied_nothing_is_flagged(posts):
    members = [[0, 1]] if len(posts.hour) == 2 else []
    assert rushes(posts, groups(*members), FLOOR) == ()


@pytest.mark.parametrize("seed", range(4))
def test_p_values_are_those_of_a_slow_search_through_all_hours(seed):
    rng = np.random.default_rng(seed)
    town = talk(rng)
    texts = [
        np.concatenate(
            [by_chance(rng, rng.integers(1, 12), rng.choice(N_DAYS, 2)), evening(15, 3, day, first)]
        )
        for day, first in zip(rng.integers(0, N_DAYS - 1, 8), rng.integers(0, 24, 8), strict=True)
    ]
    found = told(town, *texts)
    assert len(found) >= 5
    for one in found:
        exact = slow_search(np.concatenate([town, *texts]), texts[one.group])
        assert exact <= one.p_value * (1 + 1e-9)
        assert one.p_value <= 1.5 * exact


def slow_search(all_hours, text):
    """Give the least binomial tail of all runs of up to six hours, times their number."""
    days = sorted(set(text // 24))
    usual = np.bincount(all_hours % 24, minlength=24) + 1
    least = 1.0
    for start in range(days[0] * 24, days[-1] * 24 + 24):
        for stop in range(start + 1, start + 7):
            k = ((text >= start) & (text < stop)).sum()
            n, expected = 0, 0.0
            for day in {hour // 24 for hour in range(start, stop)}:
                own = text[text // 24 == day]
                rest = all_hours[all_hours // 24 == day]
                span = [hour for hour in range(start, stop) if hour // 24 == day]
                inside = np.isin(rest, span).sum() - np.isin(own, span).sum()
                inside += 24 * usual[[hour % 24 for hour in span]].sum() / usual.sum()
                n, expected = (
                    n + len(own),
                    expected + len(own) * inside / (len(rest) - len(own) + 24),
                )
            if 2 * k >= len(text) and k >= max(FLOOR, 2 * expected):
                least = min(least, binom.sf(k - 1, n, expected / n))
    return least * len(days) * 24 * 6


def chance_towns(seed, n_texts):
    """Give a town and texts that came by chance, on a day or two or all along."""
    rng = np.random.default_rng(seed)
    texts = []
    for _ in range(n_texts):
        days = rng.choice(N_DAYS, rng.choice((1, 1, 2, 4, N_DAYS)), replace=False)
        texts.append(by_chance(rng, rng.integers(FLOOR, 61), days))
    return talk(rng), texts


def test_texts_that_came_by_chance_are_not_flagged():
    town, texts = chance_towns(seed=11, n_texts=300)
    assert not told(town, *texts)


@pytest.mark.long
def test_chance_is_flagged_in_hardly_any_town():
    flagged = [bool(told(*_unpacked(chance_towns(seed, 100)))) for seed in range(300)]
    assert np.mean(flagged) <= 0.01


def _unpacked(made_up):
    town, texts = made_up
    return town, *texts


@pytest.mark.long
def test_a_campaign_among_much_chance_is_found_alone_in_every_town():
    for seed in range(100):
        town, texts = chance_towns(seed, 100)
        (one,) = told(town, *texts, evening(25, hours=5, day=seed % N_DAYS, first=16))
        assert one.group == 100


@pytest.mark.parametrize("n", [10, 40, 500, 20_000])
@pytest.mark.parametrize("chance", [0.0005, 0.02, 0.2, 0.45])
def test_the_tail_is_bounded_closely_from_above(n, chance):
    n_hits = np.unique(np.linspace(max(2 * n * chance, n * chance + 1, 5), n, 40).astype(int) + 1)
    n_hits = n_hits[n_hits <= n]  # at least twice what is expected
    exact = np.array([logsumexp(binom.logpmf(np.arange(k, n + 1), n, chance)) for k in n_hits])
    bound = log_tail(n_hits, np.full(len(n_hits), n), np.full(len(n_hits), chance))
    assert (bound >= exact - 1e-9 * np.abs(exact) - 1e-9).all()
    assert (bound <= exact + np.log(1.3)).all()


@pytest.mark.parametrize("n", [1, 2, 30])
def test_false_shares_are_those_of_benjamini_and_hochberg(n):
    p_values = np.random.default_rng(n).random(n) ** 3
    assert false_shares(p_values) == pytest.approx(false_discovery_control(p_values))
    assert len(false_shares(np.ones(0))) == 0
