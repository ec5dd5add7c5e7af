"""How copies travel, against plain loops and known answers."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape.analyses.correction import wilson
from headwater.landscape.analyses.spread import spread
from tests.landscape.travels import groups, made

post = st.tuples(  # hour, author, community, platform, is_share, the groups it is in
    st.integers(0, 50),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(0, 2),
    st.booleans(),
    st.sets(st.integers(0, 3), max_size=2),
)
towns = st.lists(post, min_size=1, max_size=40)
PLATFORMS = ("bluesky", "mastodon", "telegram")


def a_town(rows):
    """Give posts, groups and each group's rows; groups of one are none."""
    hour, author, community, platform, is_share, _ = zip(*rows, strict=True)
    posts = made(hour, author, community=community, platform=platform, is_share=is_share)
    members = [[n for n, row in enumerate(rows) if group in row[5]] for group in range(4)]
    members = [one for one in members if len(one) > 1]
    return posts, groups(*members), [[rows[n] for n in one] for one in members]


def size(rows):
    written = Counter(row[1] for row in rows)
    return len(rows), len(written), max(written.values(), default=0)


@given(towns, st.integers(1, 4))
def test_each_cascade_is_what_a_loop_over_its_posts_tells(rows, floor):
    posts, found, members = a_town(rows)
    told = spread(posts, found, floor).cascades
    assert sorted(one.group for one in told) == [
        n for n, own in enumerate(members) if size(own)[1] >= floor
    ]
    for one in told:
        own = members[one.group]
        times = sorted(row[0] for row in own)
        assert one[1:4] == size(own)
        assert one.n_communities == len({row[2] for row in own})
        assert one.n_shares == sum(row[4] for row in own)
        assert one.hours == times[-1] - times[0]
        assert one.half_at == times[(len(own) + 1) // 2 - 1]
        assert one.half_hours == one.half_at - times[0]
        arrivals = []
        for number in {row[3] for row in own}:
            there = [row for row in own if row[3] == number]
            lag = min(row[0] for row in there) - times[0]
            arrivals.append((PLATFORMS[number], lag, *size(there)))
        assert list(one.arrivals) == sorted(arrivals, key=lambda one: (one[1], one[0]))


@given(towns)
def test_shares_and_bands_count_each_post_once(rows):
    posts, found, members = a_town(rows)
    told = spread(posts, found, 1)
    inside = {id(row): row for own in members for row in own}.values()
    shared = [row for row in inside if row[4]]
    for measure, own in zip(told.copied, (inside, shared), strict=True):
        assert measure[1:7] == (*size(list(own)), *size(rows))
        assert measure[7:10] == wilson(len(own), len(rows))
    largest = [max((len(own) for own in members if row in own), default=1) for row in rows]
    assert sum(one.n_posts for one in told.bands) == len(rows)
    for name, low, high in (("1", 1, 2), ("2 to 4", 2, 5), ("5 to 9", 5, 10)):
        own = [row for row, n in zip(rows, largest, strict=True) if low <= n < high]
        measures = [one for one in told.bands if one.key == ("size", name)]
        assert [one[1:7] for one in measures] == ([(*size(own), *size(rows))] if own else [])


@given(towns)
def test_each_crossing_is_what_a_loop_over_the_groups_tells(rows):
    posts, found, members = a_town(rows)
    expected = {}
    for one in range(3):
        for other in range(one + 1, 3):
            firsts, own = [], ({}, {})
            for group in members:
                there = [[row for row in group if row[3] == at] for at in (one, other)]
                if all(there):
                    firsts.append([min(row[0] for row in rows) for rows in there])
                    for rows_there, seen in zip(there, own, strict=True):
                        seen |= {id(row): row for row in rows_there}
            if firsts:
                lags = [second - first for first, second in firsts]
                expected[PLATFORMS[one], PLATFORMS[other]] = (
                    len(lags),
                    sum(lag > 0 for lag in lags),
                    lags.count(0),
                    float(np.median(np.abs(lags))),
                    tuple(size(list(seen.values())) for seen in own),
                )
    assert {one[:2]: one[2:] for one in spread(posts, found, 1).crossings} == expected


@given(towns, st.randoms())
def test_the_order_of_rows_changes_nothing(rows, random):
    moved = list(rows)
    random.shuffle(moved)
    assert spread(*a_town(moved)[:2], 2) == spread(*a_town(rows)[:2], 2)


def test_the_tempo_is_of_cascades_of_the_floors_authors():
    posts = made([0, 1, 9, 0, 5, 100, 0, 50], author=[0, 1, 2, 0, 1, 2, 3, 3])
    found = groups([0, 1, 2], [3, 4, 5], [6, 7])
    tempo = spread(posts, found, 3).tempo
    assert tempo.quartiles == (2.0, 3.0, 4.0)  # of 1 and 5 hours
    assert (tempo.n_cascades, tempo.size) == (2, (6, 3, 2))
    assert spread(posts, found, 4).tempo is None


def test_where_nothing_is_copied_nothing_is_told_but_that():
    told = spread(made([1, 2, 3]), groups(), 10)
    assert [one[1:8] for one in told.copied] == [(0, 0, 0, 3, 3, 1, 0.0)] * 2
    (alone,) = told.bands
    assert alone[:8] == (("size", "1"), 3, 3, 1, 3, 3, 1, 1.0)
    assert told[2:] == ((), None, ())


def test_nothing_in_gives_nothing_out():
    assert spread(made([]), groups(), 10) == ((), (), (), None, ())
