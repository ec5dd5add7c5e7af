"""Charts draw every interval, keep the order given and take any label as text."""

import re
from datetime import date, timedelta

import pytest
from defusedxml import ElementTree

from headwater.landscape.report import charts

ROWS = (
    charts.Interval("Zebra", 2.0, 1.0, 3.0),
    charts.Interval("Antelope", None, None, 4.0),
    charts.Interval("Mule", None, None, None),
)
SPAN = [
    charts.DayMark(date(2026, 1, 1) + timedelta(days=number), 100, 2.0, 1.0, 3.0)
    for number in range(200)
]
SVG = "{http://www.w3.org/2000/svg}"
each_drawing = pytest.mark.parametrize("draw", [charts.intervals, charts.course])


def texts(svg):
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


@each_drawing
def test_labels_stand_in_the_order_given(draw):
    labels = {row.label for row in ROWS}
    assert [text for text in texts(draw(ROWS, "finding")) if text in labels] == [
        row.label for row in ROWS
    ]


@each_drawing
def test_a_row_of_which_only_a_bound_is_known_is_named_and_not_drawn(draw):
    svg = draw(ROWS, "finding")
    dots = re.findall(rf'<path[^>]*A[^>]*fill="{charts.MARK}"|fill="{charts.MARK}"[^>]*A', svg)
    assert len(dots) == 1


@each_drawing
def test_labels_and_finding_are_text_and_never_markup(draw):
    row = charts.Interval("</svg><script>", 2.0, 1.0, 3.0)
    root = ElementTree.fromstring(draw([row], "<b>&"))
    assert root[0].text == "<b>&"
    assert not list(root.iter(f"{SVG}script"))


def test_the_finding_is_the_pictures_only_description():
    svg = charts.days(SPAN, "finding", width=300)
    assert svg.count("role=") == 1
    assert "aria-" not in svg


def test_many_days_are_a_band_and_few_are_dots():
    many, few = (charts.days(days, "finding", width=300) for days in (SPAN, SPAN[:20]))
    assert 'opacity="0.3"' in many
    assert 'opacity="0.3"' not in few
    assert len(many) < 3 * len(few)


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "America/Los_Angeles"])
def test_a_day_stands_at_its_place_in_every_time_zone(zone, monkeypatch):
    drawn = charts.days(SPAN[:20], "finding", width=300)
    monkeypatch.setenv("TZ", zone)
    assert charts.days(SPAN[:20], "finding", width=300) == drawn
