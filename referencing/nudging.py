"""A reminder that support sends by hand to an éditeur who is awaited, beside those of the clock (reminders.py)."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.models import Event
from journal.record import record
from referencing import access
from referencing.door import Refused
from referencing.letters import Notice, awaited, team, write
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.reminders import WAITING
from referencing.stages import Stage

NUDGED = "nudge.sent"


def objections(candidature: Candidature, actor: User) -> list[Refusal]:
    """Return why the éditeur cannot be reminded now; once a day is enough."""
    reasons = []
    if not access.may(actor, "claim", candidature):
        reasons.append(Refusal("right", "La relance d'un éditeur revient au support.", "le support"))
    if candidature.stage not in WAITING:
        reasons.append(
            Refusal("stage", "L'éditeur n'a rien à répondre : aucune pièce ni complément ne lui est demandé.")
        )
    elif _last_on(candidature) == timezone.localdate():
        reasons.append(Refusal("today", "L'éditeur a déjà été relancé aujourd'hui."))
    return reasons


@transaction.atomic
def nudge(candidature: Candidature, *, actor: User) -> Event:
    """Remind the éditeur of what is asked and until when; the letter leaves by the outbox. Raises `Refused`."""
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if reasons := objections(locked, actor):
        raise Refused(reasons)
    deadline = locked.deadline.isoformat() if locked.deadline else ""
    return record(NUDGED, locked.reference, actor=actor, data={"stage": str(locked.stage), "deadline": deadline})


def tell_nudged(event_seq: int) -> None:
    """Write the letter, unless the éditeur answered meanwhile."""
    event = Event.objects.get(pk=event_seq)
    candidature = Candidature.objects.select_related("service__organisation", "sheet").get(reference=event.subject)
    if candidature.stage == event.data["stage"]:
        page = "referencing:check" if candidature.stage == Stage.INCOMPLETE else "referencing:answers"
        write(Notice("nudged", (team,), page=page, more=awaited), candidature, event)


def _last_on(candidature: Candidature) -> object:
    last = Event.objects.about(candidature.reference).filter(kind=NUDGED).newest_first().first()
    return timezone.localdate(last.at) if last else None
