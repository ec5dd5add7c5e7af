"""How content travels, from a fictional town's exports to its report."""

import csv
import json
import re
from datetime import datetime

import pytest

from headwater.landscape import Judge, Settings, find, run, sample
from headwater.landscape.report import data, page
from headwater.landscape.report.spread import Copied, Spread
from headwater.landscape.report.tables import tables
from tests.landscape import travels

PLANTED = "sold the seaside gardens behind closed doors"
N_POSTS = 8_000


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    sample.write(folder, n_posts=N_POSTS)
    return folder


@pytest.fixture(scope="module")
def truth(town):
    return json.loads((town / "truth.json").read_text())


def told(town, truth, folder, **chosen):
    settings = Settings(
        "Fjordby (fictional)",
        folder / "work",
        timezone=truth["timezone"],
        judge=Judge("fast"),
        candidates_file=folder / "candidates.csv",
        **chosen,
    )
    return run(find([str(town)]), settings)


@pytest.fixture(scope="module")
def first(town, truth, tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    return told(town, truth, folder), folder


@pytest.fixture(scope="module")
def second(town, truth, first, tmp_path_factory):
    """The same run, every term released of what was copied in haste, and that is used more."""
    folder = tmp_path_factory.mktemp("second")
    with (first[1] / "candidates.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    with (folder / "released.csv").open("w") as file:
        sheet = csv.DictWriter(file, rows[0])
        sheet.writeheader()
        hasty = [row for row in rows if row["why"].startswith("copied in haste")]
        some = [*hasty, *(row for row in rows if row["why"].startswith("used more since"))]
        sheet.writerows(row | {"sense": "known here", "released": "yes"} for row in some)
    return told(town, truth, folder, released=folder / "released.csv"), hasty


def planted(report) -> Copied:
    (one,) = [one for one in report.spread.copied if one.code == "copied_in_haste"]
    return one


def test_the_planted_campaign_is_told_and_nothing_else_is_flagged(first, truth):
    one, campaign = planted(first[0]), truth["campaigns"][0]
    assert one is first[0].spread.copied[0]
    assert one.on == datetime.fromisoformat(campaign["starts_at"]).date()
    assert abs(one.authors - campaign["authors"]) <= 0.1 * campaign["authors"] + 5
    assert one.within_hours <= 6
    assert one.expected < one.authors
    assert {there.platform for there in one.arrivals} <= set(campaign["platforms"])
    assert [limit.code for limit in first[0].limits].count("haste_proves_little") == 1


def test_every_post_is_of_one_size(first):
    for of in ("texts", "links"):
        rows = [one for one in first[0].spread.sizes if one.of == of]
        assert next(one.name for one in rows) == "1"
        shown = [one.n_posts for one in rows if one.n_posts is not None]
        assert sum(shown) <= first[0].reading.accepted + 5 * len(shown)
        if len(shown) == len(rows):
            assert abs(sum(shown) - first[0].reading.accepted) <= 2 * len(rows)


def test_no_number_is_finer_than_the_rules_allow(first):
    report = first[0]
    assert all((one.n_posts or 0) % 5 == 0 for one in report.spread.sizes)
    for one in report.spread.copied:
        assert one.n_posts % 10 == one.authors % 10 == (one.expected or 0) % 10 == 0
        assert one.authors >= 10
    assert all(one.n_both % 5 == 0 for one in report.spread.orders)


def test_its_words_wait_for_a_persons_release(first, second):
    report, hasty = second
    assert planted(first[0]).terms == ()
    assert planted(report).terms == tuple(row["term"] for row in hasty)
    assert 2 <= len(hasty) <= 6
    assert all(" " not in row["term"] for row in hasty)
    assert [row["term"] for row in hasty] == sorted(row["term"] for row in hasty)
    assert {row["term"] for row in hasty} & set(PLANTED.split())


def test_a_word_that_comes_is_told_once_released(first, second, truth):
    assert first[0].shifts == ()
    assert "words_wait" in [limit.code for limit in first[0].limits]
    assert "words_wait" not in [limit.code for limit in second[0].limits]
    planted = {one["term"]: one for one in truth["terms"]}
    assert {one.term for one in second[0].shifts} == set(planted)
    for one in second[0].shifts:
        year, week, _ = one.since.isocalendar()
        assert one.code == "rising"
        assert planted[one.term]["first_week"] <= f"{year}-W{week:02}"
        assert f"{year}-W{week:02}" <= planted[one.term]["peak_week"]
        assert one.times_low >= 2
        assert one.people <= planted[one.term]["posts"] + 5


def test_its_words_are_those_that_half_of_the_copies_hold(town, truth, second):
    texts = travels.town(town, truth["timezone"])["text"].to_pylist()
    copied = [text.lower() for text in texts if PLANTED in text]
    for row in second[1]:
        assert sum(row["term"] in text for text in copied) >= 0.5 * len(copied)


def test_an_equal_run_gives_an_equal_report_whatever_its_key(first, second):
    one, other = first[0].spread, second[0].spread
    bare = [copied.model_copy(update={"terms": ()}) for copied in other.copied]
    assert one == other.model_copy(update={"copied": tuple(bare)})
    assert one != Spread()


def test_no_text_no_link_and_nobody_leaves(second, first, truth):
    report = second[0]
    forms = [data.to_json(report).decode(), page.render(report), *tables(report).values()]
    forms.append((first[1] / "candidates.csv").read_text(encoding="utf-8-sig"))
    words = PLANTED.split()
    for form in forms:
        assert not any(" ".join(words[at : at + 3]) in form for at in range(len(words) - 2))
        assert not any(mark in form for kind in truth["personal"].values() for mark in kind)
    spread = report.spread.model_dump_json()
    assert not re.search(r"https?:|www\.|@|[0-9a-f]{16}", spread)


def test_nothing_is_left_of_the_work(first, second):
    assert not (first[1] / "work").exists()


def test_the_page_says_what_haste_does_not_prove(first):
    html = page.render(first[0])
    assert 'id="travel"' in html
    assert "Copied in haste proves no plan." in html
    assert "Time does not tell them apart." in html
    assert html.count("Time does not tell them apart.") == 1
