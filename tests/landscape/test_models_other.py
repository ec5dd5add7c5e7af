"""Another model through the same door, and the switch that stops one."""

import json
import sys
from datetime import date
from importlib.metadata import entry_points

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from typer.testing import CliRunner

from headwater.landscape import (
    Judge,
    ModelError,
    Settings,
    SettingsError,
    find,
    models,
    run,
    sample,
)
from headwater.landscape.cli import app
from headwater.landscape.codebook import GROUPS
from headwater.landscape.models import Judgement, Language, Plain, Stop, reference, shipped
from headwater.landscape.report.model import ErrorRate, TargetAlarm, Why

RATE = ErrorRate(
    language="en",
    threshold=0.5,
    sensitivity=0.4,
    sensitivity_sd=0.1,
    false_positive_rate=0.02,
    false_positive_rate_sd=0.01,
    n_hate=400,
    n_other=4000,
)
ALARMS = tuple(
    TargetAlarm(
        language="en", target=group, false_positive_rate=0.001, false_positive_rate_sd=0.001
    )
    for group in GROUPS
)
MODULE = '''
"""A keyword list as a model, as a package would bring it."""
import numpy as np
import pyarrow.compute as pc
from headwater.landscape.models import Language, Plain
from headwater.landscape.report.model import ErrorRate

def probability(texts):
    found = pc.match_substring_regex(texts, "vermin|throw them out", ignore_case=True)
    return np.where(found.to_numpy(zero_copy_only=False), 0.9, 0.1)

def load(effort):
    rate = ErrorRate(language="en", threshold=0.5, sensitivity=0.3, sensitivity_sd=0.1,
        false_positive_rate=0.004, false_positive_rate_sd=0.002, n_hate=300, n_other=3000)
    return Plain(f"keywords 1 {effort}", probability, {"en": Language(0.5, rate), "fr": Language(0.5)})
'''


def vermin(texts):
    found = pc.match_substring(texts, "vermin").to_numpy(zero_copy_only=False)
    return np.where(found, 0.9, 0.1)


def everybody(texts):
    return np.ones((len(texts), len(GROUPS)), np.bool_)


GOOD = Plain("good 1", vermin, {"en": Language(0.5, RATE, ALARMS), "pl": Language(0.4)}, everybody)


