"""What holds on every page: how long one stays signed in, the second factor, the language, no copies."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch
from django.utils import translation

from headwater.portal.accounts.adapters import needs_second_factor

Next = Callable[[HttpRequest], HttpResponse]
SEEN, SINCE = "seen_at", "signed_in_at"
TO_SET_UP = ("mfa_", "account_")  # pages that lead to a second factor, or out
EVERY = 60  # seconds after which being here is noted anew: not every page writes


class SessionAgeMiddleware:
    """Ends a session that was idle too long, or that is as old as a working day."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End the session where it is too old, before anything is shown."""
        if request.user.is_authenticated:
            now, session = time(), request.session
            since = session.setdefault(SINCE, now)
            seen = session.setdefault(SEEN, now)
            if now - seen > settings.SESSION_IDLE_AGE or now - since > settings.SESSION_COOKIE_AGE:
                logout(request)
            elif now - seen > EVERY:
                session[SEEN] = now
        return self.get_response(request)


class SecondFactorMiddleware:
    """Leads a person without a second factor to the page where one is added."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the page does."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Next, args: object, kwargs: object
    ) -> HttpResponse | None:
        """Turn aside before any page but those that set it up."""
        match = request.resolver_match or ResolverMatch(view, (), {})
        name = match.url_name or ""
        if not request.user.is_authenticated or name.startswith(TO_SET_UP):
            return None
        if getattr(view, "login_required", True) and needs_second_factor(request.user):
            return redirect("mfa_index")
        return None


class LanguageMiddleware:
    """Speaks the language that a person chose; to others, that of their browser."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in that language."""
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class NoStoreMiddleware:
    """Leaves no copy of a page in a shared computer's browser, nor anything after signing out."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and say that the answer is for now alone."""
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
