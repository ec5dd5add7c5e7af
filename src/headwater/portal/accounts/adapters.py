"""How django-allauth signs people in here: by invitation alone, secrets sealed, acts written down."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from headwater.portal.accounts import audit
from headwater.portal.accounts.models import User
from headwater.portal.accounts.sealing import Sealed

TOTP = Sealed("accounts.totp")


class Backend(AuthenticationBackend):
    """Gives the person of a session with roles and organisation, as they are now."""

    def get_user(self, user_id: int) -> User | None:
        """Give the person; nobody, once they have left."""
        found = User.objects.filter(pk=user_id, is_active=True)
        return found.select_related("organisation").prefetch_related("roles").first()


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; each sign-in and sign-out is written down."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no: people come by invitation."""
        return False

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, when password and second factor were right."""
        super().login(request, user)
        audit.record(user, "accounts.signed_in", user.pk)

    @transaction.atomic
    def logout(self, request: HttpRequest) -> None:
        """Sign out."""
        if request.user.is_authenticated:
            audit.record(request.user, "accounts.signed_out", request.user.pk)
        super().logout(request)

    @transaction.atomic
    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down that a sign-in failed, and whose it was where there is such a person."""
        person = User.objects.filter(email=str(credentials.get("email")).casefold()).first()
        audit.record(None, "accounts.sign_in_failed", person.pk if person else "")

    @transaction.atomic
    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Write down that a password or second factor changed: allauth tells it here alone."""
        what = template_prefix.rpartition("/")[2]
        audit.record(self.request.user, f"accounts.{what}", user.pk)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secret that an authenticator app shares with us."""

    def encrypt(self, text: str) -> str:
        """Seal a secret."""
        return TOTP.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a sealed secret."""
        return TOTP.open(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Name the portal in the authenticator app."""
        return "Headwater"


def needs_second_factor(user: User) -> bool:
    """Say whether a person must add a second factor before anything else."""
    return settings.SECOND_FACTOR_REQUIRED and not SecondFactorAdapter().is_mfa_enabled(user)
