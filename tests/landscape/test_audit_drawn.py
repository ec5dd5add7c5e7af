"""From exports to posts that people label."""

from collections import Counter
from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from headwater.landscape import Settings, SettingsError, find, pipeline, sample, scrub
from headwater.landscape.audit import Interval, fitting, read, write
from headwater.landscape.audit.audited import METHOD
from headwater.landscape.errors import PublicationError
from headwater.landscape.labelled import Audit, Base, Hits, Rates
from headwater.landscape.publication import period
from headwater.landscape.shapes import Judge
from headwater.landscape.steps import steps

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    sample.write(folder, seed=3, n_posts=2000)
    return folder


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings("Fjordby", tmp_path_factory.mktemp("work") / "work", judge=Judge("fast"))


@pytest.fixture(scope="module")
def drawn(town, settings):
    return pipeline.draw(find([str(town)]), settings, 400, DAY)


def test_each_text_is_that_of_the_post_which_was_drawn(drawn):
    posts = scrub.bare(pa.array(drawn.texts))
    for step in steps(Judge("fast"), counts=True):
        posts = posts.with_columns(step.run(posts))
    assert posts.rows["language"].to_pylist() == list(drawn.languages)
    assert posts.rows["is_hate"].to_pylist() == drawn.drawn.is_flagged.tolist()
    probability = posts.rows["hate_probability"].to_numpy().tolist()
    assert probability == pytest.approx(drawn.drawn.sample.scores.tolist(), abs=1e-6)


def test_of_whose_a_post_is_only_a_number_is_kept(drawn):
    authors = drawn.drawn.authors
    assert authors.dtype == np.int64
    assert set(authors.tolist()) == set(range(authors.max() + 1))
    assert 50 < authors.max() < len(authors)


def test_the_sheet_says_which_posts_it_is_of_as_the_report_will(drawn, town, settings):
    report = pipeline.run(find([str(town)]), settings)
    assert (drawn.drawn.of.lines, drawn.drawn.of.accepted) == (
        report.reading.lines,
        report.reading.accepted,
    )
    level = report.prevalence[0]
    assert drawn.drawn.of.n_judged == pytest.approx(level.n_posts, rel=0.1)
    assert drawn.drawn.model_says.low <= drawn.drawn.model_says.share


def test_nothing_is_left_of_the_run(drawn, settings):
    assert not settings.work_dir.exists()


def test_every_judged_post_can_be_drawn_and_none_twice(town, settings, drawn):
    every = pipeline.draw(find([str(town)]), settings, 10**6, DAY)
    assert len(every.texts) == every.drawn.of.n_judged == drawn.drawn.of.n_judged
    assert not Counter(drawn.texts) - Counter(every.texts)


def test_posts_that_the_model_does_not_judge_cannot_be_audited(tmp_path, settings):
    path = tmp_path / "posts.csv"
    rows = [f"{n},a{n},2024-03-01,Det er en dejlig dag i byen og alle er glade" for n in range(20)]
    path.write_text("\n".join(["id,author,created_at,text", *rows]))
    with pytest.raises(SettingsError, match="judged none of these posts"):
        pipeline.draw(find([str(path)]), settings, 10, DAY)


FOUND = Audit(
    *(0.02, 0.01, 0.03, 0.04, Hits(12, 11, 2)),
    *(METHOD, DAY, 500, 540, 0.8, 0.7, False),
    rates=Rates(0.6, 0.1, 0.003 / 0.98, 0.001),
    of=Base("Fjordby", "2.0.0 fast", 1200, 1100, 1000, 15),
)
MODEL_SAYS = Interval(0.02, 0.005, 0.04)


@pytest.mark.parametrize("found", [FOUND, FOUND._replace(rates=None, alpha=None)])
def test_what_was_found_is_read_as_it_was_written(tmp_path, found):
    assert read(write(found, tmp_path / "audit.json")) == found


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"share": "much"}', "\xff"])
def test_what_is_no_finding_is_told(tmp_path, content):
    (tmp_path / "audit.json").write_text(content, encoding="latin-1")
    with pytest.raises(SettingsError, match="is not what `headwater audit estimate` writes"):
        read(tmp_path / "audit.json")


def test_a_finding_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SettingsError, match="there is no audit"):
        read(tmp_path / "audit.json")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("share", 0.04),
        ("high", 1.5),
        ("low", -0.1),
        ("method", "by hand"),
        ("n_posts", 0),
        ("n_labels", 499),
        ("n_labels", 1501),
        ("hits", Hits(12, -1, 12)),
        ("rates", Rates(0.5, 0.1, 0.003 / 0.98, 0.001)),
        ("rates", Rates(0.6, float("nan"), 0.003 / 0.98, 0.001)),
        ("alpha", 1.1),
        ("positive_agreement", float("nan")),
        ("hits", Hits(12, 13, 2)),
        ("hits", Hits(501, 400, 2)),
        ("rates", Rates(0.6, 0.1, 0.7, 0.001)),
        ("rates", Rates(0.6, 0.1, 0.002, float("inf"))),
        ("of", FOUND.of._replace(n_judged=1101)),
        ("of", FOUND.of._replace(n_judged=499)),
    ],
)
def test_a_finding_that_cannot_be_is_told_with_its_place(tmp_path, field, value):
    written = write(FOUND._replace(**{field: value}), tmp_path / "audit.json")
    place = "share" if field in ("low", "high") else field
    with pytest.raises(SettingsError, match=rf"writes \(see {place}"):
        read(written)


OTHER = {"place": "Havneby", "model": "2.0.0 thorough"}


@pytest.mark.parametrize("field", Base._fields)
def test_an_audit_of_other_posts_is_refused(settings, field):
    assert fitting(FOUND, FOUND.of, MODEL_SAYS, settings) == FOUND
    other = FOUND.of._replace(**{field: OTHER.get(field, 1)})
    with pytest.raises(SettingsError, match=rf"other posts \({field}"):
        fitting(FOUND, other, MODEL_SAYS, settings)


@pytest.mark.parametrize("written", [True, False])
def test_what_two_ways_of_counting_do_not_agree_on_is_not_released(settings, written):
    found, far = FOUND._replace(disagrees=written), Interval(0.2, 0.15, 0.25)
    assert fitting(found, FOUND.of, far, settings).disagrees
    assert not fitting(found, FOUND.of, MODEL_SAYS, settings).disagrees
    with pytest.raises(PublicationError, match="lie further apart"):
        fitting(found, FOUND.of, far, settings._replace(period=period("2024-03")))
