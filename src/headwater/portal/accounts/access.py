"""Who may open a page: each names its rule, and what is not yours to see is not there.

Signing in is asked for of every page by Django's own middleware; the few public ones say so themselves.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from allauth.account.decorators import reauthentication_required
from django.http import Http404, HttpResponse

from headwater.portal.accounts.models import SignedInRequest, User

P = ParamSpec("P")
Rule = Callable[[User], bool]
View = Callable[Concatenate[SignedInRequest, P], HttpResponse]


def allowed(rule: Rule, *, sensitive: bool = False) -> Callable[[View[P]], View[P]]:
    """Open a page to those whom the rule allows; to others it is not found.

    Args:
        rule: Decides by the actor alone; what depends on a thing is decided by its selector.
        sensitive: Ask for the password or second factor again, if it was given some time ago.
    """

    def opened(view: View[P]) -> View[P]:
        shown: View[P] = reauthentication_required(view) if sensitive else view

        def page(request: SignedInRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not rule(request.user):
                raise Http404
            return shown(request, *args, **kwargs)

        return cast("View[P]", wraps(view)(page))

    return opened
