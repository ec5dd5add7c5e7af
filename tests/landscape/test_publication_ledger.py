"""Releases: whole periods, no two that overlap, and a ledger that nothing quietly replaces."""

import shutil
import stat
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import pairwise, repeat
from multiprocessing import get_context

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headwater.landscape import publication
from headwater.landscape.errors import PublicationError, SettingsError
from headwater.landscape.publication import RULES_VERSION, ledger
from headwater.landscape.shapes import Settings

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


def enter(folder, name, digest=ONE, place=PLACE, timezone="Europe/Copenhagen"):
    ledger.enter(folder, place, publication.period(name), timezone, digest)


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
    with pytest.raises(PublicationError, match=r"overlaps 2024-03 \(2024-03-01 to 2024-03-31, "):
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
    "spelling",
    [
        "  FJORDBY   (Fictional)",
        "Fjordby\u00a0(fictional)",
        "\uff26jordby (fictional)",
        "Fjord\u200bby\u00ad (fictional)\ufeff",
    ],
)
def test_another_spelling_is_the_same_place(tmp_path, spelling):
    enter(tmp_path, "2024-03")
    with pytest.raises(PublicationError):
        enter(tmp_path, "2024-03", OTHER, spelling)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\u00d8rsted-by", "\u00f8rsted\u2010by"),
        ("A\u030alby", "\u00c5LBY"),
        ("Gro\u00df", "GROSS"),
    ],
)
def test_signs_that_look_alike_are_the_same_place(tmp_path, one, other):
    enter(tmp_path, "2024-03", ONE, one)
    with pytest.raises(PublicationError):
        enter(tmp_path, "2024-03", OTHER, other)


@pytest.mark.parametrize(
    ("name", "timezone"),
    [("2024-04", "Asia/Tokyo"), ("2024-02", "America/New_York"), ("2024-Q2", "Europe/Helsinki")],
)
def test_a_period_that_overlaps_by_the_hours_of_another_time_zone_is_refused(
    tmp_path, name, timezone
):
    enter(tmp_path, "2024-03")
    with pytest.raises(PublicationError, match="overlaps 2024-03"):
        enter(tmp_path, name, OTHER, timezone=timezone)
    enter(tmp_path, name, OTHER)


@pytest.mark.parametrize("timezone", ["Europe/London", "America/New_York"])
def test_a_later_time_zone_leaves_hours_out_and_is_let_through(tmp_path, timezone):
    enter(tmp_path, "2024-03")
    enter(tmp_path, "2024-04", OTHER, timezone=timezone)
    assert released(tmp_path) == ["2024-03", "2024-04"]


def test_places_do_not_share_a_ledger(tmp_path):
    enter(tmp_path, "2024-03")
    enter(tmp_path, "2024-03", OTHER, "../Fjordby/Øst")
    assert released(tmp_path, "../Fjordby/Øst") == ["2024-03"]
    assert not list(tmp_path.parent.glob("Fjordby*"))


def test_the_ledger_is_for_its_owner_only_and_holds_no_number_of_the_report(tmp_path):
    enter(tmp_path / "new", "2024-03")
    files = [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.parent.stat().st_mode) for path in files} == {0o700}
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    (entry,) = ledger.entries(tmp_path / "new", PLACE)
    assert entry.model_dump() == {
        "place": "fjordby (fictional)",
        "name": "2024-03",
        "first_on": date(2024, 3, 1),
        "last_on": date(2024, 3, 31),
        "timezone": "Europe/Copenhagen",
        "digest": ONE,
        "rules": RULES_VERSION,
        "before": "0" * 64,
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
        lambda text: text.replace(b"Copenhagen", b"Kopenhagen"),
        lambda text: text.replace(b"2024-03-01", b"2024-03-02"),
        lambda text: text.replace(b":", b": ", 1),
        lambda text: text * 2,
    ],
)
def test_a_damaged_ledger_is_named_and_nothing_is_released(tmp_path, damage):
    enter(tmp_path, "2024-03")
    (path,) = tmp_path.glob("ledger/*.jsonl")
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    with pytest.raises(PublicationError, match=path.name):
        enter(tmp_path, "2024-06")
    assert path.read_bytes() == damaged


def test_what_a_broken_run_left_behind_does_not_stand_in_the_way(tmp_path):
    enter(tmp_path, "2024-03")
    (path,) = tmp_path.glob("ledger/*.jsonl")
    path.with_suffix(".new").write_bytes(b'{"place": "fjo')
    enter(tmp_path, "2024-04")
    assert released(tmp_path) == ["2024-03", "2024-04"]


PERIODS = ("2024-01", "2024-02", "2024-03", "2024-04")


def filled(folder):
    """Enter four releases; give the ledger's lines and its path."""
    for name in PERIODS:
        enter(folder, name)
    (path,) = folder.glob("ledger/*.jsonl")
    return path, path.read_bytes().splitlines(keepends=True)


