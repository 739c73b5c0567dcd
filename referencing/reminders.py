"""The clock: reminders to the éditeur around a deadline, then the expiry when it is allowed.

The days are ours (the law gives none): a week and two days before the deadline, the day after it.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from journal.models import Event
from journal.record import record
from referencing.door import Overtaken, Refused, move
from referencing.models import Candidature
from referencing.stages import Stage

REMINDER = "candidature.reminder"
WAITING = (Stage.INCOMPLETE, Stage.COMPLEMENTS_REQUESTED)
# Step → days from the deadline.
STEPS = {"week": -7, "eve": -2, "after": 1}


def due_step(deadline: date, asked_on: date, today: date) -> str | None:
    """Return the last step reached, or None. Pure.

    A step that was already past on the day of the request is skipped: nobody is reminded of what was asked today.
    """
    days = {step: deadline + timedelta(days=offset) for step, offset in STEPS.items()}
    reached = [step for step, day in days.items() if asked_on < day <= today]
    return reached[-1] if reached else None


def watch(today: date) -> tuple[int, int]:
    """Record the reminders due and note the expiries allowed; return how many of each. Twice a day changes nothing."""
    soon = today - timedelta(days=min(STEPS.values()))
    waiting = Candidature.objects.at(*WAITING).filter(deadline__lte=soon).order_by("pk")
    reminded = expired = 0
    for candidature in waiting:
        reminded += _remind(candidature, today)
        if settings.PROCEDURE["expiry_enabled"] and candidature.deadline and candidature.deadline < today:
            expired += _expire(candidature)
    return reminded, expired


@transaction.atomic
def _remind(candidature: Candidature, today: date) -> bool:
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if locked.stage not in WAITING or locked.deadline is None:
        return False
    step = due_step(locked.deadline, timezone.localdate(locked.stage_since), today)
    if step is None or reminders_of(locked).filter(data__step=step).exists():
        return False
    data = {
        "stage": str(locked.stage),
        "step": step,
        "deadline": locked.deadline.isoformat(),
        "version": locked.version,
    }
    record(REMINDER, locked.reference, actor=None, data=data)
    return True


def reminders_of(candidature: Candidature) -> models.QuerySet[Event]:
    """Return the reminders recorded since the request that is waiting now: `version` grows with each move."""
    return Event.objects.about(candidature.reference).filter(kind=REMINDER, data__version=candidature.version)


def _expire(candidature: Candidature) -> bool:
    """Note the expiry, unless a guard refuses: reminders not proven sent, or an answer that came meanwhile."""

    def facts(locked: Candidature) -> dict[str, object]:
        deadline = locked.deadline.isoformat() if locked.deadline else ""
        return {"deadline": deadline, "reminders": reminders_of(locked).count()}

    try:
        move(candidature, "expire", actor=None, payload=facts, seen=candidature.version)
    except (Refused, Overtaken):
        return False
    return True
