"""Everything that changes organisations and people: check the rule, change, write it down."""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from headwater.portal.accounts import audit, rules
from headwater.portal.accounts.models import (
    Countersigned,
    Invitation,
    Organisation,
    Role,
    RoleAssignment,
    Town,
    User,
)
from headwater.portal.errors import RefusedError

INVITED_FOR = timedelta(days=7)
OPEN_FOR = timedelta(days=3)  # a recovery or succession, until it is used


@transaction.atomic
def town_set_up(
    actor: None, *, town: Town, organisation: Organisation, person: User, password: str
) -> User:
    """Set up the town, its first organisation and its first coordinator; once."""
    if Town.objects.select_for_update().exists():
        raise RefusedError(_("This portal is set up already."))
    town.pk = 1
    town.save(force_insert=True)
    organisation.save(force_insert=True)
    person.organisation = organisation
    _join(person, password, Role.COORDINATOR)
    audit.record(actor, "accounts.town_set_up", 1)
    return person


@transaction.atomic
def town_change(actor: User, town: Town) -> None:
    """Change the town's name, look, language or terms of keeping."""
    if not rules.may_change_town(actor):
        raise RefusedError(_("Only a coordinator may change this."))
    town.save(force_update=True)
    audit.record(actor, "accounts.town_changed", 1)


@transaction.atomic
def organisation_add(actor: User, organisation: Organisation) -> None:
    """Add a partner."""
    if not rules.may_manage_people(actor):
        raise RefusedError(_("Only a coordinator may add a partner."))
    organisation.save(force_insert=True)
    audit.record(actor, "accounts.organisation_added", organisation.pk)


@transaction.atomic
def person_invite(actor: User, invitation: Invitation, now: datetime) -> str:
    """Invite a person into a role of an organisation; give the secret part of the link, once."""
    if not rules.may_manage_people(actor):
        raise RefusedError(_("Only a coordinator may invite people."))
    if not rules.may_hold(invitation.organisation, frozenset(), invitation.role):
        raise RefusedError(_("Nobody of this organisation can have this role."))
    invitation.email = invitation.email.casefold()
    if User.objects.filter(email=invitation.email).exists():
        raise RefusedError(_("A person with this address works here already."))
    Invitation.objects.filter(
        email=invitation.email
    ).delete()  # the last link is the one that counts
    secret, invitation.digest = _link()
    invitation.invited_by, invitation.expires_at = actor, now + INVITED_FOR
    invitation.save(force_insert=True)
    audit.record(actor, "accounts.person_invited", invitation.pk)
    return secret


@transaction.atomic
def invitation_withdraw(actor: User, invitation: Invitation) -> None:
    """Take an invitation back: its link leads nowhere."""
    if not rules.may_manage_people(actor):
        raise RefusedError(_("Only a coordinator may take an invitation back."))
    audit.record(actor, "accounts.invitation_withdrawn", invitation.pk)
    invitation.delete()


@transaction.atomic
def invitation_accept(actor: None, *, secret: str, name: str, password: str, now: datetime) -> User:
    """Come in by a link, once."""
    invitation = (
        Invitation.objects.select_for_update()
        .select_related("organisation", "invited_by")
        .filter(digest=_digest(secret), expires_at__gt=now)
        .first()
    )
    if invitation is None:
        raise RefusedError(
            _("This link has been used, taken back, or is too old. Ask for a new one.")
        )
    person = User(
        email=invitation.email,
        name=name,
        language=invitation.language,
        organisation=invitation.organisation,
    )
    _join(person, password, invitation.role)
    audit.record(actor, "accounts.person_joined", person.pk)
    invitation.delete()
    return person


@transaction.atomic
def person_change(actor: User, *, name: str, language: str) -> None:
    """Change one's own name or language."""
    actor.name, actor.language = name, language
    actor.save(update_fields=["name", "language"])
    audit.record(actor, "accounts.person_changed", actor.pk)


@transaction.atomic
def role_assign(actor: User, person: User, role: str) -> None:
    """Give a person a role."""
    person = _managed(actor, person)
    held = frozenset(one.role for one in person.roles.all())
    if not rules.may_hold(person.organisation, held, role):
        raise RefusedError(
            _(
                "This person cannot have this role: police have one of their own, and who oversees does nothing else."
            )
        )
    if role not in held:
        RoleAssignment.objects.create(person=person, role=role)
        audit.record(actor, f"accounts.role_assigned.{role}", person.pk)


@transaction.atomic
def role_take(actor: User, person: User, role: str) -> None:
    """Take a role away; somebody must go on coordinating."""
    person = _managed(actor, person)
    if role == Role.COORDINATOR:
        _refuse_last(person)
    gone, _rows = RoleAssignment.objects.filter(person=person, role=role).delete()
    if gone:
        audit.record(actor, f"accounts.role_taken.{role}", person.pk)