@pytest.mark.parametrize(
    "tampered",
    [
        pytest.param(lambda lines: lines[:-1], id="the last is missing"),
        pytest.param(lambda lines: lines[:1], id="all but the first are missing"),
        pytest.param(lambda lines: lines[1:], id="the first is missing"),
        pytest.param(lambda lines: [lines[0], *lines[2:]], id="one is missing"),
        pytest.param(lambda lines: [lines[1], lines[0], *lines[2:]], id="two are swapped"),
        pytest.param(
            lambda lines: [*lines[:2], lines[2].replace(b"2024-03", b"2023-03"), lines[3]],
            id="one is changed",
        ),
    ],
)
def test_a_ledger_that_lost_entries_is_noticed_and_the_way_out_is_said(tmp_path, tampered):
    path, lines = filled(tmp_path)
    path.write_bytes(b"".join(tampered(lines)))
    with pytest.raises(PublicationError, match=r"backup.*headwater ledger lost"):
        enter(tmp_path, "2024-06")
    path.write_bytes(b"".join(lines))
    enter(tmp_path, "2024-06")


@pytest.mark.parametrize("gone", ["ledger", "ledger-heads"])
def test_a_ledger_or_a_head_that_is_gone_is_noticed(tmp_path, gone):
    filled(tmp_path)
    shutil.rmtree(tmp_path / gone)
    with pytest.raises(PublicationError, match="has lost releases"):
        enter(tmp_path, "2024-06")


def test_a_power_cut_between_the_ledger_and_its_head_does_no_harm(tmp_path):
    enter(tmp_path, "2024-01")
    (head,) = tmp_path.glob("ledger-heads/*.txt")
    before = head.read_bytes()
    enter(tmp_path, "2024-02")
    head.write_bytes(before)
    assert released(tmp_path) == ["2024-01", "2024-02"]
    enter(tmp_path, "2024-02")
    assert head.read_bytes() != before


def test_a_ledger_put_back_from_an_old_backup_is_told_by_a_receipt(tmp_path):
    state, receipt = tmp_path / "state", tmp_path / "release.json"
    enter(state, "2024-01")
    shutil.copytree(state, tmp_path / "backup")
    enter(state, "2024-02")
    receipt.write_text(ledger.receipt(state, PLACE).model_dump_json())
    ledger.witness(state, receipt, PLACE)
    with pytest.raises(PublicationError, match="has lost releases"):
        ledger.witness(tmp_path / "backup", receipt, PLACE)
    with pytest.raises(PublicationError, match="has lost releases"):
        ledger.witness(tmp_path / "nothing", receipt, PLACE)
    ledger.witness(tmp_path / "nothing", receipt, "Another place")


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_ledger_declared_lost_says_so_and_closes_the_days_until_then(tmp_path, is_whole):
    path, lines = filled(tmp_path)
    receipt = tmp_path / "release.json"
    receipt.write_text(ledger.receipt(tmp_path, PLACE).model_dump_json())
    if not is_whole:
        path.write_bytes(b"".join(lines[:2]))
    ledger.declare_lost(tmp_path, PLACE, date(2024, 7, 10))
    for name in ("2023", "2024-05", "2024-07"):
        with pytest.raises(PublicationError, match="declared lost"):
            enter(tmp_path, name)
    enter(tmp_path, "2024-08")
    assert released(tmp_path)[-2:] == [ledger.LOST, "2024-08"]
    assert released(tmp_path)[:-2] == (list(PERIODS) if is_whole else [])
    assert is_whole or path.with_name(f"{path.stem}.lost-1").read_bytes() == b"".join(lines[:2])
    ledger.witness(tmp_path, receipt, PLACE)


def a_release(folder, name, timezone="Europe/Copenhagen"):
    return Settings(
        PLACE, folder / "work", folder, timezone=timezone, period=publication.period(name)
    )


@pytest.mark.parametrize(
    ("now", "is_over"),
    [
        (datetime(2024, 3, 31, 21, 59, 59, tzinfo=UTC), False),
        (datetime(2024, 3, 31, 22, 0, 0, tzinfo=UTC), True),
        (datetime(2024, 3, 1, tzinfo=UTC), False),
    ],
)
def test_a_period_is_released_when_it_is_over_by_the_town_s_clock(tmp_path, now, is_over):
    if is_over:
        publication.foresee(a_release(tmp_path, "2024-03"), now)
    else:
        with pytest.raises(PublicationError, match="2024-03 ends on 2024-03-31 and is not over"):
            publication.foresee(a_release(tmp_path, "2024-03"), now)


def test_a_release_of_other_days_is_refused_before_anything_is_read(tmp_path):
    now = datetime(2025, 1, 1, tzinfo=UTC)
    enter(tmp_path, "2024-03")
    publication.foresee(a_release(tmp_path, "2024-03"), now)
    for other in (a_release(tmp_path, "2024-Q1"), a_release(tmp_path, "2024-03", "UTC")):
        with pytest.raises(PublicationError, match="overlaps 2024-03"):
            publication.foresee(other, now)


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
