"""What is told of days on which counts were not as usual: from counts to the page."""

from datetime import date, timedelta

import numpy as np
import pytest

from headwater.landscape import Settings, publication
from headwater.landscape.analyses import courses
from headwater.landscape.analyses.episodes import episodes
from headwater.landscape.report import data, moments
from headwater.landscape.report.model import Day, Event, Why
from headwater.landscape.shapes import Evidence, Group, Judge
from headwater.landscape.talk import Episode, Story, Term
from tests.landscape import reports

FIRST_ON = date(2026, 1, 5)  # a Monday
SETTINGS = Settings("Fjordby (fictional)", work_dir=None)
DAY = timedelta(days=1)
VOTE = Event(on=FIRST_ON + 50 * DAY, what="The council votes", where="town hall")


def measures(n, flagged=None, themes=None):
    """Give what the analysis measures of posts a day, each by an author of its own."""
    days = [FIRST_ON + DAY * at for at in range(len(n))]
    flagged = np.zeros(len(n), int) if flagged is None else flagged
    groups = (
        [_group((on,), a, a) for on, a in zip(days, n, strict=True)],
        [
            _group((on, is_hate), own, a)
            for on, a, hits in zip(days, n, flagged, strict=True)
            for is_hate, own in ((False, a - hits), (True, hits))
            if own
        ],
        [
            _group((on, code), own, a)
            for code, counts in (themes or {}).items()
            for on, own, a in zip(days, counts, n, strict=True)
            if own
        ],
    )
    return courses.run(groups, Evidence(Judge(), 10))


def _group(key, n, whole):
    return Group(key, int(n), int(n), 1, int(whole), int(whole), 1, int(n))


def town(rng, n_days=120, **planted):
    """Draw counts of a town with two themes; `planted` days have some more of one."""
    n = {"flagged": rng.poisson(8, n_days), "sport": rng.poisson(60, n_days)}
    n["housing"] = rng.poisson(60, n_days)
    n["rest"] = rng.poisson(200, n_days)
    for name, (days, times) in planted.items():
        n[name][days] = rng.poisson(n[name][days] * times)
    whole = n["sport"] + n["housing"] + n["rest"] + n["flagged"]
    themes = {"housing": n["housing"], "sport": n["sport"]}
    themes["none"] = whole - n["housing"] - n["sport"]
    return measures(whole, n["flagged"], themes)


BURST, LATER = slice(50, 53), slice(70, None)


@pytest.mark.parametrize(
    ("planted", "kind", "theme", "shape"),
    [
        ({"rest": (BURST, 3)}, "volume", None, "burst"),
        ({"flagged": (BURST, 6)}, "hate_share", None, "burst"),
        ({"housing": (BURST, 3)}, "theme", "housing", "burst"),
        ({"housing": (LATER, 2)}, "theme", "housing", "level"),
        ({"flagged": (LATER, 4)}, "hate_share", None, "level"),
    ],
)
def test_what_is_planted_is_told_by_its_kind(planted, kind, theme, shape):
    found = episodes(town(np.random.default_rng(1), **planted))
    (one,) = [one for one in found if one.kind == kind]
    assert (one.theme, one.shape) == (theme, shape)
    (days,) = [days for days, _ in planted.values()]
    assert abs((one.first_on - FIRST_ON).days - days.start) <= 1
    assert one.n_posts > 1.3 * one.expected
    assert one.first_on <= one.peak_on <= one.last_on


def test_more_of_everything_is_no_burst_of_a_theme_or_of_hate():
    every = {name: (BURST, 3) for name in ("rest", "sport", "housing", "flagged")}
    found = episodes(town(np.random.default_rng(2), **every))
    assert {one.kind for one in found} == {"volume"}


def test_of_nothing_planted_nothing_is_told():
    assert episodes(town(np.random.default_rng(3))) == ()
    assert episodes(()) == ()


def test_days_without_a_post_are_days():
    rng = np.random.default_rng(4)
    n = rng.poisson(300, 120)
    some = [one for one in measures(n) if one.key[-1] != str(FIRST_ON + 60 * DAY)]
    found = courses.courses(some)
    assert found.series.n.shape[1] == 120
    assert found.series.n[0, 60] == 0


@pytest.mark.parametrize("first", [30, 80, 140])
def test_weeks_that_nobody_exported_set_nobody_talking(first):
    n = np.random.default_rng(6).poisson(300, 200)
    unread = {str(FIRST_ON + at * DAY) for at in range(first, first + 40)}
    read = [one for one in measures(n) if one.key[-1] not in unread]
    assert courses.courses(read).series.of[0, first : first + 40].sum() == 0
    assert episodes(read) == ()


