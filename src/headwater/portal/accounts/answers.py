"""How a page answers when something was done or refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from headwater.portal.errors import RefusedError


@contextmanager
def refusals_on(form: forms.BaseForm) -> Iterator[None]:
    """Say on the form why it was refused, and go on behind the block."""
    try:
        yield
    except RefusedError as refusal:
        form.add_error(None, str(refusal))


@contextmanager
def told(request: HttpRequest, said: str) -> Iterator[None]:
    """Say on the next page that it was done, or why not."""
    try:
        yield
    except RefusedError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)


def link_made(request: HttpRequest, path: str, who: str) -> HttpResponse:
    """Show a link once: it is kept nowhere."""
    shown = {"link": request.build_absolute_uri(path), "who": who}
    return render(request, "accounts/link_made.html", shown)
