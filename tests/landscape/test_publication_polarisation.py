"""What may be told of how far themes divide: nothing of few people, and no more than is printed."""

from pathlib import Path

import pytest

from headwater.landscape import Settings, divided, publication
from headwater.landscape.analyses.polarisation import e_i
from headwater.landscape.camps import ALL, Camps, Contact, Gap
from headwater.landscape.publication import Poles
from headwater.landscape.report import names
from headwater.landscape.report.polarisation import Division
from headwater.landscape.shapes import Measure
from headwater.landscape.travel import Size
from tests.landscape import reports

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
LARGE = Size(2_000, 400, 40)
ACROSS, INSIDE = Size(900, 300, 30), Size(1_100, 350, 30)
POLES = {ALL: Poles(0.0119, 0.0058, 0.0272)}


def contact(theme=ALL, answers=LARGE, across=ACROSS, inside=INSIDE, shares=(0.46, 0.64, 0.6, 0.68)):
    return Contact(theme, answers, across, inside, *shares)


def hostile(theme=ALL, found=(60, 50, 3), base=LARGE, rate=(0.03, 0.02, 0.045)):
    return Measure((ALL, ALL) if theme == ALL else ("theme", theme), *found, *base, *rate)


def told(contacts=(), across=(), inside=(), gaps=None, poles=None):
    camps = Camps(tuple(contacts), tuple(across), tuple(inside), gaps or {}, can_cross=True)
    return publication.polarisation(camps, poles or {}, SETTINGS)


def test_an_index_is_told_with_what_chance_gives():
    (row,) = told([contact()])
    assert (row.theme, row.crossing_percent) == (ALL, 46)
    assert row.e_i == pytest.approx(e_i(54, 46))
    assert (row.expected_e_i, row.expected_e_i_low, row.expected_e_i_high) == (0.28, 0.2, 0.36)
    assert row.codes == ("camps_apart",)


@pytest.mark.parametrize(
    ("crossing", "codes"),
    [(0.58, ("camps_apart",)), (0.6, ()), (0.64, ()), (0.68, ()), (0.7, ("camps_mix",))],
)
def test_only_what_is_printed_outside_of_chance_is_beyond_it(crossing, codes):
    (row,) = told([contact(shares=(crossing, 0.64, 0.6, 0.68))])
    assert row.codes == codes


def test_what_chance_gives_is_rounded_outwards():
    (row,) = told([contact(shares=(0.589, 0.64, 0.594, 0.681))])  # in steps of one in a hundred
    assert (row.crossing_percent, row.codes) == (59, ())
    assert (row.expected_e_i_low, row.expected_e_i_high) == (0.18, 0.38)
    few = Size(600, 100, 10)  # in steps of five
    (row,) = told([contact(answers=few, across=Size(300, 90, 5), inside=Size(300, 80, 9))])
    assert (row.crossing_percent, row.codes) == (45, ("camps_apart",))
    assert (row.expected_e_i, row.expected_e_i_low, row.expected_e_i_high) == (0.3, 0.2, 0.4)


@pytest.mark.parametrize(
    ("answers", "across", "inside"),
    [
        (Size(499, 400, 9), ACROSS, INSIDE),
        (Size(2_000, 49, 90), ACROSS, INSIDE),
        (Size(2_000, 400, 1_001), ACROSS, INSIDE),
        (LARGE, Size(900, 9, 200), INSIDE),
        (LARGE, ACROSS, Size(9, 9, 1)),
        (LARGE, ACROSS, Size(100, 50, 51)),
    ],
)
def test_the_answers_of_few_are_not_told_and_twins_are_equal(answers, across, inside):
    small = contact("buses", answers, across, inside)
    twin = contact("buses", answers, across, inside, shares=(0.01, 0.5, 0.4, 0.6))
    assert told([contact(), small]) == told([contact(), twin]) == told([contact()])


def test_hostility_is_told_on_both_sides_with_what_lies_between():
    both = [hostile()], [hostile(rate=(0.01, 0.004, 0.02))]
    (row,) = told([], *both, {ALL: Gap(0.02, 0.006, 0.035)})
    assert (row.hostile_across, row.hostile_inside, row.hostile_more) == (0.03, 0.01, 0.02)
    assert row.hostile_more_low <= 0.006 < 0.035 <= row.hostile_more_high
    assert row.codes == ("hostile_across",)
    (row,) = told([], *both, {ALL: Gap(0.02, -0.002, 0.035)})
    assert row.codes == ()
    (row,) = told([], *both, {ALL: Gap(-0.02, -0.04, -0.01)})
    assert (row.codes, row.hostile_more) == (("hostile_inside",), -0.02)


@pytest.mark.parametrize("found", [(9, 9, 1), (60, 9, 9), (60, 50, 31), (0, 0, 0)])
def test_where_few_were_hateful_neither_they_nor_the_difference_are_told(found):
    few = hostile(found=found, rate=(0.01, 0.0, 0.02))
    (row,) = told([], [hostile()], [few], {ALL: Gap(0.02, 0.006, 0.035)})
    assert row.hostile_across == 0.03
    assert row.hostile_inside is row.hostile_inside_high is row.hostile_more is None
    assert row.codes == ()
    assert told([], [few], [few], {ALL: Gap(0.02, 0.006, 0.035)}) == ()


def test_poles_follow_from_printed_shares_and_are_rounded_outwards():
    made = reports.full()
    level = next(one for one in made.prevalence if one.by == "all")
    (row,) = publication.polarisation(Camps(), divided.poles(made), SETTINGS)
    exact = divided.poles(made)[ALL]
    assert row.esteban_ray == pytest.approx(exact.value, abs=5e-5)
    assert row.esteban_ray_low <= exact.low < exact.high <= row.esteban_ray_high
    hidden = level.model_copy(update={"share": None, "low": None})
    assert divided.poles(reports.full(prevalence=(hidden,))) == {}


def test_a_theme_that_divides_more_than_all_is_said_to():
    themes = {"buses": Poles(0.02, 0.0271, 0.04), "housing": Poles(0.07, 0.0273, 0.1)}
    rows = {one.theme: one.codes for one in told(poles=POLES | themes)}
    assert rows == {ALL: (), "buses": (), "housing": ("themes_polarised",)}


def test_all_comes_first_then_themes_by_name():
    contacts = [contact(theme) for theme in ("housing", ALL, "buses")]
    assert [one.theme for one in told(contacts)] == [ALL, "buses", "housing"]


def test_what_the_measures_do_not_tell_is_said():
    rows = told(poles=POLES)
    codes = [one.code for one in publication.of_polarisation(rows, Camps())]
    assert codes == ["division_is_of_texts", "recognition_not_told", "answers_stay_by_design"]
    crossing = publication.of_polarisation(rows, Camps(can_cross=True))
    assert [one.code for one in crossing] == codes[:2]
    assert publication.of_polarisation((), Camps()) == ()


def test_a_row_tells_of_no_community_and_no_person():
    fields = " ".join(Division.model_fields)
    assert not {"author", "community", "n_posts", "people"} & set(fields.replace("_", " ").split())
    assert names.name("theme", "housing") != "housing"