class Altered:
    """A good model with one habit of another kind."""

    version, languages, gate = GOOD.version, GOOD.languages, GOOD.gate

    def __init__(self, habit):
        self.habit = habit

    def judge(self, texts, languages, *, counts):
        return self.habit(GOOD.judge(texts, languages, counts=counts), texts)


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Install a package that brings a model."""
    facts = tmp_path / "keywords-1.0.dist-info"
    facts.mkdir()
    (facts / "METADATA").write_text("Metadata-Version: 2.1\nName: keywords\nVersion: 1.0\n")
    (facts / "entry_points.txt").write_text("[headwater.models]\nkeywords = keywords_model:load\n")
    (tmp_path / "keywords_model.py").write_text(MODULE)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))  # for worker processes
    models.load.cache_clear()
    yield "keywords"
    models.load.cache_clear()
    sys.modules.pop("keywords_model", None)


@pytest.fixture
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("HEADWATER_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town")
    sample.write(folder, seed=3, n_posts=2500)
    return folder


def command(*words):
    return CliRunner().invoke(app.app, list(map(str, words)))


@pytest.mark.parametrize("effort", ["fast", "balanced", "thorough"])
def test_the_shipped_model_keeps_the_contract(effort):
    assert models.flaws(models.load(effort)) == ()


def test_a_function_and_what_is_known_of_its_errors_are_a_model():
    assert models.flaws(GOOD) == ()


@pytest.mark.parametrize(
    ("habit", "flaw"),
    [
        (lambda said, _: said._replace(probability=said.probability + 1), "a probability is none"),
        (
            lambda said, _: said._replace(probability=said.probability * np.nan),
            "a probability is none",
        ),
        (lambda said, _: said._replace(is_hate=said.is_hate[:-1]), "another shape"),
        (lambda said, _: said._replace(targets=~said.targets), "without hate"),
        (
            lambda said, _: said._replace(
                probability=said.probability * np.random.default_rng().random(len(said.is_hate))
            ),
            "differently",
        ),
        (
            lambda said, _: said._replace(
                probability=said.probability / max(said.probability.sum(), 1)
            ),
            "hangs on the texts beside it",
        ),
    ],
)
def test_a_broken_contract_is_named(habit, flaw):
    assert any(flaw in one for one in models.flaws(Altered(habit)))


def test_a_model_that_fails_on_a_text_is_told_of_with_the_cause():
    longest = Altered(
        lambda said, texts: said._replace(
            probability=said.probability / max(pc.max(pc.utf8_length(texts)).as_py(), 1)
        )
    )
    with pytest.raises(ModelError, match="TypeError") as caught:  # of no texts there is no longest
        models.flaws(longest)
    assert isinstance(caught.value.__cause__, TypeError)


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"version": " "}, "version"),
        ({"languages": {}}, "knows no language"),
        ({"languages": {"da": Language(0.5, RATE)}}, "its error rates are of en"),
        (
            {"languages": {"en": Language(0.5, RATE.model_copy(update={"sensitivity_sd": 0}))}},
            "without a spread",
        ),
        (
            {"languages": {"en": Language(0.5, RATE.model_copy(update={"sensitivity": 0.01}))}},
            "oftener than harmless",
        ),
        ({"languages": {"en": Language(0.5, RATE, ALARMS[1:])}}, "codebook's groups"),
    ],
)
def test_what_a_model_says_of_itself_is_checked(change, flaw):
    assert any(flaw in one for one in models.flaws(GOOD._replace(**change)))


def test_a_packages_model_is_found_by_name_and_makes_a_report(package, town, tmp_path):
    assert models.names() == ("headwater", package)
    assert entry_points(group="headwater.models")
    judge = Judge("fast", package)
    made = run(find([str(town)]), Settings("Fjordby", tmp_path / "work", judge=judge))
    assert made.made_with.model == "keywords 1 fast"
    assert [one.language for one in made.method.error_rates] == ["en"]
    tiers = {one.name: one.tier for one in made.languages}
    assert tiers["en"] == "measured"
    assert tiers["de"] == "abstains"
    assert not made.method.compares_groups
    assert {one.why for one in made.targets} == {Why.ABSTAINS}  # it does not say whom hate names
    assert all(one.share is None and one.high is None for one in made.targets)


def test_what_is_no_model_is_refused(package, tmp_path):
    (tmp_path / "keywords_model.py").write_text("def load(effort):\n    return None\n")
    with pytest.raises(ModelError, match="gives is no model"):
        models.load("fast", package)
    sys.modules.pop("keywords_model")
    (tmp_path / "keywords_model.py").write_text("import nowhere_to_be_found\n")
    with pytest.raises(ModelError, match=f"{package}' fails: ModuleNotFoundError: .*nowhere"):
        models.load("fast", package)


BROKEN = {
    "a factory that raises": "def load(effort):\n    raise ValueError('no luck')\n",
    "a factory that is not there": "",
    "a module that cannot be read": "def load(:\n",
}


@pytest.mark.parametrize("source", BROKEN.values(), ids=BROKEN)
def test_whatever_fails_in_anothers_model_hides_no_other_and_no_stop(
    source, package, state, tmp_path
):
    (tmp_path / "keywords_model.py").write_text(source)
    version = models.load("fast").version.split()[0]
    for one in (version, "9.9 fast"):
        assert command("model", "stop", one, "--why", "drift").exit_code == 0
    rows = json.loads(command("model", "list", "--json").stdout)["models"]
    assert [(row["model"], row["stopped"]) for row in rows] == [
        *[("headwater", "drift")] * 3,
        *[(package, None)] * 3,
    ]
    assert all(f"the model '{package}' fails: " in row["fault"] for row in rows[3:])
    listed = " ".join(command("model", "list").output.split())
    assert "cannot be loaded:" in listed
    assert "no model that can be loaded here has it: 9.9 fast: drift" in listed
    assert isinstance(command("model", "check", package).exception, ModelError)
    assert command("model", "allow", version).exit_code == 0


def test_a_stop_needs_no_weights(state, tmp_path, monkeypatch):
    for one in (shipped.FACTS, shipped.LINEAR):
        (tmp_path / one).write_bytes((shipped.FOLDER / one).read_bytes())
    (tmp_path / shipped.LINEAR).write_bytes(b"altered")
    monkeypatch.setattr(shipped, "FOLDER", tmp_path)
    models.load.cache_clear()
    stopped = command("model", "stop", "3.0.0", "--why", "drift")
    assert (stopped.exit_code, "3.0.0 is stopped" in stopped.output) == (0, True)
    listed = json.loads(command("model", "list", "--json").stdout)
    assert all("install anew" in row["fault"] for row in listed["models"])
    assert [one["version"] for one in listed["stops"]] == ["3.0.0"]
    assert command("model", "allow", "3.0.0").exit_code == 0


def test_a_model_that_is_not_there_is_told_of_with_those_that_are(package):
    with pytest.raises(ModelError, match="no model 'nobody' is installed; there is headwater, key"):
        models.load("fast", "nobody")


def test_the_command_line_lists_and_checks_models(package, state):
    listed = command("model", "list")
    assert listed.exit_code == 0
    checked = command("model", "check", package)
    assert checked.exit_code == 0, checked.output


def test_classify_judges_with_another_model(package, state, tmp_path):
    (tmp_path / "in.csv").write_text("text\nThey are vermin and must go away from here\n")
    out = tmp_path / "out.parquet"
    asked = command("classify", tmp_path / "in.csv", "--out", out, "--model", package)
    assert asked.exit_code == 0, asked.output
    (row,) = pa.parquet.read_table(out).to_pylist()
    assert (row["hate"], round(row["hate_probability"], 3)) == (True, 0.9)


def test_a_stopped_version_judges_nothing_until_it_is_allowed(state, town, tmp_path):
    version = models.load("fast").version
    stopped = command("model", "stop", version.split()[0], "--why", "it calls prayers hate")
    assert stopped.exit_code == 0
    settings = Settings("Fjordby", tmp_path / "work", state_dir=state, judge=Judge("fast"))
    with pytest.raises(ModelError, match="it calls prayers hate"):
        run(find([str(town)]), settings)
    (tmp_path / "in.csv").write_text("text\nWhat a lovely morning it is\n")
    refused = command("classify", tmp_path / "in.csv", "--out", tmp_path / "out.parquet")
    assert isinstance(refused.exception, ModelError)
    assert not (tmp_path / "out.parquet").exists()
    assert command("model", "allow", version.split()[0]).exit_code == 0
    assert run(find([str(town)]), settings).reading.accepted > 0


def test_what_was_judged_while_a_version_was_stopped_is_not_published(state, town, tmp_path):
    settings = Settings("Fjordby", tmp_path / "work", state_dir=state, judge=Judge("fast"))
    stop = Stop(version=models.load("fast").version, stopped_on=date(2026, 11, 1), why="drift")

    def told(done, of):
        models.stop(state, stop)

    with pytest.raises(ModelError, match="drift"):
        run(find([str(town)]), settings, told)


def test_a_stop_needs_a_version_and_a_reason_and_tells_when_no_such_version_is_there(state):
    for version, why in (("", "drift"), ("2.1.0", " ")):
        assert isinstance(command("model", "stop", version, "--why", why).exception, SettingsError)
    assert models.stops(state) == ()
    told = command("model", "stop", "9.9", "--why", "a [bold]rumour")
    assert "No model that can be loaded here has this version" in told.output
    assert "rumour" in models.stops(state)[0].why


def test_languages_that_name_none_are_refused(state, town, tmp_path):
    asked = command("report", town, "--place", "X", "--out", tmp_path, "--languages", " ,")
    assert "names none" in str(asked.exception)


def test_a_stop_of_one_effort_leaves_the_others(state):
    models.stop(state, Stop(version="2.1.0 fast", stopped_on=date(2026, 11, 1), why="slow"))
    models.refuse_stopped("2.1.0 balanced", state)
    models.refuse_stopped("2.1.01 fast", state)
    with pytest.raises(ModelError):
        models.refuse_stopped("2.1.0 fast", state)


def test_stops_outlast_each_other_and_a_damaged_list_stops_all(state):
    for version in ("1.0", "2.0", "1.0"):
        models.stop(state, Stop(version=version, stopped_on=date(2026, 11, 1), why=version))
    assert [one.version for one in models.stops(state)] == ["2.0", "1.0"]
    with pytest.raises(SettingsError, match="not stopped"):
        models.allow(state, "3.0")
    (state / "stopped-models.json").write_text("{")
    with pytest.raises(SettingsError, match="damaged"):
        models.refuse_stopped("2.0", state)


@pytest.mark.parametrize("effort", ["fast", "balanced", "thorough"])
def test_the_shipped_model_answers_as_where_it_was_measured(effort):
    assert models.strays(effort) == ()


def test_a_model_that_answers_otherwise_strays():
    told = models.reference_answers(models.load("fast"))
    assert reference.strays(models.load("fast"), told) == ()
    moved = np.where(told < 0.5, told + 0.01, told - 0.01)
    assert "by 0.010 in the mean" in reference.strays(models.load("fast"), moved)[0]
    far = told.copy()
    far[3] = 1 - far[3]
    assert "at most" in reference.strays(models.load("fast"), far)[0]
    assert "reference answers are told" in reference.strays(models.load("fast"), told[1:])[0]


def test_a_judgement_has_a_row_a_text():
    said = GOOD.judge(pa.array(["vermin", "tea"]), pa.array(["en", "pl"]), counts=False)
    assert isinstance(said, Judgement)
    assert said.is_hate.tolist() == [True, False]
    assert said.targets.sum(axis=1).tolist() == [len(GROUPS), 0]
