"""Pages on people, partners and the audit trail: read the request, make one call, answer."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from headwater.portal.accounts import audit, rules, selectors, services
from headwater.portal.accounts.access import allowed
from headwater.portal.accounts.answers import link_made, refusals_on, told
from headwater.portal.accounts.forms import (
    AddOrganisation,
    ChangeSelf,
    ChangeTown,
    GiveRole,
    Invite,
)
from headwater.portal.accounts.models import Countersigned, SignedInRequest

ON_A_PAGE = 100  # lines of the audit trail


@allowed(rules.may_see_people)
def person_list(request: SignedInRequest) -> HttpResponse:
    """Show colleagues, invitations that wait, and who is being helped back."""
    now = timezone.now()
    shown = {
        "people": selectors.people(request.user),
        "invitations": selectors.invitations(request.user, now),
        "countersigned": selectors.countersigned(request.user, now),
    }
    return render(request, "accounts/person_list.html", shown)


@allowed(rules.may_see_people)
def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a colleague, and to those who manage people what they may do."""
    person = get_object_or_404(selectors.people(request.user), pk=pk)
    shown = {
        "person": person,
        "form": GiveRole(person),
        "may_help": rules.may_countersign(request.user) and person != request.user,
        "kinds": Countersigned.What.choices,
    }
    return render(request, "accounts/person_detail.html", shown)


@allowed(rules.may_manage_people, sensitive=True)
def person_invite(request: SignedInRequest) -> HttpResponse:
    """Ask whom to invite into what, then show the link once."""
    form = Invite(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            secret = services.person_invite(request.user, form.instance, timezone.now())
            return link_made(request, reverse("accounts:join", args=[secret]), form.instance.email)
    return render(request, "accounts/person_invite.html", {"form": form})


@allowed(rules.may_manage_people)
@require_POST
def invitation_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    waiting = get_object_or_404(selectors.invitations(request.user, timezone.now()), pk=pk)
    with told(request, _("The invitation was taken back.")):
        services.invitation_withdraw(request.user, waiting)
    return redirect("accounts:person_list")


@allowed(rules.may_manage_people, sensitive=True)
@require_POST
def role_assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a role."""
    person = get_object_or_404(selectors.people(request.user), pk=pk)
    with told(request, _("The role was given.")):
        services.role_assign(request.user, person, request.POST.get("role", ""))
    return redirect("accounts:person_detail", person.pk)


@allowed(rules.may_manage_people, sensitive=True)
@require_POST
def role_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    person = get_object_or_404(selectors.people(request.user), pk=pk)
    with told(request, _("The role was taken away.")):
        services.role_take(request.user, person, request.POST.get("role", ""))
    return redirect("accounts:person_detail", person.pk)


@allowed(rules.may_manage_people, sensitive=True)
def person_leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask once more, then let the person go."""
    person = get_object_or_404(selectors.people(request.user), pk=pk)
    if request.method != "POST":
        return render(request, "accounts/person_leave.html", {"person": person})
    with told(request, _("%(name)s has left.") % {"name": person.name}):
        services.person_leave(request.user, person, timezone.now())
    return redirect("accounts:person_list")


@allowed(rules.may_countersign, sensitive=True)
@require_POST
def countersigned_open(request: SignedInRequest, pk: int, what: str) -> HttpResponse:
    """Open a recovery or a succession."""
    person = get_object_or_404(selectors.people(request.user), pk=pk)
    with told(request, _("Opened. A second person must countersign it within three days.")):
        services.countersigned_open(request.user, what, person, timezone.now())
    return redirect("accounts:person_list")


@allowed(rules.may_countersign, sensitive=True)
@require_POST
def countersign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Countersign what another opened; of a recovery, show the link once."""
    now = timezone.now()
    opened = get_object_or_404(selectors.countersigned(request.user, now), pk=pk)
    with told(request, _("Countersigned.")):
        if secret := services.countersign(request.user, opened, now):
            path = reverse("accounts:recover", args=[secret])
            return link_made(request, path, opened.person.name)
    return redirect("accounts:person_list")


@allowed(rules.may_countersign)
@require_POST
def countersigned_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back what was opened."""
    opened = get_object_or_404(selectors.countersigned(request.user, timezone.now()), pk=pk)
    with told(request, _("Taken back.")):
        services.countersigned_withdraw(request.user, opened)
    return redirect("accounts:person_list")


@allowed(rules.may_manage_people)
def organisation_add(request: SignedInRequest) -> HttpResponse:
    """Ask for a partner, then add it."""
    form = AddOrganisation(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.organisation_add(request.user, form.instance)
            return redirect("accounts:person_invite")
    return render(request, "accounts/organisation_add.html", {"form": form})


@allowed(rules.may_change_town)
def town_change(request: SignedInRequest) -> HttpResponse:
    """Show what is set for the town, and change it."""
    form = ChangeTown(request.POST or None, instance=selectors.town())
    if form.is_valid():
        with refusals_on(form):
            services.town_change(request.user, form.instance)
            return redirect("home:today")
    return render(request, "accounts/town_change.html", {"form": form})


@allowed(rules.may_see_people)
def person_change(request: SignedInRequest) -> HttpResponse:
    """Show one's own name and language, and change them."""
    form = ChangeSelf(request.POST or None, instance=request.user)
    if form.is_valid():
        with refusals_on(form):
            services.person_change(request.user, **form.cleaned_data)
            return redirect("accounts:person_change")
    return render(request, "accounts/person_change.html", {"form": form})


@allowed(rules.may_read_audit_trail)
def audit_trail(request: SignedInRequest) -> HttpResponse:
    """Show what was done, and whether the trail holds together."""
    entries = Paginator(selectors.audit_entries(request.user), ON_A_PAGE)
    page = entries.get_page(request.GET.get("page"))
    audit.read(request.user, "accounts.audit_trail_read")
    shown = {"page": page, "is_whole": selectors.audit_is_whole(request.user)}
    return render(request, "accounts/audit_trail.html", shown)
