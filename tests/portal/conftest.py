"""What tests of the portal need."""

from time import time

import pytest
import town
from django.test import Client

from headwater.portal.accounts.models import User


@pytest.fixture
def filled(db):
    """A filled town."""
    return town.filled()


@pytest.fixture
def signed_in():
    """Sign people in without a form, as having proved a moment ago who they are."""

    def sign_in(person: User | None) -> Client:
        client = Client()
        if person:
            client.force_login(person)
            session = client.session
            session["account_authentication_methods"] = [
                {"method": "password", "at": time(), "reauthenticated": True}
            ]
            session["account_authentication_methods_user"] = str(person.pk)
            session.save()
        return client

    return sign_in
