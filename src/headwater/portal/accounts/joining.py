"""Pages for people who are not signed in yet: the first run, an invitation, the way back."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters

from headwater.portal.accounts import selectors, services
from headwater.portal.accounts.answers import refusals_on
from headwater.portal.accounts.forms import (
    Join,
    NewPassword,
    SetUpOrganisation,
    SetUpPerson,
    SetUpTown,
)


@login_not_required
@sensitive_post_parameters()
def set_up(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask for the town, its first organisation and its first coordinator; then it is set up."""
    if selectors.town() or not hmac.compare_digest(secret, settings.SETUP_SECRET):
        raise Http404
    data = request.POST or None
    town, organisation = SetUpTown(data, prefix="town"), SetUpOrganisation(data, prefix="work")
    person, password = SetUpPerson(data, prefix="person"), NewPassword(data)
    forms = (town, organisation, person, password)
    if all([form.is_valid() for form in forms]):  # all of them, to name every error
        with refusals_on(password):
            services.town_set_up(
                None,
                town=town.instance,
                organisation=organisation.instance,
                person=person.instance,
                password=password.cleaned_data["password"],
            )
            return redirect("home:today")
    shown = {"town_form": town, "work_form": organisation, "person_forms": (person, password)}
    return render(request, "accounts/set_up.html", shown)


@login_not_required
@sensitive_post_parameters()
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask a person who was invited for a name and a password."""
    form = Join(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            now = timezone.now()
            services.invitation_accept(None, secret=secret, now=now, **form.cleaned_data)
            return redirect("account_login")
    return render(request, "accounts/join.html", {"form": form})


@login_not_required
@sensitive_post_parameters()
def recover(request: HttpRequest, secret: str) -> HttpResponse:
    """Ask a person whom two others help back for a new password."""
    form = NewPassword(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            services.recovery_use(None, secret=secret, now=timezone.now(), **form.cleaned_data)
            return redirect("account_login")
    return render(request, "accounts/recover.html", {"form": form})
