"""What is written can be read again, by people, sheets and later versions."""

import csv
import json
import re
import stat
from datetime import date
from io import StringIO

import jsonschema
import pytest
import reports

from headwater.landscape.errors import ExportError
from headwater.landscape.report import data, store
from headwater.landscape.report.model import Count, Report
from headwater.landscape.report.plain import FORMULA, cell
from headwater.landscape.report.spread import Spread
from headwater.landscape.report.tables import tables

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")  # below nought it is no formula
ALL = [
    reports.full,
    reports.small,
    reports.comparing,
    reports.placed,
    reports.with_all_lists,
    reports.hostile,
]
each_report = pytest.mark.parametrize("made", ALL, ids=lambda made: made.__name__)


@each_report
def test_a_written_report_reads_back_equal(made, tmp_path):
    path = tmp_path / "report.json"
    path.write_bytes(data.to_json(made()))
    assert data.read_report(path) == made()


def test_all_forms_are_written_and_nothing_else(tmp_path):
    written = store.write(reports.full(), tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    assert {"report.json", "report.html", "tables/prevalence.csv", "tables/timeline.csv"} <= names
    lying = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.*")}
    assert lying == names


def test_the_table_of_places_goes_when_a_later_report_has_none(tmp_path):
    store.write(reports.placed(), tmp_path)
    assert (tmp_path / "tables" / "places.csv").exists()
    store.write(reports.full(), tmp_path)
    assert not (tmp_path / "tables" / "places.csv").exists()


def test_writing_twice_gives_the_same_bytes(tmp_path):
    first = {path.name: path.read_bytes() for path in store.write(reports.small(), tmp_path)}
    again = {path.name: path.read_bytes() for path in store.write(reports.small(), tmp_path)}
    assert first == again


def test_the_data_keep_the_models_order_digits_and_letters():
    text = data.to_json(reports.full(place="Nuuk, Kalaallit Nunaat ø")).decode()
    assert list(json.loads(text)) == list(Report.model_fields)
    assert '"share": 0.021' in text
    assert "ø" in text
    assert text.endswith("}\n")


def test_the_published_schema_is_the_models():
    """To publish it anew: write Report.model_json_schema() there, with two blanks of indent."""
    assert data.schema() == Report.model_json_schema()


@each_report
def test_the_data_hold_to_the_published_schema(made):
    jsonschema.validate(json.loads(data.to_json(made())), data.schema())


@pytest.mark.parametrize("version", ["1.5", "2.0", "", None, 1])
def test_an_unknown_version_is_refused_with_what_to_do(version, tmp_path):
    path = tmp_path / "report.json"
    found = json.loads(data.to_json(reports.full())) | {"schema_version": version}
    path.write_text(json.dumps(found))
    with pytest.raises(ExportError, match=r"reads up to 1\.4"):
        data.read_report(path)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_report_of_an_older_version_is_read(version, tmp_path):
    found = json.loads(data.to_json(reports.full()))
    del found["method"]["target_alarms"], found["method"]["audit"]
    for language in found["languages"]:
        del language["counted"]
    path = tmp_path / "report.json"
    path.write_text(json.dumps(found | {"schema_version": version}))
    report = data.read_report(path)
    assert report.method.target_alarms == ()
    assert [one.name for one in report.languages if one.counted] == ["en", "de"]


def test_a_report_from_before_triggers_places_and_spread_is_read(tmp_path):
    found = json.loads(data.to_json(reports.full())) | {"schema_version": "1.3", "triggers": []}
    del found["places"], found["spread"]
    path = tmp_path / "report.json"
    path.write_text(json.dumps(found))
    assert data.read_report(path) == reports.full(triggers=(), spread=Spread())


def test_each_list_of_how_content_travels_has_its_table():
    told = tables(reports.with_all_lists())
    for name in ("spread_sizes", "spread_paces", "spread_orders", "copied"):
        assert len(told[name].splitlines()) > 1
    hasty = told["copied"].splitlines()[1]
    assert hasty.startswith("2026-02-12,copied_in_haste,40,40,10,")
    assert hasty.endswith("gardens; seaside")


def test_an_older_version_is_raised_step_by_step(tmp_path, monkeypatch):
    def to_half(found):
        return {**found, "place": found["town"]}

    def to_whole(found):
        return {name: value for name, value in found.items() if name != "town"}

    monkeypatch.setitem(data.UPGRADES, "0.1", ("0.2", to_half))
    monkeypatch.setitem(data.UPGRADES, "0.2", (data.SCHEMA_VERSION, to_whole))
    found = json.loads(data.to_json(reports.full()))
    old = found | {"schema_version": "0.1", "town": found.pop("place")}
    path = tmp_path / "report.json"
    path.write_text(json.dumps(old))
    assert data.read_report(path) == reports.full()


@pytest.mark.parametrize("content", ["", "[]", "null", "{", '{"schema_version": "1.0"}', "\xff"])
def test_what_is_no_report_is_refused_by_name(content, tmp_path):
    path = tmp_path / "report.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(ExportError, match=r"report\.json"):
        data.read_report(path)


def test_a_flawed_report_is_refused_by_place_and_not_by_content(tmp_path):
    found = json.loads(data.to_json(reports.full()))
    found["reading"]["lines"] = "my secret"
    path = tmp_path / "report.json"
    path.write_text(json.dumps(found))
    with pytest.raises(ExportError, match=r"reading\.lines") as refusal:
        data.read_report(path)
    assert "secret" not in str(refusal.value)


@each_report
def test_no_table_cell_is_a_formula(made):
    for text in tables(made()).values():
        for row in csv.reader(StringIO(text)):
            texts = [field for field in row if not NUMBER.fullmatch(field)]
            assert not any(field.lstrip().startswith(FORMULA) for field in texts)


@pytest.mark.parametrize(
    ("value", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("\t=1", "'=1"),
        ("\u202e@x", "'@x"),
        (" +1", "' +1"),
        ("a-b", "a-b"),
        (-2.5, -2.5),
        (None, None),
    ],
)
def test_only_texts_that_command_are_disarmed(value, safe):
    assert cell(value) == safe


def test_a_table_has_plain_heads_and_one_line_a_row():
    rows = list(csv.reader(StringIO(tables(reports.full())["timeline"])))
    assert rows[0][:2] == ["day", "posts"]
    assert len(rows) == 1 + 90
    assert rows[1][0] == date(2026, 1, 1).isoformat()


def test_each_list_of_the_report_has_its_table():
    lists = {name for name, value in reports.full() if isinstance(value, tuple)}
    assert lists <= set(tables(reports.full()))


def test_a_hidden_count_is_an_empty_cell_with_its_reason():
    hidden = Count(name="x", n_posts=None, percent=None, why="few_authors")
    cover = reports.full().coverage.model_copy(update={"platforms": (hidden,)})
    rows = tables(reports.full(coverage=cover))["platforms"].splitlines()
    assert rows[1] == "x,,,few_authors"


def test_a_working_report_is_for_its_owner_alone_and_a_release_for_everybody(tmp_path):
    for name, of_file, of_folder in ((None, 0o600, 0o700), ("2024-03", 0o644, 0o777)):
        made = reports.full()
        made = made.model_copy(update={"period": made.period.model_copy(update={"name": name})})
        out = tmp_path / str(name) / "out"
        files = store.write(made, out)
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {of_file}
        modes = {stat.S_IMODE(folder.stat().st_mode) for folder in (out, out / "tables")}
        assert all(mode & ~of_folder == 0 for mode in modes)


def test_a_folder_that_was_there_keeps_its_mode(tmp_path):
    tmp_path.chmod(0o755)
    store.write(reports.full(), tmp_path)
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755
