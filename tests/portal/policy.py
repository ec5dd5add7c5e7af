"""Who may see what, written down a second time and by other means, to hold the portal against.

Nothing here asks the portal's rules. A person is told by the names of their roles; a page by its address's
name; the answer is yes or no.
"""

PUBLIC = {
    "home:health",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_reauthenticate",  # sends who is not signed in to the sign-in
    "mfa_authenticate",
    "mfa_login_webauthn",
    "accounts:set_up",
    "accounts:join",
    "accounts:recover",
}
EVERYBODY = {  # who has signed in, for themselves
    "home:today",
    "accounts:person_list",
    "accounts:person_change",
    "account_change_password",
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
COORDINATORS = {
    "accounts:person_invite",
    "accounts:invitation_withdraw",
    "accounts:role_assign",
    "accounts:role_take",
    "accounts:person_leave",
    "accounts:organisation_add",
    "accounts:town_change",
}
TWO_SIGN = {
    "accounts:countersigned_open",
    "accounts:countersign",
    "accounts:countersigned_withdraw",
}
OVERSEERS = {"accounts:audit_trail"}
PERSONS = {"accounts:person_detail"}
LISTED = PUBLIC | EVERYBODY | COORDINATORS | TWO_SIGN | OVERSEERS | PERSONS

COORDINATE = {"first", "coordinator"}
OVERSEE = {"data_protection_officer", "auditor"}
AT_SCHOOL, AT_POLICE = {"teacher", "colleague"}, {"liaison"}
GONE = {"left"}


def sees(actor: str, other: str) -> bool:
    """Say whether a person may know that another works here."""
    if other in GONE:
        return False
    if actor == other or other in COORDINATE or actor in COORDINATE | OVERSEE:
        return True
    return house(actor) == house(other)


def house(person: str) -> str:
    """Give the partner a person works for."""
    if person in AT_SCHOOL:
        return "school"
    return "police" if person in AT_POLICE else "hall"


def may_open(actor: str | None, page: str, other: str | None) -> bool:
    """Say whether a page opens.

    Args:
        actor: A person; none who has not signed in.
        page: The name of the address.
        other: The person that the address names, or that what it names is about.
    """
    if page in PUBLIC:
        return True
    if actor is None or actor in GONE:
        return False
    if page in EVERYBODY:
        return True
    seen = other is None or other == "invited" or sees(actor, other)
    if page in COORDINATORS:
        return actor in COORDINATE and seen
    if page in TWO_SIGN:
        return actor in COORDINATE | OVERSEE and seen
    if page in OVERSEERS:
        return actor in OVERSEE
    return page in PERSONS and seen


def may_read(actor: str | None, name: str) -> bool:
    """Say whether a person's name may stand on a page that an actor is shown."""
    if name == "invited":
        return actor in COORDINATE
    return actor is not None and actor not in GONE and sees(actor, name)
