"""Attempts at a report, each in a process of its own that may be killed at any moment.

A server imports everything once and forks for each attempt, before any thread has begun. Inside
an attempt a witness looks at the stacks and notes in which phase the run is, and an audit hook
sees each step that changes the file system. Nothing of the run itself is replaced.
"""

import ctypes
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import NamedTuple

from headwater.landscape import cli
from headwater.landscape.readers import finding

IN_A_PART = {
    "readers/": "reading",
    "scrub/": "scrubbing",
    "steps/": "judging",
    "engine/": "writing parts",
}
AROUND = {
    "engine/work.py:_empty": "removing the work folder",
    "engine/work.py:_remove": "removing the work folder",
    "engine/work.py:work": "opening the work folder",
    "engine/repeats.py:": "merging",
    "engine/counting.py:": "counting",
    "engine/reckoning.py:": "reckoning",
    "publication/": "publication",
    "report/store.py:": "writing the report",
    "report/": "drawing",
    "engine/parts.py:_run": "waiting for workers",
}
PHASES = ("starting", *IN_A_PART.values(), *dict.fromkeys(AROUND.values()))
LOOK_EVERY = 0.0005  # seconds
SEEN = ((ctypes.c_char, 64), (ctypes.c_char, 512), (ctypes.c_long, len(PHASES)))
CHANGES = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.chmod", "shutil.rmtree")
PASSING = re.compile(r"(?<=\.)([0-9a-f]{8}\.tmp|\d+\.tmp|[a-z0-9_]{8})$")
HOME = f"{Path(cli.__file__).parents[1]}/"

STARTING = threading.Lock()
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(
    ["ray", "altair", "pyarrow.dataset", "vl_convert", "weasyprint", "headwater.landscape.cli"]
)


class Place(NamedTuple):
    """Where an attempt reads and writes, and on which cores it runs."""

    words: tuple[str, ...]  # of the command line
    out: Path
    state: Path
    passing: Path  # for what the system calls temporary
    cores: tuple[int, ...]


class Kill(NamedTuple):
    """When an attempt is to die, and whether its workers are killed with it."""

    after: float | None = None  # seconds from its start
    phase: str = ""  # on this look ...
    look: int = 0  # ... of the witness at this phase
    steps: frozenset[str] = frozenset()  # just before the first of these
    is_alone: bool = False  # its workers are left to themselves


class End(NamedTuple):
    """How an attempt ended."""

    code: int  # below zero: the signal
    phase: str  # where it was last seen
    step: str  # before which it was killed
    seconds: float
    looks: dict[str, int]  # how often the witness saw it in each phase


class _Seen(NamedTuple):
    """What outlives the attempt."""

    phase: ctypes.Array[ctypes.c_char]
    step: ctypes.Array[ctypes.c_char]
    looks: ctypes.Array[ctypes.c_long]


def attempt(place: Place, kill: Kill | None = None, told: Path | None = None) -> End:
    """Run the command until it ends, well or not; no process of it is left.

    Args:
        place: What to run, and where.
        kill: When it is to die, if at all.
        told: A file that takes a line for each step that changes the place.
    """
    seen = _Seen(*(SERVER.RawArray(*kind) for kind in SEEN))
    process = SERVER.Process(target=_live, args=(place, kill or Kill(), seen, told))
    started = time.monotonic()
    with STARTING:
        process.start()
        # the start of another would ask how this one ended, and leave us without the answer
        multiprocessing.process._children.discard(process)
    if kill and kill.after is not None:
        process.join(kill.after)
        if process.exitcode is None:
            _kill(process.pid, is_alone=kill.is_alone)
    process.join()
    seconds = time.monotonic() - started
    wait_for_orphans(process.pid)
    looks = dict(zip(PHASES, seen.looks, strict=True))
    phase, step = (bytes(one.value).decode() for one in seen[:2])
    return End(process.exitcode, phase or PHASES[0], step, seconds, looks)  # killed unseen


def _kill(leader: int, *, is_alone: bool) -> None:
    with suppress(ProcessLookupError):  # it ended just now
        if is_alone or os.getpgid(leader) != leader:
            os.kill(leader, signal.SIGKILL)
        else:
            os.killpg(leader, signal.SIGKILL)


