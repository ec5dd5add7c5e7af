"""Which themes divide: from a fictional town's exports to its report and its page."""

import json
import re

import pytest

from headwater.landscape import Judge, Settings, find, run, sample
from headwater.landscape.report import divides, page
from headwater.landscape.report.tables import tables
from tests.landscape import reports

NEARLY = 0.9
SEEDS = (1, 2, 3)
PERCENT = 0.01


def a_town(folder, seed, n_posts, judge):
    """Give what is planted in a town's answers, and its report."""
    truth = json.loads(sample.write(folder, seed, n_posts).read_text())
    settings = Settings(truth["place"], folder / "work", timezone=truth["timezone"], judge=judge)
    return truth["answers"], run(find([str(folder)]), settings)


@pytest.fixture(scope="module", params=SEEDS)
def town(request, tmp_path_factory):
    return a_town(tmp_path_factory.mktemp("town"), request.param, 20_000, Judge("fast"))


def row(report, theme="all"):
    return next(one for one in report.polarisation if one.theme == theme)


def test_the_planted_camps_are_told(town):
    truth, report = town
    level = row(report)
    assert level.crossing_percent * PERCENT == pytest.approx(
        truth["of"]["all"]["crossing"], abs=0.015
    )
    assert level.e_i == pytest.approx(2 * level.crossing_percent * PERCENT - 1)
    assert level.expected_e_i_low <= 0.28 <= level.expected_e_i_high  # two, two and one of five
    assert level.codes == ("camps_apart",)
    assert "answers_stay_by_design" not in {one.code for one in report.limits}


def test_what_is_told_of_hostility_holds_what_is_planted(town):
    truth, report = town
    for side in ("across", "inside"):
        low, high = (getattr(row(report), f"hostile_{side}_{end}") for end in ("low", "high"))
        assert low is None or low <= truth["of"]["all"][side]["share"] <= high


@pytest.mark.long
@pytest.mark.parametrize("seed", SEEDS)
def test_in_a_large_town_hostile_contact_is_told(seed, tmp_path):
    truth, report = a_town(tmp_path, seed, 150_000, Judge())
    level, sides = row(report), truth["of"]["all"]
    across, inside = (sides[side]["share"] for side in ("across", "inside"))
    # all towns have one way of writing hate, easier to find than most, so all lie at one end of the
    # interval: it may miss them together, by no more than a tenth
    assert level.hostile_across_low * NEARLY <= across <= level.hostile_across_high
    assert level.hostile_inside_low * NEARLY <= inside <= level.hostile_inside_high
    assert 0 <= level.hostile_more_low <= across - inside <= level.hostile_more_high
    assert level.codes[0] == "camps_apart"
    assert ("hostile_across" in level.codes) == (level.hostile_more_low > 0)
    apart = {one.theme for one in report.polarisation if "camps_apart" in one.codes}
    assert len(apart) >= 4


def test_poles_follow_from_the_shares_of_hate(town):
    _, report = town
    told = {one.theme for one in report.polarisation if one.esteban_ray is not None}
    shares = {one.value for one in report.prevalence if one.by in ("all", "theme") and one.share}
    assert told == shares


def test_where_threads_stand_in_one_place_the_page_says_why_nothing_is_told(tmp_path):
    sample.write(tmp_path / "all", n_posts=12_000)
    settings = Settings("Fjordby (fictional)", tmp_path / "work", judge=Judge("fast"))
    exports = [str(tmp_path / "all" / name) for name in ("reddit.ndjson", "youtube.ndjson")]
    report = run(find(exports), settings)
    assert all(one.e_i is None for one in report.polarisation)
    assert report.polarisation
    assert "answers_stay_by_design" in {one.code for one in report.limits}
    assert "each thread stands in one community" in page.render(report)


def text_of(html):
    section = html.partition('<section id="divide"')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", section))


def test_the_page_says_what_divides_and_that_text_is_not_attitude():
    said = text_of(page.render(reports.with_all_lists()))
    assert "Text is not attitude." in said
    assert (
        "Housing and building (36) divides posts more than the debate as a whole does (6)" in said
    )
    assert "Fewer answers go to other communities than chance explains: 46%" in said
    assert "where chance gives 58% to 72%" in said
    assert "more often hateful than those inside: 3.4% (2.1% to 5.2%) against 1.2%" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"codes": ()},
            "How many answers go to other communities cannot be told apart from chance",
        ),
        ({"codes": ("camps_mix",)}, "More answers go to other communities than chance explains"),
        ({"codes": ()}, "are more often hateful than those inside cannot be told"),
        ({"codes": ("hostile_inside",)}, "are less often hateful than those inside"),
    ],
)
def test_what_may_be_chance_is_said_to(changes, said):
    level, *_ = reports.polarisation()
    report = reports.full(polarisation=(level.model_copy(update=changes),))
    assert said in divides.divides(report).answers.finding


def test_themes_that_differ_are_named():
    level, housing, _ = reports.polarisation()
    housing = housing.model_copy(update={"codes": ("camps_mix", "hostile_across")})
    finding = divides.divides(reports.full(polarisation=(level, housing))).answers.finding
    assert "Themes on which communities meet more than by chance: Housing and building." in finding
    assert "Themes with more hate across communities than inside: Housing and building." in finding


def test_of_many_themes_the_first_are_named():
    level, housing, _ = reports.polarisation()
    codes = ("housing", "buses", "school", "weather", "health")
    alike = [
        housing.model_copy(update={"theme": code, "codes": ("camps_apart",)}) for code in codes
    ]
    finding = divides.divides(reports.full(polarisation=(level, *alike))).answers.finding
    assert "keep to themselves: Housing and building" in finding
    assert finding.endswith("and 2 more.")


def test_what_is_not_told_has_no_picture_and_no_number():
    *_, little = reports.polarisation()
    part = divides.divides(reports.full(polarisation=(little,)))
    assert part.answers is None
    assert part.poles.chart is None
    assert part.poles.finding.startswith("No theme can be told")
    assert divides.divides(reports.full(polarisation=())) is None


def test_a_table_holds_all_of_it():
    text = tables(reports.with_all_lists())["polarisation"]
    head, *rows = text.splitlines()
    assert "esteban ray" in head
    assert len(rows) == 3
