"""The clock: reminders to the éditeur around a deadline, then the expiry when it is allowed.

The days are settings of ours (REMINDER_DAYS_BEFORE, REMINDER_DAYS_AFTER; the law gives none). Everything is counted in
dates of Paris: the hour that is lost or repeated when the clocks change never moves a reminder.
"""

from collections.abc import Iterable
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


def offsets() -> list[int]:
    """Return the days from the deadline on which a reminder leaves, the earliest first: -7, -2, 1 by default."""
    before, after = settings.PROCEDURE["reminder_days_before"], settings.PROCEDURE["reminder_days_after"]
    return sorted({*(-days for days in before), *after})


def step_name(offset: int) -> str:
    """Name a step as people do: -7 is « J-7 », 1 is « J+1 »."""
    return f"J{offset:+d}"


def due_step(deadline: date, asked_on: date, today: date, days: Iterable[int]) -> int | None:
    """Return the last step reached, in days from the deadline, or None. Pure.

    A step that was already past on the day of the request is skipped: nobody is reminded of what was asked today.
    """
    reached = [offset for offset in sorted(days) if asked_on < deadline + timedelta(days=offset) <= today]
    return reached[-1] if reached else None


def watch(today: date) -> tuple[int, int]:
    """Record the reminders due and note the expiries allowed; return how many of each. Twice a day changes nothing."""
    days = offsets()
    soon = today - timedelta(days=min([*days, 0]))
    waiting = Candidature.objects.at(*WAITING).filter(deadline__lte=soon).order_by("pk")
    reminded = expired = 0
    for candidature in waiting:
        reminded += _remind(candidature, today, days)
        if settings.PROCEDURE["expiry_enabled"] and candidature.deadline and candidature.deadline < today:
            expired += _expire(candidature)
    return reminded, expired


@transaction.atomic
def _remind(candidature: Candidature, today: date, days: Iterable[int]) -> bool:
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if locked.stage not in WAITING or locked.deadline is None:
        return False
    offset = due_step(locked.deadline, timezone.localdate(locked.stage_since), today, days)
    if offset is None or reminders_of(locked).filter(data__step=step_name(offset)).exists():
        return False
    data = {
        "stage": str(locked.stage),
        "step": step_name(offset),
        "late": offset > 0,
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
