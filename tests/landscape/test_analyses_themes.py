"""Themes: planted ones are found, in any order and language, and the words that tell them."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape.analyses import telling, themes

N, D = 4000, 16


def planted(n_themes: int, spread: float = 0.15, seed: int = 0):
    """Make posts about so many things, each a direction of its own; the themes they are of."""
    draw = np.random.default_rng(seed)
    directions = themes.unit(draw.normal(size=(n_themes, D)).astype(np.float32))
    labels = draw.integers(0, n_themes, N)
    points = directions[labels] + draw.normal(scale=spread, size=(N, D))
    return themes.unit(points.astype(np.float32)), labels


@pytest.mark.parametrize("n_themes", [8, 12, 20])
def test_planted_themes_are_found_and_not_mixed(n_themes):
    """Large ones may be split, as far as halves of the posts agree on it."""
    about, labels = planted(n_themes)
    centres = themes.themes(about)
    assert n_themes <= len(centres) <= max(themes.SIZES)
    found = themes.assigned(about, centres)
    purest = [np.bincount(labels[found == one]).max() for one in range(len(centres))]
    assert sum(purest) / (found >= 0).sum() > 0.95
    assert themes.agreement(found + 1, labels) > 0.75


def test_there_are_as_many_themes_as_halves_of_the_posts_agree_on():
    about, _ = planted(10)
    alike = themes.stability(about, themes.SIZES)
    assert alike[10] > 0.95
    assert len(themes.themes(about)) == max(one for one in alike if alike[one] >= themes.ALIKE)


def test_the_largest_theme_comes_first():
    about, labels = planted(8)
    kept = (labels != 3) | (np.arange(N) % 4 == 0)
    found = themes.assigned(about[kept], themes.themes(about[kept]))
    counts = np.bincount(found[found >= 0])
    assert list(counts) == sorted(counts, reverse=True)


def test_what_is_about_nothing_known_has_no_theme():
    about, _ = planted(8)
    centres = themes.themes(about)
    nothing = np.zeros((3, D), np.float32)
    against = -themes.unit(centres.sum(axis=0, keepdims=True))
    assert set(themes.assigned(nothing, centres)) == {themes.NONE}
    likeness = themes.unit(centres) @ against[0]
    expected = likeness.argmax() if likeness.max() >= themes.LEAST_LIKE else themes.NONE
    assert themes.assigned(against, centres)[0] == expected


@pytest.mark.parametrize("n", [0, 1, themes.FEWEST_POSTS - 1])
def test_few_posts_have_no_themes(n):
    about, _ = planted(8)
    centres = themes.themes(about[:n])
    assert centres.shape == (0, D)
    assert set(themes.assigned(about, centres)) == {themes.NONE}


def test_posts_that_say_nothing_are_no_posts():
    about = np.zeros((2 * themes.FEWEST_POSTS, D), np.float32)
    assert len(themes.themes(about)) == 0


def test_languages_are_no_themes():
    """What a language's posts have in common goes; without that, languages part the themes."""
    about, labels = planted(8)
    languages = np.random.default_rng(1).integers(0, 3, N)
    tongues = np.random.default_rng(2).normal(size=(3, D)) * 0.5
    spoken = themes.unit((about + tongues[languages]).astype(np.float32))
    apart = themes.unit(spoken - themes.usual(spoken, languages)[languages])
    told = themes.assigned(apart, themes.fitted(apart, (8,))[8]) + 1
    mixed = themes.assigned(spoken, themes.fitted(spoken, (8,))[8]) + 1
    assert themes.agreement(told, labels) > 0.9 > themes.agreement(mixed, labels) + 0.1


def test_a_language_of_few_posts_keeps_most_of_what_they_say():
    about, _ = planted(8)
    languages = np.where(np.arange(N) < 3, 0, 1)
    common = themes.usual(about, languages)
    assert np.linalg.norm(common[0]) < 3 / themes.FEW_POSTS + 1e-6
    assert not common[-1].any()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30))
