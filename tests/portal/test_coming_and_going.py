"""How people come, what they may become, how they leave and are helped back."""

from datetime import timedelta

import pytest
import town
from django.db import IntegrityError, transaction
from django.utils import timezone

from headwater.portal.accounts import rules, services
from headwater.portal.accounts.models import (
    AuditEntry,
    Countersigned,
    Invitation,
    Kind,
    Organisation,
    Role,
    User,
)
from headwater.portal.errors import RefusedError

NOW = timezone.now()


def acts():
    return list(AuditEntry.objects.values_list("act", flat=True))


def refuses(act, *args, **kwargs):
    """Say why an act is refused, and see that it changed nothing and is not written down."""
    before = acts()
    with pytest.raises(RefusedError) as refusal, transaction.atomic():
        act(*args, **kwargs)
    assert acts() == before
    return str(refusal.value)


def invited(filled, **changes):
    made = {
        "email": "New@school.example",
        "organisation": filled.people["teacher"].organisation,
        "role": Role.PROFESSIONAL,
        **changes,
    }
    return Invitation(**made)


def test_a_town_is_set_up_once(db):
    first = town.set_up()
    assert first.has(Role.COORDINATOR)
    assert first.check_password(town.PASSWORD)
    assert acts() == ["accounts.town_set_up"]
    assert "already" in refuses(town.set_up)


def test_a_person_comes_by_a_link_once(filled):
    secret = services.person_invite(filled.people["first"], invited(filled), NOW)
    come = {"secret": secret, "name": "New", "password": town.PASSWORD, "now": NOW}
    person = services.invitation_accept(None, **come)
    assert (person.email, person.organisation.name) == ("new@school.example", "Fjordby School")
    assert person.has(Role.PROFESSIONAL)
    assert acts()[-2:] == ["accounts.person_invited", "accounts.person_joined"]
    assert "used" in refuses(services.invitation_accept, None, **come)


def test_the_link_itself_is_kept_nowhere(filled):
    secret = services.person_invite(filled.people["first"], invited(filled), NOW)
    rows = [repr(row) for model in (Invitation, AuditEntry) for row in model.objects.values()]
    assert not [row for row in rows if secret in row]


def test_a_link_grows_old(filled):
    secret = services.person_invite(filled.people["first"], invited(filled), NOW)
    late = NOW + services.INVITED_FOR
    come = {"secret": secret, "name": "New", "password": town.PASSWORD, "now": late}
    assert "too old" in refuses(services.invitation_accept, None, **come)


def test_a_second_invitation_replaces_the_first(filled):
    first = services.person_invite(filled.people["first"], invited(filled), NOW)
    second = services.person_invite(filled.people["first"], invited(filled), NOW)
    come = {"name": "New", "password": town.PASSWORD, "now": NOW}
    refuses(services.invitation_accept, None, secret=first, **come)
    assert services.invitation_accept(None, secret=second, **come)


def test_an_invitation_taken_back_leads_nowhere(filled):
    secret = services.person_invite(filled.people["first"], invited(filled), NOW)
    services.invitation_withdraw(
        filled.people["first"],
        Invitation.objects.get(expires_at=NOW + services.INVITED_FOR, email="new@school.example"),
    )
    come = {"secret": secret, "name": "New", "password": town.PASSWORD, "now": NOW}
    refuses(services.invitation_accept, None, **come)


@pytest.mark.parametrize("name", ["analyst", "auditor", "teacher", "liaison", "nobody"])
def test_only_who_coordinates_invites(filled, name):
    assert "coordinator" in refuses(
        services.person_invite, filled.people[name], invited(filled), NOW
    )


def test_a_known_address_is_not_invited_again(filled):
    again = invited(filled, email="TEACHER@fjordby.example")
    assert "already" in refuses(services.person_invite, filled.people["first"], again, NOW)


@pytest.mark.parametrize("password", ["short", "password12345", "teacher-of-new", "123456789012"])
def test_a_weak_password_is_refused(filled, password):
    secret = services.person_invite(filled.people["first"], invited(filled), NOW)
    come = {"secret": secret, "name": "teacher of new", "password": password, "now": NOW}
    assert refuses(services.invitation_accept, None, **come)
    assert not User.objects.filter(email="new@school.example").exists()


@pytest.mark.parametrize("kind", Kind)
def test_police_hold_one_role_and_nobody_else_holds_it(kind):
    partner = Organisation(name="one", kind=kind)
    may = {role for role in Role if rules.may_hold(partner, frozenset(), role)}
    police = {Role.POLICE_LIAISON}
    assert may == (police if kind == Kind.POLICE else set(Role) - police)


