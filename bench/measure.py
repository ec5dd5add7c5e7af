"""Run a command and say what it cost, with all the processes it started."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds on the wall, seconds of processors, most memory held at once, in MB."""

    wall: float
    cpu: float
    peak_mb: float
    output: str


def run(command: Sequence[str | Path], **environment: str) -> Cost:
    """Run a command to its end and measure it; stop where it fails."""
    before, start = os.times(), time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 our own commands
        [str(word) for word in command],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
    peak = _Peak(process.pid)
    peak.start()
    output, _ = process.communicate()
    wall, after = time.perf_counter() - start, os.times()
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with {process.returncode}")
    cpu = after.children_user + after.children_system
    cpu -= before.children_user + before.children_system
    return Cost(wall, cpu, peak.megabytes, output)


class _Peak(threading.Thread):
    """Looks every 50 ms at how much memory a process and its children hold."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self.megabytes = pid, 0.0

    def run(self) -> None:
        """Look until the process is gone."""
        while held := sum(map(_held, _family(self._pid))):
            self.megabytes = max(self.megabytes, held / 1024)
            time.sleep(0.05)


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        found = [int(child) for child in children.read_text().split()]
    except OSError:
        return []
    return [pid, *(member for child in found for member in _family(child))]


def _held(pid: int) -> int:
    """Give a process's share of memory in kB: what it shares with others is split."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
