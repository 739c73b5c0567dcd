"""The candidature: the row that the door moves. Everything people edit lives in other tables."""

from typing import TYPE_CHECKING, Any, ClassVar

import django_fsm as fsm
from django.conf import settings
from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from accounts.models import Organisation
from kit.constraints import one_of
from questionnaires.models import Sheet
from referencing.lifecycle import Lifecycle
from referencing.models.service import Service
from referencing.origins import ORIGIN_CONSTRAINTS, Motive
from referencing.queries import CandidatureQuerySet
from referencing.rights import declared_permissions
from referencing.stages import PUBLIC_LABELS, Stage
from referencing.tracks import Track, track_of

if TYPE_CHECKING:
    from referencing.models.claim import Claim
    from referencing.models.decision import Decision


class Candidature(Lifecycle, fsm.ConcurrentTransitionMixin, models.Model):
    """One request for référencement. Only `referencing.door` changes `stage`, `round`, `version`; `clockwork` the deadline."""

    reference = models.CharField("référence", max_length=20, unique=True)
    service = models.ForeignKey(Service, models.RESTRICT, related_name="candidatures")
    sheet = models.OneToOneField(Sheet, models.RESTRICT, related_name="candidature")
    track = models.CharField("parcours", max_length=10, choices=Track, default=Track.SIMPLE)
    stage = fsm.FSMField(
        "étape", max_length=25, choices=Stage.choices, default=Stage.DRAFT, protected=True, editable=False
    )
    round = models.PositiveSmallIntegerField("tour", default=0)
    version = models.PositiveIntegerField(default=0)
    stage_since = models.DateTimeField("à cette étape depuis")
    deadline = models.DateField("échéance", null=True)
    suspended_on = models.DateField("délai suspendu depuis le", null=True)
    origin = models.ForeignKey("self", models.RESTRICT, null=True, related_name="followers", verbose_name="reprise de")
    motive = models.CharField("motif de la reprise", max_length=10, choices=Motive, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    opened_at = models.DateTimeField("ouverte le")
    submitted_at = models.DateTimeField("déposée le", null=True)

    objects = CandidatureQuerySet.as_manager()

    class Meta:
        verbose_name = "candidature"
        ordering = ("-opened_at", "-pk")
        permissions = declared_permissions()
        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=("stage", "deadline"), name="candidature_by_stage"),
            # The desk: soonest deadline first (PostgreSQL keeps nulls last by itself), and its counters.
            models.Index(fields=("deadline", "stage_since", "id"), name="candidature_soonest"),
            models.Index(
                fields=("stage", "deadline"), name="candidature_filed", condition=models.Q(submitted_at__isnull=False)
            ),
            models.Index(fields=("-opened_at",), name="candidature_newest"),
            models.Index(fields=("submitted_at", "id"), name="candidature_by_filing"),
        ]
        constraints: ClassVar = [
            one_of("stage", Stage, "candidature_stage_known"),
            one_of("track", Track, "candidature_track_known"),
            *ORIGIN_CONSTRAINTS,
            models.CheckConstraint(
                condition=models.Q(stage__in=[Stage.DRAFT, Stage.WITHDRAWN]) | models.Q(submitted_at__isnull=False),
                name="candidature_filed_has_date",
                violation_error_message="Une candidature déposée porte sa date de dépôt.",
            ),
            models.CheckConstraint(
                condition=~models.Q(stage__in=[Stage.INCOMPLETE, Stage.COMPLEMENTS_REQUESTED])
                | models.Q(deadline__isnull=False),
                name="candidature_waiting_has_deadline",
                violation_error_message="Une demande faite à l'éditeur porte une échéance.",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisation(self) -> Organisation:
        return self.service.organisation

    @property
    def public_label(self) -> str:
        return PUBLIC_LABELS[Stage(self.stage)]

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def draft_decision(self) -> "Decision | None":
        """The decision being prepared or signed, None while nobody wrote one."""
        return getattr(self, "decision", None)

    @property
    def followed(self) -> "Claim | None":
        """Who at support follows it and since when, None when nobody does."""
        return getattr(self, "claim", None)

    @property
    def track_label(self) -> str:
        """Name of the track: as the orientation says while it may change, as filed afterwards."""
        track = track_of(self.sheet.facts) if self.stage == Stage.DRAFT else Track(self.track)
        return str(track.label)

    def clean_fields(self, exclude: object = None) -> None:
        # full_clean() would assign the protected field and raise AttributeError.
        super().clean_fields(exclude={*(exclude or ()), "stage"})  # type: ignore[misc]

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        # FSMModelMixin unprotects the field for the whole process while it refreshes: go round it.
        self.__dict__.pop("stage", None)
        super(fsm.FSMModelMixin, self).refresh_from_db(*args, **kwargs)
        self._update_initial_state()


class CandidatureUserPermission(UserObjectPermissionBase):
    """Right of one person on one candidature (expert assigned, member convened)."""

    content_object = models.ForeignKey(Candidature, models.CASCADE)


class CandidatureGroupPermission(GroupObjectPermissionBase):
    """Right of a team on one candidature (members of the organisation, and those mandated)."""

    content_object = models.ForeignKey(Candidature, models.CASCADE)
