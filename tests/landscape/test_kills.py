"""Runs that are killed at any moment, and taken up again, end equal."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from headwater.landscape import sample

N_KILLS = int(os.environ.get("HEADWATER_KILLS", "200"))
KILLS_A_RUN = 4
HEADWATER = [sys.executable, "-c", "from headwater.landscape.cli import main; main()"]


@pytest.mark.long
def test_killed_and_resumed_runs_give_identical_reports(tmp_path, state):
    town = tmp_path / "town"
    sample.write(town, seed=5, n_posts=6000)
    rng = random.Random(1)  # noqa: S311

    def command(out):
        return [*HEADWATER, "report", town, "--place", "Fjordby", "--out", tmp_path / out]

    started = time.monotonic()
    subprocess.run(command("whole"), check=True, stderr=subprocess.DEVNULL)
    whole = time.monotonic() - started
    expected = (tmp_path / "whole" / "report.json").read_bytes()
    n_killed = 0
    while n_killed < N_KILLS:
        for _ in range(KILLS_A_RUN):
            process = subprocess.Popen(
                command("killed"), stderr=subprocess.DEVNULL, start_new_session=True
            )
            time.sleep(rng.uniform(0.05, 0.95) * whole)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                n_killed += 1
            process.wait()
        subprocess.run(command("killed"), check=True, stderr=subprocess.DEVNULL)
        assert (tmp_path / "killed" / "report.json").read_bytes() == expected
        assert not list((state / "work").iterdir())
        (tmp_path / "killed" / "report.json").unlink()
    assert n_killed >= N_KILLS
