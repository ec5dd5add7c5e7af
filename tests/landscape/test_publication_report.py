"""What an opponent derives from a whole report: no number of a group smaller than the floor."""

import csv
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from opponent import sheet
from sheets import n_hidden, narrowed, weakened
from towns import FIRST_ON, Post, a_town, measures

from headwater.landscape import Settings, find, pipeline, publication, run
from headwater.landscape.audit import Drawn, Gold, Interval, audited, draw
from headwater.landscape.audit.noise import NOT_ASKED
from headwater.landscape.errors import PublicationError
from headwater.landscape.gazetteer import Gazetteer
from headwater.landscape.labelled import Base
from headwater.landscape.report import page, to_json
from headwater.landscape.report.model import Reading, Why
from headwater.landscape.report.tables import tables
from headwater.landscape.shapes import SCOPES, Judge

SETTINGS = Settings(place="Fjordby (fictional)", work_dir=Path("nowhere"))
GAZETTEER = Gazetteer((), (), 40, "0" * 64)


def a_report(posts, reasons, settings, audit=None):
    n, n_rejected = len(posts), sum(reasons.values())
    reading = Reading(
        lines=n + n_rejected, accepted=n, rejected=n_rejected, duplicate=0, reasons=reasons
    )
    audit = publication.usable(audit, settings) if audit else None
    told = measures(posts, audit, publication.few(settings))
    gazetteer = GAZETTEER if posts[0].scope else None
    return publication.report(told, reading, (), settings, audit, gazetteer)


def written_down(seed):
    """Draw a town, publish it, and write down what its report tells."""
    random = np.random.default_rng(seed)
    posts, settings = a_town(random), SETTINGS._replace(floor=int(random.choice([5, 10])))
    sizes = np.clip(random.lognormal(2, 1.7, random.integers(0, 6)), 1, 900).astype(int)
    reasons = {f"reason {at}": int(size) for at, size in enumerate(sizes)}
    return sheet(a_report(posts, reasons, settings), posts, reasons, settings), settings


SEEDS = [*range(6), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(6, 24))]


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_number_of_a_whole_report_is_told_to_fewer_values_than_the_floor(seed):
    made, settings = written_down(seed)
    assert n_hidden(made)
    assert not narrowed(made, settings)


