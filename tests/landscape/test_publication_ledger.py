"""Releases: whole periods, no two that overlap, and a ledger that nothing quietly replaces."""

import stat
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from itertools import pairwise, repeat
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import publication
from headwater.landscape.errors import PublicationError, SettingsError
from headwater.landscape.publication import RULES_VERSION, ledger

PLACE = "Fjordby (fictional)"
ONE, OTHER = (sha256(report).hexdigest() for report in (b"one report", b"another report"))


@pytest.mark.parametrize(
    ("name", "first_on", "last_on"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
    ],
)
def test_a_period_is_a_whole_year_quarter_or_month(name, first_on, last_on):
    assert publication.period(name) == (name, first_on, last_on)


@pytest.mark.parametrize(
    "name",
    ["", "24", "2024-13", "2024-00", "2024-3", "2024-Q5", "2024-q1", "2024-W10", "٢٠٢٤", "2024\n"],
)
def test_no_other_period_can_be_released(name):
    with pytest.raises(SettingsError, match="no period is named"):
        publication.period(name)


def enter(folder, name, digest=ONE, place=PLACE):
    ledger.enter(folder, place, publication.period(name), digest)


def released(folder, place=PLACE):
    return [entry.name for entry in ledger.entries(folder, place)]


def test_periods_that_do_not_overlap_are_entered_in_turn(tmp_path):
    for name in ("2024-02", "2024-01", "2024-Q2", "2025"):
        enter(tmp_path, name)
    assert released(tmp_path) == ["2024-02", "2024-01", "2024-Q2", "2025"]


def test_the_identical_rerun_is_let_through_and_entered_once(tmp_path):
    enter(tmp_path, "2024-03")
    enter(tmp_path, "2024-03")
    assert released(tmp_path) == ["2024-03"]


@pytest.mark.parametrize("later", ["2024-03", "2024-Q1", "2024"])
def test_a_release_that_overlaps_another_is_refused_in_plain_words(tmp_path, later):
    enter(tmp_path, "2024-03")
    with pytest.raises(PublicationError, match=r"overlaps 2024-03 \(2024-03-01 to 2024-03-31\)"):
        enter(tmp_path, later, OTHER)
    assert released(tmp_path) == ["2024-03"]


def test_a_quarter_made_of_the_same_bytes_as_its_month_is_refused_too(tmp_path):
    enter(tmp_path, "2024-03")
    with pytest.raises(PublicationError):
        enter(tmp_path, "2024-Q1")


names = st.one_of(
    st.integers(2023, 2025).map(str),
    st.builds("{}-Q{}".format, st.integers(2023, 2025), st.integers(1, 4)),
    st.builds("{}-{:02}".format, st.integers(2023, 2025), st.integers(1, 12)),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(names, st.sampled_from([ONE, OTHER])), max_size=12))
def test_no_day_is_ever_released_twice(tmp_path_factory, releases):
    folder = tmp_path_factory.mktemp("ledger")
    for name, digest in releases:
        try:
            enter(folder, name, digest)
        except PublicationError:
            continue
    entries = sorted(ledger.entries(folder, PLACE), key=lambda entry: entry.first_on)
    for before, after in pairwise(entries):
        assert before.last_on < after.first_on


@pytest.mark.parametrize(
    "spelling", ["  FJORDBY   (Fictional)", "Fjordby\u00a0(fictional)", "\uff26jordby (fictional)"]
)
def test_another_spelling_is_the_same_place(tmp_path, spelling):
    enter(tmp_path, "2024-03")
    with pytest.raises(PublicationError):
        enter(tmp_path, "2024-03", OTHER, spelling)


def test_places_do_not_share_a_ledger(tmp_path):
    enter(tmp_path, "2024-03")
    enter(tmp_path, "2024-03", OTHER, "../Fjordby/Øst")
    assert released(tmp_path, "../Fjordby/Øst") == ["2024-03"]
    assert not list(tmp_path.parent.glob("Fjordby*"))


def test_the_ledger_is_for_its_owner_only_and_holds_no_number_of_the_report(tmp_path):
    folder = tmp_path / "new" / "ledger"
    enter(folder, "2024-03")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    (entry,) = ledger.entries(folder, PLACE)
    assert entry.model_dump() == {
        "place": "fjordby (fictional)",
        "name": "2024-03",
        "first_on": date(2024, 3, 1),
        "last_on": date(2024, 3, 31),
        "digest": ONE,
        "rules": RULES_VERSION,
    }


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: b"",
        lambda text: text[:-1],
        lambda text: text[: len(text) // 2],
        lambda text: text + b"\n",
        lambda text: text.replace(b"fjordby", b"elsewhere"),
        lambda text: text.replace(b"2024-03-31", b"2024-02-31"),
        lambda text: text.replace(b"2024-03-31", b"2023-03-31"),
        lambda text: text.replace(b'"digest"', b'"other"'),
        lambda text: b"\xff" + text,
        lambda text: b"\0" * len(text),
    ],
)
def test_a_damaged_ledger_is_named_and_nothing_is_released(tmp_path, damage):
    enter(tmp_path, "2024-03")
    (path,) = tmp_path.glob("*.jsonl")
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    with pytest.raises(PublicationError, match=path.name):
        enter(tmp_path, "2024-06")
    assert path.read_bytes() == damaged


def test_what_a_broken_run_left_behind_does_not_stand_in_the_way(tmp_path):
    enter(tmp_path, "2024-03")
    (path,) = tmp_path.glob("*.jsonl")
    path.with_suffix(".new").write_bytes(b'{"place": "fjo')
    enter(tmp_path, "2024-04")
    assert released(tmp_path) == ["2024-03", "2024-04"]


def processes(n):
    return ProcessPoolExecutor(n, mp_context=get_context("spawn"))


def try_to_enter(folder, number):
    try:
        enter(folder, "2024-03", sha256(bytes([number])).hexdigest())
    except PublicationError:
        return False
    return True


@pytest.mark.parametrize(
    "pool", [ThreadPoolExecutor, pytest.param(processes, marks=pytest.mark.long)]
)
def test_of_many_that_enter_at_once_one_gets_through(tmp_path, pool):
    with pool(8) as workers:
        entered = list(workers.map(try_to_enter, repeat(tmp_path), range(40)))
    assert sum(entered) == 1
    assert released(tmp_path) == ["2024-03"]
