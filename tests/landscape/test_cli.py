"""The command line as a stranger runs it, on the fictional town."""

import csv
import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import time
import zipfile
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer

from headwater.landscape import cli, models, sample
from headwater.landscape.report import read_report

PLACE = "Fjordby (fictional)"
OPTION = re.compile(r"--[a-z][a-z-]+")
STRACE = shutil.which("strace")
HEADWATER = [sys.executable, "-c", "from headwater.landscape.cli import main; main()"]


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    sample.write(folder, seed=7, n_posts=3000)
    return folder


@pytest.fixture(scope="module")
def truth(town):
    return json.loads((town / "truth.json").read_text())


@pytest.fixture(scope="module")
def made(town, tmp_path_factory) -> tuple[Path, str]:
    """One report, made by a process of its own; its folder and all it printed."""
    out, state = tmp_path_factory.mktemp("made") / "out", tmp_path_factory.mktemp("state")
    done = subprocess.run(
        [
            *HEADWATER,
            "report",
            town,
            "--place",
            PLACE,
            "--out",
            out,
            "--events",
            town / "diary.csv",
        ],
        env={**os.environ, "HEADWATER_STATE": str(state)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not any((state / "work").iterdir())
    return out, done.stdout + done.stderr


@pytest.fixture
def headwater(monkeypatch, capsys):
    """Run a command in this process; give its exit code and what it printed."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["headwater", *map(str, words)])
        with pytest.raises(SystemExit) as stop:
            cli.main()
            raise SystemExit(0)
        printed = capsys.readouterr()
        return stop.value.code or 0, printed.out, printed.err

    return run


def test_every_record_of_the_town_is_told(made, truth):
    reading = read_report(made[0] / "report.json").reading
    planted = truth["reading"]
    assert reading.lines == planted["records"]
    assert reading.accepted == planted["accepted"]
    assert reading.rejected == planted["rejected"]
    assert reading.duplicate == planted["duplicate"]
    assert reading.accepted + reading.rejected + reading.duplicate == reading.lines


def test_the_rejects_name_file_record_and_reason_for_their_owner_alone(made, truth):
    path = made[0] / "rejects.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    rows = list(csv.DictReader(path.read_text().splitlines()))
    assert len(rows) == truth["reading"]["rejected"]
    assert all(Path(row["file"]).exists() and int(row["record"]) > 0 for row in rows)


def test_nobody_of_the_town_is_in_what_leaves(made, truth):
    out, printed = made
    texts = [path.read_bytes() for path in out.rglob("*") if path.is_file()] + [printed.encode()]
    marks = [mark for kind in truth["personal"].values() for mark in kind]
    assert len(marks) > 100
    found = [mark for mark in marks if any(mark.encode() in text for text in texts)]
    assert not found


def test_a_second_run_gives_the_same_bytes(made, town, tmp_path, headwater):
    code, _, _ = headwater(
        "report", town, "--place", PLACE, "--out", tmp_path,
        "--events", town / "diary.csv",
    )  # fmt: skip
    assert code == 0
    for name in ("report.json", "report.html", "tables/prevalence.csv"):
        assert (tmp_path / name).read_bytes() == (made[0] / name).read_bytes()


def test_a_run_that_was_killed_goes_on_and_ends_equal(made, town, tmp_path, state):
    command = [
        *HEADWATER, "report", town, "--place", PLACE, "--out", tmp_path / "out",
        "--events", town / "diary.csv",
    ]  # fmt: skip
    manifest = state / "work"
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    while process.poll() is None and not list(manifest.glob("*/manifest/*.json")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    left = list(manifest.iterdir())
    assert len(left) == 1
    assert stat.S_IMODE(left[0].stat().st_mode) == 0o700
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    assert not list(manifest.iterdir())
    same = "report.json"
    assert (tmp_path / "out" / same).read_bytes() == (made[0] / same).read_bytes()


def test_a_release_of_a_period_is_entered_once(town, tmp_path, headwater):
    def release(period: str, *more: str) -> tuple[int, str, str]:
        words = ("report", town, "--place", PLACE, "--out", tmp_path, "--period", period, *more)
        return headwater(*words)

    assert release("2024-03")[0] == 0
    made = read_report(tmp_path / "report.json")
    assert made.period.name == "2024-03"
    assert made.reading.reasons["outside the period"] > 0
    assert release("2024-03")[0] == 0
    code, _, told = release("2024-Q1")
    assert (code, "2024-03" in told) == (5, True)
    code, _, told = release("2024-03", "--floor", "20")
    assert code == 5


def test_where_no_record_is_a_post_the_rejects_say_why(tmp_path, headwater):
    export = tmp_path / "posts.csv"
    export.write_text("id,author,created_at,text\n1,a,yesterday,Good morning to you all\n")
    code, _, told = headwater("report", export, "--place", PLACE, "--out", tmp_path / "out")
    assert (code, "none of the 1 records" in told) == (3, True)
    assert len((tmp_path / "out" / "rejects.csv").read_text().splitlines()) == 2
    assert not (tmp_path / "out" / "report.json").exists()


def test_a_folder_that_cannot_be_one_is_refused_before_a_long_run(town, tmp_path, headwater):
    (tmp_path / "notes.txt").touch()
    for out in (tmp_path / "notes.txt", tmp_path / "notes.txt" / "below"):
        code, _, told = headwater("report", town, "--place", PLACE, "--out", out)
        assert (code, "notes.txt" in told.replace("\n", "")) == (2, True)


def test_the_owner_is_told_exactly_why_records_were_rejected(tmp_path, headwater):
    export = tmp_path / "posts.csv"
    rows = "".join(f"{n},a{n},2024-03-01 10:00,Gr\xfc\xdfe aus der Stadt\n" for n in range(7))
    plain = "8,b,2024-03-01 10:00,Good morning to you\n"
    export.write_bytes(f"id,author,created_at,text\n{rows}{plain}".encode("cp1252"))
    code, _, told = headwater("report", export, "--place", PLACE, "--out", tmp_path / "out")
    assert (code, "7 x not UTF-8" in told, "CSV UTF-8" in told) == (0, True, True)


def test_an_objection_needs_an_account_and_warns_of_a_strange_platform(headwater):
    assert headwater("objection", "mastodon", " @")[0] == 2
    code, line, told = headwater("objection", "nosuch", "someone")
    assert (code, len(line.strip()), "nosuch" in told) == (0, 64, True)
    assert (
        headwater("objection", " Mastodon ", "@Anna")[1]
        == headwater("objection", "mastodon", "anna ")[1]
    )


def test_a_dry_run_says_what_would_be_read_and_writes_nothing(town, tmp_path, headwater):
    words = ("report", town, "--place", PLACE, "--out", tmp_path / "out", "--dry-run", "--json")
    code, out, _ = headwater(*words)
    found = {Path(one["file"]).name: one for one in json.loads(out)["exports"]}
    assert code == 0
    assert found["bluesky.ndjson"]["format"] == "bluesky"
    assert found["news-comments.csv"]["columns"]["text"] == "text"
    assert all(one["accepted"] + one["rejected"] <= 10 for one in found.values())
    assert not (tmp_path / "out").exists()


def test_a_dry_run_tells_of_each_file_inside_a_zip_and_how_its_times_are_taken(
    samples, tmp_path, headwater
):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("table.ndjson", "table-2.csv", "bluesky.ndjson"):
            archive.write(samples / name, name)
    words = ("report", path, "--place", PLACE, "--out", tmp_path / "out", "--dry-run", "--json")
    code, out, _ = headwater(*words)
    found = {one["member"]: one for one in json.loads(out)["exports"]}
    assert code == 0
    assert {name: one["accepted"] for name, one in found.items()} == {
        "bluesky.ndjson": 5,
        "table-2.csv": 3,
        "table.ndjson": 3,
    }
    assert "Europe/Copenhagen" in found["table-2.csv"]["columns"]["posted_at"]
    assert "Europe" not in str(found["bluesky.ndjson"])


@pytest.mark.parametrize(
    "wrong",
    [
        ("--timezone", "Europe/Fjordby"),
        ("--floor", "3"),
        ("--events", "nowhere.csv"),
        ("--objections", "nowhere.txt"),
        ("--tokens", "nowhere.css"),
    ],
)
def test_a_dry_run_refuses_what_the_run_would_refuse(wrong, samples, tmp_path, headwater):
    words = ("report", samples / "table.ndjson", "--place", PLACE, "--out", tmp_path / "out")
    code, _, told = headwater(*words, *wrong, "--dry-run")
    assert code == 2
    assert "accepted" not in told


def test_a_machine_gets_json(town, tmp_path, headwater):
    export = town / "news-comments.csv"
    words = ("report", export, "--place", PLACE, "--out", tmp_path, "--json")
    code, out, _ = headwater(*words)
    told = json.loads(out)
    assert code == 0
    assert Path(told["report"]).name == "report.json"
    assert told["reading"]["lines"] > 0


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere.ndjson"], 3, "nowhere.ndjson"),
        (["nosuch:{town}/bluesky.ndjson"], 2, "nosuch"),
        (["{town}/README.txt"], 3, "README.txt"),
        (["{town}", "--period", "2024-13"], 2, "2024-13"),
        (["{town}", "--timezone", "Mars/Olympus"], 2, "Mars/Olympus"),
        (["{town}", "--floor", "3"], 2, "3"),
        (["{town}", "--events", "{town}/truth.json"], 2, "truth.json"),
        (["{town}", "--objections", "nowhere.txt"], 2, "nowhere.txt"),
        (["{town}/telegram-private/result.json"], 3, "private"),
    ],
)
def test_an_error_names_the_place_and_whose_turn_it_is(
    words, code, told, town, tmp_path, headwater
):
    asked = [word.format(town=town) for word in words]
    found, _, printed = headwater("report", *asked, "--place", PLACE, "--out", tmp_path)
    assert (found, told in printed.replace("\n", "")) == (code, True), printed
    assert not (tmp_path / "report.json").exists()


@pytest.mark.parametrize("kind", ["csv", "ndjson", "parquet"])
def test_classify_gives_one_row_for_each_in_order_and_nothing_else(kind, tmp_path, headwater):
    texts = ["Good morning, the ferry leaves at ten today", "", None, "x", "🎉" * 50, "a" * 100_000]
    path, out = tmp_path / f"in.{kind}", tmp_path / "out.parquet"
    rows = [{"author": f"Anna {n}", "body": text} for n, text in enumerate(texts)]
    if kind == "csv":
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, ["author", "body"])
            writer.writeheader()
            writer.writerows(rows)
    elif kind == "ndjson":
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        pq.write_table(pa.Table.from_pylist(rows), path)
    code, _, _ = headwater("classify", path, "--text-column", "body", "--out", out)
    found = pq.read_table(out)
    assert code == 0
    assert found.column_names == ["row", "language", "hate_probability", "hate", "targets"]
    assert found["row"].to_pylist() == list(range(len(texts)))
    judged = [value is not None for value in found["hate"].to_pylist()]
    assert judged[0]
    assert not any(judged[1:5])
    assert found["language"][0].as_py() == "en"


def test_a_report_says_at_which_effort_it_was_made(made, town, tmp_path, headwater):
    assert read_report(made[0] / "report.json").made_with.model.endswith(" balanced")
    code, _, _ = headwater("report", town, "--place", PLACE, "--out", tmp_path, "--effort", "fast")
    report = read_report(tmp_path / "report.json")
    assert code == 0
    assert report.made_with.model.endswith(" fast")
    known = models.error_rates(models.load("fast"))
    assert {one.language: one for one in report.method.error_rates} == known


def test_classify_judges_languages_in_which_its_errors_are_not_known_and_says_so(
    tmp_path, headwater
):
    texts = [
        "Vi mødes på torvet på lørdag, og der er kaffe til alle.",
        "Les femmes sont des parasites, qu'on les chasse de la ville.",
        "Встречаемся на площади в субботу, будет кофе для всех.",
    ]
    pq.write_table(pa.table({"text": texts}), tmp_path / "in.parquet")
    out = tmp_path / "out.parquet"
    told = headwater("classify", tmp_path / "in.parquet", "--out", out)[2]
    assert "nobody knows how often the model errs: 1 x da, 1 x fr" in told
    rows = pq.read_table(out).to_pylist()
    assert [row["language"] for row in rows] == ["da", "fr", "ru"]
    assert [row["hate"] for row in rows] == [False, True, None]
    headwater("classify", tmp_path / "in.parquet", "--out", out, "--effort", "fast")
    assert pq.read_table(out)["hate"].null_count == len(texts)


def test_classify_names_the_columns_there_are(tmp_path, headwater):
    (tmp_path / "in.csv").write_text("when,body\n1,hello\n")
    code, _, told = headwater("classify", tmp_path / "in.csv", "--out", tmp_path / "out.parquet")
    assert code == 2
    assert "body" in told
    assert not (tmp_path / "out.parquet").exists()


def commands(group):
    """Yield all commands below a group."""
    for one in group.commands.values():
        yield from commands(one) if hasattr(one, "commands") else [one]


def test_no_help_speaks_of_an_option_that_its_command_has_not():
    for one in commands(typer.main.get_command(cli.app.app)):
        has = {name for own in one.params for name in own.opts}
        told = {name for own in one.params for name in OPTION.findall(own.help or "")}
        assert told <= has, one.name


def test_classify_says_which_rows_it_could_not_read_and_why(tmp_path, headwater):
    table, out = tmp_path / "in.csv", tmp_path / "out.parquet"
    rows = "1,Gr\xfc\xdfe aus der Stadt\n2,one,two\n3,Good morning to you all\n4,a\0b\n"
    table.write_bytes(f"id,text\n{rows}".encode("latin-1"))
    code, _, told = headwater("classify", table, "--out", out)
    told = " ".join(told.split())
    assert (code, "1 x not UTF-8" in told, "1 x too many columns" in told) == (0, True, True)
    assert "save tables as 'CSV UTF-8'" in told
    assert pq.read_table(out)["language"].to_pylist() == ["und", "und", "en", "und"]
    found = json.loads(headwater("classify", table, "--out", out, "--json")[1])
    assert found["unread"] == {"not UTF-8": 1, "too many columns": 1, "holds a NUL character": 1}
    assert "CSV UTF-8" in found["advice"]
    table.write_text("text\nGood morning to you all\n")
    assert "could not be read" not in headwater("classify", table, "--out", out)[2]
    found = json.loads(headwater("classify", table, "--out", out, "--json")[1])
    assert (found["unread"], found["advice"]) == ({}, None)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_classify_of_utf16_names_the_way_out(encoding, tmp_path, headwater):
    (tmp_path / "in.csv").write_text("id,text\n1,Good morning\n", encoding=encoding)
    code, _, told = headwater("classify", tmp_path / "in.csv", "--out", tmp_path / "out.parquet")
    told = " ".join(told.split())
    assert (code, "is UTF-16" in told, "'CSV UTF-8'" in told) == (3, True, True)


def test_classify_does_not_choose_between_columns_of_one_name(tmp_path, headwater):
    (tmp_path / "in.csv").write_text("text,text\nGood morning,Good night\n")
    code, _, told = headwater("classify", tmp_path / "in.csv", "--out", tmp_path / "out.parquet")
    assert (code, "2 columns are named 'text'" in " ".join(told.split())) == (2, True)
    assert not (tmp_path / "out.parquet").exists()


def test_classify_takes_a_json_columns_name_at_its_word(tmp_path, headwater):
    line = {"snippet.text": "The new harbour bath opens on Saturday", "snippet": {"text": "no"}}
    (tmp_path / "in.ndjson").write_text(json.dumps(line) + "\n")
    out = tmp_path / "out.parquet"
    headwater("classify", tmp_path / "in.ndjson", "--text-column", "snippet.text", "--out", out)
    assert pq.read_table(out)["language"].to_pylist() == ["en"]


def test_classify_never_writes_over_what_it_reads(tmp_path, headwater):
    (tmp_path / "in.csv").write_text("text\nhello\n")
    (tmp_path / "again.csv").hardlink_to(tmp_path / "in.csv")
    for out in ("in.csv", "again.csv"):
        code, _, told = headwater("classify", tmp_path / "in.csv", "--out", tmp_path / out)
        assert code == 2
        assert "is what is read; give --out" in " ".join(told.split())
    assert (tmp_path / "in.csv").read_text() == "text\nhello\n"


def test_classify_of_an_empty_file_says_so(tmp_path, headwater):
    (tmp_path / "in.csv").touch()
    code, _, told = headwater("classify", tmp_path / "in.csv", "--out", tmp_path / "out.parquet")
    assert (code, "0 bytes" in " ".join(told.split())) == (2, True)


def test_that_rows_are_kept_is_told_only_where_some_are(tmp_path, headwater, state):
    (tmp_path / "in.csv").write_text("text\nGood morning to you all\n")
    words = ("classify", tmp_path / "in.csv", "--out", "/proc/none/out.parquet")
    code, _, told = headwater(*words)
    assert (code, "system refused" in told, "work clean" in told) == (1, True, False)
    (state / "work" / "abc").mkdir(parents=True)
    assert "work clean" in headwater(*words)[2]


def test_what_a_broken_run_left_can_be_removed(headwater, state):
    left = state / "work" / "abc"
    left.mkdir(parents=True)
    (left / "headwater.lock").touch()
    (left / "key").write_bytes(b"k")
    code, _, told = headwater("work", "clean")
    assert (code, "1 work folder" in told) == (0, True)
    assert not left.exists()
    code, out, _ = headwater("work", "clean", "--json")
    assert (code, json.loads(out)) == (0, {"removed": 0})


def test_a_machine_is_told_where_the_town_lies(tmp_path, headwater):
    code, out, _ = headwater("sample", tmp_path / "town", "--posts", 300, "--json")
    told = json.loads(out)
    assert code == 0
    assert Path(told["truth"]).parent == Path(told["exports"])
    assert json.loads(Path(told["truth"]).read_text())["reading"]["records"] > 300


@pytest.mark.parametrize("command", ["formats", "model-card", "schema"])
def test_what_informs_prints_something(command, headwater):
    code, out, told = headwater(command)
    assert code == 0
    assert len(out + told) > 200


def test_who_objected_is_left_out_and_counted(town, truth, tmp_path, headwater):
    export = town / "news-comments.csv"
    with export.open(newline="", encoding="utf-8", errors="replace") as file:
        authors = [row["author"] for row in csv.DictReader(file) if row["author"]]
    busiest = max(set(authors), key=authors.count)
    code, line, _ = headwater("objection", "news", busiest)
    assert code == 0
    assert busiest not in line
    (tmp_path / "objections.txt").write_text(line)
    words = ("report", export, "--place", PLACE, "--out", tmp_path / "out")
    code, _, _ = headwater(*words, "--objections", tmp_path / "objections.txt")
    reading = read_report(tmp_path / "out" / "report.json").reading
    rejects = (tmp_path / "out" / "rejects.csv").read_text()
    assert code == 0
    n_objected = rejects.count("its author objected")
    assert n_objected >= 0.9 * authors.count(busiest)
    told = reading.reasons.get("its author objected")  # hidden, if it would tell of the others
    assert told in (None, (n_objected + 2) // 5 * 5)
    assert n_objected >= 10 or told is None
    assert reading.lines == truth["files"]["news-comments.csv"]["records"]


def test_a_released_term_that_nothing_tells_is_named(town, tmp_path, headwater):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("term,sense,released\nnowhere said,a slip of the pen,yes\nboat,a boat,no\n")
    words = ("report", town / "news-comments.csv", "--place", PLACE, "--out", tmp_path / "out")
    code, _, told = headwater(*words, "--effort", "fast", "--released", sheet)
    assert code == 0
    assert "Released, but told nowhere: nowhere said." in " ".join(told.split())


def test_a_file_in_a_folder_that_is_no_export_is_named(made):
    assert "truth.json" in made[1]
    assert "README.txt" in made[1]


def run_of(code: str, town: Path, out: Path) -> subprocess.CompletedProcess[str]:
    """Make a report in a process that runs this code first."""
    export = town / "news-comments.csv"
    return subprocess.run(
        [sys.executable, "-c", code, "report", export, "--place", PLACE, "--out", out],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_defect_is_told_by_its_place_and_without_words(town, tmp_path, state):
    code = (
        "from headwater.landscape import pipeline\n"
        "def broken(*_): raise ValueError('cannot parse: Anna Berg writes')\n"
        "pipeline._choices = broken\n"
        "from headwater.landscape.cli import main\n"
        "main()"
    )
    done = run_of(code, town, tmp_path)
    assert done.returncode == 1
    assert "ValueError" in done.stderr
    assert "Anna" not in done.stderr + done.stdout


def test_a_table_cannot_put_words_into_the_report_as_a_platform(tmp_path, headwater):
    rows = [
        {
            "id": n,
            "author": f"a{n}",
            "created_at": "2024-03-05T10:00:00Z",
            "text": "Good morning all",
        }
        for n in range(400)
    ]
    for row in rows[:40]:
        row["platform"] = "Anna Berg <anna@example.org>"
    export = tmp_path / "posts.ndjson"
    export.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert headwater("report", export, "--place", PLACE, "--out", tmp_path / "out")[0] == 0
    written = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not [path for path in written if b"anna" in path.read_bytes().lower()]
    report = read_report(tmp_path / "out" / "report.json")
    assert {one.name for one in report.coverage.platforms} == {"table", "other"}


def test_rejects_beyond_the_first_part_have_their_true_line(tmp_path, headwater):
    line = json.dumps(
        {"id": 0, "author": "a", "created_at": "2024-03-05T10:00:00Z", "text": "ferry " * 60}
    )
    lines = [line.replace('"id": 0', f'"id": {n}') for n in range(50_000)]
    for bad in (7, 44_000, 49_999):
        lines[bad] = "broken"
    (tmp_path / "posts.ndjson").write_text("\n".join(lines))
    words = ("report", tmp_path / "posts.ndjson", "--place", PLACE, "--out", tmp_path / "out")
    assert headwater(*words)[0] == 0
    rows = csv.DictReader((tmp_path / "out" / "rejects.csv").read_text().splitlines())
    assert [int(row["record"]) for row in rows] == [8, 44_001, 50_000]


def test_nothing_reaches_for_the_network(town, tmp_path):
    code = (
        "import sys\n"
        "def watch(event, args):\n"
        "    if event in ('socket.getaddrinfo', 'urllib.Request'): print('REACHED', event)\n"
        "sys.addaudithook(watch)\n"
        "from headwater.landscape.cli import main\n"
        "main()"
    )
    done = run_of(code, town, tmp_path)
    assert done.returncode == 0
    assert "REACHED" not in done.stdout + done.stderr


def unsilenced(tmp_path) -> dict[str, str]:
    """The environment of a stranger: a home of their own, and no library told to be silent."""
    told = {"DO_NOT_TRACK", "DAFT_ANALYTICS_ENABLED", "SCARF_NO_ANALYTICS", "ORT_DISABLE_TELEMETRY"}
    found = {name: value for name, value in os.environ.items() if name not in told}
    home = tmp_path / "home"
    home.mkdir()
    homes = {"HOME": str(home), "XDG_CACHE_HOME": str(home)}
    return {**found, **homes, "HEADWATER_STATE": str(tmp_path / "state")}


def test_no_library_keeps_notes_of_a_run(town, tmp_path):
    words = ("report", town / "news-comments.csv", "--place", PLACE, "--out", tmp_path / "out")
    env = unsilenced(tmp_path)
    done = subprocess.run([*HEADWATER, *words], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "home").iterdir()} <= {"fontconfig"}


@pytest.mark.skipif(not STRACE, reason="strace, which sees all that a process does, is not there")
def test_no_process_of_a_run_connects_to_anything(town, tmp_path):
    seen = tmp_path / "seen.txt"
    words = ("report", town / "news-comments.csv", "--place", PLACE, "--out", tmp_path / "out")
    watch = (STRACE, "-f", "-e", "trace=connect,sendto,sendmsg", "-o", seen)
    env = unsilenced(tmp_path)
    done = subprocess.run([*watch, *HEADWATER, *words], env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    calls = seen.read_text().splitlines()
    assert calls
    assert not [call for call in calls if "AF_INET" in call and "127.0.0.1" not in call]


def test_ctrl_c_at_a_terminal_stops_all_of_a_run(town, tmp_path, state):
    words = ("report", town, "--place", PLACE, "--out", tmp_path / "out", "--effort", "thorough")
    env = {**os.environ, "HEADWATER_STATE": str(tmp_path / "state")}
    run = subprocess.Popen(
        [*HEADWATER, *words],
        env=env,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.default_int_handler),
    )
    while not list((tmp_path / "state").glob("work/*/manifest")):
        time.sleep(0.05)
    os.killpg(run.pid, signal.SIGINT)
    _, told = run.communicate()
    assert run.returncode == 130
    assert "Stopped." in told
    assert "defect" not in told


def test_a_gazetteer_is_checked_and_told_from_no_report(town, headwater):
    code, out, _ = headwater("places", "check", town / "gazetteer.csv", "--json")
    told = json.loads(out)
    assert code == 0
    assert told["names"] == sum(told["kinds"].values()) > 20
    assert "Marktplatz" in told["doubtful"]
    _, _, words = headwater("places", "check", town / "gazetteer.csv")
    assert told["digest"] in words.replace("\n", "")


def test_an_explanation_names_the_names_that_decide_and_no_text(town, headwater):
    code, out, err = headwater(
        "places", "explain", town / "news-comments.csv", "--gazetteer", town / "gazetteer.csv"
    )
    rows = list(csv.DictReader(out.splitlines()))
    texts = list(csv.DictReader((town / "news-comments.csv").read_text().splitlines()))
    assert code == 0
    assert [row["row"] for row in rows] == [str(at) for at in range(len(rows))]
    local = [row for row in rows if row["concerns"] == "local"]
    assert local and all(row["names"] for row in local)
    said = [one["text"] for one in texts if len(one["text"] or "") > 60]
    assert len(said) > 100 and not [text for text in said if text in out]
    assert "Most often by" in err


def test_a_gazetteer_that_cannot_be_read_is_told_before_the_run(town, tmp_path, headwater):
    (tmp_path / "names.csv").write_text("place\nFjordby\n")
    code, _, err = headwater(
        "report", town, "--place", PLACE, "--out", tmp_path / "out",
        "--gazetteer", tmp_path / "names.csv",
    )  # fmt: skip
    assert code == 2
    assert "begin it with name,kind" in " ".join(err.split())
    assert not (tmp_path / "out" / "report.json").exists()


def test_a_report_with_a_gazetteer_tells_of_places_but_not_their_names(town, tmp_path, headwater):
    code, _, err = headwater(
        "report", town, "--place", PLACE, "--out", tmp_path, "--effort", "fast",
        "--gazetteer", town / "gazetteer.csv",
    )  # fmt: skip
    made = read_report(tmp_path / "report.json")
    assert code == 0
    assert "Marktplatz" in err
    assert {one.name for one in made.places.posts} <= {"local", "elsewhere", "unplaced"}
    assert {one.value for one in made.prevalence if one.by == "scope"} == {
        "local",
        "elsewhere",
        "unplaced",
    }
    forms = [path.read_text() for path in tmp_path.rglob("*.*") if path.suffix != ".pdf"]
    names = ("Harbour Street", "Hafenstra", "Havnegade", "Leuchtturm", "Marktplatz")
    assert not [name for name in names if any(name in text for text in forms)]


def test_a_diary_that_may_name_a_person_is_warned_of(town, tmp_path, headwater):
    diary = tmp_path / "diary.csv"
    diary.write_text(
        "date,what,where\n2024-03-04,A fair,\n2024-03-05,Trial of Jens Petersen,court\n"
    )
    code, _, told = headwater(
        "report", town, "--place", PLACE, "--out", tmp_path / "out", "--events", diary, "--dry-run"
    )
    assert code == 0
    assert "line 3: “Jens Petersen” looks like a person's name." in " ".join(told.split())
