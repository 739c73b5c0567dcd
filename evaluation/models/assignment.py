"""Who evaluates what of a candidature."""

from datetime import date
from typing import Any, ClassVar, Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q

from evaluation.domains import Domain
from referencing.models import Candidature


class Judged(Protocol):
    """What is asked of a criterion to know who judges it; a `Line` of the grid is one."""

    @property
    def code(self) -> str: ...

    @property
    def domain(self) -> Domain: ...


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> "AssignmentQuerySet":
        """Keep the experts who accepted and declared no interest: the only ones who read and judge."""
        return self.filter(accepted_at__isnull=False)

    def proposed(self) -> "AssignmentQuerySet":
        """Keep those whose answer is awaited: they know the title, nothing more."""
        return self.filter(accepted_at=None)


class Assignment(models.Model):
    """An expert on a candidature. What they judge is the union of `domains` and `criteria` (codes); none means all.

    The row is a proposition until `accepted_at`: the expert has then accepted, and declared no interest with the
    éditeur for this candidature. Who declines, withdraws or is taken off has no row any more; `Reply` remembers why.
    `motive` is what support wrote to go on in spite of a possible conflict. `size` is how many criteria that made when
    the scope was last written: the load of an expert is counted without reading every file.
    """

    candidature = models.ForeignKey(Candidature, models.RESTRICT, related_name="assignments")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="assignments")
    is_lead = models.BooleanField("coordonne l'évaluation", default=False)
    domains = models.JSONField("domaines confiés", default=list, blank=True)
    criteria = models.JSONField("critères confiés un par un", default=list, blank=True)
    size = models.PositiveSmallIntegerField("critères confiés", default=0)
    motive = models.TextField("motif du support", blank=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    assigned_at = models.DateTimeField("proposée le", auto_now_add=True)
    answer_by = models.DateField("réponse attendue au plus tard le", null=True)
    accepted_at = models.DateTimeField("acceptée le", null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "affectation"
        ordering = ("-is_lead", "expert__full_name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("candidature", "expert"),
                name="assignment_once",
                violation_error_message="Cette personne est déjà affectée à la candidature.",
            ),
            models.UniqueConstraint(
                fields=("candidature",),
                condition=Q(is_lead=True, accepted_at__isnull=False),
                name="assignment_one_lead",
                violation_error_message="Une candidature a un seul expert coordonnateur.",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=False) | Q(answer_by__isnull=False),
                name="assignment_proposed_is_dated",
                violation_error_message="Une affectation proposée porte la date de réponse attendue.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert} — {self.candidature}"

    @property
    def is_active(self) -> bool:
        return self.accepted_at is not None

    @property
    def judges_everything(self) -> bool:
        return self.is_lead or not (self.domains or self.criteria)

    def judges(self, line: Judged) -> bool:
        """Say whether this expert judges a criterion; the lead judges all of them."""
        return self.judges_everything or self.is_charged_with(line)

    def is_charged_with(self, line: Judged) -> bool:
        """Say whether a criterion was given to this expert by name: what a lead answers for beside coordinating."""
        return line.domain in self.domains or line.code in self.criteria

    def is_late(self, today: date) -> bool:
        """Whether the answer to the proposition is overdue."""
        return not self.is_active and self.answer_by is not None and self.answer_by < today

    @property
    def scope(self) -> dict[str, Any]:
        """What is compared to know whether a change is one, and what the journal keeps."""
        return {"lead": self.is_lead, "domains": self.domains, "criteria": self.criteria}
