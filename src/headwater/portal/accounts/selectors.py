"""Everything read of organisations and people, for a given actor and nobody else."""

from datetime import datetime

from django.db.models import Q, QuerySet

from headwater.portal.accounts import audit, rules
from headwater.portal.accounts.models import (
    AuditEntry,
    Countersigned,
    Invitation,
    Organisation,
    Role,
    Town,
    User,
)


def town() -> Town | None:
    """Give the town; none before it is set up."""
    return Town.objects.filter(pk=1).first()


def people(actor: User) -> QuerySet[User]:
    """Give the colleagues whom the actor may see: all, or the own organisation's and coordinators.

    Who coordinates or oversees sees everybody; the others need to know whom to turn to.
    """
    found = User.objects.filter(is_active=True).select_related("organisation")
    if not rules.may_countersign(actor):
        near = Q(organisation_id=actor.organisation_id) | Q(roles__role=Role.COORDINATOR)
        found = found.filter(near).distinct()
    return found.prefetch_related("roles").order_by("organisation__name", "name", "pk")


def organisations(actor: User) -> QuerySet[Organisation]:
    """Give the partners."""
    if rules.may_countersign(actor):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk=actor.organisation_id)


def invitations(actor: User, now: datetime) -> QuerySet[Invitation]:
    """Give the invitations that wait, to those who manage people."""
    waiting = Invitation.objects.filter(expires_at__gt=now).select_related("organisation")
    return waiting if rules.may_manage_people(actor) else waiting.none()


def countersigned(actor: User, now: datetime) -> QuerySet[Countersigned]:
    """Give what was opened and waits for a second person or for its use."""
    open_now = Countersigned.objects.filter(expires_at__gt=now).exclude(person=actor)
    open_now = open_now.select_related("person", "opened_by", "countersigned_by")
    return open_now if rules.may_countersign(actor) else open_now.none()


def audit_entries(actor: User) -> QuerySet[AuditEntry]:
    """Give the audit trail, the newest first."""
    entries = AuditEntry.objects.order_by("-number")
    return entries if rules.may_read_audit_trail(actor) else entries.none()


def audit_is_whole(actor: User) -> bool:
    """Say whether the trail in the database holds together; an anchor shows the rest."""
    return rules.may_read_audit_trail(actor) and not any(audit.stored_flaws())
