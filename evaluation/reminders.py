"""The clock of the propositions: a reminder to the expert before the day, a word to support once it is past."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from evaluation.assignments import ASSIGNABLE
from evaluation.models import Assignment
from journal.models import Event
from journal.record import record
from referencing.models import Candidature

REMINDED, UNANSWERED = "evaluation.reminded", "evaluation.unanswered"


def due_kind(answer_by: date, proposed_on: date, today: date, notice: int) -> str:
    """Return the event that is due, "" for none. Pure.

    A notice of `notice` days that would fall on the day of the proposition, or before, is skipped.
    """
    if today > answer_by:
        return UNANSWERED
    remind_on = answer_by - timedelta(days=notice)
    return REMINDED if proposed_on < remind_on <= today else ""


def watch(today: date) -> int:
    """Record what is due for every proposition that waits; return how many. Twice a day changes nothing."""
    horizon = today + timedelta(days=settings.PROCEDURE["expert_reminder_days"])
    waiting = Assignment.objects.proposed().filter(candidature__stage__in=ASSIGNABLE, answer_by__lte=horizon)
    return sum(_tell(one, today) for one in waiting.select_related("candidature").order_by("pk"))


@transaction.atomic
def _tell(one: Assignment, today: date) -> bool:
    Candidature.objects.locked().get(pk=one.candidature_id)
    still = Assignment.objects.proposed().filter(pk=one.pk).first()
    if still is None or still.answer_by is None:
        return False
    kind = due_kind(
        still.answer_by, timezone.localdate(still.assigned_at), today, settings.PROCEDURE["expert_reminder_days"]
    )
    told = Event.objects.about(one.candidature.reference).filter(kind=kind, data__assignment=one.pk)
    if not kind or told.exists():
        return False
    data = {"assignment": one.pk, "expert": one.expert_id, "answer_by": still.answer_by.isoformat()}
    record(kind, one.candidature.reference, actor=None, data=data)
    return True
