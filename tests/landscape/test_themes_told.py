"""What a debate is about, from a fictional town's exports to its report."""

import csv
import json
import random

import pytest

from headwater.landscape import Judge, Settings, find, publication, run, sample
from headwater.landscape.report import data, model, names, page
from headwater.landscape.report.tables import tables
from headwater.landscape.talk import FEWEST_POSTS, Term, Theme

N_POSTS = 4_000
SETTINGS = Settings("Fjordby (fictional)", work_dir=None)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    sample.write(folder, n_posts=N_POSTS)
    return folder


def told(exports, folder, **chosen):
    settings = Settings(
        "Fjordby (fictional)",
        folder / "work",
        timezone="Europe/Copenhagen",
        judge=Judge("fast"),
        candidates_file=folder / "candidates.csv",
        **chosen,
    )
    return run(find([str(one) for one in exports]), settings)


@pytest.fixture(scope="module")
def first(town, tmp_path_factory):
    folder = tmp_path_factory.mktemp("first")
    return told([town], folder), folder


def rows(folder):
    with (folder / "candidates.csv").open(encoding="utf-8-sig") as file:
        return [row for row in csv.DictReader(file) if row["why"].startswith("tells the theme")]


def test_every_post_has_a_theme_or_none(first):
    report, _ = first
    counted = [one for one in report.themes if one.n_posts is not None]
    assert 8 <= len(report.themes) - 1 <= 25
    total = sum(one.n_posts for one in counted)
    assert abs(total - report.reading.accepted) <= 3 * len(report.themes) + 10
    none = next((one.percent for one in counted if one.name == "none"), 0)
    assert none <= 15


def test_themes_bear_names_of_our_list_and_no_word_of_a_post(first):
    report, _ = first
    known = {*names.themes(), "unnamed", "none"}
    assert {one.name.split("-")[0] for one in report.themes} <= known
    assert len({one.name for one in report.themes}) == len(report.themes)
    assert sum(one.name.split("-")[0] in names.themes() for one in report.themes) >= 4
    assert not any(one.terms for one in report.themes)


def test_what_the_town_talks_of_is_found(first):
    """It was made to talk of these in three languages, beside others."""
    found = {one.name.split("-")[0] for one in first[0].themes}
    assert len(found & {"harbour", "transport", "school", "family", "housing", "weather"}) >= 3


def test_each_theme_has_its_share_of_hate_or_says_why_not(first):
    report, _ = first
    parts = {one.value: one for one in report.prevalence if one.by == "theme"}
    assert parts.keys() == {one.name for one in report.themes}
    assert all(one.share is not None or one.why for one in parts.values())


def test_another_run_gives_the_same_themes_whatever_its_key(first, town, tmp_path):
    again = told([town], tmp_path)
    assert again.themes == first[0].themes
    assert rows(tmp_path) == rows(first[1])


def test_posts_in_another_order_give_the_same_themes(town, tmp_path):
    posts = [
        (f"p{at}", f"a{at % 700}", "2024-03-05T10:00:00Z", text)
        for at, text in enumerate(sorted(set(texts(town))))
    ]
    reports = []
    for name, some in (("one", posts), ("other", random.Random(1).sample(posts, len(posts)))):  # noqa: S311
        folder = tmp_path / name
        folder.mkdir()
        with (folder / "posts.csv").open("w", encoding="utf-8") as file:
            sheet = csv.writer(file)
            sheet.writerow(("id", "author", "created_at", "text"))
            sheet.writerows(some)
        reports.append(told([folder / "posts.csv"], folder))
    one, other = reports
    assert len(one.themes) > 8
    assert one.themes == other.themes
    assert one.prevalence == other.prevalence


def texts(town):
    for export in find([str(town)]):
        for part in export.parts:
            for batch in export.reader.read(part):
                yield from batch.rows["text"].to_pylist()


def test_words_wait_for_a_persons_release(first, town, tmp_path):
    _, folder = first
    waiting = rows(folder)
    assert waiting
    assert all(int(row["people"]) >= 10 and int(row["communities"]) >= 3 for row in waiting)
    with (tmp_path / "released.csv").open("w") as file:
        sheet = csv.DictWriter(file, waiting[0])
        sheet.writeheader()
        sheet.writerow(waiting[0] | {"sense": "what it says", "released": "yes"})
    released = told([town], tmp_path, released=tmp_path / "released.csv")
    words = [word for one in released.themes for word in one.terms]
    assert set(words) == {waiting[0]["term"]}
    assert waiting[0]["term"] in tables(released)["themes"]


def test_the_page_tells_them_in_plain_words(first):
    html = page.render(first[0])
    assert 'id="about"' in html
    for one in first[0].themes:
        assert names.name("theme", one.name) in html


def test_few_posts_have_no_themes_and_the_report_says_so(tmp_path):
    path = tmp_path / "few.csv"
    with path.open("w") as file:
        sheet = csv.writer(file)
        sheet.writerow(("id", "author", "created_at", "text"))
        for at in range(300):
            text = f"The bus to the harbour was late again, number {at}"
            sheet.writerow((at, f"a{at % 60}", "2024-03-05T10:00:00Z", text))
    report = told([path], tmp_path)
    assert report.themes == ()
    assert not [one for one in report.prevalence if one.by == "theme"]
    assert f"fewer than {FEWEST_POSTS:,}" in next(
        one.text for one in report.limits if one.code == "no_themes"
    )
    assert 'id="about"' not in page.render(report)
    assert json.loads(data.to_json(report))["themes"] == []


def test_of_a_themes_words_only_the_released_that_many_use_are_told():
    told = (model.Theme(name="housing", n_posts=250, percent=12),)
    terms = (Term("rent", 10, 3), Term("few", 9, 3), Term("one page", 10, 2), Term("kept", 99, 9))
    (one,) = publication.described(
        told, [Theme("housing", terms)], {"rent", "few", "one page"}, SETTINGS
    )
    assert one.terms == ("rent",)


@pytest.mark.parametrize(
    ("code", "called"),
    [
        ("migration", "Migration and asylum"),
        ("migration-2", "Migration and asylum (2)"),
        ("unnamed-3", "Unnamed (3)"),
        ("none", "No theme"),
    ],
)
def test_codes_have_names(code, called):
    assert names.name("theme", code) == called
