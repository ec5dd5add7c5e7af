"""Heads of the audit trail, signed, to be kept where the database's owner cannot reach them.

An anchor is one line: which entry was the last, its digest, when, and an Ed25519 signature. Printed in the
minutes of a meeting, mailed to the data protection officer or written to a file that can only grow, it shows
later that the end of the trail was cut off, or that the whole was written anew, even by who holds the key.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.utils import timezone

from headwater.portal.accounts import audit
from headwater.portal.accounts.audit import Flaw
from headwater.portal.accounts.models import AuditEntry, AuditHead
from headwater.portal.errors import RefusedError


class Anchor(NamedTuple):
    """The head of the trail at one moment, and who says so."""

    number: int
    digest: str
    at: str
    signature: str

    @classmethod
    def read(cls, line: str) -> Self:
        """Read an anchor as it was written.

        Raises:
            RefusedError: The line is no anchor.
        """
        number, _, rest = line.strip().partition(" ")
        parts = rest.split(" ")
        if not number.isdigit() or len(parts) != 3:
            raise RefusedError(f"not an anchor of the audit trail: {line[:40]!r}")
        return cls(int(number), *parts)

    def __str__(self) -> str:
        return f"{self.number} {self.digest} {self.at} {self.signature}"

    def signed_part(self) -> bytes:
        """Give what the signature is over."""
        return json.dumps(["headwater audit trail", self.number, self.digest, self.at]).encode()


def signed(head: AuditHead, at: datetime, key: Ed25519PrivateKey) -> Anchor:
    """Sign the head of the trail."""
    anchor = Anchor(head.number, head.digest, at.isoformat(timespec="seconds"), "")
    return anchor._replace(signature=key.sign(anchor.signed_part()).hex())


def key() -> Ed25519PrivateKey:
    """Give the key that signs: it lies beside the database, so an anchor's strength is where it is kept."""
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(settings.AUDIT_KEY))


class Verified(NamedTuple):
    """What a check of the whole trail found."""

    n_entries: int
    n_anchors: int
    flaws: tuple[Flaw, ...]


def now() -> Anchor:
    """Sign the head as it is now."""
    return signed(AuditHead.objects.get(pk=1), timezone.now(), key())


def verified(lines: Iterable[str]) -> Verified:
    """Check the trail in the database against itself and against the anchors in these lines."""
    kept = [Anchor.read(line) for line in lines if line.strip()]
    entries = AuditEntry.objects.order_by("number")
    found = (*audit.stored_flaws(), *flaws(kept, entries.iterator(), key().public_key()))
    return Verified(entries.count(), len(kept), found)


def flaws(
    anchors: Iterable[Anchor], entries: Iterable[AuditEntry], by: Ed25519PublicKey
) -> Iterator[Flaw]:
    """Say which anchors were not signed by this key, or are not borne out by the entries."""
    kept = {one.number: one for one in anchors}
    for one in kept.values():
        if not _is_signed(one, by):
            yield Flaw(one.number, "an anchor that this portal did not sign")
    digests = {one.number: one.digest for one in entries if one.number in kept}
    for number, anchor in sorted(kept.items()):
        if number and number not in digests:
            yield Flaw(number, "cut off: an anchor names it, and it is gone")
        elif number and digests[number] != anchor.digest:
            yield Flaw(number, "written anew: it is not what the anchor names")


def _is_signed(anchor: Anchor, by: Ed25519PublicKey) -> bool:
    try:
        by.verify(bytes.fromhex(anchor.signature), anchor.signed_part())
    except (InvalidSignature, ValueError):
        return False
    return True
