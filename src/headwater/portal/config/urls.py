"""Every address of the portal.

Of django-allauth only the pages we use are named here: signing up, changing the address and resetting a
password by mail are not among them, since people come by invitation and are helped back by two others.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path

sign_in = [
    path("", account.login, name="account_login"),
    path("out/", account.logout, name="account_logout"),
    path("again/", account.reauthenticate, name="account_reauthenticate"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("password/", account.password_change, name="account_change_password"),
    path("factor/", second_factor.authenticate, name="mfa_authenticate"),
    path("passkey/", passkeys.login_webauthn, name="mfa_login_webauthn"),
]
factors = [
    path("", second_factor.index, name="mfa_index"),
    path("again/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("app/", totp.activate_totp, name="mfa_activate_totp"),
    path("app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("keys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("keys/new/", passkeys.add_webauthn, name="mfa_add_webauthn"),
    path("keys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("keys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("keys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
]
urlpatterns = [
    path("", include("headwater.portal.home.urls")),
    path("people/", include("headwater.portal.accounts.urls")),
    path("sign-in/", include(sign_in)),
    path("you/factors/", include(factors)),
]
handler404 = "headwater.portal.home.views.not_found"
handler500 = "headwater.portal.home.views.defect"
