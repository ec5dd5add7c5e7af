"""Every address, for everybody, by every method: held against a policy written a second time.

Status codes prove little, so every answer is searched for the names of those whom the reader may not know of,
and a refused request must leave every row of the database as it was.
"""

import hashlib
import re

import policy
import pytest
import town
from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

METHODS = ("get", "post", "head", "put", "patch", "delete", "options")
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
UNWATCHED = {"Session", "DBTaskResult"}
NOWHERE = 999_999
OF_FACTORS = {"mfa_deactivate_totp", "mfa_download_recovery_codes", "mfa_view_recovery_codes"}


def addresses(patterns=None, prefix=""):
    """Walk all addresses of the portal."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            space = f"{one.namespace}:" if one.namespace else ""
            yield from addresses(one.url_patterns, prefix + space)
        elif isinstance(one, URLPattern):
            yield prefix + str(one.name), one.pattern.converters


ADDRESSES = dict(addresses())


def things(page, filled):
    """Give the arguments that a page can have, each with the person that it is about."""
    wants = ADDRESSES[page]
    if "secret" in wants:
        return [(["a-link-that-nobody-made"], None)]
    if page in {"mfa_edit_webauthn", "mfa_remove_webauthn"}:
        return [([NOWHERE], None)]
    if page == "accounts:invitation_withdraw":
        return [([filled.invitation.pk], "invited")]
    if page in {"accounts:countersign", "accounts:countersigned_withdraw"}:
        return [([filled.opened.pk], "teacher"), ([filled.countersigned.pk], "nobody")]
    if "pk" in wants:
        named = {name: [one.pk] for name, one in filled.people.items()}
        more = ["recovery"] if "what" in wants else []
        return [([*pk, *more], name) for name, pk in named.items()]
    return [([], None)]


def digest():
    """Give a digest of every row that matters."""
    rows = hashlib.sha256()
    for model in apps.get_models():
        if model.__name__ not in UNWATCHED:
            for row in model.objects.order_by("pk").values_list():
                rows.update(repr(row).encode())
    return rows.hexdigest()


def leaks(actor, body, filled):
    """Give the people named in an answer whom the reader may not know of."""
    named = [*filled.people, "invited"]
    hidden = [name for name in named if not policy.may_read(actor, name)]
    return [name for name in hidden if town.hash_of(name).encode() in body]


def ask(client, method, page, args):
    """Ask for a page, give the answer and the database then, and undo whatever it did."""
    with transaction.atomic():
        answer = getattr(client, method)(reverse(page, args=args))
        after = digest()
        transaction.set_rollback(True)
    return answer, after


def swept(page, methods, filled, signed_in):
    """Ask for a page as everybody, with everything that it can be about."""
    people = {None: None, **filled.people}
    clients = {name: signed_in(person) for name, person in people.items()}
    before = digest()
    for name, client in clients.items():
        for args, other in things(page, filled):
            for method in methods:
                check(client, method, (name, page, args, other), (filled, before))


def test_every_address_is_in_the_policy_and_the_policy_names_no_other():
    assert set(ADDRESSES) == policy.LISTED


@pytest.mark.parametrize("page", sorted(ADDRESSES))
def test_a_page_opens_to_those_it_is_for_and_is_not_there_for_others(filled, signed_in, page):
    swept(page, METHODS[:2], filled, signed_in)


@pytest.mark.long
@pytest.mark.parametrize("page", sorted(ADDRESSES))
def test_no_other_method_opens_what_is_closed(filled, signed_in, page):
    swept(page, METHODS[2:], filled, signed_in)


def check(client, method, cell, held):
    """Hold one cell of the matrix against the policy."""
    (actor, page, args, other), (filled, before) = cell, held
    answer, after = ask(client, method, page, args)
    where = (method, *cell, answer.status_code)
    carried = answer.content + repr(sorted(answer.headers.items())).encode()
    assert not leaks(actor, carried, filled), where
    assert answer.status_code < 500, where
    if policy.may_open(actor, page, other):
        may_lack = page in OF_FACTORS or "secret" in ADDRESSES[page] or NOWHERE in args
        assert answer.status_code != 404 or may_lack, where
        return
    assert after == before, where
    if actor is None or actor in policy.GONE:
        assert answer.status_code == 302, where
        assert answer.headers["Location"].startswith("/sign-in/?next="), where
    else:
        assert answer.status_code in (404, 405), where


def test_what_is_not_yours_and_what_is_not_there_look_the_same(filled, signed_in):
    client = signed_in(filled.people["liaison"])
    hidden = client.get(reverse("accounts:person_detail", args=[filled.people["teacher"].pk]))
    absent = client.get(reverse("accounts:person_detail", args=[NOWHERE]))
    assert TOKEN.sub(b"", hidden.content) == TOKEN.sub(b"", absent.content)
    assert hidden.headers == absent.headers
