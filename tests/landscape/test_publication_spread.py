"""What may be told of travel: nothing of few people, and what is told tells of no others."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from sheets import Sheet, Unknown, narrowed, weakened

from headwater.landscape import Settings, publication
from headwater.landscape.analyses import copies
from headwater.landscape.analyses.rushes import rushes
from headwater.landscape.analyses.spread import spread
from headwater.landscape.report.model import Why
from headwater.landscape.talk import Term
from headwater.landscape.travel import Arrival, Cascade, Family, Rush, Travel
from tests.landscape.travels import groups, made

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
NOTHING = spread(made([1]), groups(), 10)
FLOOR = SETTINGS.floor
HOUR = 24 * (date(2024, 4, 24) - date(1970, 1, 1)).days + 17
TERMS = {0: Term("gardens", 40, 3), 1: Term("seaside", 9, 3), 2: Term("doors", 40, 2)}


def a_cascade(n_posts=43, n_authors=38, n_top=2, arrivals=()):
    return Cascade(0, n_posts, n_authors, n_top, 5, 0, HOUR, 200, 30, tuple(arrivals))


def a_rush(n_posts=36, n_authors=34, n_top=2, p_value=1e-12):
    return Rush(0, HOUR, 5, n_posts, n_authors, n_top, 5, 3, 38, 7.4, p_value, p_value)


def told(*families, released=(), settings=SETTINGS, texts=NOTHING, links=NOTHING):
    return publication.spread(Travel(texts, links, families), TERMS, released, settings)


def one_told(cascade=None, rush=None, terms=(), **rest):
    (one,) = told(Family(cascade or a_cascade(), rush, terms), **rest).copied
    return one


@pytest.mark.parametrize(
    ("n_posts", "n_authors", "n_top"), [(9, 9, 1), (40, 9, 3), (40, 15, 21), (9, 10, 1)]
)
def test_a_text_of_few_people_is_not_told(n_posts, n_authors, n_top):
    few = a_cascade(n_posts, n_authors, n_top)
    assert told(Family(few, None, (0,)), released=["gardens"]).copied == ()
    hasty = a_rush(n_posts, n_authors, n_top)
    assert told(Family(a_cascade(), hasty, (0,)), released=["gardens"]).copied == ()


@pytest.mark.parametrize("floor", [5, 10, 20])
def test_a_texts_sizes_are_told_to_the_floor(floor):
    settings = SETTINGS._replace(floor=floor)
    for n_posts in range(max(10, floor), 70):
        one = one_told(a_cascade(n_posts, max(floor, n_posts - 3)), settings=settings)
        assert one.n_posts % floor == one.authors % floor == 0
        assert abs(one.n_posts - n_posts) <= floor / 2
        hasty = one_told(rush=a_rush(n_posts, max(floor, n_posts - 3)), settings=settings)
        assert (hasty.n_posts, hasty.authors) == (one.n_posts, one.authors)
        assert hasty.expected % floor == 0


def test_what_was_copied_in_haste_stands_first_with_its_code_and_what_it_does_not_prove():
    large = Family(a_cascade(400, 300), None, ())
    small = Family(a_cascade(30, 25), None, ())
    hasty = Family(a_cascade(), a_rush(), ())
    found = told(small, hasty, large)
    assert [(one.code, one.authors) for one in found.copied] == [
        ("copied_in_haste", 30),
        ("copied_widely", 300),
        ("copied_widely", 30),
    ]
    assert [one.code for one in publication.haste(found)] == ["haste_proves_little"]
    assert publication.haste(told(small, large)) == ()


def test_times_are_told_by_the_day_and_in_round_numbers():
    one, hasty = one_told(), one_told(rush=a_rush())
    assert (one.on, one.within_hours, one.expected, one.chance) == (
        date(2024, 4, 24),
        72,
        None,
        None,
    )
    assert (hasty.on, hasty.within_hours, hasty.expected) == (date(2024, 4, 24), 6, 10)


@pytest.mark.parametrize(
    ("p_value", "chance"), [(0.0, 1e-9), (1e-9, 1e-9), (2e-9, 1e-6), (4e-4, 1e-3), (0.004, 0.01)]
)
def test_chance_is_told_as_no_smaller_than_it_is(p_value, chance):
    assert one_told(rush=a_rush(p_value=p_value)).chance == chance


def test_platforms_are_named_where_the_floors_authors_wrote_and_by_nothing_before():
    arrivals = [
        Arrival("telegram", 0, 8, 8, 1),
        Arrival("news", 2, 12, 12, 1),
        Arrival("mastodon", 4, 11, 10, 2),
        Arrival("bluesky", 5, 10, 10, 1),
        Arrival("reddit", 9, 30, 10, 16),
    ]
    one = one_told(a_cascade(arrivals=arrivals))
    assert [tuple(there) for there in (one.arrivals)] == [
        (("platform", "news"), ("after_hours", 0)),
        (("platform", "bluesky"), ("after_hours", 3)),
        (("platform", "mastodon"), ("after_hours", 3)),
    ]
    without = one_told(a_cascade(arrivals=arrivals[1:4]))
    assert without.arrivals == one.arrivals  # a hidden platform tells nothing, not even its time
    assert one_told(a_cascade(arrivals=arrivals[:1])).arrivals == ()


def test_a_word_is_told_when_many_use_it_and_a_person_released_it():
    every = ["gardens", "seaside", "doors"]
    assert one_told(terms=(0, 1, 2)).terms == ()
    assert one_told(terms=(0, 1, 2), released=every).terms == ("gardens",)
    assert one_told(terms=(1, 2), released=every).terms == ()


def crossed(n_texts, one=30, other=30):
    """Give texts that came to two platforms, each by so many authors in all."""
    hour = np.tile([0, 2], n_texts)
    author = np.ravel([(at % one, 1000 + at % other) for at in range(n_texts)])
    posts = made(hour, author, platform=np.tile([0, 1], n_texts))
    return spread(posts, groups(*([2 * at, 2 * at + 1] for at in range(n_texts))), 10)


def test_an_order_is_told_of_platforms_of_the_floors_authors_and_coarsely():
    (order,) = told(texts=crossed(62)).orders
    assert (order.of, order.one, order.other) == ("texts", "bluesky", "mastodon")
    assert (order.n_both, order.gap_hours) == (60, 3)
    assert (order.one_first_percent, order.other_first_percent) == (100, 0)
    assert order.one_first_percent % 50 == 0  # 20 of 62 texts are a third: the next step is a half
    assert told(texts=crossed(39)).orders == ()
    assert told(texts=crossed(60, other=9)).orders == ()
    assert told(links=crossed(60, one=9)).orders == ()


def a_town(seed):
    """Draw posts of texts of all sizes, some by few authors; give them and their groups."""
    random = np.random.default_rng(seed)
    n_authors = int(random.choice([30, 200, 2000]))
    sizes = np.minimum(random.pareto(0.8, int(random.integers(3, 60))) * 3 + 1, 300).astype(int)
    n_alone = int(random.choice([0, 3, 40, 900]))
    texts = np.repeat(np.arange(len(sizes) + n_alone), [*sizes, *[1] * n_alone])
    few = random.random(len(sizes) + n_alone) < 0.3
    author = np.where(few[texts], texts % 7, random.integers(0, n_authors, len(texts)))
    posts = made(
        random.integers(0, 2000, len(texts)),
        author,
        platform=random.integers(0, 3, len(texts)),
        is_share=random.random(len(texts)) < 0.1,
    )
    keys = np.stack([texts, texts], axis=1).astype(np.uint64)
    return posts, copies.linked(keys, np.arange(len(texts)))


def sheet(seed, settings, step=None):
    """Write down what is told of sizes and of single texts, these told to a step or to the floor."""
    posts, found = a_town(seed)
    exact = spread(posts, found, settings.floor)
    hasty = {one.group: one for one in rushes(posts, found, settings.floor)}
    families = [Family(one, hasty.get(one.group), ()) for one in exact.cascades[:10]]
    cells = {one.name: one for one in told(*families, texts=exact, settings=settings).sizes}
    made_of = Sheet({}, [])
    for one in exact.bands if cells else ():
        cell, name = cells[one.key[1]], one.key
        ends = (_least(cell.why), np.inf) if cell.n_posts is None else _ends(cell.n_posts, 5)
        is_small = one.n_posts < 10 or one.n_authors < settings.floor
        made_of.unknowns[name] = Unknown(name, one.n_posts, is_small, bool(cell.n_posts), *ends)
    if cells:
        made_of.sums.append((dict.fromkeys(made_of.unknowns, 1), *[len(posts.author)] * 2))
        _write_texts(made_of, posts, found, families, step or settings.floor)
    return made_of


def _write_texts(made_of, posts, found, families, step):
    """Write down single texts; the opponent is taken to know which of them each line tells of."""
    sizes = np.bincount(found.group, minlength=found.n)
    shown = {one.cascade.group for one in families if one.rush is None and _is_shown(one.cascade)}
    for band in [name for name in made_of.unknowns if name[1] != "1"]:
        low, _, high = band[1].replace(" or more", " to 999999").partition(" to ")
        inside = [at for at in range(found.n) if int(low) <= sizes[at] <= int(high)]
        for at in shown.intersection(inside):
            name, n = ("text", str(at)), int(sizes[at])
            made_of.unknowns[name] = Unknown(name, n, False, True, *_ends(_round(n, step), step))
        rest = [at for at in inside if at not in shown]
        authors = set(posts.author[found.post[np.isin(found.group, rest)]].tolist())
        if rest and len(authors) < FLOOR:
            name = ("rest", band[1])
            n_rest = int(sizes[rest].sum())
            made_of.unknowns[name] = Unknown(name, n_rest, True, False, 0, np.inf)
            parts = {("text", str(at)): 1 for at in shown.intersection(inside)}
            made_of.sums.append(({**parts, name: 1, band: -1}, 0, 0))


def _is_shown(group):
    return group.n_authors >= FLOOR and group.n_posts >= 10 and group.n_top <= group.n_posts / 2


def _ends(printed, step):
    near = range(max(printed - step, 10), printed + step)
    fits = [one for one in near if _round(one, step) == printed]
    return fits[0], fits[-1]


def _round(n, step):
    return (n + step // 2) // step * step


def _least(why):
    return 1 if why == Why.FEW_AUTHORS else 10


SEEDS = [*range(8), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(8, 60))]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_number_is_told_to_fewer_values_than_the_floor(seed):
    assert not narrowed(sheet(seed, SETTINGS), SETTINGS)


@pytest.mark.parametrize("seed", [1, 2])
def test_hiding_alone_is_broken_by_the_same_attack(seed):
    assert narrowed(weakened(sheet(seed, SETTINGS)), SETTINGS)


@pytest.mark.parametrize("seed", [1, 12])
def test_single_texts_told_as_finely_as_other_counts_would_be_broken_by_it(seed):
    assert narrowed(sheet(seed, SETTINGS, step=SETTINGS.round_to), SETTINGS)
