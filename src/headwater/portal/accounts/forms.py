"""What people fill in about organisations, people and themselves."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html
from django.utils.translation import gettext_lazy as _

from headwater.portal.accounts import rules
from headwater.portal.accounts.models import Invitation, Kind, Organisation, Role, Town, User


class NewPassword(forms.Form):
    """A password to be chosen; written once, since it can be shown and managers fill it in."""

    password = forms.CharField(
        label=_("Password"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )


class SetUpTown(forms.ModelForm[Town]):
    class Meta:
        model = Town
        fields = ["name", "code", "contact", "language", "look"]
        labels = {"name": _("Name of the town")}
        help_texts = {
            "code": _("Its code in the list of local administrative units, if you know it."),
            "contact": _(
                "Whom a citizen can write to: an address or a page. It stands on public pages."
            ),
        }


class ChangeTown(SetUpTown):
    class Meta(SetUpTown.Meta):
        fields = [*SetUpTown.Meta.fields, "keep_posts_days", "keep_results_years"]


class AddOrganisation(forms.ModelForm[Organisation]):
    class Meta:
        model = Organisation
        fields = ["name", "kind"]


class SetUpOrganisation(AddOrganisation):
    """The coordinator's own; the police coordinate nothing here."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        kinds = [one for one in Kind.choices if one[0] != Kind.POLICE]
        self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=kinds)


class SetUpPerson(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["name", "email", "language"]
        labels = {"name": _("Your name"), "email": _("Your e-mail address")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }


class Join(NewPassword):
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "password"]


class ChangeSelf(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ["name", "language"]
        labels = {"name": _("Your name")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class Invite(forms.ModelForm[Invitation]):
    class Meta:
        model = Invitation
        fields = ["email", "organisation", "role", "language"]
        labels = {"email": _("E-mail address of the person")}


class GiveRole(forms.Form):
    """One of the roles that the person may still be given."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, person: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        held = frozenset(one.role for one in person.roles.all())
        field = self.fields["role"]
        field.choices = [  # type: ignore[attr-defined]
            (role.value, role.label)
            for role in Role
            if role.value not in held and rules.may_hold(person.organisation, held, role)
        ]
