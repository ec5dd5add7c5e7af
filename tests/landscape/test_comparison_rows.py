"""What is set side by side, in which order, and what is not told of it."""

import pairs
import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st

from headwater.landscape import codebook, compare
from headwater.landscape.report import read_report, to_json
from headwater.landscape.report.model import Why

HIGHER, LOWER = (0.051, 0.041, 0.063), (0.021, 0.011, 0.032)


def rows(first, second, **more):
    made = compare(first, second, **more)
    return {(one.by, one.value): one for one in made.differences}


def test_of_one_place_the_earlier_comes_first_in_whatever_order_they_are_given():
    made = compare(pairs.spring(), pairs.winter())
    assert made == compare(pairs.winter(), pairs.spring())
    assert (made.first.label, made.second.label) == ("January to March 2026", "April to June 2026")


def test_the_whole_comes_first_and_the_rest_in_an_order_that_is_none_of_size():
    made = compare(pairs.winter(), pairs.spring())
    found = [(one.by, one.value) for one in made.differences]
    assert found[0] == ("all", "all")
    assert [value for by, value in found if by == "platform"] == [
        "mastodon",
        "news",
        "reddit",
        "telegram",
        "youtube",
    ]
    groups = [value for by, value in found if by == "target"]
    known = [one for one in codebook.GROUPS if one in groups]
    assert groups == sorted(groups, key=known.index)
    assert not {by for by, _ in found} & {"month", "weekday", "hour"}


def test_only_what_the_interval_shows_has_a_direction():
    found = rows(pairs.winter(), pairs.spring())
    assert found["all", "all"].direction == "higher"
    assert found["language", "en"].direction == "higher"
    assert found["language", "de"].direction is None
    assert found["platform", "telegram"].direction == "lower"
    assert found["platform", "telegram"].difference is None


def test_what_is_hidden_stays_so_and_what_one_lacks_is_not_told():
    found = rows(pairs.winter(), pairs.spring())
    for key in (("platform", "news"), ("language", "da"), ("target", "jews")):
        one = found[key]
        assert {one.difference, one.low, one.high, one.direction, one.least_rise} == {None}
    without = pairs.spring(prevalence=pairs.risen()[:1])
    lone = rows(pairs.winter(), without)["platform", "youtube"]
    assert (lone.second, lone.low) == (None, None)
    assert lone.first.share == 0.03


def test_groups_are_each_beside_themselves_in_time_and_left_out_between_towns():
    there = pairs.spring(place=pairs.ELSEWHERE)
    assert ("target", "women") in rows(pairs.winter(), pairs.spring())
    assert not [by for by, _ in rows(pairs.winter(), there, towns_agree=True) if by == "target"]
    one_alone = rows(pairs.comparing(pairs.winter()), there, towns_agree=True)
    assert ("target", "women") not in one_alone
    both = rows(pairs.comparing(pairs.winter()), pairs.comparing(there), towns_agree=True)
    assert ("target", "women") in both


def test_what_people_corrected_in_one_report_alone_is_not_compared():
    audited = reports.audited()
    parts_not = tuple(
        one.model_copy(update={"audited": one.by == "all"}) for one in audited.prevalence
    )
    found = rows(audited, reports.audited(period=pairs.SPRING, prevalence=parts_not))
    assert found["all", "all"].low is not None
    assert found["platform", "youtube"].low is None
    assert found["language", "en"].low is not None


def test_between_towns_the_one_given_first_stays_first():
    here, there = pairs.winter(), pairs.spring(place=pairs.ELSEWHERE)
    one = rows(here, there, towns_agree=True)["all", "all"]
    other = rows(there, here, towns_agree=True)["all", "all"]
    assert (one.direction, other.direction) == ("higher", "lower")
    assert (one.low, one.high) == (-other.high, -other.low)


def test_a_digest_names_each_report():
    made = compare(pairs.winter(), pairs.spring())
    assert len({made.first.digest, made.second.digest}) == 2
    assert made.first == compare(pairs.winter(), pairs.spring(limits=())).first


