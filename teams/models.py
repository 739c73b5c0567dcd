"""What surrounds a team: who is invited, what support checked of the mandate, what somebody no longer wants to be told."""

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Membership, Organisation
from accounts.roles import Profile


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def pending(self) -> "InvitationQuerySet":
        """Keep those that nobody accepted nor revoked; those that expired too, for they may be sent again."""
        return self.filter(accepted_at=None, revoked_at=None)

    def live(self, now: datetime) -> "InvitationQuerySet":
        return self.pending().filter(expires_at__gt=now)


class Invitation(models.Model):
    """An offer to join a team, made to one e-mail address; whether it has an account is nobody's business.

    The link holds a token of which only the SHA-256 is kept. `posted_event` is the number of the last event whose
    e-mail the post took, so that the same one never leaves twice.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField("adresse électronique")
    profiles = models.JSONField("profils", default=list)
    is_mandated = models.BooleanField("mandataire", default=False)
    token_sha256 = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    invited_at = models.DateTimeField("invitée le")
    expires_at = models.DateTimeField("expire le")
    posted_at = models.DateTimeField("partie le", null=True)
    posted_event = models.PositiveBigIntegerField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    accepted_at = models.DateTimeField("acceptée le", null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, null=True, related_name="+")
    revoked_at = models.DateTimeField("annulée le", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation"
        ordering = ("-invited_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("organisation", "email"),
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_pending_once",
                violation_error_message="Une invitation attend déjà cette adresse.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None),
                name="invitation_ends_once",
                violation_error_message="Une invitation est acceptée ou annulée, jamais les deux.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_acceptance_whole",
                violation_error_message="Une acceptation porte une personne et une date.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="invitation_revocation_whole",
                violation_error_message="Une annulation porte une personne et une date.",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} — {self.organisation}"

    @property
    def profile_labels(self) -> list[str]:
        return [str(Profile(value).label) for value in self.profiles]

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class MandateCheck(models.Model):
    """Support looked at a proof that the people mandated may bind the organisation; the last check is the one that counts.

    Anybody may register a SIREN that is free: an organisation without a check was taken at its word.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="mandate_checks")
    motive = models.TextField("pièce vue et motif", max_length=2000)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    checked_at = models.DateTimeField("vérifié le")

    class Meta:
        verbose_name = "vérification d'un mandat"
        ordering = ("-checked_at", "-pk")

    def __str__(self) -> str:
        return f"mandat de {self.organisation} vérifié"


class NudgeDismissal(models.Model):
    """A person asked not to be told again that their organisation has a single mandated person."""

    membership = models.OneToOneField(Membership, models.CASCADE, related_name="nudge_dismissal")
    dismissed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = "conseil écarté"

    def __str__(self) -> str:
        return str(self.membership)
