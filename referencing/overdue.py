"""Requests left without an answer after their deadline, and the reminders proven sent. Read only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Max

from accounts.models import User
from journal.models import Letter
from referencing import access
from referencing.models import Candidature, Extension
from referencing.models.extension import ExtensionState
from referencing.reminders import REMINDER, WAITING
from referencing.stages import Stage

REMINDERS_NEEDED = 2
"""Reminders really sent before an expiry may be noted (referencing.guards.two_reminders_were_sent)."""


@dataclass(frozen=True)
class Sent:
    """A reminder: its step (« J-7 »), when it was written, to how many people it has really left, and when."""

    step: str
    written_at: datetime
    people: int
    sent_at: datetime | None


@dataclass(frozen=True)
class Overdue:
    """A file whose éditeur is late. `reminders` are those of the request that is waiting now."""

    candidature: Candidature
    days: int
    reminders: tuple[Sent, ...]
    asked: Extension | None

    @property
    def may_extend(self) -> bool:
        return self.candidature.stage == Stage.COMPLEMENTS_REQUESTED

    @property
    def proven(self) -> int:
        return sum(one.people > 0 for one in self.reminders)

    @property
    def effect(self) -> str:
        """What the clock will do, in one sentence."""
        if not settings.PROCEDURE["expiry_enabled"]:
            return "Rien n'est automatique : le dossier reste ouvert tant que vous n'agissez pas."
        if self.asked:
            return "La caducité attend votre réponse à la demande de délai."
        if self.proven < REMINDERS_NEEDED:
            return "La caducité attend que deux rappels soient partis."
        return "La caducité sera constatée au prochain passage de l'horloge."


def overdue(user: User, today: date) -> list[Overdue]:
    """Return the files this person may read that wait for a late éditeur, the oldest deadline first. Three queries."""
    rows = list(access.visible_to(user).at(*WAITING).filter(deadline__lt=today).with_names().soonest_first())
    sent = reminders_sent(row.reference for row in rows)
    pending = Extension.objects.filter(candidature__in=rows, state=ExtensionState.PENDING)
    asked = {(one.candidature_id, one.round): one for one in pending}
    return [
        Overdue(
            candidature=row,
            days=(today - row.deadline).days,
            reminders=tuple(one for one in sent.get(row.reference, ()) if one.written_at >= row.stage_since),
            asked=asked.get((row.pk, row.round)),
        )
        for row in rows
        if row.deadline
    ]


def count_overdue(user: User, today: date) -> int:
    return access.visible_to(user).at(*WAITING).filter(deadline__lt=today).count()


def reminders_sent(references: Iterable[str]) -> dict[str, list[Sent]]:
    """Return the reminders written about these candidatures, the oldest first. One query."""
    rows = (
        Letter.objects.filter(event__kind=REMINDER, subject_ref__in=list(references))
        .order_by("event")
        .values("subject_ref", "event__data", "event__at")
        .annotate(people=Count("sent_at"), last=Max("sent_at"))
    )
    found: dict[str, list[Sent]] = {}
    for row in rows:
        one = Sent(row["event__data"]["step"], row["event__at"], row["people"], row["last"])
        found.setdefault(row["subject_ref"], []).append(one)
    return found
