"""The page says the answer first, in plain words, and nothing it should not."""

import re
from html.parser import HTMLParser

import pytest
import reports

from headwater.landscape.errors import SettingsError
from headwater.landscape.report import comparing, page, words
from headwater.landscape.report.model import Count, Estimate, Prevalence, Why

ALL = reports.ALL
each_report = pytest.mark.parametrize("made", ALL, ids=lambda made: made.__name__)
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Outline(HTMLParser):
    """Reads tags, their attributes and their text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.open, self.unclosed = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            self.unclosed.append(tag)


def text_of(html):
    body = html.partition("</head>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


def whole(**changes):
    given = {
        "by": "all",
        "value": "all",
        "n_posts": 18000,
        "share": 0.02,
        "low": 0.01,
        "high": 0.03,
    }
    return reports.full(prevalence=(Prevalence(**(given | changes)),))


@pytest.mark.parametrize(
    ("changes", "finding"),
    [
        (
            {"share": 0.021, "low": 0.011, "high": 0.032},
            "About 2.1 in 100 judged posts were hateful (likely between 1.1 and 3.2 in 100).",
        ),
        (
            {"share": 0.002, "low": 0.001, "high": 0.004},
            "About 2 in 1,000 judged posts were hateful (likely between 1 and 4 in 1,000).",
        ),
        (
            {"share": 0.003, "low": 0.0, "high": 0.007},
            "About 3 in 1,000 judged posts were hateful (likely between 0 and 7 in 1,000). "
            "It may also be none at all.",
        ),
        (
            {"share": None, "low": None, "high": 0.03, "why": Why.UPPER_BOUND},
            "Likely at most 3 in 100 judged posts were hateful. Too few were found to say more.",
        ),
        (
            {"share": None, "low": None, "high": None, "why": Why.SMALL_BASE},
            "There are too few posts here to tell how much of the talk is hateful.",
        ),
    ],
)
def test_the_answer_is_one_plain_sentence(changes, finding):
    assert words.answer(whole(**changes)).finding == finding


def test_where_the_number_of_posts_left_must_stay_hidden_the_answer_says_the_way_out():
    told = words.answer(whole(share=None, low=None, high=None, why=Why.SECONDARY))
    assert "cannot be shown" in told.finding
    assert "leave out the page or channel" in told.standing


@pytest.mark.parametrize(
    ("percent", "counted", "said"),
    [
        (86, (Count(name="judged", n_posts=17_000, percent=87),), "87%"),
        (86, (Count(name="judged", n_posts=None, percent=None, why=Why.SECONDARY),), "86%"),
        (100, (), "90% or more"),  # a few that were left may be told as judged
        (None, (), "a part that is not shown"),
    ],
)
def test_what_part_was_judged_is_said_once_and_never_more_surely_than_it_is_known(
    percent, counted, said
):
    cover = reports.full().coverage
    cover = cover.model_copy(update={"judged_percent": percent, "left_for": counted})
    assert words.judged(cover) == said
    assert f"Judged: {said} of all posts." in words.answer(reports.full(coverage=cover)).standing


def row(label, share, low, high):
    return comparing.Compared(label, Estimate(n_posts=900, share=share, low=low, high=high))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [row("A", 0.03, 0.01, 0.08), row("B", 0.02, 0.01, 0.05), row("C", 0.03, 0.02, 0.09)],
            "Highest: A and C, 3% each. Lowest: B, 2% (likely 1% to 5%). "
            "The likely ranges overlap: the difference may be chance.",
        ),
        (
            [row("A", 0.3, 0.2, 0.4), *(row(name, 0.02, 0.01, 0.05) for name in "BCDEF")],
            "Highest: A, 30% (likely 20% to 40%). Lowest: 5 alike, 2% each. "
            "The likely ranges of the highest and the lowest do not overlap.",
        ),
        ([row("A", 0.03, 0.01, 0.08), row("B", 0.03, 0.02, 0.07)], "All are alike: 3%."),
    ],
)
def test_of_rows_that_are_alike_none_stands_for_the_others(rows, said):
    assert comparing.comparison(rows) == said


def test_the_answer_says_whether_people_checked_it():
    assert "unaudited model estimate" in words.answer(whole()).standing
    audited = reports.audited()
    assert words.answer(audited).standing.startswith(
        "People checked it on 1,000 posts drawn by chance"
    )
    html = page.render(audited)
    assert "unaudited" not in html
    assert "People labelled 1,000 of the posts by hand" in html
    assert "found 60 in 100 of the hateful posts here, and wrongly flagged 0.4 in 100" in html


def test_an_audit_that_says_nothing_of_the_models_errors_is_told_without_them():
    made = reports.audited()
    unknown = {"alpha": None, "sensitivity": None, "false_positive_rate": None}
    audit = made.method.audit.model_copy(update=unknown)
    made = made.model_copy(
        update={"method": made.method.model_copy(update={"audit": audit}), "prevalence": ()}
    )
    assert "What they found is too little" in words.checked(made)


def test_shares_that_no_audit_corrects_are_told_as_the_models_own():
    assert "nobody has checked them" in words.models_own("language", reports.audited())
    assert not words.models_own("platform", reports.audited())
    assert not words.models_own("language", reports.full())


def test_a_working_report_is_of_the_months_that_hold_its_posts_a_release_of_its_days():
    span = reports.full().period
    working = reports.full(period=span.model_copy(update={"name": None}))
    assert words.period(working) == "posts of January 2026 to March 2026"
    assert words.period(reports.full()) == "1 January 2026 to 31 March 2026"


@each_report
def test_the_page_is_whole_small_and_asks_nothing_of_others(made):
    html = page.render(made())
    outline = Outline(html)
    assert not outline.unclosed
    assert not outline.open
    assert len(html.encode()) < 400_000
    fetching = {"src", "srcset", "action", "data", "poster"}
    for tag, attributes in outline.tags:
        assert tag not in {"script", "link", "iframe", "object", "form", "b"}
        assert not fetching & set(attributes)
        assert attributes.get("href", "#").startswith("#")
        assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in html
    assert "@import" not in html


@each_report
def test_ids_are_single_and_every_inner_link_has_its_place(made):
    tags = Outline(page.render(made())).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in tags if tag == "a"} <= set(ids)


def test_hostile_texts_are_shown_as_text():
    html = page.render(reports.hostile())
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "onerror=alert(1)&gt;" in html
    assert "{{ 7 * 7 }}" in html
    assert not {"\u202e", "\u202c"} & set(html)


def test_every_picture_says_its_finding():
    html = page.render(reports.full())
    titles = re.findall(r'<svg[^>]* role="img"[^>]*><title>([^<]+)</title>', html)
    assert len(titles) == html.count("<svg") >= 6
    assert all(title.startswith(("Highest: ", "The busiest day ")) for title in titles)


def test_groups_are_not_compared_where_the_method_forbids_it():
    html = page.render(reports.full())
    told = text_of(html)
    assert "The groups below are not compared." in told
    assert reports.full().method.compares_groups_why in told
    section = html[html.index('id="whom"') : html.index('id="when"')]
    assert "<svg" not in section
    assert section.index(">Women<") < section.index(">Muslims<") < section.index(">Jews<")


def test_groups_are_ranked_with_a_chart_where_the_method_allows_it():
    html = page.render(reports.comparing())
    section = html[html.index('id="whom"') : html.index('id="when"')]
    table = section[section.index("<table") :]
    assert "<svg" in section
    assert table.index(">Muslims<") < table.index(">Women<")


def test_hostility_to_politics_stands_apart_from_hate():
    html = page.render(reports.full())
    assert "Political opponents: 2.0% (likely 1.3% to 2.8%)" in text_of(html)
    assert ">Political opponents<" not in html


def test_three_hundred_posts_say_what_is_too_few_to_tell():
    html = page.render(reports.small())
    told = text_of(html)
    assert "There are too few posts here to tell" in told
    assert told.count("Too few to tell: too few posts or authors for a rate.") >= 5
    assert "unaudited" not in words.answer(reports.small()).finding
    assert "at least 500 judged posts by at least 50 authors" in told
    assert "at least 500 posts by at least 50 authors" in told
    assert "None" not in told
    assert "working report, not for release" in told


def test_each_reason_used_is_explained_and_no_other():
    told = text_of(page.render(reports.full()))
    method = reports.full().method
    for why in Why:
        used = why in words.reasons(reports.full())
        assert (words.meaning(why, method) in told.replace("&#39;", "'")) == used


def test_what_was_copied_in_haste_is_never_told_without_what_that_does_not_prove():
    made = reports.with_all_lists()
    assert not [one for one in made.limits if one.code == "haste_proves_little"]
    told = text_of(page.render(made))
    assert told.index("One text was copied in haste") < told.index(
        "Copied in haste proves no plan."
    )
    slow = made.spread.model_copy(update={"copied": made.spread.copied[1:]})
    told = text_of(page.render(made.model_copy(update={"spread": slow})))
    assert "No text was copied in haste." in told
    assert "proves no plan" not in told


def test_lists_that_are_empty_get_no_section():
    assert "How does it travel?" not in page.render(reports.full())
    assert "How does it travel?" in page.render(reports.with_all_lists())
    assert "What is it about?" not in page.render(reports.full())
    assert "What is it about?" in page.render(reports.with_all_lists())


@pytest.mark.parametrize("n_days", [731, 1461])
def test_years_of_days_still_make_a_light_page(n_days):
    html = page.render(reports.full(timeline=reports.days(n_days)))
    assert len(html.encode()) < 400_000


def test_the_diary_asks_about_days_that_stand_out():
    html = page.render(reports.full())
    diary = html[html.index("What happened in town") : html.index("By day of the week")]
    assert re.findall(r'<th scope="row">([^<]+)', diary) == [
        "Wednesday 4 February 2026",
        "Thursday 5 February 2026",
        "Thursday 12 March 2026",
    ]


def test_a_town_puts_its_own_tokens_after_ours():
    own = ".utrecht-theme { --headwater-accent: #123456; }"
    html = page.render(reports.small(), own)
    assert html.index(own) > html.rindex("--headwater-accent: #00606f")


@pytest.mark.parametrize(
    "tokens",
    [
        "</style><script>",
        "@import 'x'",
        ".a { background: URL(//x) }",
        ".a { b: image-set('http:x' 1x) }",
        r".a { b: \75rl(x) }",
    ],
)
def test_tokens_that_leave_the_style_sheet_are_refused(tokens):
    with pytest.raises(SettingsError, match="design tokens"):
        page.render(reports.small(), tokens)