def test_agreement_is_that_of_pairs_counted_one_by_one(labels):
    one, other = np.array(labels).T
    pairs = list(combinations(range(len(labels)), 2))
    both, first, second = (
        sum(test(a, b) for a, b in pairs)
        for test in (
            lambda a, b: one[a] == one[b] and other[a] == other[b],
            lambda a, b: one[a] == one[b],
            lambda a, b: other[a] == other[b],
        )
    )
    by_chance, most = first * second / len(pairs), (first + second) / 2
    expected = (both - by_chance) / (most - by_chance) if most > by_chance else 1.0
    assert themes.agreement(one, other) == pytest.approx(expected)


def held(posts, authors=None, languages=None):
    """Make posts of their words; each by an author and in a community of its own, if not said."""
    n = len(posts)
    return telling.Held(
        words=np.array([word for post in posts for word in post], np.uint32),
        posts=np.repeat(np.arange(n), [len(post) for post in posts]),
        authors=np.arange(n) if authors is None else np.array(authors),
        places=np.arange(n),
        languages=np.zeros(n, np.int64) if languages is None else np.array(languages),
    )


def words(found):
    return [[one.word for one in theme] for theme in found]


BOTH, FIRST, SECOND = 7, 8, 9


def test_words_tell_the_part_in_which_they_are_commoner():
    labels = np.repeat([0, 1, 2], 20)
    posts = [[BOTH, FIRST, FIRST]] * 20 + [[BOTH, SECOND]] * 20 + [[BOTH]] * 20
    found = telling.telling(held(posts), labels, floor=10, most=5)
    assert words(found) == [[FIRST], [SECOND], []]
    assert found[0][0] == telling.Told(FIRST, n_authors=20, n_places=20, post=0)


def test_a_word_of_few_people_tells_nothing():
    labels = np.repeat([0, 1, 2], 20)
    posts = [[BOTH, FIRST]] * 20 + [[BOTH, SECOND]] * 20 + [[BOTH]] * 20
    authors = [
        *[1] * 11,
        *range(2, 11),
        *range(20, 60),
    ]  # ten people wrote what stands in the first
    assert words(telling.telling(held(posts, authors), labels, 10, 5)) == [[FIRST], [SECOND], []]
    assert words(telling.telling(held(posts, authors), labels, 11, 5)) == [[], [SECOND], []]


def test_words_of_a_language_tell_no_theme():
    """A theme written mostly in one language is not told by that language's small words."""
    article, topic = 1, 2
    posts = [[article]] * 90 + [[article, topic]] * 80 + [[3]] * 400 + [[3, topic]] * 20
    languages = [0] * 170 + [1] * 420
    labels = np.repeat([1, 0, 1, 0], [90, 80, 400, 20])
    first, _ = words(telling.telling(held(posts, languages=languages), labels, 10, 5))
    assert first == [topic]


def test_posts_without_a_theme_have_no_say():
    labels = np.array([0] * 20 + [-1] * 20)
    posts = [[BOTH]] * 20 + [[SECOND]] * 20
    (only,) = words(telling.telling(held(posts), labels, 10, 5))
    assert SECOND not in only


def test_words_that_keep_no_company_go_first():
    """Three words that stand together, and one that stands by itself."""
    together, alone = [1, 2, 3], [4]
    posts = [together] * 30 + [alone] * 30 + [[5]] * 60
    labels = np.repeat([0, 1], 60)
    first, _ = words(telling.telling(held(posts), labels, 10, 3))
    assert sorted(first) == together


@given(st.lists(st.sets(st.integers(0, 4)), min_size=1, max_size=25))
def test_company_is_kept_as_counted_by_hand(posts):
    n = len(posts)
    both = np.array([[sum({a, b} <= post for post in posts) for a in range(5)] for b in range(5)])
    kept = telling.in_company(both, n, 2)
    assert len(kept) == 2
    chosen = list(range(5))
    while len(chosen) > 2:
        mean = {a: sum(company(both, a, b, n) for b in chosen if b != a) for a in chosen}
        least = min(mean.values())
        chosen.remove(next(a for a in chosen if mean[a] <= least + 1e-12))
    assert [mean_of(both, chosen, n)] == pytest.approx([mean_of(both, kept.tolist(), n)])


def mean_of(both, chosen, n):
    return company(both, *chosen, n)


def company(both, one, other, n):
    joint = both[one, other] / n
    if joint in (0, 1):
        return 2 * joint - 1
    return np.log(joint * n * n / (both[one, one] * both[other, other])) / -np.log(joint)
