"""The work folder: what a run needs to go on after it was broken, and no longer.

It holds the run's key and keyed rows, so it is its owner's alone and goes when the run is over.
"""

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from headwater.landscape.errors import LandscapeError, SettingsError
from headwater.landscape.shapes import Export

BYTES_PER_BUCKET = 1 << 29  # of export: about two million short posts
MOST_BUCKETS = 256


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
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    with _locked(folder):
        _same_run_or_none(folder, _fingerprint(exports, choices))
        try:
            yield Work(folder, _key(folder), _n_buckets(exports))
        except LandscapeError:
            clean(folder)
            raise
        clean(folder)


def clean(folder: Path) -> bool:
    """Remove a work folder and all in it; tell whether there was one."""
    if not folder.exists():
        return False
    (folder / "key").unlink(missing_ok=True)  # first: without it the rest is mute
    shutil.rmtree(folder)
    return True


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file for its owner alone, which is there whole or not at all."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, which is there whole or not at all."""
    with whole_file(path) as file:
        file.write(content)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SettingsError(f"another run is using the work folder {folder}") from None
        yield


def _fingerprint(exports: Sequence[Export], choices: Mapping[str, str]) -> bytes:
    files = []
    for one in exports:
        stat = one.path.stat()
        parts = [(part.member, part.start, part.stop) for part in one.parts]
        files.append((str(one.path), stat.st_size, stat.st_mtime_ns, one.reader.name, parts))
    return json.dumps([files, sorted(choices.items())]).encode()


def _same_run_or_none(folder: Path, fingerprint: bytes) -> None:
    mark = folder / "run.json"
    with suppress(FileNotFoundError):
        if mark.read_bytes() == fingerprint:
            return
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        elif entry.name != "lock":
            entry.unlink()
    write_whole(mark, fingerprint)


def _key(folder: Path) -> bytes:
    path = folder / "key"
    if not path.exists():
        write_whole(path, secrets.token_bytes(32))
    return path.read_bytes()


def _n_buckets(exports: Sequence[Export]) -> int:
    n_bytes = sum(one.path.stat().st_size for one in exports)
    n_buckets = 1
    while n_buckets * BYTES_PER_BUCKET < n_bytes and n_buckets < MOST_BUCKETS:
        n_buckets *= 2
    return n_buckets