@pytest.mark.parametrize("overseer", rules.OVERSEERS)
def test_who_oversees_does_nothing_else(overseer):
    hall = Organisation(name="hall", kind=Kind.MUNICIPALITY)
    others = [role for role in rules.HELPING if role != overseer]
    assert not [role for role in others if rules.may_hold(hall, frozenset({overseer}), role)]
    assert not [role for role in others if rules.may_hold(hall, frozenset({role}), overseer)]


def test_other_roles_are_held_together(filled):
    analyst = filled.people["analyst"]
    services.role_assign(filled.people["first"], analyst, Role.EDITOR)
    assert {one.role for one in User.objects.get(pk=analyst.pk).roles.all()} == {
        "analyst",
        "editor",
    }
    assert acts()[-1] == "accounts.role_assigned.editor"


def test_the_last_coordinator_stays(filled):
    first, second = filled.people["first"], filled.people["coordinator"]
    services.role_take(first, second, Role.COORDINATOR)
    assert "last" in refuses(services.role_take, first, first, Role.COORDINATOR)
    assert "last" in refuses(services.person_leave, first, first, NOW)
    services.role_assign(first, filled.people["nobody"], Role.COORDINATOR)
    services.person_leave(first, first, NOW)
    assert not User.objects.get(pk=first.pk).is_active


def test_who_left_is_gone_at_the_next_request_and_leaves_no_address(filled, signed_in):
    teacher = filled.people["teacher"]
    client = signed_in(teacher)
    assert client.get("/").status_code == 200
    services.person_leave(filled.people["first"], teacher, NOW)
    assert client.get("/").headers["Location"] == "/sign-in/?next=/"
    gone = User.objects.get(pk=teacher.pk)
    assert gone.email.endswith("@left.invalid")
    assert not gone.has_usable_password()
    assert not gone.roles.exists()


def test_a_role_taken_away_closes_its_pages_at_the_next_request(filled, signed_in):
    second = filled.people["coordinator"]
    client = signed_in(second)
    assert client.get("/people/town/").status_code == 200
    services.role_take(filled.people["first"], second, Role.COORDINATOR)
    assert client.get("/people/town/").status_code == 404


def opened(filled, what, name):
    services.countersigned_open(filled.people["first"], what, filled.people[name], NOW)
    return Countersigned.objects.get(what=what, person=filled.people[name])


def test_two_others_help_a_person_back(filled, signed_in):
    analyst = filled.people["analyst"]
    client = signed_in(analyst)
    one = opened(filled, "recovery", "analyst")
    for name in ("first", "analyst", "teacher", "liaison"):
        assert "second person" in refuses(services.countersign, filled.people[name], one, NOW)
    secret = services.countersign(filled.people["auditor"], one, NOW)
    new = "another walk, another shore"
    services.recovery_use(None, secret=secret, password=new, now=NOW)
    assert User.objects.get(pk=analyst.pk).check_password(new)
    assert client.get("/").status_code == 302  # old sessions are over
    refuses(services.recovery_use, None, secret=secret, password=new, now=NOW)


def test_a_recovery_is_countersigned_once_and_grows_old(filled):
    one = opened(filled, "recovery", "analyst")
    secret = services.countersign(filled.people["auditor"], one, NOW)
    refuses(services.countersign, filled.people["coordinator"], one, NOW)
    late = NOW + services.OPEN_FOR + timedelta(seconds=1)
    refuses(services.recovery_use, None, secret=secret, password=town.PASSWORD, now=late)


def test_two_overseers_make_a_coordinator_where_none_is_left(filled):
    auditor, officer = filled.people["auditor"], filled.people["data_protection_officer"]
    services.countersigned_open(auditor, "succession", filled.people["nobody"], NOW)
    one = Countersigned.objects.get(what="succession")
    assert services.countersign(officer, one, NOW) == ""
    assert User.objects.get(pk=filled.people["nobody"].pk).has(Role.COORDINATOR)
    assert not Countersigned.objects.filter(what="succession").exists()


@pytest.mark.parametrize("name", ["auditor", "liaison"])
def test_neither_overseers_nor_police_succeed(filled, name):
    officer = filled.people["data_protection_officer"]
    why = refuses(services.countersigned_open, officer, "succession", filled.people[name], NOW)
    assert "cannot coordinate" in why


def test_nobody_helps_themselves_back_even_past_the_services(filled):
    first = filled.people["first"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Countersigned.objects.create(
            what="recovery", person=first, opened_by=first, opened_at=NOW, expires_at=NOW
        )