def about(n_elsewhere, n_writers):
    """Give a town of 4,000 posts in which so few people wrote so few that name only elsewhere."""
    scopes = ["elsewhere"] * n_elsewhere + ["local", "unplaced"] * (2000 - n_elsewhere // 2)
    writers = [at % n_writers for at in range(n_elsewhere)] + [9 + at % 900 for at in range(4000)]
    return [
        Post(who, True, "x", "en", FIRST_ON, 9, None, at % 49 == 0, (), scope)
        for at, (who, scope) in enumerate(zip(writers, scopes, strict=False))
    ]


def test_a_scope_that_few_wrote_in_is_hidden_and_so_is_what_would_tell_of_it():
    report = a_report(about(n_elsewhere=12, n_writers=3), {}, SETTINGS)
    told = {one.name: one for one in report.places.posts}
    assert told["elsewhere"].why == Why.FEW_AUTHORS
    assert [one.n_posts for one in told.values()].count(None) == 2
    rows = {one.value: one for one in report.prevalence if one.by == "scope"}
    assert rows["elsewhere"].share is None and rows["elsewhere"].n_posts is None
    assert sum(one.n_posts is None for one in rows.values()) >= 2


def test_scopes_that_many_wrote_in_are_told_with_their_share_of_hate():
    report = a_report(about(n_elsewhere=1200, n_writers=300), {}, SETTINGS)
    assert all(one.n_posts for one in report.places.posts)
    rows = {one.value: one for one in report.prevalence if one.by == "scope"}
    assert all(one.share is not None and one.low <= one.share <= one.high for one in rows.values())


def test_a_scope_whose_count_is_hidden_is_told_by_no_base_either():
    posts = [
        one._replace(left_for="length", is_hate=None) if one.scope == "elsewhere" else one
        for one in about(n_elsewhere=12, n_writers=3)
    ]
    report = a_report(posts, {}, SETTINGS)
    hidden = {one.name for one in report.places.posts if one.n_posts is None}
    rows = {one.value: one for one in report.prevalence if one.by == "scope"}
    assert hidden == {"elsewhere", "local"}
    assert all(rows[scope].n_posts is None for scope in hidden)


@pytest.mark.parametrize(("n_elsewhere", "scopes"), [(2, SCOPES), (0, ("local", "unplaced"))])
def test_a_scope_has_its_row_however_few_wrote_in_it(n_elsewhere, scopes):
    report = a_report(about(n_elsewhere, n_writers=1), {}, SETTINGS)
    assert tuple(one.value for one in report.prevalence if one.by == "scope") == scopes


def test_without_a_gazetteer_a_report_knows_no_places():
    posts = [one._replace(scope=None) for one in about(n_elsewhere=1200, n_writers=300)]
    report = a_report(posts, {}, SETTINGS)
    forms = [to_json(report).decode(), page.render(report), *tables(report).values()]
    assert report.places is None and "places" not in tables(report)
    told = "".join(forms).lower()
    assert not [one for one in ('"scope"', "scope,", "gazetteer", "this town?") if one in told]


@pytest.mark.parametrize("seed", [2, 4])
def test_hiding_alone_is_broken_by_the_same_attack(seed):
    made, settings = written_down(seed)
    assert narrowed(weakened(made), settings)


N_POSTS, N_AUTHORS = 900, 70


@pytest.fixture
def export(tmp_path, samples):
    """Write an export of a few busy and many quiet authors; give it and the truth."""
    random = np.random.default_rng(5)
    with (samples / "labelled.csv").open(encoding="utf-8") as lines:
        texts = [row["text"] for row in csv.DictReader(lines)]
    texts += ["Hej med jer alle sammen i dag", "Godmorgen og velkommen til havnen", "Ja"]
    weights = (np.arange(N_AUTHORS) + 1.0) ** -0.8
    who = random.choice(N_AUTHORS, N_POSTS, p=weights / weights.sum()).tolist()
    said = [texts[one] for one in random.integers(0, len(texts), N_POSTS)]
    when = [FIRST_ON.replace(day=int(day)) for day in random.integers(1, 32, N_POSTS)]
    hours = random.integers(0, 24, N_POSTS).tolist()
    where = [("mastodon", "reddit", "x")[min(one // 20, 2)] for one in who]
    rows = zip(who, where, when, hours, said, strict=True)
    path = tmp_path / "export.ndjson"
    with path.open("w") as file:
        for at, (author, platform, on, hour, text) in enumerate(rows):
            row = {"id": f"p{at}", "author": f"a{author}", "platform": platform, "text": text}
            row["created_at"] = f"{on}T{hour:02}:10:00Z"
            file.write(json.dumps(row) + "\n")
    learnt = pipeline.judge(pa.array(said), Judge("fast")).rows.to_pylist()
    rows = zip(who, where, when, hours, learnt, strict=True)
    return path, [_post(*row) for row in rows]


def _post(author, platform, on, hour, learnt):
    named = None if learnt["left_for"] else tuple(learnt["targets"] or ())
    rest = (learnt["left_for"], learnt["is_hate"], named)
    return Post(author, True, platform, learnt["language"], on, hour, *rest)


def test_no_small_number_of_a_report_of_the_whole_pipeline_is_told(export, tmp_path):
    path, posts = export
    settings = Settings("Fjordby (fictional)", tmp_path / "work")
    made = sheet(run(find([str(path)]), settings), posts, {}, settings)
    assert n_hidden(made)
    assert sum(one.is_told for one in made.unknowns.values()) > 10
    assert not narrowed(made, settings)


def test_a_refused_release_changes_no_file(export, tmp_path):
    path, _ = export
    out, state = tmp_path / "out", tmp_path / "state"
    settings = Settings(
        "Fjordby",
        tmp_path / "work",
        state,
        period=publication.period("2024-03"),
        rejects_file=out / "rejects.csv",
    )
    with path.open("a") as file:
        file.write("no post\n")
    run(find([str(path)]), settings)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(PublicationError, match="overlaps 2024-03"):
        run(find([str(path)]), settings._replace(floor=20))
    assert before == {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}


@pytest.mark.parametrize(("last", "is_said"), [(24, True), (25, False)])
def test_a_release_of_exports_that_end_before_its_period_says_so(last, is_said):
    posts = [
        Post(at % 50, True, "x", "en", FIRST_ON.replace(day=1 + at % last), 9, None, False, ())
        for at in range(600)
    ]
    settings = SETTINGS._replace(
        period=publication.period("2024-03"), state_dir=Path("nowhere"), timezone="UTC"
    )
    codes = [one.code for one in a_report(posts, {}, settings).limits]
    assert ("ends_early" in codes) == is_said


def test_where_no_hate_is_found_it_reads_as_where_a_little_is():
    def told(n_found):
        posts = [
            Post(at % 90, True, "x", "en", FIRST_ON, 9, None, at < n_found, ()) for at in range(900)
        ]
        return a_report(posts, {}, SETTINGS)

    assert told(0) == told(1) == told(9)
    whys = {one.target: one.why for one in told(0).targets}
    assert whys.pop("political") == Why.SECONDARY  # no part of the hate: that is no bound of it
    assert set(whys.values()) == {Why.UPPER_BOUND}


def an_audit(hits, disagrees=False):
    """Give what people found who labelled 500 posts, by a test they took without an error."""
    rng = np.random.default_rng(3)
    sample = draw(rng.random(4000) ** 8, 500, 1)
    answers = np.full((500, 3), NOT_ASKED, np.int8)
    answers[:, 0] = 0
    answers[: sum(hits), :2] = 1
    authors = np.arange(500)
    authors[: sum(hits)] = np.repeat(np.arange(len(hits)), hits)
    of = Base("Fjordby (fictional)", "2.0.0 balanced", 4000, 4000, 4000, 200)
    flags = np.arange(500) < 30
    drawn = Drawn(sample, flags, authors, FIRST_ON, Interval(0.02, 0.01, 0.04), of)
    found = audited(answers, drawn, [Gold(60, 60, 100, 0)])
    return found._replace(disagrees=disagrees)


QUIET = [(), (1,), (9,), (1,) * 9]


def audited_town(hits, n_flagged=200, disagrees=False, floor=10):
    posts = [
        Post(at % 900, True, "x", "en", FIRST_ON, 9, None, at < n_flagged, ()) for at in range(4000)
    ]
    return a_report(posts, {}, SETTINGS._replace(floor=floor), an_audit(hits, disagrees))


@pytest.mark.parametrize("hits", QUIET[1:])
@pytest.mark.parametrize("n_flagged", [0, 5, 200])
def test_an_audit_that_found_too_little_to_tell_reads_as_one_that_found_nothing(hits, n_flagged):
    none = audited_town((), n_flagged)
    assert none.prevalence[0].why == Why.UPPER_BOUND
    assert none.prevalence[0].audited
    assert audited_town(hits, n_flagged) == none
    assert audited_town(hits, n_flagged, disagrees=True) == none


@pytest.mark.parametrize("hits", [(1,), (1,) * 30, (20, 1)])
def test_under_a_higher_floor_more_reads_as_nothing(hits):
    none = audited_town((), floor=50)
    assert none.prevalence[0].high is None
    assert audited_town(hits, floor=50) == none


def test_where_few_wrote_what_people_found_no_part_is_corrected_by_it():
    told = audited_town((19, 1))
    assert {one.audited for one in told.prevalence if one.by != "all"} == {False}
    assert told.method.audit.sensitivity is None
    assert told.method.audit.n_labels is None
    more = audited_town((2,) * 20)
    assert more.prevalence[0].share
    assert {one.audited for one in more.prevalence if one.by == "platform"} == {True}
    assert more.method.audit.n_labels == 540


def test_little_agreement_is_told_as_a_limit():
    found = an_audit((1,) * 20)
    posts = [Post(at % 900, True, "x", "en", FIRST_ON, 9, None, at < 99, ()) for at in range(4000)]
    for alpha, is_told in [(0.39, True), (0.4, False), (None, False)]:
        codes = [
            one.code for one in a_report(posts, {}, SETTINGS, found._replace(alpha=alpha)).limits
        ]
        assert ("agree_little" in codes) == is_told
