"""Two releases of the fictional town, compared as a stranger would."""

import json
import os
import subprocess
import sys

import pytest

from headwater.landscape import cli, sample
from headwater.landscape.report import read_report
from headwater.landscape.report.difference import Comparison

HEADWATER = [sys.executable, "-c", "from headwater.landscape.cli import main; main()"]
PLACE = "Fjordby (fictional)"
MONTHS = ("2024-03", "2024-04")


@pytest.fixture(scope="module")
def releases(tmp_path_factory):
    """Two months of one town, released; the folder of each."""
    folder = tmp_path_factory.mktemp("releases")
    sample.write(folder / "town", seed=7, n_posts=2400)
    env = {**os.environ, "HEADWATER_STATE": str(folder / "state")}
    for month in MONTHS:
        words = ["report", "town", "--place", PLACE, "--out", month, "--period", month]
        command = [*HEADWATER, *words, "--effort", "fast"]
        subprocess.run(command, cwd=folder, env=env, capture_output=True, check=True)
    return [folder / month for month in MONTHS]


@pytest.fixture
def headwater(monkeypatch, capsys):
    """Run a command in this process; give its exit code and what it printed."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["headwater", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
            raise SystemExit(0)
        printed = capsys.readouterr()
        return stop.value.code or 0, printed.out, " ".join(printed.err.split())

    return run


def edited(folder, out, **changes):
    """Write a release anew with other contents; give its folder."""
    found = json.loads((folder / "report.json").read_text())
    out.mkdir()
    (out / "report.json").write_text(json.dumps(found | changes))
    return out


def test_two_releases_of_one_town_are_compared(releases, tmp_path, headwater):
    code, _, told = headwater("compare", *releases, "--out", tmp_path / "out")
    assert code == 0
    made = Comparison.model_validate_json((tmp_path / "out" / "comparison.json").read_bytes())
    assert made.finding in told
    assert all(one.text in told for one in made.cautions)
    assert [made.first.label, made.second.label] == ["March 2024", "April 2024"]
    whole = made.differences[0]
    assert whole.low <= whole.difference <= whole.high
    for folder, side in zip(releases, (whole.first, whole.second), strict=True):
        (published,) = [
            one for one in read_report(folder / "report.json").prevalence if one.by == "all"
        ]
        assert (published.share, published.low, published.high) == (side.share, side.low, side.high)


def test_the_order_given_and_files_instead_of_folders_make_no_difference(
    releases, tmp_path, headwater
):
    headwater("compare", *releases, "--out", tmp_path / "one")
    files = [folder / "report.json" for folder in reversed(releases)]
    assert headwater("compare", *files, "--out", tmp_path / "other")[0] == 0
    for name in ("comparison.json", "comparison.html", "comparison.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "other" / name).read_bytes()


def test_a_machine_gets_json(releases, tmp_path, headwater):
    code, out, _ = headwater("compare", *releases, "--out", tmp_path, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["comparison"].endswith("comparison.json")
    assert "not_why" in told["cautions"]


def test_towns_are_compared_only_where_they_agree(releases, tmp_path, headwater):
    other = edited(releases[1], tmp_path / "other", place="Sundby (fictional)")
    words = ("compare", releases[0], other, "--out", tmp_path / "out")
    code, out, told = headwater(*words, "--json")
    assert (code, [one["code"] for one in json.loads(out)["unlike"]]) == (6, ["places"])
    assert "--towns-agree" in told
    assert not (tmp_path / "out").exists()
    assert headwater(*words, "--towns-agree")[0] == 0


def test_three_reports_make_no_league_table(releases, tmp_path, headwater):
    code, _, _ = headwater("compare", *releases, releases[0], "--out", tmp_path / "out")
    assert code == 2
    assert not (tmp_path / "out").exists()


def test_what_cannot_be_read_is_named_with_what_to_do(releases, tmp_path, headwater):
    def told_of(path):
        code, _, told = headwater("compare", releases[0], path, "--out", tmp_path / "out")
        return code, told.replace(" ", "")

    newer = edited(releases[1], tmp_path / "newer", schema_version="9.0")
    halved = edited(releases[1], tmp_path / "halved")
    text = (halved / "report.json").read_text()
    (halved / "report.json").write_text(text[: len(text) // 2])
    extra = edited(releases[1], tmp_path / "extra", note="by hand")
    (tmp_path / "empty").mkdir()
    for path, code, said in (
        (newer, 3, "install a newer one"),
        (halved, 3, "is not JSON"),
        (extra, 3, "see note"),
        (tmp_path / "empty", 2, "give a report.json"),
        (tmp_path / "nowhere.json", 2, "nowhere.json"),
    ):
        found, told = told_of(path)
        assert found == code
        assert said.replace(" ", "") in told
        assert path.name in told
    assert not (tmp_path / "out").exists()


def test_the_schema_of_a_comparison_is_printed(headwater):
    code, out, _ = headwater("schema", "comparison")
    assert (code, json.loads(out)["title"]) == (0, "Comparison")
    assert json.loads(headwater("schema")[1])["title"] == "Report"
