"""A private list, one a place, of what was released, so that no two releases overlap.

Two reports on overlapping days differ by a few people, and their difference tells of them.
"""

import fcntl
import hashlib
import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from headwater.landscape.errors import PublicationError
from headwater.landscape.publication.rules import RULES_VERSION
from headwater.landscape.report.model import Part
from headwater.landscape.shapes import Period


class Entry(Part):
    """One release: no number of it, only which days it covers and the digest of its bytes."""

    place: str
    name: str
    first_on: date
    last_on: date
    digest: str = Field(pattern="^[0-9a-f]{64}$", description="SHA-256 of report.json")
    rules: str


def entries(state_dir: Path, place: str) -> tuple[Entry, ...]:
    """Return the releases on this place, the oldest first."""
    path = _path(state_dir, place)
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return ()
    lines = text.split(b"\n")
    if lines.pop() or not lines:  # each line is ended, and no ledger is made empty
        raise _damaged(path)
    return tuple(_entry(path, line, place) for line in lines)


def enter(state_dir: Path, place: str, period: Period, digest: str) -> None:
    """Enter a release before it is handed out; refuse one that overlaps another.

    Entering the same bytes for the same period again changes nothing.
    """
    new = Entry(place=_plain(place), **period._asdict(), digest=digest, rules=RULES_VERSION)
    with _alone(state_dir):
        old = entries(state_dir, place)
        if any(_same(entry, new) for entry in old):
            return
        for entry in old:
            _refuse_overlap(entry, new)
        _write(_path(state_dir, place), (*old, new))


def _same(old: Entry, new: Entry) -> bool:
    return (old.first_on, old.last_on, old.digest) == (new.first_on, new.last_on, new.digest)


def _refuse_overlap(old: Entry, new: Entry) -> None:
    if old.first_on <= new.last_on and new.first_on <= old.last_on:
        raise PublicationError(
            f"{new.name} overlaps {old.name} ({old.first_on} to {old.last_on}), which was already "
            "released for this place. Compared, the two could tell of single people. Release a "
            f"period outside those days, or repeat {old.name} unchanged: same exports, same "
            "settings, same version."
        )


def _path(state_dir: Path, place: str) -> Path:
    """Name the file so that any place gives a file name, and two spellings the same one."""
    return state_dir / f"{hashlib.sha256(_plain(place).encode()).hexdigest()[:32]}.jsonl"


def _plain(place: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", place).casefold().split())


def _entry(path: Path, line: bytes, place: str) -> Entry:
    try:
        entry = Entry.model_validate_json(line)
    except ValidationError:
        raise _damaged(path) from None
    if entry.place != _plain(place) or entry.first_on > entry.last_on:
        raise _damaged(path)
    return entry


def _damaged(path: Path) -> PublicationError:
    return PublicationError(
        f"the ledger of releases {path} is damaged. Nothing is released until it is put back "
        "from a backup: without it, overlaps cannot be seen."
    )


@contextmanager
def _alone(state_dir: Path) -> Iterator[None]:
    """Keep other processes out of the folder meanwhile."""
    state_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(state_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _write(path: Path, all_entries: tuple[Entry, ...]) -> None:
    """Replace the ledger in one step that a power cut cannot halve."""
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.writelines(entry.model_dump_json().encode() + b"\n" for entry in all_entries)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