@transaction.atomic
def person_leave(actor: User, person: User, now: datetime) -> None:
    """Say that a person has left: roles, factors and address go, and the next request finds nobody."""
    person = _managed(actor, person)
    if person.has(Role.COORDINATOR):
        _refuse_last(person)
    person.roles.all().delete()
    Authenticator.objects.filter(user=person).delete()
    person.set_unusable_password()
    person.is_active, person.left_at = False, now
    person.email = f"{person.pk}@left.invalid"
    person.save()
    audit.record(actor, "accounts.person_left", person.pk)


@transaction.atomic
def countersigned_open(actor: User, what: str, person: User, now: datetime) -> None:
    """Open a recovery or a succession, for a second person to countersign.

    A succession is for a town without a coordinator who could do it: one who is left does it alone.
    """
    if not rules.may_countersign(actor) or actor == person:
        raise RefusedError(_("Two others, who coordinate or oversee, help a person back."))
    if what == Countersigned.What.SUCCESSION:
        _refuse_unless_coordinator(person)
    Countersigned.objects.filter(expires_at__lte=now).delete()
    if Countersigned.objects.filter(what=what, person=person).exists():
        raise RefusedError(_("This was opened before; a second person can countersign it."))
    opened = Countersigned.objects.create(
        what=what, person=person, opened_by=actor, opened_at=now, expires_at=now + OPEN_FOR
    )
    audit.record(actor, f"accounts.{what}_opened", opened.pk)


@transaction.atomic
def countersign(actor: User, opened: Countersigned, now: datetime) -> str:
    """Countersign; give the secret part of a recovery's link, once."""
    opened = Countersigned.objects.select_for_update().get(pk=opened.pk)
    may = rules.may_countersign(actor) and actor not in (opened.opened_by, opened.person)
    if not may or opened.countersigned_by or opened.expires_at <= now:
        raise RefusedError(
            _(
                "A second person, neither the one who opened it nor the one it is for, countersigns once."
            )
        )
    audit.record(actor, f"accounts.{opened.what}_countersigned", opened.pk)
    if opened.what == Countersigned.What.SUCCESSION:
        _refuse_unless_coordinator(opened.person)
        RoleAssignment.objects.get_or_create(person=opened.person, role=Role.COORDINATOR)
        opened.delete()
        return ""
    secret, opened.digest = _link()
    opened.countersigned_by = actor
    opened.save()
    return secret


@transaction.atomic
def countersigned_withdraw(actor: User, opened: Countersigned) -> None:
    """Take back what was opened."""
    if not rules.may_countersign(actor):
        raise RefusedError(_("Those who coordinate or oversee take this back."))
    audit.record(actor, f"accounts.{opened.what}_withdrawn", opened.pk)
    opened.delete()


@transaction.atomic
def recovery_use(actor: None, *, secret: str, password: str, now: datetime) -> User:
    """Set a new password by a link that two others made; factors are gone, and so are all sessions."""
    opened = (
        Countersigned.objects.select_for_update()
        .select_related("person")
        .filter(digest=_digest(secret), expires_at__gt=now, person__is_active=True)
        .first()
    )
    if opened is None:
        raise RefusedError(
            _("This link has been used, taken back, or is too old. Ask for a new one.")
        )
    person = opened.person
    _set_password(person, password)
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    audit.record(actor, "accounts.recovery_used", person.pk)
    opened.delete()
    return person


def _join(person: User, password: str, role: str) -> None:
    person.email = person.email.casefold()
    _set_password(person, password)
    person.save(force_insert=True)
    RoleAssignment.objects.create(person=person, role=role)


def _set_password(person: User, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise RefusedError(" ".join(error.messages)) from None
    person.set_password(password)


def _managed(actor: User, person: User) -> User:
    """Hold the person's row, for one who manages people."""
    if not rules.may_manage_people(actor):
        raise RefusedError(_("Only a coordinator may do this."))
    return User.objects.select_for_update().get(pk=person.pk)


def _refuse_last(person: User) -> None:
    others = RoleAssignment.objects.select_for_update().filter(role=Role.COORDINATOR)
    if not others.exclude(person=person).exists():
        raise RefusedError(
            _("This is the last coordinator: first make another person coordinator.")
        )


def _refuse_unless_coordinator(person: User) -> None:
    held = frozenset(one.role for one in person.roles.all())
    if not rules.may_hold(person.organisation, held, Role.COORDINATOR):
        raise RefusedError(_("This person cannot coordinate."))


def _link() -> tuple[str, str]:
    """Make the secret part of a link, and the digest by which it is known again."""
    secret = secrets.token_urlsafe(32)
    return secret, _digest(secret)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
