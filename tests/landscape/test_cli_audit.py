"""An audit as two people hold it, from drawing posts to the report that rests on it."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest

from headwater.landscape import sample
from headwater.landscape.audit import gold

HEADWATER = [sys.executable, "-c", "from headwater.landscape.cli import main; main()"]
N_POSTS, N_HATE, N_GOOD = 120, 30, 25
END_OF_INPUT = "\x04"
LOOK = re.compile(r"\x1b\[[0-9;]*m")
SECOND_PAGE, FIRST_PAGE = "\x1b[?1049h", "\x1b[?1049l"  # of the terminal


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    sample.write(folder / "town", seed=7, n_posts=3000)
    return folder


@pytest.fixture(scope="module")
def at(here):
    """Where a command runs, and with what it is told."""
    plain = {"HEADWATER_STATE": str(here / "state"), "TERM": "xterm", "COLUMNS": "400"}
    return {"cwd": here, "env": {**os.environ, **plain}}


@pytest.fixture(scope="module")
def headwater(at):
    def run(*words, **look):
        env = {**at["env"], **look}
        command = [*HEADWATER, *words]
        return subprocess.run(command, cwd=at["cwd"], env=env, capture_output=True, text=True)

    return run


@pytest.fixture(scope="module")
def label(at):
    """Label in a terminal; give what it showed."""

    def run(name, *lines):
        ours, theirs = pty.openpty()
        command = [*HEADWATER, "audit", "label", "audit", "--name", name]
        with subprocess.Popen(command, **at, stdin=theirs, stdout=theirs, stderr=theirs) as done:
            os.close(theirs)
            os.write(ours, "".join(f"{line}\n" for line in lines).encode() + END_OF_INPUT.encode())
            shown = _read(ours)
        assert done.returncode == 0, shown
        return shown

    return run


def _read(terminal):
    """Read what a terminal shows until nobody writes to it any more."""
    shown = b""
    while True:
        try:
            shown += os.read(terminal, 65536)
        except OSError:
            os.close(terminal)
            return LOOK.sub("", shown.decode())


@pytest.fixture(scope="module")
def sampled(headwater):
    command = ("audit", "sample", "town", "--place", "Fjordby", "--out", "audit", "--json")
    done = headwater(*command, "--posts", str(N_POSTS), "--effort", "fast")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def right(languages=("de", "en")) -> list[str]:
    return ["h" if one.is_hate else "n" for one in gold.test(languages)]


def taken(answers):
    """Give what is typed for the whole test: Enter before, the answers, Enter after."""
    return ["", *answers, ""]


@pytest.fixture(scope="module")
def labelled(sampled, headwater, label):
    """What each step of the labelling printed."""
    lone = headwater("audit", "estimate", "audit").stderr
    answers = [*"h" * N_HATE, *"p" * N_GOOD, *"n" * (N_POSTS - N_HATE - N_GOOD)]
    first = label("Ane", *taken(right()), "s", "?", "l", "x", *answers)
    half = headwater("audit", "estimate", "audit").stderr
    second = label("Bo", *taken(right()), *"h" * N_POSTS)
    return lone, first, half, second


def test_the_sample_is_drawn(sampled, here):
    assert sampled["posts"] == N_POSTS
    assert (here / "audit" / "posts.sealed").exists()
    assert not list((here / "state" / "work").iterdir())


def test_without_answers_nothing_is_estimated(labelled):
    assert f"{N_POSTS} of {N_POSTS} posts still wait" in labelled[0]


def test_posts_are_blurred_until_asked_for(labelled):
    printed = labelled[1]
    assert printed.count("░") > 1000
    assert "Test: 80 left" in printed
    assert "The codebook agrees with 80 of 80 answers" in printed
    assert "Type one of the letters" in printed
    assert "What one person calls hate waits for a second" in printed


def test_posts_are_shown_on_the_terminals_second_page_which_keeps_nothing(labelled):
    printed = labelled[1]
    before, rest = printed.split(SECOND_PAGE, 1)
    shown, after = rest.rsplit(FIRST_PAGE, 1)
    assert "░" in shown
    assert "░" not in before + after
    assert "answered for good" in after


def test_posts_are_not_written_into_a_file(sampled, headwater):
    for look in ({}, {"FORCE_COLOR": "1"}):
        done = headwater("audit", "label", "audit", "--name", "Ane", **look)
        assert done.returncode == 2
        assert "shown in a terminal alone" in done.stderr


def test_from_within_the_folder_its_key_is_found(sampled, at, here):
    command = [*HEADWATER, "audit", "estimate", "."]
    done = subprocess.run(
        command, env=at["env"], cwd=here / "audit", capture_output=True, text=True
    )
    assert "ValueError" not in done.stderr
    assert "no key" not in done.stderr


def test_what_one_person_calls_hate_waits_for_another(labelled):
    assert (
        f"{N_HATE} of {N_POSTS} posts still wait for an answer: 0 for a first, {N_HATE} for another"
        in " ".join(labelled[2].split())
    )
    assert "All posts are answered" in labelled[3]


def test_the_report_rests_on_what_people_found(labelled, headwater, here):
    told = headwater("audit", "estimate", "audit", "--json")
    found = json.loads(told.stdout)
    assert (found["n_posts"], found["alpha"]) == (N_POSTS, 1)
    assert found["n_labels"] == N_POSTS + N_HATE
    assert found["hits"]["n_posts"] == N_HATE
    assert found["positive"]["hits"]["n_posts"] == N_GOOD
    command = ("report", "town", "--place", "Fjordby", "--out", "report", "--effort", "fast")
    done = headwater(*command, "--audit", "audit/audit.json")
    assert done.returncode == 0, done.stderr
    assert f"People checked it on {N_POSTS} posts" in done.stderr
    report = json.loads((here / "report" / "report.json").read_text())
    whole = report["prevalence"][0]
    assert whole["audited"]
    assert whole["share"] == pytest.approx(found["share"], rel=0.2)
    assert whole["low"] <= found["low"]
    assert found["high"] <= whole["high"]
    assert {one["audited"] for one in report["prevalence"] if one["by"] == "language"} == {False}
    assert {one["audited"] for one in report["prevalence"] if one["by"] == "month"} == {
        found["rates"] is not None
    }
    assert report["method"]["estimate"] == "audited"
    assert report["method"]["audit"]["n_posts"] == N_POSTS
    assert "unaudited" not in {one["code"] for one in report["limits"]}
    low, high = found["positive"]["low"], found["positive"]["high"]
    assert report["positive"]["low"] <= low + 1e-9
    assert high <= report["positive"]["high"] + 1e-9
    assert "positive_not_labelled" not in {one["code"] for one in report["limits"]}
    page = (here / "report" / "report.html").read_text()
    assert "How much speaks well?" in page
    assert f"People labelled {N_POSTS} of the posts by hand" in page
    assert "unaudited" not in page


def test_a_report_of_other_posts_refuses_the_audit(labelled, headwater):
    headwater("audit", "estimate", "audit")
    command = ("report", "town", "--place", "Fjordby", "--out", "other")
    done = headwater(*command, "--audit", "audit/audit.json")
    assert done.returncode == 2
    assert "the audit is of other posts (model" in " ".join(done.stderr.split())


def test_no_name_of_an_annotator_is_kept(labelled, here):
    kept = b"".join(path.read_bytes() for path in (here / "audit").iterdir())
    assert b"Ane" not in kept
    assert b"ane" not in (here / "audit" / "audit.json").read_bytes()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("label", "audit", "--name", " "), "give the name"),
        (("label", "nowhere", "--name", "Ane"), "is no audit"),
        (("label", "audit", "--name", "Ane", "--key", "none.key"), "there is no key"),
        (("estimate", "town"), "is no audit"),
        (("clean", "town"), "is no audit"),
        (("sample", "town", "--place", "F", "--out", "audit"), "holds other files"),
    ],
)
def test_what_cannot_be_is_told(sampled, headwater, words, why):
    done = headwater("audit", *words)
    assert done.returncode == 2
    assert why in " ".join(done.stderr.split())


def test_an_audit_that_is_cleaned_is_gone(headwater, here, sampled):
    out = ("--place", "Fjordby", "--out", "short", "--posts", "50", "--effort", "fast")
    assert headwater("audit", "sample", "town", *out).returncode == 0
    (here / "short" / "audit.json").write_text("{}")
    done = headwater("audit", "clean", "short")
    assert done.returncode == 0
    assert "Left in it: audit.json" in done.stderr
    assert [path.name for path in (here / "short").iterdir()] == ["audit.json"]
    assert not (here / "short.key").exists()
