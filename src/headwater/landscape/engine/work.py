"""The work folder: what a run needs to go on after it was broken, and no longer.

It holds the run's key and keyed rows, so it is its owner's alone and goes when the run is over.
"""

import fcntl
import json
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from headwater.landscape import files
from headwater.landscape.errors import LandscapeError, SettingsError
from headwater.landscape.shapes import Export

MARK = "run.json"  # of which run the parts are; goes first
LOCK = "headwater.lock"  # this is a work folder; goes last
BYTES_PER_BUCKET = 1 << 29  # of export: about two million short posts
MOST_BUCKETS = 256
PACKED = {".gz": 10, ".zst": 10, ".zip": 10, ".parquet": 5, ".xlsx": 5}  # times as large unpacked


class Work(NamedTuple):
    """One run's folder and key."""

    folder: Path
    key: bytes  # 32 bytes, new for each run
    n_buckets: int  # a power of two; rows are spread over them by key


@contextmanager
def work(folder: Path, exports: Sequence[Export], choices: Mapping[str, str]) -> Iterator[Work]:
    """Open the folder for a run, going on with a broken one of equal exports and choices.

    The folder goes when the run ends, well or with an error that is told. A run that is killed
    leaves it for the next.

    Raises:
        SettingsError: Another run uses the folder, or it holds what is not a run's.
    """
    _own(folder)
    with _locked(folder):
        fingerprint = _fingerprint(exports, choices)
        if not _is_same_run(folder, fingerprint):
            _empty(folder)
            files.write(folder / MARK, fingerprint)
        try:
            yield Work(folder, _key(folder), _n_buckets(exports))
        except LandscapeError:
            _remove(folder)
            raise
        _remove(folder)


def clean(folder: Path) -> bool:
    """Remove a work folder that no run is using; tell whether there was one."""
    if not (folder / LOCK).exists():
        return False
    with _locked(folder):
        _remove(folder)
    return True


def _own(folder: Path) -> None:
    """Make the folder, for its owner alone, or refuse one that is not a run's."""
    if folder.is_symlink():
        raise SettingsError(f"{folder} is a link; give a folder of its own as work folder")
    for one in (*reversed(folder.parents), folder):
        if not one.exists():
            one.mkdir(mode=0o700, exist_ok=True)
    if not (folder / LOCK).exists() and any(folder.iterdir()):
        raise SettingsError(f"{folder} holds other files; give an empty folder as work folder")
    folder.chmod(0o700)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(f"another run is using the work folder {folder}") from None
        yield


def _is_same_run(folder: Path, fingerprint: bytes) -> bool:
    mark = folder / MARK
    return mark.exists() and mark.read_bytes() == fingerprint


def _empty(folder: Path) -> None:
    """Remove what a run left: its mark first, so that nobody takes up what is half gone."""
    for name in (MARK, "key"):
        (folder / name).unlink(missing_ok=True)
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != LOCK:
            entry.unlink()


def _remove(folder: Path) -> None:
    _empty(folder)
    shutil.rmtree(folder)


def _fingerprint(exports: Sequence[Export], choices: Mapping[str, str]) -> bytes:
    read = []
    for one in exports:
        stat = one.path.stat()
        parts = [(part.member, part.start, part.stop) for part in one.parts]
        read.append((str(one.path), stat.st_size, stat.st_mtime_ns, one.reader.name, parts))
    return json.dumps([read, sorted(choices.items())]).encode()


def _key(folder: Path) -> bytes:
    path = folder / "key"
    if not path.exists():
        files.write(path, secrets.token_bytes(32))
    return path.read_bytes()


def _n_buckets(exports: Sequence[Export]) -> int:
    paths = {one.path for one in exports}
    n_bytes = sum(path.stat().st_size * PACKED.get(path.suffix.lower(), 1) for path in paths)
    n_buckets = 1
    while n_buckets * BYTES_PER_BUCKET < n_bytes and n_buckets < MOST_BUCKETS:
        n_buckets *= 2
    return n_buckets
