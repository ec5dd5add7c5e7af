"""Who may do what with organisations, people and the audit trail."""

from headwater.portal.accounts.models import Kind, Organisation, Role, User

OVERSEERS = (Role.DATA_PROTECTION_OFFICER, Role.AUDITOR)
HELPING = tuple(role for role in Role if role != Role.POLICE_LIAISON)
ROLES = {kind: (Role.POLICE_LIAISON,) if kind == Kind.POLICE else HELPING for kind in Kind}


def may_see_people(actor: User) -> bool:
    """All who work here see the colleagues that `selectors.people` gives them."""
    return actor.is_active


def may_manage_people(actor: User) -> bool:
    """A coordinator knows the partners: she invites, gives roles, and says who has left."""
    return actor.has(Role.COORDINATOR)


def may_hold(organisation: Organisation, held: frozenset[str], role: str) -> bool:
    """Say whether a person of an organisation who holds these roles may be given this one.

    Police hold one role of their own. Who oversees does nothing else: nobody checks their own work (Art.
    38(6) GDPR).
    """
    if role not in ROLES[Kind(organisation.kind)]:
        return False
    roles = held | {role}
    return len(roles) == 1 or not roles.intersection(OVERSEERS)


def may_countersign(actor: User) -> bool:
    """Help people back, and name a new coordinator: those who coordinate or oversee."""
    return actor.has(Role.COORDINATOR, *OVERSEERS)


def may_read_audit_trail(actor: User) -> bool:
    """Overseers read what was done, of everybody, themselves included."""
    return actor.has(*OVERSEERS)


def may_change_town(actor: User) -> bool:
    """The coordinator sets the town's name, look, language and terms of keeping."""
    return actor.has(Role.COORDINATOR)