def test_a_rise_of_hate_is_followed_only_where_nothing_else_happened():
    some = town(np.random.default_rng(5), flagged=(slice(50, 60), 6))
    for happened, is_proven in (([50], True), ([50, 55], False), ([], False)):
        (one,) = episodes(some, [FIRST_ON + at * DAY for at in happened])
        assert (one.followed_on is not None) == is_proven, happened


def test_volume_has_no_control_and_follows_nothing():
    found = episodes(town(np.random.default_rng(6), rest=(slice(50, 60), 3)), [VOTE.on])
    assert {one.followed_on for one in found if one.kind == "volume"} == {None}


def episode(**changes):
    made = Episode(
        first_on=FIRST_ON + 50 * DAY,
        kind="volume",
        theme=None,
        shape="burst",
        peak_on=FIRST_ON + 51 * DAY,
        last_on=FIRST_ON + 52 * DAY,
        n_posts=1203,
        expected=611.2,
        n_authors=300,
        usual_authors=120.0,
        n_top=20,
        n_peak=512,
        peak_expected=203.0,
        half_life=1.3,
        followed_on=None,
    )
    return made._replace(**changes)


def story(**changes):
    made = Story(
        terms=(1,),
        first_on=FIRST_ON + 49 * DAY,
        peak_on=FIRST_ON + 51 * DAY,
        last_on=FIRST_ON + 52 * DAY,
        later_on=(),
        n_people=98,
        expected=3.0,
        surprise=20.0,
        n_posts=110,
        n_authors=90,
        n_top=3,
        is_hateful=False,
        n_hateful_authors=0,
    )
    return made._replace(**changes)


TERMS = {1: Term("storm flood", 90, 8)}


def told(*some, stories=(), events=(), released=("storm flood",), days=()):
    made = reports.small(events=events, timeline=days)
    return publication.triggers(stories, TERMS, some, released, made, SETTINGS)


def test_numbers_are_rounded_and_have_a_code():
    (one,) = told(episode(), events=(VOTE,))
    assert (one.n_posts, one.expected_posts, one.times) == (1205, 610, 2.0)
    assert one.code == f"volume-burst-{FIRST_ON + 50 * DAY}"
    assert (one.link, one.lag_days, one.half_life_days) == ("coincided", 1, 1.5)
    assert one.peak_times == 2.5


def test_of_flagged_posts_no_number_is_told():
    (one,) = told(episode(kind="hate_share", n_posts=83, expected=19.4, n_peak=40, n_authors=35))
    assert (one.n_posts, one.expected_posts, one.times) == (None, None, 4)


@pytest.mark.parametrize(
    "few",
    [
        {"n_authors": 9},
        {"n_posts": 9},
        {"n_top": 602},
        {"usual_authors": 20.5, "n_authors": 30},  # nine more than usual
        {"usual_authors": 270.0},  # thirty more, of so many as chance brings
        {"n_posts": 620, "expected": 612.0},
        {"n_top": 300},  # of 592 more than usual
    ],
)
def test_what_would_tell_of_few_is_not_told(few):
    assert told(episode(**few)) == ()


def test_where_a_day_is_hidden_no_sum_tells_of_it():
    days = [hidden_day(FIRST_ON + at * DAY) for at in (49, 52)]
    (one,) = told(episode(), days=days[:1])
    (other,) = told(episode(), days=days)
    (theme,) = told(episode(kind="theme", theme="sport"), days=days)
    assert (one.n_posts, theme.n_posts) == (1205, 1205)
    assert (other.n_posts, other.expected_posts, other.times) == (None, None, 2)
    assert "(about" not in page_of(episode(), days=days).finding


def hidden_day(on):
    return Day(on=on, n_posts=None, share=None, low=None, high=None, why=Why.ONE_AUTHOR)


def test_what_is_proven_is_said_and_else_no_more_than_that_it_coincided():
    proven = episode(kind="theme", theme="housing", followed_on=VOTE.on)
    (one,), (other,) = told(proven, events=(VOTE,)), told(episode(kind="theme", theme="sport"))
    assert (one.link, other.link) == ("followed", "none")


def test_a_story_is_told_with_the_volume_that_shows_it_and_not_again():
    (one,) = told(episode(), stories=(story(),))
    assert (one.kind, one.people, one.expected) == ("volume", 100, 5)
    assert one.terms == ("storm flood",)
    assert one.talked_of_from == story().first_on


