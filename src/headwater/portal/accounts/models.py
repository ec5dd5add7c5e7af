"""Organisations, people, their roles, and how they come and are helped back."""

from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 120
DIGEST = 64  # characters of a SHA-256 in hexadecimal


class Kind(models.TextChoices):
    """What an organisation is: the police stand apart, in a tenant of their own."""

    MUNICIPALITY = "municipality", _("Municipality")
    SCHOOL = "school", _("School")
    YOUTH_WORK = "youth_work", _("Youth work")
    SOCIAL_WORK = "social_work", _("Social work")
    NGO = "ngo", _("Association or NGO")
    HEALTH = "health", _("Health")
    RESEARCH = "research", _("University or research")
    POLICE = "police", _("Police")
    OTHER = "other", _("Other")


class Role(models.TextChoices):
    """What a person does here; the rules (`rules.py`) say what that allows."""

    COORDINATOR = "coordinator", _("Coordinator")
    ANALYST = "analyst", _("Analyst")
    ANNOTATOR = "annotator", _("Annotator")
    EDITOR = "editor", _("Editor")
    PROFESSIONAL = "professional", _("Partner professional")
    POLICE_LIAISON = "police_liaison", _("Police liaison")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data protection officer")
    EVALUATOR = "evaluator", _("Evaluator")
    AUDITOR = "auditor", _("Auditor")


class Look(models.TextChoices):
    """The house style of the pages: a set of design tokens."""

    NEUTRAL = "neutral", _("Neutral")
    TOWN = "town", _("A town's own colours")
    CONTRAST = "contrast", _("High contrast")


class Town(models.Model):
    """The town that this portal serves; there is one."""

    name = models.CharField(_("Name"), max_length=LONGEST_NAME)
    code = models.CharField(_("Code of the municipality"), max_length=20, blank=True)
    language = models.CharField(
        _("Language of public pages"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    look = models.CharField(_("Look"), max_length=20, choices=Look, default=Look.NEUTRAL)
    contact = models.CharField(_("Contact for citizens"), max_length=200)
    keep_posts_days = models.PositiveSmallIntegerField(
        _("Days that scrubbed posts are kept after sign-off"), default=30
    )
    keep_results_years = models.PositiveSmallIntegerField(
        _("Years that published results are kept"), default=5
    )
    set_up_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="one_town"),
            models.CheckConstraint(
                condition=models.Q(keep_posts_days__lte=30), name="posts_go_within_30_days"
            ),
            models.CheckConstraint(
                condition=models.Q(keep_results_years__lte=5), name="results_go_within_5_years"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A partner: its people, and all they make, belong to it."""

    name = models.CharField(_("Name"), max_length=LONGEST_NAME, unique=True)
    kind = models.CharField(_("Kind"), max_length=20, choices=Kind)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_police(self) -> bool:
        """Whether it stands apart from the partners who help."""
        return self.kind == Kind.POLICE


class People(BaseUserManager["User"]):
    """Finds people by the address they sign in with, however it is written."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Give the person with this address."""
        return self.get(email=str(username).casefold())


class User(AbstractBaseUser):
    """A person who works here. There is no person above the rules: no superuser, no staff."""

    email = models.EmailField(_("E-mail address"), unique=True)
    name = models.CharField(_("Name"), max_length=LONGEST_NAME)
    language = models.CharField(
        _("Language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def has(self, *roles: Role) -> bool:
        """Say whether this person holds one of these roles now."""
        return self.is_active and any(one.role in roles for one in self.roles.all())


class RoleAssignment(models.Model):
    """A role that a person holds; when it is taken away the row is gone, and the audit trail says so."""

    person = models.ForeignKey(User, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=30, choices=Role)
    assigned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["role"]
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="each_role_once")]

    def __str__(self) -> str:
        return str(self.get_role_display())


class Invitation(models.Model):
    """A link by which one person may come; the link itself is kept by nobody, only its digest."""

    email = models.EmailField(_("E-mail address"))
    organisation = models.ForeignKey(Organisation, models.CASCADE)
    role = models.CharField(_("Role"), max_length=30, choices=Role)
    language = models.CharField(
        _("Language"), max_length=5, choices=settings.LANGUAGES, default="en"
    )
    invited_by = models.ForeignKey(User, models.CASCADE)
    digest = models.CharField(max_length=DIGEST, unique=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["expires_at"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_role_display()}"


class Countersigned(models.Model):
    """What one person opens and another must countersign before it happens.

    A recovery lets a person who lost the way to sign in set a new one; a succession makes a person
    coordinator where no coordinator is left to do so.
    """

    class What(models.TextChoices):
        RECOVERY = "recovery", _("Recovery")
        SUCCESSION = "succession", _("Succession")

    what = models.CharField(max_length=20, choices=What)
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    opened_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    opened_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    countersigned_by = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=DIGEST, unique=True, null=True)  # noqa: DJ001 - unique or none

    class Meta:
        ordering = ["opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["what", "person"], name="one_open_at_a_time"),
            models.CheckConstraint(
                condition=~models.Q(opened_by=models.F("countersigned_by")), name="two_sign"
            ),
            models.CheckConstraint(
                condition=~models.Q(opened_by=models.F("person")), name="another_opens"
            ),
            models.CheckConstraint(
                condition=~models.Q(countersigned_by=models.F("person")),
                name="another_countersigns",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_what_display())


class AuditEntry(models.Model):
    """One act, without its content, sealed to the act before it (`audit.py`)."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.PositiveBigIntegerField(null=True)  # a number alone: it outlives the person
    act = models.CharField(max_length=60)
    thing = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number} {self.act}"


class AuditHead(models.Model):
    """The last entry of the audit trail; who holds this row may add the next."""

    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_head")]

    def __str__(self) -> str:
        return f"{self.number}"

    @classmethod
    def held(cls) -> Self:
        """Hold the row until the transaction ends, so that entries follow one another."""
        return cls.objects.select_for_update().get(pk=1)


class SignedInRequest(HttpRequest):
    """A request of a person who signed in: what every page but the public ones gets."""

    user: User
