"""The comparison's page says the answer first, and its table stands beside its chart."""

import csv
import json
import re
import stat
from io import StringIO
from itertools import pairwise

import jsonschema
import pairs
import pytest
import reports
from test_report_page import Outline, text_of

from headwater.landscape import compare
from headwater.landscape.report.difference import Comparison, page, schema, store, to_json
from headwater.landscape.report.plain import FORMULA


def risen():
    return compare(pairs.winter(), pairs.spring())


def towns():
    first, second = pairs.winter(), pairs.spring(place=pairs.ELSEWHERE)
    return compare(pairs.comparing(first), pairs.comparing(second), towns_agree=True)


def audited():
    return compare(reports.audited(), reports.audited(period=pairs.SPRING))


def untold():
    nothing = {"share": None, "low": None, "high": None}
    first, second = (
        pairs.of_whole(**nothing, period=one.period) for one in (pairs.winter(), pairs.spring())
    )
    return compare(first, second)


def hostile():
    """Return two reports with a hostile string in every free text."""
    report = reports.hostile()
    period = pairs.SPRING.model_copy(update={"timezone": report.period.timezone})
    return compare(report, report.model_copy(update={"period": period}))


ALL = [risen, towns, audited, untold, hostile]
each_comparison = pytest.mark.parametrize("made", ALL, ids=lambda made: made.__name__)


@each_comparison
def test_the_page_is_whole_small_and_asks_nothing_of_others(made):
    html = page.render(made())
    outline = Outline(html)
    assert not outline.unclosed
    assert not outline.open
    assert len(html.encode()) < 200_000
    fetching = {"src", "srcset", "action", "data", "poster"}
    for tag, attributes in outline.tags:
        assert tag not in {"script", "link", "iframe", "object", "form", "b"}
        assert not fetching & set(attributes)
        assert attributes.get("href", "#").startswith("#")
    assert "url(" not in html
    assert "default-src 'none'" in html


@each_comparison
def test_it_says_its_language_and_its_headings_lead_step_by_step(made):
    tags = Outline(page.render(made())).tags
    assert ("html", "en-GB") in [(tag, attributes.get("lang")) for tag, attributes in tags]
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h\d", tag)]
    assert levels[:2] == [1, 2]
    assert levels.count(1) == 1
    assert all(now <= before + 1 for before, now in pairwise(levels))


@each_comparison
def test_ids_are_single_and_every_inner_link_has_its_place(made):
    tags = Outline(page.render(made())).tags
    ids = [attributes["id"] for _, attributes in tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for tag, a in tags if tag == "a"} <= set(ids)
    assert {a["aria-labelledby"] for _, a in tags if "aria-labelledby" in a} <= set(ids)


@each_comparison
def test_every_chart_says_its_finding_and_has_its_table_beside_it(made):
    html = page.render(made())
    figures = re.findall(r"<figure.*?</figure>", html, re.DOTALL)
    drawn = [figure for figure in figures if "<svg" in figure]
    assert html.count("<svg") == len(drawn)
    for figure in drawn:
        assert re.search(r'role="img"[^>]*><title>[^<]+</title>', figure)
        assert figure.index("<svg") < figure.index("<table")
        assert '<th scope="row">' in figure


@each_comparison
def test_the_answer_comes_first_and_every_caution_is_told(made):
    comparison = made()
    told = text_of(page.render(comparison)).replace("&#39;", "'")
    if made is not hostile:
        assert told.index(comparison.finding) < told.index("The whole")
        assert all(one.text in told for one in comparison.cautions)
    assert "None" not in told


def test_an_arrow_stands_only_where_a_difference_is_told():
    rows = re.findall(r"<tr>.*?</tr>", page.render(risen()), re.DOTALL)
    arrows = {text_of(f"</head>{row}").split()[0] for row in rows if re.search("[↑↓]", row)}
    assert arrows == {"Difference", "English", "Telegram"}


def test_groups_are_never_ranked_and_what_is_counted_apart_stands_apart():
    html = page.render(risen())
    told = text_of(html)
    assert "Groups are not compared with each other." in told
    assert html.index(">Women<") < html.index(">Muslims<") < html.index(">Migrants and refugees<")
    assert "Political opponents: No difference can be told. This hostility is counted apart" in told
    assert '<th scope="row">Political' not in html


def test_hostile_texts_are_shown_as_text():
    html = page.render(hostile())
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "{{ 7 * 7 }}" in html
    assert not {"\u202e", "\u202c"} & set(html)


def test_a_town_puts_its_own_tokens_after_ours():
    own = ".utrecht-theme { --headwater-accent: #123456; }"
    html = page.render(risen(), own)
    assert html.index(own) > html.rindex("--headwater-accent: #00606f")


@each_comparison
def test_the_data_hold_to_the_published_schema_and_read_back_equal(made):
    text = to_json(made())
    jsonschema.validate(json.loads(text), schema())
    assert Comparison.model_validate_json(text) == made()


def test_the_published_schema_is_the_models():
    """To publish it anew: write Comparison.model_json_schema() there, with two blanks of indent."""
    assert schema() == Comparison.model_json_schema()


def test_all_forms_are_written_for_everybody_and_twice_the_same(tmp_path):
    written = store.write(risen(), tmp_path / "out")
    first = {path.name: path.read_bytes() for path in written}
    assert sorted(first) == ["comparison.csv", "comparison.html", "comparison.json"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o644}
    again = {path.name: path.read_bytes() for path in store.write(risen(), tmp_path / "out")}
    assert first == again


@each_comparison
def test_the_table_has_one_line_a_row_and_no_formula(made, tmp_path):
    comparison = made()
    text = store.write(comparison, tmp_path)[2].read_text(encoding="utf-8")
    head, *rows = csv.reader(StringIO(text))
    assert head[:2] == ["broken down by", "value"]
    assert len(rows) == len(comparison.differences)
    assert {len(row) for row in rows} == {len(head)}
    for row in rows:
        numbers = [field for field in row if re.fullmatch(r"-?[\d.]+(e-\d+)?", field)]
        assert not [f for f in row if f.lstrip().startswith(FORMULA) and f not in numbers]
