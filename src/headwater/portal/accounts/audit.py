"""The audit trail: who did what to which thing, and when; never what was in it.

Each entry is sealed to the one before it, so that a changed, removed, swapped or inserted entry breaks the
chain. A chain alone does not show that its end was cut off, nor that all of it was written anew: for that
its head is signed every day and kept outside the database (`anchors.py`).

Source: Crosby & Wallach, Efficient Data Structures for Tamper-Evident Logging, USENIX Security 2009.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from headwater.portal.accounts.models import AuditEntry, AuditHead, User


class Flaw(NamedTuple):
    """A place where the trail is not what was written."""

    number: int
    what: str


def record(actor: User | None, act: str, thing: int | str = "") -> None:
    """Write an act down, in the transaction that does it.

    Args:
        actor: Who acts; none where it is the portal itself, or a person not signed in.
        act: The app and what happened: "accounts.person_invited".
        thing: The number of what it happened to; never a name or a text.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act and its audit line stand in one transaction")
    head = AuditHead.held()
    entry = AuditEntry(
        number=head.number + 1,
        at=timezone.now(),
        actor=actor.pk if actor else None,
        act=act,
        thing=str(thing),
    )
    entry.digest = sealed(head.digest, entry)
    entry.save(force_insert=True)
    head.number, head.digest = entry.number, entry.digest
    head.save()


@transaction.atomic
def read(actor: User, act: str, thing: int | str = "") -> None:
    """Write down that something protected was read."""
    record(actor, act, thing)


def sealed(before: str, entry: AuditEntry) -> str:
    """Give the digest of an entry that follows the one with the digest `before`."""
    told = [before, entry.number, entry.at.isoformat(), entry.actor, entry.act, entry.thing]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()


def stored_flaws() -> Iterator[Flaw]:
    """Say where the chain in the database is broken."""
    entries = AuditEntry.objects.order_by("number").iterator(chunk_size=2000)
    return flaws(entries, AuditHead.objects.get(pk=1), first())


def first() -> str:
    """Give the digest that the first entry follows."""
    return hashlib.sha256(b"headwater audit trail").hexdigest()


def flaws(entries: Iterable[AuditEntry], head: AuditHead, before: str) -> Iterator[Flaw]:
    """Say where the chain is broken.

    Args:
        entries: All entries in the order of their numbers.
        head: What the database holds as the last one.
        before: The digest that the first of them follows.
    """
    number, digest = 0, before
    for entry in entries:
        if entry.number != number + 1:
            yield Flaw(number + 1, "missing")
        elif entry.digest != sealed(digest, entry):
            yield Flaw(entry.number, "changed")
        number, digest = entry.number, entry.digest
    if (number, digest) != (head.number, head.digest):
        yield Flaw(head.number, "not the last entry that the database names")
