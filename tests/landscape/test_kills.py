"""Runs that are killed at any moment, and taken up again, end equal."""

import itertools
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import attempts
import pytest
import reports
from attempts import Kill, Place, attempt

from headwater.landscape import pipeline, readers, sample
from headwater.landscape.report import store
from headwater.landscape.shapes import Settings

N_KILLS = int(os.environ.get("HEADWATER_KILLS", "200"))
N_STEPS = int(os.environ.get("HEADWATER_STEPS", "120"))  # of all that a run takes
IN_PROCESSES = 0.15  # of the kills, in runs whose parts are learned of in processes of their own
HEADWATER = [sys.executable, "-c", "from headwater.landscape.cli import main; main()"]
POST = {"author": "a", "created_at": "2024-03-05T10:00:00Z", "text": "The ferry is late again"}
CORES = tuple(sorted(os.sched_getaffinity(0)))
LANES = CORES[:2]
ALONE = [phase for phase in attempts.PHASES if phase != "waiting for workers"]


class Case(NamedTuple):
    """A folder that holds an older report, and what must come of it."""

    place: Place
    older: Path
    wanted: Path


@pytest.fixture(scope="module")
def case(tmp_path_factory) -> Callable[[str, tuple[int, ...]], Case]:
    """Give cases of one town; the wanted report is that of a run which nobody kills."""
    base = tmp_path_factory.mktemp("kills")
    sample.write(base / "town", seed=5, n_posts=2000)

    def made(name: str, cores: tuple[int, ...], *exports: str) -> Case:
        words = ["report", *(str(base / "town" / export) for export in exports or [""])]
        words += ["--place", "Fjordby", "--events", str(base / "town" / "diary.csv")]
        words += ["--period", "2024-Q1"] if not exports else []
        own = [base / name / kind for kind in ("out", "state", "passing")]
        own[2].mkdir(parents=True)
        place = Place((*words, "--out", str(own[0])), *own, cores)
        return Case(place, base / "older" / "out", base / "wanted" / "out")

    for name, exports in (("older", ("reddit.ndjson",)), ("wanted", ())):
        assert attempt(made(name, CORES, *exports).place).code == 0
    return made


def renewed(case: Case) -> Case:
    """Put the older report back, with no release entered."""
    for folder in (case.place.out, case.place.state):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(case.older, case.place.out)
    return case


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def assert_whole(case: Case) -> None:
    """Each file is absent, the old one or the new one; a draft's name begins with a dot."""
    older, wanted = files(case.older), files(case.wanted)
    for name, content in files(case.place.out).items():
        if not Path(name).name.startswith("."):
            assert content in (older.get(name), wanted.get(name)), name


def assert_ended(case: Case) -> None:
    """The report is there in all its forms; of the run, nothing is."""
    assert files(case.place.out) == files(case.wanted)
    state = case.wanted.parent / "state"
    assert files(case.place.state) == files(state)  # the ledger of releases
    assert not list((case.place.state / "work").iterdir())
    assert not files(case.place.passing)


def killed_again_and_again(case: Case, kills: Callable[[], Kill], n_kills: int) -> Counter[str]:
    """Kill runs, and the runs that take them up, until so many are dead; count by phase."""
    found: Counter[str] = Counter()
    while found.total() < n_kills:
        renewed(case)
        for _ in range(5):
            end = attempt(case.place, kills())
            assert_whole(case)
            assert end.code in (0, -signal.SIGKILL)  # a run that is taken up tells no error
            if end.code == 0:
                break
            found[end.phase] += 1
        else:
            assert attempt(case.place).code == 0
        assert_ended(case)
    return found


def in_lanes(lane: Callable[[int], Counter[str]]) -> Counter[str]:
    """Run one lane a core, at the same time."""
    with ThreadPoolExecutor(len(LANES)) as pool:
        return sum(pool.map(lane, range(len(LANES))), Counter())


@pytest.mark.long
def test_runs_killed_at_random_moments_and_resumed_give_identical_reports(case):
    def lane(number: int) -> Counter[str]:
        own, rng = case(f"lane{number}", (LANES[number],)), random.Random(number)  # noqa: S311
        life, aims = attempt(renewed(own).place), itertools.cycle(ALONE)
        assert_ended(own)

        def kill() -> Kill:
            if rng.random() < 0.5:
                return Kill(after=rng.uniform(0, life.seconds))
            phase = next(aims)  # many last but milliseconds: no clock would hit them
            return Kill(phase=phase, look=rng.randrange(max(1, life.looks[phase])))

        return killed_again_and_again(own, kill, int(N_KILLS * (1 - IN_PROCESSES) / len(LANES)))

    found = in_lanes(lane)
    found += in_processes(case("processes", CORES), round(N_KILLS * IN_PROCESSES))
    print(dict(found))  # noqa: T201
    assert found.total() >= N_KILLS
    assert set(found) == set(attempts.PHASES)  # fewer kills than usual may leave one out


