"""What needs you today, from every room; and the pages for what is not there or went wrong."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from headwater.portal.accounts import selectors
from headwater.portal.accounts.models import SignedInRequest


def today(request: SignedInRequest) -> HttpResponse:
    """Show what waits for this person."""
    now = timezone.now()
    shown = {
        "countersigned": selectors.countersigned(request.user, now),
        "invitations": selectors.invitations(request.user, now),
    }
    return render(request, "home/today.html", shown)


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Say that the portal answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("well\n", content_type="text/plain")


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say the same of what is not there and of what is not yours to see."""
    return render(request, "404.html", status=404)


@login_not_required
def defect(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours, and nothing of what was asked."""
    return render(request, "500.html", status=500)


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old, or came from elsewhere."""
    return render(request, "403.html", status=403)
