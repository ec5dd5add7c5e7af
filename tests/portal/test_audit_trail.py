"""The audit trail holds, and shows where it does not."""

import random
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from headwater.portal.accounts import anchors, audit
from headwater.portal.accounts.models import AuditEntry, AuditHead, User
from headwater.portal.errors import RefusedError

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NOW = timezone.now()
N_ENTRIES = 40


def entries(n_entries, seed):
    """Make a trail as `record` writes it, and its head."""
    rng = random.Random(seed)  # noqa: S311 - a trail, not a key
    made, digest = [], audit.first()
    for number in range(1, n_entries + 1):
        entry = AuditEntry(
            number=number,
            at=NOW + timedelta(seconds=number),
            actor=rng.choice([None, 1, 2, 3]),
            act=rng.choice(["accounts.signed_in", "accounts.role_assigned.analyst"]),
            thing=str(rng.randrange(50)),
        )
        digest = entry.digest = audit.sealed(digest, entry)
        made.append(entry)
    return made, AuditHead(number=n_entries, digest=digest)


def again(trail):
    """Seal a trail anew, as one who holds the database could."""
    digest = audit.first()
    for number, entry in enumerate(trail, start=1):
        entry.number = number
        digest = entry.digest = audit.sealed(digest, entry)
    return trail, AuditHead(number=len(trail), digest=digest)


def edited(trail, head, rng):
    trail[rng.randrange(len(trail))].thing = "another"
    return trail, head


def deleted(trail, head, rng):
    del trail[rng.randrange(len(trail))]
    return trail, head


def swapped(trail, head, rng):
    one, other = rng.sample(range(len(trail)), 2)
    first, second = trail[one], trail[other]
    for name in ("at", "actor", "act", "thing", "digest"):
        mine, theirs = getattr(first, name), getattr(second, name)
        setattr(first, name, theirs)
        setattr(second, name, mine)
    return trail, head


def inserted(trail, head, rng):
    place = rng.randrange(len(trail))
    one = trail[place]
    copy = AuditEntry(number=one.number, at=one.at, actor=7, act=one.act, digest=one.digest)
    return [*trail[:place], copy, *trail[place:]], head


def cut_off(trail, head, rng):
    """Cut the end off and set the head to it: the chain itself is whole."""
    kept = trail[: rng.randrange(len(trail) - 10)]
    last = kept[-1].digest if kept else audit.first()
    return kept, AuditHead(number=len(kept), digest=last)


def rewritten(trail, head, rng):
    """Change one entry and seal all anew: the chain itself is whole."""
    trail[rng.randrange(len(trail) - 10)].thing = "another"
    return again(trail)


KINDS = [edited, deleted, swapped, inserted, cut_off, rewritten]


def found(trail, head, anchored):
    chain = audit.flaws(trail, head, audit.first())
    return [*chain, *anchors.flaws(anchored, trail, KEY.public_key())]


def anchor_of(trail):
    """Anchor ten entries before the end, as a daily one would be."""
    head = AuditHead(number=trail[-10].number, digest=trail[-10].digest)
    return anchors.signed(head, NOW, KEY)


@pytest.mark.parametrize("seed", range(100))
def test_an_untouched_trail_has_no_flaw(seed):
    trail, head = entries(N_ENTRIES, seed)
    assert found(trail, head, [anchor_of(trail)]) == []


@pytest.mark.parametrize("seed", range(100))
@pytest.mark.parametrize("tamper", KINDS, ids=lambda kind: kind.__name__)
def test_six_kinds_of_tampering_are_found_against_an_anchor(tamper, seed):
    trail, head = entries(N_ENTRIES, seed)
    kept = anchor_of(trail)
    changed = tamper(trail, head, random.Random(seed + 1))  # noqa: S311 - a town, not a key
    assert found(*changed, [kept])


@pytest.mark.parametrize("tamper", [cut_off, rewritten], ids=lambda kind: kind.__name__)
def test_without_an_anchor_two_kinds_go_unseen_and_so_we_anchor(tamper):
    changed = tamper(*entries(N_ENTRIES, 1), random.Random(1))  # noqa: S311 - not a key
    assert found(*changed, []) == []


def test_an_anchor_of_another_key_is_none():
    trail, head = entries(N_ENTRIES, 1)
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    forged = anchors.signed(head, NOW, other)
    assert "did not sign" in found(trail, head, [forged])[0].what


def test_an_anchor_is_read_as_it_was_written():
    kept = anchor_of(entries(N_ENTRIES, 1)[0])
    assert anchors.Anchor.read(f"{kept}\n") == kept


@pytest.mark.parametrize("line", ["", "one two", "1 2 3", "1 2 3 4 5"])
def test_what_is_no_anchor_is_refused(line):
    with pytest.raises(RefusedError, match="not an anchor"):
        anchors.Anchor.read(line)


def test_acts_follow_one_another_in_the_database(filled):
    assert list(audit.stored_flaws()) == []
    numbers = list(AuditEntry.objects.values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert anchors.verified([str(anchors.now())]) == (len(numbers), 1, ())


def test_an_act_outside_a_transaction_is_a_defect(db, monkeypatch):
    with monkeypatch.context() as patch, pytest.raises(RuntimeError, match="one transaction"):
        patch.setattr(connection, "in_atomic_block", False)
        audit.record(None, "accounts.signed_in")


@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_itself_refuses_to_change_an_entry(filled, change):
    entry = AuditEntry.objects.filter(number=2)
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        entry.update(thing="another") if change == "update" else entry.delete()


def test_no_entry_holds_a_word_of_a_person(filled):
    told = repr(list(AuditEntry.objects.values("act", "thing")))
    for person in User.objects.all():
        assert person.name not in told
        assert person.email not in told


def test_reading_the_trail_stands_in_it(filled, signed_in):
    page = signed_in(filled.people["auditor"]).get("/people/audit-trail/")
    last = AuditEntry.objects.last()
    assert (last.act, last.actor) == ("accounts.audit_trail_read", filled.people["auditor"].pk)
    assert "The chain holds" in page.content.decode()
