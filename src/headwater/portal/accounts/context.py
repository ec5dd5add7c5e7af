"""What every page knows: the town, and the rooms that the person may enter."""

from typing import Any

from django.http import HttpRequest

from headwater.portal.accounts import rules, selectors
from headwater.portal.accounts.models import Look


def portal(request: HttpRequest) -> dict[str, Any]:
    """Give the town, its look, and what the person may open."""
    town = selectors.town()
    known = {"town": town, "look": town.look if town else Look.NEUTRAL}
    if not request.user.is_authenticated:
        return known
    return {
        **known,
        "may_read_audit_trail": rules.may_read_audit_trail(request.user),
        "may_manage_people": rules.may_manage_people(request.user),
    }