def processes(session: int) -> list[int]:
    """Give the living processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # ended meanwhile
            continue
        if fields[0] != "Z" and int(fields[3]) == session:
            found.append(int(stat.parent.name))
    return sorted(found)


def wait_for_orphans(session: int) -> None:
    """Wait until no process of a session is left.

    Raises:
        TimeoutError: Some go on by themselves.
    """
    until = time.monotonic() + 20
    while left := processes(session):
        if time.monotonic() > until:
            raise TimeoutError(f"orphans that do not end: {left}")
        time.sleep(0.02)


def _live(place: Place, kill: Kill, seen: _Seen, told: Path | None) -> None:
    os.setsid()
    silence = os.open(os.devnull, os.O_RDWR)
    os.dup2(silence, 1), os.dup2(silence, 2)
    os.sched_setaffinity(0, place.cores)
    os.environ |= {"HEADWATER_STATE": str(place.state), "TMPDIR": str(place.passing)}
    tempfile.tempdir = None  # what the server found
    # a small town is to have many parts, and several buckets
    finding.PART = 1 << 17
    sys.modules["headwater.landscape.engine.work"].BYTES_PER_BUCKET = 1 << 21
    threading.Thread(target=_witness, args=(kill, seen), daemon=True).start()
    if told or kill.steps:
        _hook(place, kill, seen, told)
    sys.argv = ["headwater", *place.words]
    cli.main()


def _witness(kill: Kill, seen: _Seen) -> None:
    """Note the phase again and again; die on the wanted look at the wanted one."""
    sys.setswitchinterval(LOOK_EVERY)
    me, main = threading.get_ident(), threading.main_thread().ident
    while True:
        frames = sys._current_frames()
        others = [_phase(frame) for ident, frame in frames.items() if ident not in (me, main)]
        phase = max([_phase(frames[main]), *others], key=_told)
        seen.phase.value = phase.encode()
        seen.looks[PHASES.index(phase)] += 1
        if phase == kill.phase and seen.looks[PHASES.index(phase)] > kill.look:
            os.killpg(0, signal.SIGKILL)
        time.sleep(LOOK_EVERY)


def _told(phase: str) -> int:
    """Rank what two threads do: one of them waits for the other."""
    return (phase != "starting") + (phase not in ("starting", "waiting for workers"))


def _phase(frame: FrameType | None) -> str:
    names = list(_names(frame))
    table = IN_A_PART if "engine/parts.py:_learn" in names else AROUND
    return next((table[key] for name in names for key in table if name.startswith(key)), PHASES[0])


def _names(frame: FrameType | None) -> Iterator[str]:
    while frame:
        name = frame.f_code.co_filename
        if name.startswith(HOME):
            yield f"{name.removeprefix(HOME)}:{frame.f_code.co_name}"
        frame = frame.f_back


def _hook(place: Place, kill: Kill, seen: _Seen, told: Path | None) -> None:
    own = (f"{place.out}", f"{place.state}")
    list_of_steps = told.open("w", buffering=1) if told else None

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event not in CHANGES or (event == "open" and not _writes(args)):
            return
        path = _absolute(event, args)
        if not path.startswith(own):
            return
        step = f"{event} {PASSING.sub('*', path)}"
        if list_of_steps:
            list_of_steps.write(step + "\n")
        if step in kill.steps:
            seen.phase.value = _phase(sys._getframe()).encode()
            seen.step.value = step.encode()
            os.killpg(0, signal.SIGKILL)

    sys.addaudithook(hook)


def _writes(args: tuple[object, ...]) -> bool:
    flags = args[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))


def _absolute(event: str, args: tuple[object, ...]) -> str:
    """Give the path that is changed; of a name inside an open folder, the whole path."""
    name = args[1] if event == "os.rename" else args[0]
    if isinstance(name, int):  # an open file, already told of
        return ""
    folder = args[-1] if event in ("os.remove", "os.rmdir") else -1
    if isinstance(folder, int) and folder >= 0:
        return f"{Path(f'/proc/self/fd/{folder}').readlink()}/{name}"
    return str(name)
