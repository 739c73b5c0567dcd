"""People, the organisations they act for, and how."""

from typing import ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser, Group
from django.core.exceptions import ValidationError
from django.db import models
from guardian.mixins import GuardianUserMixin

from accounts.preferences import Layout
from accounts.roles import Profile, Role
from accounts.siren import is_siren, is_siret
from kit.constraints import one_of


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(GuardianUserMixin, AbstractUser):
    """A person, known by one e-mail address. `quality` is the title printed beside the name."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField("adresse électronique", unique=True)
    full_name = models.CharField("prénom et nom", max_length=150)
    quality = models.CharField("qualité", max_length=150, blank=True)
    answers_by = models.CharField("présentation des critères", max_length=10, choices=Layout, default=Layout.CRITERION)
    shortcuts = models.BooleanField("raccourcis clavier d'une lettre", default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta:
        verbose_name = "personne"
        ordering = ("full_name", "pk")
        constraints: ClassVar = [one_of("answers_by", Layout, "user_answers_by_known")]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


def check_siren(value: str) -> None:
    if not is_siren(value):
        raise ValidationError(
            "Ce numéro SIREN n'est pas valide : vérifiez ses neuf chiffres (« %(value)s »).",
            params={"value": value},
        )


def check_siret(value: str) -> None:
    if not is_siret(value):
        raise ValidationError(
            "Ce numéro SIRET n'est pas valide : vérifiez ses quatorze chiffres (« %(value)s »).",
            params={"value": value},
        )


class Organisation(models.Model):
    """An éditeur. Its two groups carry object permissions: whoever joins or leaves gains or loses all at once."""

    name = models.CharField("raison sociale", max_length=200)
    siren = models.CharField("SIREN", max_length=9, unique=True, validators=[check_siren])
    siret = models.CharField("SIRET de l'établissement", max_length=14, blank=True, validators=[check_siret])
    address = models.CharField("adresse", max_length=300, blank=True)
    members_group = models.OneToOneField(Group, models.RESTRICT, related_name="organisation_of_members")
    mandated_group = models.OneToOneField(Group, models.RESTRICT, related_name="organisation_of_mandated")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "organisation"
        ordering = ("name", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(siret="") | models.Q(siret__startswith=models.F("siren")),
                name="organisation_siret_of_its_siren",
                violation_error_message="Le SIRET d'un établissement commence par le SIREN de son organisation.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A person in a team. `profiles` lists `Profile` values; `is_mandated` may file and withdraw."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    profiles = models.JSONField("profils", default=list)
    is_mandated = models.BooleanField("mandataire", default=False)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "appartenance"
        ordering = ("organisation_id", "user__full_name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("user", "organisation"),
                name="membership_once",
                violation_error_message="Cette personne fait déjà partie de l'organisation.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} — {self.organisation}"

    @property
    def profile_labels(self) -> list[str]:
        return [str(Profile(value).label) for value in self.profiles]


__all__ = ["Membership", "Organisation", "Role", "User", "UserManager"]
