"""What was released, a private list for each place, so that no two releases overlap.

Two reports on overlapping days differ by a few people, and their difference tells of them.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import Field, ValidationError

from headwater.landscape.errors import PublicationError
from headwater.landscape.publication import chain
from headwater.landscape.publication.chain import Entry, entries
from headwater.landscape.publication.rules import RULES_VERSION
from headwater.landscape.report.model import Part
from headwater.landscape.shapes import Period

LOST = "all before the ledger was lost"

__all__ = ["Entry", "Receipt", "declare_lost", "enter", "entries", "foresee", "receipt", "witness"]


class Receipt(Part):
    """What proves later that the ledger held a release: for the minutes, it tells nothing else."""

    place: str
    n_releases: int
    seal: str = Field(pattern=chain.DIGEST)


def enter(state_dir: Path, place: str, period: Period, timezone: str, digest: str) -> None:
    """Enter a release before it is handed out; refuse one that overlaps another.

    Entering the same bytes for the same period again changes nothing.
    """
    with chain.alone(state_dir):
        old = entries(state_dir, place)
        new = _new(old, place, period, timezone, digest)
        if not any(_same(entry, new) for entry in old):
            _refuse_overlap(old, new)
            old = (*old, new)
        chain.write(state_dir, place, old)


def receipt(state_dir: Path, place: str) -> Receipt:
    """Return the receipt of a ledger that holds a release."""
    found = entries(state_dir, place)
    return Receipt(place=found[-1].place, n_releases=len(found), seal=found[-1].seal())


def foresee(state_dir: Path, place: str, period: Period, timezone: str) -> None:
    """Refuse, before anything is read, a release that overlaps one of other days."""
    old = entries(state_dir, place)
    new = _new(old, place, period, timezone, chain.NONE)
    _refuse_overlap([entry for entry in old if entry.span() != new.span()], new)


def _refuse_overlap(old: Sequence[Entry], new: Entry) -> None:
    """Refuse a release that shares a moment with an earlier one, each by its own clock."""
    begins, is_over = new.span()
    for entry in old:
        if entry.span()[0] < is_over and begins < entry.span()[1]:
            raise PublicationError(_overlap(entry, new))


def witness(state_dir: Path, path: Path, place: str) -> None:
    """Refuse where a receipt tells of a release of this place that the ledger does not hold."""
    try:
        told = Receipt.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):
        return
    found = entries(state_dir, place)
    known = {entry.seal() for entry in found}
    if told.place == chain.plain(place) and told.seal not in known and not _is_lost(found):
        raise chain.damaged(chain.path_of(state_dir, place))


def declare_lost(state_dir: Path, place: str, today: date) -> None:
    """Go on without the entries that were lost: on the record, and with all days to today closed.

    What is left of a damaged ledger is kept beside the new one.
    """
    path = chain.path_of(state_dir, place)
    with chain.alone(state_dir):
        try:
            old = entries(state_dir, place)
        except PublicationError:
            old = ()
            chain.put_aside(path)
        period = Period(LOST, date(1, 1, 1), today)
        chain.write(state_dir, place, (*old, _new(old, place, period, "UTC", chain.NONE)))


def _new(old: Sequence[Entry], place: str, period: Period, timezone: str, digest: str) -> Entry:
    return Entry(
        place=chain.plain(place),
        **period._asdict(),
        timezone=timezone,
        digest=digest,
        rules=RULES_VERSION,
        before=old[-1].seal() if old else chain.NONE,
    )


def _same(old: Entry, new: Entry) -> bool:
    return (old.span(), old.digest) == (new.span(), new.digest)


def _is_lost(found: Sequence[Entry]) -> bool:
    return any(entry.name == LOST for entry in found)


def _overlap(old: Entry, new: Entry) -> str:
    days = f"{old.first_on} to {old.last_on}, {old.timezone}"
    if old.name == LOST:
        return (
            f"{new.name} begins before {old.last_on}, when the ledger of this place was declared "
            "lost. What was released until then is not known, so those days are closed. Release "
            "a later period."
        )
    return (
        f"{new.name} overlaps {old.name} ({days}), which was already released for this place. "
        "Compared, the two could tell of single people. Release a period outside those days, or "
        f"repeat {old.name} unchanged: same exports, same settings, same version."
    )
