"""A filled town: people of every role and several partners, with words that must not leak."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from headwater.portal.accounts import services
from headwater.portal.accounts.models import (
    Countersigned,
    Invitation,
    Kind,
    Organisation,
    Role,
    RoleAssignment,
    Town,
    User,
)

PASSWORD = "a long walk by the fjord"
HELPING = [role for role in Role if role != Role.POLICE_LIAISON]


@dataclass
class Filled:
    """People by a name of the role and the partner, and what was begun."""

    people: dict[str, User] = field(default_factory=dict)
    invitation: Invitation | None = None
    opened: Countersigned | None = None
    countersigned: Countersigned | None = None


def canary(name: str) -> str:
    """Give a word for one person that stands nowhere else, and shares no beginning with another's."""
    return f"{hash_of(name)}-{name}"


def hash_of(name: str) -> str:
    """Give eight letters that differ from the first one on."""
    return f"{abs(hash((name, 'canary'))) % 16**8:08x}"


def set_up() -> User:
    """Set up a town with its first coordinator."""
    return services.town_set_up(
        None,
        town=Town(name="Fjordby", contact="debate@fjordby.example"),
        organisation=Organisation(name="Fjordby Municipality", kind=Kind.MUNICIPALITY),
        person=User(name=canary("first"), email="First@fjordby.example"),
        password=PASSWORD,
    )


def person(name: str, organisation: Organisation, *roles: str) -> User:
    """Let a person work for a partner in some roles."""
    made = User(name=canary(name), email=f"{name}@fjordby.example", organisation=organisation)
    made.set_password(PASSWORD)
    made.save()
    for role in roles:
        RoleAssignment.objects.create(person=made, role=role)
    return made


def filled() -> Filled:
    """Fill a town: one of each role at the town hall, a school, police, and one who left."""
    now = timezone.now()
    made = Filled()
    first = made.people["first"] = set_up()
    hall = first.organisation
    school = Organisation.objects.create(name="Fjordby School", kind=Kind.SCHOOL)
    police = Organisation.objects.create(name="Fjordby Police", kind=Kind.POLICE)
    for role in HELPING:
        made.people[role.value] = person(role.value, hall, role)
    made.people["nobody"] = person("nobody", hall)
    made.people["teacher"] = person("teacher", school, Role.PROFESSIONAL)
    made.people["colleague"] = person("colleague", school, Role.PROFESSIONAL)
    made.people["liaison"] = person("liaison", police, Role.POLICE_LIAISON)
    left = made.people["left"] = person("left", school, Role.PROFESSIONAL)
    services.person_leave(first, left, now)
    made.invitation = Invitation(
        email=f"{hash_of('invited')}@invited.example",
        organisation=school,
        role=Role.PROFESSIONAL,
    )
    services.person_invite(first, made.invitation, now)
    services.countersigned_open(first, "recovery", made.people["teacher"], now)
    made.opened = Countersigned.objects.get(person=made.people["teacher"])
    services.countersigned_open(first, "recovery", made.people["nobody"], now)
    made.countersigned = Countersigned.objects.get(person=made.people["nobody"])
    services.countersign(made.people["auditor"], made.countersigned, now + timedelta(minutes=1))
    made.countersigned.refresh_from_db()
    return made
