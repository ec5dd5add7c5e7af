"""How themes go from month to month: what is told of it, and what would tell of few."""

from pathlib import Path

import pytest

from headwater.landscape import Settings
from headwater.landscape.analyses import trends as analysis
from headwater.landscape.publication.themes import trends
from headwater.landscape.report import page, topics
from headwater.landscape.report.model import Theme, Why
from headwater.landscape.shapes import Evidence, Group, Judge
from tests.landscape import reports

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
THEMES = (
    Theme(name="housing", n_posts=800, percent=40),
    Theme(name="sport", n_posts=1200, percent=60),
)


def group(month, theme, n_posts, n_within=1000, n_authors=None, n_top=1):
    authors = n_posts if n_authors is None else n_authors
    sizes = (n_posts, authors, n_top, n_within, n_within, 1, n_posts)
    return Group((month, theme), *sizes)


def town(**changes):
    groups = {
        ("2026-01", "housing"): group("2026-01", "housing", 304),
        ("2026-01", "sport"): group("2026-01", "sport", 696),
        ("2026-02", "housing"): group("2026-02", "housing", 496),
        ("2026-02", "sport"): group("2026-02", "sport", 504),
    }
    groups |= changes.pop("groups", {})
    return analysis.run((list(groups.values()),), Evidence(Judge(), 10))


def told(measures, themes=THEMES):
    return [
        (one.theme, one.month, one.percent, one.percent_step)
        for one in trends(measures, themes, SETTINGS)
    ]


def test_each_month_of_each_theme_is_told_in_steps_of_twice_the_floor():
    assert told(town()) == [
        ("housing", "2026-01", 30, 2),
        ("housing", "2026-02", 50, 2),
        ("sport", "2026-01", 70, 2),
        ("sport", "2026-02", 50, 2),
    ]


@pytest.mark.parametrize(
    "few",
    [
        {"n_posts": 9},
        {"n_posts": 300, "n_authors": 9},
        {"n_posts": 300, "n_authors": 100, "n_top": 151},
    ],
)
def test_a_theme_of_which_few_wrote_in_one_month_has_no_trend(few):
    small = group("2026-02", "housing", **few)
    assert {one[0] for one in told(town(groups={("2026-02", "housing"): small}))} == {"sport"}


def test_a_theme_that_is_hidden_or_lacks_a_month_has_no_trend():
    hidden = THEMES[0].model_copy(update={"n_posts": None, "percent": None, "why": Why.SECONDARY})
    assert {one[0] for one in told(town(), (hidden, THEMES[1]))} == {"sport"}
    lacking = [one for one in town() if one.key != ("2026-02", "housing")]
    assert {one[0] for one in told(lacking)} == {"sport"}


def test_a_month_of_few_posts_and_a_single_month_are_no_trend():
    small = {
        ("2026-03", "housing"): group("2026-03", "housing", 60, n_within=120),
        ("2026-03", "sport"): group("2026-03", "sport", 60, n_within=120),
    }
    assert {one[1] for one in told(town(groups=small))} == {"2026-01", "2026-02"}
    assert told([one for one in town() if one.key[0] == "2026-01"]) == []


def test_the_page_tells_which_theme_moved_and_shows_half_a_year():
    report = reports.with_all_lists()
    found = topics.trends(report)
    assert found.finding == "Housing and building grew most: 8% in October 2025, 18% in March 2026."
    assert found.table.columns[1:] == (
        "October 2025",
        "November 2025",
        "December 2025",
        "January 2026",
        "February 2026",
        "March 2026",
    )
    assert found.table.rows[0].cells == ("8%", "10%", "12%", "14%", "16%", "18%")
    assert "Month by month" in page.render(report)
    assert topics.trends(reports.full()) is None


def test_what_hardly_moves_is_said_to_stay():
    still = [one for one in reports.trends() if one.theme == "unnamed-1"]
    found = topics.trends(reports.with_all_lists().model_copy(update={"trends": tuple(still)}))
    assert found.finding.startswith("No theme's part of the posts moved much")
