"""What the gate lets through, whatever the numbers are."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import publication
from headwater.landscape.errors import SettingsError
from headwater.landscape.publication import digits, rules
from headwater.landscape.report.model import Estimate, Why
from headwater.landscape.shapes import Measure, Settings

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
NO_CLOCK = settings(deadline=None)


@st.composite
def groups(draw, most=400):
    """Draw how many posts, authors, and posts of the busiest author there can be."""
    n_posts = draw(st.integers(1, most))
    n_authors = draw(st.integers(1, n_posts))
    n_top = draw(st.integers(-(-n_posts // n_authors), n_posts - n_authors + 1))
    return n_posts, n_authors, n_top


@st.composite
def tables(draw):
    found = draw(st.lists(groups(), min_size=1, max_size=12))
    n_posts, n_authors = sum(one[0] for one in found), max(one[1] for one in found)
    whole = (n_posts, n_authors, max(one[2] for one in found))
    return [count(f"c{i:02}", one, whole) for i, one in enumerate(found)]


def count(name, found, whole):
    return Measure((name,), *found, *whole, 0.0, 0.0, 0.0)


def rate(key, found, whole, interval=(0.03, 0.02, 0.04)):
    return Measure(key, *found, *whole, *interval, high_of_few=0.015)


@NO_CLOCK
@given(tables(), st.integers(5, 12))
def test_no_shown_count_is_below_the_floor(measures, floor):
    by_name = {one.key[0]: one for one in measures}
    for cell in publication.counts(measures, SETTINGS._replace(floor=floor)):
        n_posts, n_authors, n_top = rules.found(by_name[cell.name])
        if cell.n_posts is not None:
            assert n_authors >= floor
            assert n_posts >= 10
            assert 2 * n_top <= n_posts


@NO_CLOCK
@given(tables(), st.sampled_from([5, 10, 20]))
def test_every_shown_count_is_rounded_and_every_hidden_one_says_why(measures, round_to):
    by_name = {one.key[0]: one.n_posts for one in measures}
    for cell in publication.counts(measures, SETTINGS._replace(round_to=round_to)):
        assert (cell.n_posts is None) == (cell.why is not None)
        if cell.n_posts is None:
            assert cell.percent is None
        else:
            assert cell.n_posts % round_to == 0
            assert 2 * abs(cell.n_posts - by_name[cell.name]) <= round_to


@NO_CLOCK
@given(tables())
def test_percentages_follow_from_the_rounded_counts_alone(measures):
    whole = rules.rounded(sum(one.n_posts for one in measures), 5)
    for cell in publication.counts(measures, SETTINGS):
        if cell.percent is not None:
            assert abs(cell.percent - 100 * cell.n_posts / whole) <= 0.5


@NO_CLOCK
@given(tables())
def test_a_table_hides_no_single_cell(measures):
    hidden = [cell for cell in publication.counts(measures, SETTINGS) if cell.n_posts is None]
    assert len(hidden) != 1


@NO_CLOCK
@given(tables(), st.integers(5, 30), st.integers(0, 30))
def test_a_higher_floor_shows_no_cell_that_the_lower_one_found_too_small(measures, floor, more):
    low, high = (SETTINGS._replace(floor=n) for n in (floor, floor + more))
    small = {one.key[0] for one in measures if rules.why_hidden(rules.found(one), low)}
    shown = {cell.name for cell in publication.counts(measures, high) if cell.n_posts is not None}
    assert not small & shown


@NO_CLOCK
@given(tables())
def test_the_order_of_a_table_tells_nothing_of_its_hidden_cells(measures):
    cells = publication.counts(measures, SETTINGS)
    hidden = [cell.name for cell in cells if cell.n_posts is None]
    assert hidden == sorted(hidden)
    assert [cell.name for cell in cells][len(cells) - len(hidden) :] == hidden


@NO_CLOCK
@given(tables())
def test_the_order_in_which_cells_come_changes_nothing(measures):
    assert publication.counts(measures[::-1], SETTINGS) == publication.counts(measures, SETTINGS)


def test_a_table_of_nothing_is_empty():
    assert publication.counts((), SETTINGS) == ()


def test_a_table_whose_whole_is_tiny_does_not_even_name_its_cells():
    measures = [count("da", (3, 3, 1), (5, 5, 1)), count("sv", (2, 2, 1), (5, 5, 1))]
    assert publication.counts(measures, SETTINGS) == ()


def test_cells_without_any_post_are_not_told_to_be_empty():
    measures = [count(f"c{i:02}", (0, 0, 0), (0, 0, 0)) for i in range(20)]
    assert publication.counts(measures, SETTINGS) == ()


def test_all_of_a_small_crowd_is_not_said_to_be_one_thing():
    (cell,) = publication.counts([count("da", (60, 30, 2), (60, 30, 2))], SETTINGS)
    assert (cell.n_posts, cell.percent) == (60, None)


def test_a_count_of_fewer_than_ten_posts_is_hidden_whatever_the_floor():
    found = [(9, 9, 1), (9, 9, 1), (400, 90, 9)]
    measures = [count(f"c{i}", one, (418, 90, 9)) for i, one in enumerate(found)]
    cells = publication.counts(measures, SETTINGS._replace(floor=5))
    assert [cell.why for cell in cells] == [None, Why.FEW_AUTHORS, Why.FEW_AUTHORS]


def test_the_smallest_neighbour_is_hidden_with_a_hidden_cell():
    found = {"da": (5000, 900, 90), "en": (300, 80, 20), "de": (60, 40, 5), "kl": (4, 2, 3)}
    measures = [count(name, one, (5364, 1000, 90)) for name, one in found.items()]
    why = {cell.name: cell.why for cell in publication.counts(measures, SETTINGS)}
    assert why == {"da": None, "en": None, "de": Why.SECONDARY, "kl": Why.FEW_AUTHORS}


@pytest.mark.parametrize("change", [{"floor": 4}, {"floor": 0}, {"round_to": 1}])
def test_settings_that_protect_too_little_are_refused(change):
    with pytest.raises(SettingsError, match="is the least"):
        publication.counts((), SETTINGS._replace(**change))


BASE = (2000, 400, 50)
WHOLE, BOUND = ("all", "all"), Why.UPPER_BOUND
LEVEL = Estimate(n_posts=2000, share=0.03, low=0.02, high=0.04)


@pytest.mark.parametrize(
    ("base", "why"),
    [
        ((499, 400, 50), Why.SMALL_BASE),
        ((2000, 49, 50), Why.SMALL_BASE),
        ((2000, 400, 1001), Why.ONE_AUTHOR),
    ],
)
def test_a_base_too_small_for_a_rate_shows_nothing(base, why):
    told = publication.estimates([rate(("all", "all"), (60, 50, 3), base)], SETTINGS)["all", "all"]
    assert (told.n_posts, told.share, told.low, told.high, told.why) == (None,) * 4 + (why,)


def test_a_day_tells_its_posts_where_its_rate_is_not_told():
    key = ("day", "2024-03-05")
    told = publication.estimates([rate(key, (20, 15, 2), (222, 90, 9))], SETTINGS)[key]
    assert (told.n_posts, told.share, told.why) == (220, None, Why.SMALL_BASE)


def test_the_order_of_estimates_tells_nothing_of_what_was_found():
    found = {"roma": (3, 2, 2), "jews": (9, 8, 2), "women": (60, 50, 3)}
    measures = [rate(("target", name), one, BASE) for name, one in found.items()]
    assert [key[1] for key in publication.estimates(measures, SETTINGS)] == sorted(found)


@NO_CLOCK
@given(groups(most=9), st.floats(0, 0.02))
def test_the_bound_of_the_whole_does_not_hang_on_a_number_too_small_to_tell(found, high):
    none = rate(WHOLE, (0, 0, 0), BASE, (0.0, 0.0, 0.001))
    some = rate(WHOLE, found, BASE, (0.0, 0.0, high))
    told = [publication.estimates([one], SETTINGS)[WHOLE] for one in (none, some)]
    assert told[0] == told[1]
    assert (told[0].share, told[0].low, told[0].high) == (None, None, 0.02)
    assert told[0].why == Why.UPPER_BOUND


PART, REST = ("platform", "x"), ("platform", "reddit")
FEW = [(0, 0, 0), (1, 1, 1), (9, 9, 1), (60, 1, 60), (200, 1, 200), (120, 4, 40), (31, 9, 4)]


@pytest.mark.parametrize("n_all", [300, 240])
@pytest.mark.parametrize("own", FEW[1:])
def test_a_hidden_part_is_told_alike_whatever_few_people_wrote_in_it(own, n_all):
    def told(found, high):
        rest = (n_all - found[0], 90, 20)
        parts = [
            rate(WHOLE, (n_all, 100, 100), (4000, 900, 200)),
            rate(PART, found, (1000, 400, 200), (0.01, 0.0, high)),
            rate(REST, rest, (3000, 500, 60)),
        ]
        return publication.estimates(parts, SETTINGS)

    assert told(own, 0.9) == told((0, 0, 0), 0.01)


@pytest.mark.parametrize("own", FEW[1:])
def test_a_part_of_a_hidden_whole_is_told_alike_whatever_few_people_wrote_in_it(own):
    def told(found, high):
        parts = [
            rate(WHOLE, (9, 9, 1), (4000, 900, 200), (0.001, 0.0, 0.01)),
            rate(PART, found, (1000, 400, 200), (0.01, 0.0, high)),
            rate(REST, (4, 4, 1), (3000, 500, 60)),
        ]
        return publication.estimates(parts, SETTINGS)

    assert told(own, 0.9) == told((0, 0, 0), 0.01)
    assert told(own, 0.9)[PART].why == Why.UPPER_BOUND


@pytest.mark.parametrize("own", FEW[1:])
def test_a_group_is_told_alike_whatever_few_people_wrote_against_it(own):
    def told(found, high):
        group = rate(("target", "roma"), found, BASE, (0.01, 0.0, high))
        return publication.estimates([group], SETTINGS, level=LEVEL)["target", "roma"]

    assert told(own, 0.9) == told((0, 0, 0), 0.01)
    assert told(own, 0.9) == LEVEL.model_copy(update={"share": None, "low": None, "why": BOUND})


def test_the_bound_of_a_hidden_part_is_the_hate_of_the_whole_were_it_all_there():
    parts = [
        rate(WHOLE, (300, 100, 20), (4000, 900, 60), (0.03, 0.02, 0.04)),
        rate(PART, (3, 3, 1), (1000, 400, 60)),
        rate(REST, (297, 97, 20), (3000, 500, 60)),
    ]
    told = publication.estimates(parts, SETTINGS)
    assert (told[PART].high, told[PART].why) == (0.16, Why.UPPER_BOUND)


def test_where_few_people_wrote_more_than_a_bound_allows_there_is_none():
    loud = rate(WHOLE, (400, 4, 120), (4000, 900, 120), (0.1, 0.05, 0.3))
    part = rate(PART, (3, 3, 1), (1000, 400, 60))
    told = publication.estimates([loud, part], SETTINGS)
    assert {(one.high, one.why) for one in told.values()} == {(None, Why.SECONDARY)}


def audited(found, interval=(0.03, 0.02, 0.04)):
    return rate(("audited", "all"), found, (4000, 900, 60), interval)


def test_what_people_found_is_told_where_the_model_flagged_too_few():
    model = [
        rate(WHOLE, (3, 3, 1), (4000, 900, 60)),
        rate(PART, (3, 3, 1), (1000, 400, 60)),
        rate(REST, (0, 0, 0), (3000, 500, 60)),
    ]
    told = publication.estimates([*model, audited((30, 25, 2))], SETTINGS)
    assert told["audited", "all"].share == 0.03
    assert told[PART].high == 0.16


def test_beside_what_people_found_no_part_is_told_where_the_sum_of_the_model_may_not_be():
    model = [
        rate(WHOLE, (250, 60, 150), (4000, 900, 200)),
        rate(PART, (100, 59, 3), (1000, 400, 60)),
        rate(REST, (150, 1, 150), (3000, 500, 200)),
    ]
    assert publication.estimates(model, SETTINGS)[PART].share
    told = publication.estimates([*model, audited((30, 25, 2))], SETTINGS)
    assert [key for key, one in told.items() if one.share] == [("audited", "all")]


@pytest.mark.parametrize("found", [(9, 9, 1), (30, 9, 9), (30, 20, 16)])
def test_what_people_found_is_hidden_where_few_wrote_it(found):
    few = audited(found, (0.004, 0.001, 0.009))
    model = rate(WHOLE, (90, 80, 2), (4000, 900, 60))
    told = publication.estimates([model, few], SETTINGS)["audited", "all"]
    assert (told.share, told.low, told.why) == (None, None, Why.UPPER_BOUND)


@NO_CLOCK
@given(
    st.integers(500, 10**7),
    st.tuples(*[st.floats(0, 1)] * 3).map(sorted),
)
def test_an_estimate_prints_two_digits_at_most_and_an_interval_no_narrower(n, ends):
    low, share, high = ends
    printed = digits.supported(rate(("all", "all"), (0, 0, 0), (n, 50, 1), (share, low, high)))
    assert printed[1] <= low + 1e-9
    assert printed[2] >= high - 1e-9
    assert printed[1] <= printed[0] <= printed[2]
    assert printed[0] == float(f"{printed[0]:.2g}")


@pytest.mark.parametrize(
    ("share", "low", "high", "printed"),
    [
        (0.0021, 0.0009, 0.0041, (0.0021, 0.0009, 0.0041)),
        (0.00213, 0.00088, 0.00406, (0.0021, 0.0008, 0.0041)),
        (0.0342, 0.0221, 0.0463, (0.034, 0.022, 0.047)),
        (0.0342, 0.0339, 0.0345, (0.034, 0.033, 0.035)),
        (0.21, 0.10, 0.35, (0.21, 0.1, 0.35)),
        (0.0, 0.0, 0.013, (0.0, 0.0, 0.013)),
    ],
)
def test_an_estimate_prints_the_digits_that_its_interval_supports(share, low, high, printed):
    measure = rate(("all", "all"), (60, 50, 3), BASE, (share, low, high))
    assert digits.supported(measure) == printed


@pytest.mark.parametrize(
    ("high", "printed"), [(0.0101, 0.02), (0.02, 0.02), (0.021, 0.05), (0.6, 1.0), (1.0, 1.0)]
)
def test_the_bound_of_a_whole_climbs_a_ladder(high, printed):
    assert digits.ladder(high) == printed


@pytest.mark.parametrize(
    ("high", "printed"), [(0.16, 0.16), (0.1601, 0.17), (0.0333, 0.034), (0.99, 0.99), (3.2, 1.0)]
)
def test_the_bound_of_a_part_has_two_digits(high, printed):
    assert digits.upwards(high) == printed


@NO_CLOCK
@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_each_step_of_a_lone_percentage_stands_for_twice_the_floor(n_part, n_whole):
    n_part = min(n_part, n_whole)
    told = publication.percent(n_part, n_whole, SETTINGS)
    again = publication.percent(max(n_part - 20, 0), n_whole, SETTINGS)
    if n_whole < 40:
        assert told is None
    else:
        assert abs(told - 100 * n_part / n_whole) <= max(0.5, 100 * 20 / n_whole) * 2
        assert told >= again


@pytest.mark.parametrize(
    ("n_authors", "said"),
    [
        (0, "fewer than 50"),
        (49, "fewer than 50"),
        (50, "50 to 199"),
        (999, "200 to 999"),
        (1000, "1,000 to 4,999"),
        (99_999, "20,000 to 99,999"),
        (100_000, "100,000 or more"),
    ],
)
def test_the_number_of_authors_is_said_as_a_band(n_authors, said):
    assert publication.band(n_authors) == said


def test_words_are_shown_that_enough_people_use_in_three_words_at_most():
    used_by = {
        "harbour": 10,
        "the new harbour": 12,
        "close the new harbour": 40,
        "close-the-new-harbour": 40,
        "port d'en haut": 11,
        "quay": 9,
        "海港": 30,
        "關閉這個新的海港": 30,
    }
    shown = publication.words(used_by, SETTINGS)
    assert shown == ("harbour", "the new harbour", "port d'en haut", "海港")


def test_a_host_is_shown_that_enough_people_link_to():
    used_by = {"news.example": 10, "a.long.name.of.a.host.example": 40, "blog.example": 9}
    assert publication.hosts(used_by, SETTINGS) == ("news.example", "a.long.name.of.a.host.example")