def in_processes(case: Case, n_kills: int) -> Counter[str]:
    """Kill a run with its workers, or, as a system short of memory does, the run alone."""
    rng = random.Random(3)  # noqa: S311
    life = attempt(renewed(case).place)

    def kill() -> Kill:
        return Kill(after=rng.uniform(0, life.seconds), is_alone=rng.random() < 0.3)

    return killed_again_and_again(case, kill, n_kills)


@pytest.mark.long
def test_a_run_killed_before_each_step_it_takes_on_disk_ends_equal(case, tmp_path):
    def lane(number: int) -> Counter[str]:
        own, told = case(f"steps{number}", (LANES[number],)), tmp_path / f"steps{number}"
        assert attempt(renewed(own).place, told=told).code == 0
        steps = list(dict.fromkeys(told.read_text().splitlines()))
        stride = max(1, len(steps) * len(LANES) // N_STEPS)
        left, found = set(steps[number::stride]), Counter()
        renewed(own)
        while (end := attempt(own.place, Kill(steps=frozenset(left)))).code:
            assert_whole(own)
            left.remove(end.step)
            found[end.phase] += 1
        assert_ended(own)
        assert not left
        return found

    found = in_lanes(lane)
    print(dict(found))  # noqa: T201
    assert found.total() >= 60
    assert found["removing the work folder"] >= 10


@pytest.mark.long
@pytest.mark.skipif(len(CORES) < 2, reason="on one core no part has a process of its own")
def test_workers_end_with_the_run_they_belong_to(tmp_path, state):
    for name, n_posts in (("brief", 3), ("long", 60_000)):
        lines = [json.dumps(POST | {"id": f"{name}{number}"}) for number in range(n_posts)]
        (tmp_path / f"{name}.ndjson").write_text("\n".join(lines))
    words = ["report", str(tmp_path), "--place", "Fjordby", "--out", str(tmp_path / "out")]
    run = subprocess.Popen([*HEADWATER, *words], stderr=subprocess.DEVNULL, start_new_session=True)
    while run.poll() is None and not list(state.glob("work/*/manifest/000000.json")):
        time.sleep(0.01)
    run.kill()
    run.wait()
    attempts.wait_for_orphans(run.pid)
    assert len(list(state.glob("work/*/manifest/000000.json"))) == 1
    assert not list(state.glob("work/*/manifest/000001.json"))


@pytest.fixture
def run_once(tmp_path, state) -> Callable[[], Path]:
    """Give a run in this process of one small export; it tells the folder of its rejects."""

    def run() -> Path:
        (tmp_path / "out").mkdir(exist_ok=True)
        lines = [json.dumps(POST | {"id": number}) for number in range(3)]
        (tmp_path / "posts.ndjson").write_text("\n".join([*lines, "broken"]))
        rejects = tmp_path / "out" / "rejects.csv"
        settings = Settings("Fjordby", work_dir=state / "work", rejects_file=rejects)
        pipeline.run(readers.find([str(tmp_path / "posts.ndjson")]), settings)
        return rejects.parent

    return run


def test_the_rows_of_a_part_reach_the_disk_before_its_tally(run_once, monkeypatch):
    reached, fsync = [], os.fsync

    def told(file: int) -> None:
        reached.append(Path(f"/proc/self/fd/{file}").readlink())
        fsync(file)

    monkeypatch.setattr(os, "fsync", told)
    run_once()

    def first(folder: str) -> int:
        return next(place for place, path in enumerate(reached) if folder in path.parts)

    assert max(first("posts"), first("keys")) < first("manifest")


def test_a_draft_of_rejects_that_a_killed_run_left_goes_with_the_next(run_once):
    out = run_once()
    draft = out / ".rejects.csv.0123abcd.tmp"
    draft.write_text("file,record,reason\nposts.nd")
    run_once()
    assert [path.name for path in out.iterdir()] == ["rejects.csv"]


def test_a_draft_of_a_report_that_a_killed_run_left_goes_with_the_next(tmp_path):
    (made, *_, table) = store.write(reports.small(), tmp_path)
    for path in (made, table):
        draft = path.with_name(f".{path.name}.0123abcd.tmp")
        draft.write_text("half of it")
    store.write(reports.small(), tmp_path)
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


def test_one_part_needs_no_process_of_its_own(run_once, monkeypatch):
    def refuse(*words: object, **options: object) -> None:
        raise AssertionError(f"started {words}")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    run_once()