def test_its_words_stand_beside_each_count_and_its_people_once():
    some = episode(), episode(kind="theme", theme="weather"), episode(kind="hate_share")
    found = told(*some, stories=(story(),))
    assert {one.kind for one in found} == {"volume", "theme", "hate_share"}
    assert all(one.terms == ("storm flood",) for one in found)
    assert {one.kind: one.people for one in found if one.people} == {"volume": 100}


def test_a_second_story_of_the_same_days_stands_alone():
    other = story(n_people=50, peak_on=FIRST_ON + 52 * DAY)
    found = told(episode(), stories=(story(), other))
    assert {one.kind: one.people for one in found} == {"volume": 100, "talk": 50}


def test_a_story_of_other_days_and_a_hateful_one_beside_mere_volume_stand_alone():
    early = story(peak_on=FIRST_ON + 48 * DAY)
    hateful = story(is_hateful=True, n_hateful_authors=30)
    assert [one.kind for one in told(episode(), stories=(early,))] == ["volume", "talk"]
    assert [one.kind for one in told(episode(), stories=(hateful,))] == ["volume", "hate"]
    both = told(episode(kind="hate_share"), stories=(hateful,))
    assert [(one.kind, one.people) for one in both] == [("hate_share", 100)]


def test_a_change_of_level_coincides_with_its_beginning_alone():
    level = episode(shape="level", last_on=FIRST_ON + 110 * DAY, half_life=None)
    late = VOTE.model_copy(update={"on": FIRST_ON + 60 * DAY})
    (one,) = told(level, events=(VOTE, late))
    assert one.events == (VOTE,)
    assert one.lag_days is None


def page_of(*some, **more):
    return moments.triggers(reports.full(triggers=told(*some, **more)))


def test_the_page_says_plainly_what_was_unusual():
    one_day = episode(peak_on=FIRST_ON + 50 * DAY, last_on=FIRST_ON + 50 * DAY, half_life=None)
    found = page_of(one_day, events=(VOTE,))
    assert found.finding.startswith(
        "On one occasion people wrote otherwise than usual. On Tuesday 24 February"
    )
    assert "about twice as many posts as is usual for a Tuesday" in found.finding
    assert "it coincided with “The council votes” (town hall)" in found.finding
    assert "followed" not in found.finding


def test_one_row_tells_all_that_was_unusual_on_the_same_days():
    some = episode(), episode(kind="theme", theme="housing"), episode(kind="hate_share")
    found = page_of(*some, stories=(story(),), released=())
    (row,) = found.table.rows
    assert "(hateful)" in row.label
    assert all(
        word in row.cells[0] for word in ("Housing", "flagged", "100 people", "not named yet")
    )
    assert row.cells[1] == "What happened?"
    assert len(found.table.columns) <= 4


def test_the_diary_stands_beside_with_no_more_than_is_known():
    proven = episode(kind="theme", theme="housing", followed_on=VOTE.on)
    cells = [
        page_of(*some, events=(VOTE,)).table.rows[0].cells[1]
        for some in ((episode(),), (episode(), proven))
    ]
    assert cells == [
        "Coincided with “The council votes” (town hall)",
        "The theme “Housing and building” followed, beyond chance, “The council votes” (town hall)",
    ]


def test_a_change_of_level_has_a_row_of_its_own():
    level = episode(kind="theme", theme="housing", shape="level", last_on=FIRST_ON + 110 * DAY)
    found = page_of(episode(), level)
    (row,) = [row for row in found.table.rows if row.label.endswith(" on")]
    assert len(found.table.rows) == 2
    assert "in the weeks before" in row.cells[0]


def test_a_report_with_all_kinds_is_read_back(tmp_path):
    some = episode(), episode(kind="theme", theme="housing", shape="level")
    made = reports.full(triggers=told(*some, stories=(story(),), events=(VOTE,)))
    (tmp_path / "report.json").write_bytes(data.to_json(made))
    assert data.read_report(tmp_path / "report.json") == made


def test_a_level_of_hate_that_falls_is_not_called_hateful():
    rising, falling = (
        episode(kind="hate_share", shape="level", n_posts=n, expected=400.0, n_peak=n // 10)
        for n in (800, 200)
    )
    labels = [page_of(one).table.rows[0].label for one in (rising, falling)]
    assert [label.endswith("(hateful)") for label in labels] == [True, False]
