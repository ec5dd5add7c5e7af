"""Signing in and staying signed in: through the real forms."""

import re
from time import time

import pytest
import town
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value
from cryptography.exceptions import InvalidTag
from django.contrib.auth import hashers
from django.core.cache import cache
from django.test import Client

from headwater.portal.accounts.models import AuditEntry
from headwater.portal.accounts.sealing import Sealed


@pytest.fixture(autouse=True)
def no_rates(db):
    cache.clear()


def sign_in(client, email="teacher@fjordby.example", password=town.PASSWORD):
    return client.post("/sign-in/", {"login": email, "password": password})


def test_who_knows_the_password_is_in_and_it_is_written_down(filled):
    client = Client()
    assert sign_in(client, "TEACHER@fjordby.example").headers["Location"] == "/"
    assert client.get("/").status_code == 200
    last = AuditEntry.objects.last()
    assert (last.act, last.actor) == ("accounts.signed_in", filled.people["teacher"].pk)


def test_a_wrong_password_and_an_unknown_person_look_the_same(filled):
    wrong = sign_in(Client(), password="not the password").content.decode()
    unknown = sign_in(Client(), "who@fjordby.example").content.decode()
    hide = re.compile(r'value="[^"]*"')
    assert hide.sub("", wrong) == hide.sub("", unknown)
    assert AuditEntry.objects.filter(act="accounts.sign_in_failed").count() == 2


def test_who_tries_too_often_waits_even_with_the_right_password(filled):
    for _ in range(5):
        sign_in(Client(), password="not the password")
    answer = sign_in(Client())
    assert "Too many failed login attempts" in answer.content.decode()
    assert sign_in(Client(), "colleague@fjordby.example").status_code == 302


def test_nobody_signs_up(filled):
    assert Client().get("/sign-in/signup/").status_code in (302, 404)
    assert Client().get("/accounts/signup/").status_code in (302, 404)


def test_a_session_is_new_at_each_sign_in_and_dead_after_signing_out(filled):
    client = Client()
    client.get("/sign-in/")
    before = client.session.session_key
    sign_in(client)
    inside = client.session.session_key
    assert inside != before
    client.post("/sign-in/out/")
    old = Client()
    old.cookies["sessionid"] = inside
    assert old.get("/").status_code == 302


@pytest.mark.parametrize(
    ("name", "ago", "stays"),
    [
        ("seen_at", 29 * 60, True),
        ("seen_at", 31 * 60, False),
        ("signed_in_at", 7 * 3600, True),
        ("signed_in_at", 8 * 3600 + 60, False),
    ],
)
def test_a_session_ends_when_idle_or_old(filled, signed_in, name, ago, stays):
    client = signed_in(filled.people["teacher"])
    session = client.session
    session.update({"seen_at": time(), "signed_in_at": time(), name: time() - ago})
    session.save()
    assert (client.get("/").status_code == 200) == stays


def test_pages_are_kept_by_no_browser_and_run_no_foreign_code(filled, signed_in):
    headers = signed_in(filled.people["teacher"]).get("/").headers
    assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"


def test_signing_out_clears_the_browser(filled, signed_in):
    answer = signed_in(filled.people["teacher"]).post("/sign-in/out/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def code(secret, seconds=0):
    """Give what an authenticator app shows, some time from now."""
    counter = int((time() + seconds) // 30)
    return f"{hotp_value(secret, counter):06}"


def with_app(person):
    """Give a person an authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def test_the_secret_of_an_app_is_sealed_in_the_database(filled):
    secret = with_app(filled.people["teacher"])
    stored = Authenticator.objects.get(user=filled.people["teacher"])
    assert secret not in repr(stored.data)


def test_a_second_factor_is_asked_for_and_works_once(filled):
    secret = with_app(filled.people["teacher"])
    client = Client()
    assert sign_in(client).headers["Location"].startswith("/sign-in/factor/")
    assert client.get("/").status_code == 302
    wrong = client.post("/sign-in/factor/", {"code": "000000"})
    assert wrong.status_code == 200
    now = code(secret)
    assert client.post("/sign-in/factor/", {"code": now}).headers["Location"] == "/"
    other = Client()
    sign_in(other)
    assert other.post("/sign-in/factor/", {"code": now}).status_code == 200


def test_where_a_second_factor_is_required_nothing_opens_before_it(filled, signed_in, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    client = signed_in(filled.people["teacher"])
    for page in ("/", "/people/", "/people/you/"):
        assert client.get(page).headers["Location"] == "/you/factors/"
    assert client.get("/you/factors/").status_code == 200
    with_app(filled.people["teacher"])
    assert client.get("/").status_code == 200


def test_a_sensitive_act_asks_again_who_one_is(filled):
    client = Client()
    sign_in(client, "first@fjordby.example")
    invite = client.get("/people/invite/")
    assert invite.headers["Location"] == "/sign-in/again/?next=%2Fpeople%2Finvite%2F"
    client.post("/sign-in/again/?next=/people/invite/", {"password": town.PASSWORD})
    assert client.get("/people/invite/").status_code == 200


def test_a_form_from_elsewhere_changes_nothing(filled):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(filled.people["teacher"])
    answer = strict.post("/people/you/", {"name": "Another", "language": "en"})
    assert answer.status_code == 403
    assert "too old" in answer.content.decode()


def test_a_person_reads_in_their_own_language(filled, signed_in):
    client = signed_in(filled.people["teacher"])
    client.post("/people/you/", {"name": "Teacher", "language": "de"})
    assert '<html lang="de"' in client.get("/").content.decode()


def test_one_kind_of_secret_cannot_be_opened_as_another():
    sealed = Sealed("one").seal("word")
    assert Sealed("one").open(sealed) == "word"
    assert Sealed("one").seal("word") != sealed
    with pytest.raises(InvalidTag):
        Sealed("other").open(sealed)


def test_passwords_are_kept_by_argon2():
    from headwater.portal.config import settings as real

    assert real.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert (
        hashers.Argon2PasswordHasher().encode("word", "saltsaltsalt").startswith("argon2$argon2id")
    )
