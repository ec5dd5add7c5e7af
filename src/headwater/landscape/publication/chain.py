"""The ledger's files: a chain of entries for each place, and its head, kept apart.

Each entry names the one before by its digest. A chain alone does not show what is missing at its
end; hence the head, the digest of the last entry.
Source: S. A. Crosby and D. S. Wallach, Efficient data structures for tamper-evident logging,
USENIX Security 2009.
"""

import fcntl
import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError

from headwater.landscape import files
from headwater.landscape.errors import PublicationError
from headwater.landscape.report.model import Part

NONE = "0" * 64  # before the first entry; also the digest where there is no report
DIGEST = "^[0-9a-f]{64}$"


class Entry(Part):
    """One release: no number of it, only which days it covers and the digest of its bytes."""

    place: str
    name: str
    first_on: date
    last_on: date
    timezone: str
    digest: str = Field(pattern=DIGEST, description="SHA-256 of report.json")
    rules: str
    before: str = Field(pattern=DIGEST, description="SHA-256 of the line before")

    def line(self) -> bytes:
        """Return the entry as it stands in the file, its end included."""
        return self.model_dump_json().encode() + b"\n"

    def seal(self) -> str:
        """Return the digest by which the next entry names this one."""
        return hashlib.sha256(self.line()).hexdigest()

    def span(self) -> tuple[datetime, datetime]:
        """Return the moments at which its days begin and are over."""
        day_after = self.last_on + timedelta(days=1)
        return midnight(self.first_on, self.timezone), midnight(day_after, self.timezone)


def midnight(day: date, timezone: str) -> datetime:
    """Return the moment at which a day begins."""
    return datetime.combine(day, time(), ZoneInfo(timezone))


def entries(state_dir: Path, place: str) -> tuple[Entry, ...]:
    """Return the releases on this place, the oldest first.

    Raises:
        PublicationError: The ledger is damaged, or has lost entries.
    """
    path = path_of(state_dir, place)
    found = _read(path, place)
    seals = [NONE, *(entry.seal() for entry in found)]
    if [entry.before for entry in found] != seals[:-1]:
        raise damaged(path)
    if _head(state_dir, place) not in seals[-2:]:  # a power cut may have come before the last head
        raise damaged(path)
    return found


def damaged(path: Path) -> PublicationError:
    """Say what is wrong and the way out."""
    return PublicationError(
        f"the ledger of releases {path} is damaged or has lost releases. Nothing is released: "
        "overlaps could not be seen. Put it back from a backup, with its neighbour of the same "
        "name. If there is no backup, `headwater ledger lost` puts that on the record: all days "
        "until then are closed, and later periods can be released."
    )


def plain(place: str) -> str:
    """Spell a place one way, whatever its case, spaces, hyphens and invisible signs."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", place).casefold())
    kinds = [(sign, unicodedata.category(sign)) for sign in folded]
    seen = "".join("-" if kind == "Pd" else sign for sign, kind in kinds if kind != "Cf")
    return " ".join(seen.split())


def path_of(state_dir: Path, place: str) -> Path:
    """Name the file so that any place gives a file name, and two spellings the same one."""
    return state_dir / "ledger" / f"{hashlib.sha256(plain(place).encode()).hexdigest()[:32]}.jsonl"


def _head_path(state_dir: Path, place: str) -> Path:
    return state_dir / "ledger-heads" / f"{path_of(state_dir, place).stem}.txt"


def _head(state_dir: Path, place: str) -> str:
    try:
        return _head_path(state_dir, place).read_text("ascii", "replace").strip()
    except FileNotFoundError:
        return NONE


def _read(path: Path, place: str) -> tuple[Entry, ...]:
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return ()
    lines = text.split(b"\n")
    if lines.pop() or not lines:  # each line is ended, and no ledger is made empty
        raise damaged(path)
    return tuple(_entry(path, line, place) for line in lines)


def _entry(path: Path, line: bytes, place: str) -> Entry:
    try:
        entry = Entry.model_validate_json(line)
        begins, is_over = entry.span()
    except (ValidationError, ZoneInfoNotFoundError, ValueError, OSError):
        raise damaged(path) from None
    if entry.place != plain(place) or begins >= is_over or entry.line() != line + b"\n":
        raise damaged(path)
    return entry


@contextmanager
def alone(state_dir: Path) -> Iterator[None]:
    """Keep other processes out of the ledger meanwhile."""
    for name in ("ledger", "ledger-heads"):
        (state_dir / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(state_dir / "ledger" / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def write(state_dir: Path, place: str, found: Sequence[Entry]) -> None:
    """Replace the ledger, then its head: what is entered twice does no harm, what is lost does."""
    files.write(path_of(state_dir, place), b"".join(entry.line() for entry in found))
    files.write(_head_path(state_dir, place), found[-1].seal().encode() + b"\n")


def put_aside(path: Path) -> None:
    """Keep what is left of a damaged chain beside the new one."""
    n_lost = sum(1 for _ in path.parent.glob(f"{path.stem}.lost-*"))
    if path.exists():
        path.replace(path.with_name(f"{path.stem}.lost-{n_lost + 1}"))