@pytest.mark.parametrize(
    ("whole", "then", "said"),
    [
        (
            LOWER,
            HIGHER,
            "In April to June 2026, more of the talk was hateful than in January to March 2026: about 3 "
            "more in 100 (likely between 1.5 and 4.6 more). It was about 2.1 and about 5.1 in 100 "
            "judged posts.",
        ),
        (
            HIGHER,
            LOWER,
            "In April to June 2026, less of the talk was hateful than in January to March 2026: about 3 "
            "fewer in 100 (likely between 1.5 and 4.6 fewer). It was about 5.1 and about 2.1 in 100 "
            "judged posts.",
        ),
        (
            LOWER,
            (0.025, 0.02, 0.03),
            "January to March 2026 and April to June 2026 cannot be told apart: about 2.1 and about 2.5 "
            "in 100 judged posts were hateful, and the difference likely lies between 0.9 fewer and 1.6 "
            "more.",
        ),
        (
            HIGHER,
            (None, None, 0.02),
            "In April to June 2026, less of the talk was hateful than in January to March 2026, by at "
            "least 2.1 in 100: about 5.1 and at most 2 in 100 judged posts were hateful.",
        ),
        (
            (None, None, 0.05),
            LOWER,
            "January to March 2026 and April to June 2026 cannot be told apart: at most 5 and about 2.1 "
            "in 100 judged posts were hateful, and one of these is no more than a bound.",
        ),
        (
            (None, None, 0.05),
            (None, None, 0.02),
            "Whether January to March 2026 and April to June 2026 differ cannot be told: each report "
            "gives no more than an upper bound, since too little was found.",
        ),
        (
            LOWER,
            (None, None, None),
            "Whether January to March 2026 and April to June 2026 differ cannot be told: no share of "
            "hate is told for April to June 2026.",
        ),
    ],
)
def test_the_answer_is_plain_and_never_surer_than_its_interval(whole, then, said):
    made = compare(pairs.of_whole(*whole), pairs.of_whole(*then, period=pairs.SPRING))
    assert made.finding == said


def test_the_answer_says_what_would_look_like_none_and_who_judged():
    told = compare(pairs.winter(), pairs.spring()).standing
    assert "a rise of less than 1.5 or a fall of less than 1.6 in 100 looks like none" in told
    assert "unaudited" in told
    towns = compare(pairs.winter(), pairs.spring(place=pairs.ELSEWHERE), towns_agree=True).standing
    assert "a difference of less than 1.6 in 100 looks like none" in towns
    people = compare(reports.audited(), reports.audited(period=pairs.SPRING)).standing
    assert people.endswith("People checked a sample of both.")


thousandths = st.integers(0, 1000).map(lambda n: n / 1000)
shown = st.lists(thousandths, min_size=3, max_size=3).map(sorted).map(lambda s: (s[1], s[0], s[2]))
bounds = thousandths.map(lambda high: (None, None, high))
published = st.one_of(shown, bounds, st.just((None, None, None)))


@given(published, published)
def test_whatever_is_published_the_comparison_holds_no_share_that_is_not(first, second):
    made = compare(pairs.of_whole(*first), pairs.of_whole(*second, period=pairs.SPRING))
    (one,) = made.differences
    sides = [(side.share, side.low, side.high) for side in (one.first, one.second)]
    assert sides == [first, second]
    if None in (first[0], second[0]):
        assert one.difference is one.least_rise is one.least_fall is None
    if one.direction == "higher":
        assert 0 < one.low <= one.high
    if None in (first[2], second[2]):
        assert one.low is one.high is one.direction is None
    assert made.finding.endswith(".")
    assert "None" not in made.finding + made.standing


def test_it_is_worked_out_from_what_is_written_alone(tmp_path):
    """Read back from two files it is the same: nothing else went in."""
    read = []
    for name, report in (("one", pairs.winter()), ("other", pairs.spring())):
        path = tmp_path / f"{name}.json"
        path.write_bytes(to_json(report))
        read.append(read_report(path))
    assert compare(*read) == compare(pairs.winter(), pairs.spring())


def test_each_reason_why_something_is_hidden_goes_with_it():
    found = rows(pairs.winter(), pairs.spring())
    assert found["platform", "news"].first.why == Why.SMALL_BASE
    assert found["platform", "telegram"].second.why == Why.UPPER_BOUND
