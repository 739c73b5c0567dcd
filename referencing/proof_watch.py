"""The clock and the proofs: a letter to the éditeur before a proof expires, with what falls with it."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation
from journal.models import Event
from journal.record import record
from questionnaires.models import EvidenceRevision
from referencing.coffre import Fall, falls, places_of

EXPIRING = "evidence.expiring"


def due_notice(expires_on: date, deposited_on: date, today: date, days: Iterable[int]) -> int | None:
    """Return how many days before the expiry the last notice reached was due, or None. Pure.

    A notice already past on the day of the deposit is skipped: nobody is warned of what they have just typed.
    """
    reached = [number for number in days if deposited_on < expires_on - timedelta(days=number) <= today]
    return min(reached, default=None)


def watch_proofs(today: date) -> int:
    """Record the notices due for the proofs on which a criterion stands; return how many. Twice changes nothing."""
    days = settings.PROCEDURE["proof_reminder_days"]
    soon = EvidenceRevision.objects.filter(expires_on__lte=today + timedelta(days=max(days)), uses__isnull=False)
    concerned = Organisation.objects.filter(pk__in=soon.values("evidence__organisation"))
    return sum(_notify(fall, today) for organisation in concerned for fall in _falling(organisation, today, max(days)))


def _falling(organisation: Organisation, today: date, notice: int) -> list[Fall]:
    kinds = settings.PROCEDURE["proof_kinds_that_lapse"]
    return [fall for fall in falls(places_of(organisation), today, notice=notice, kinds=kinds) if fall.places]


@transaction.atomic
def _notify(fall: Fall, today: date) -> bool:
    revision = EvidenceRevision.objects.select_for_update(of=("self",)).get(pk=fall.revision.pk)
    if revision.expires_on is None or revision.expires_on != fall.revision.expires_on:
        return False
    deposited_on = timezone.localdate(revision.deposited_at)
    step = due_notice(revision.expires_on, deposited_on, today, settings.PROCEDURE["proof_reminder_days"])
    known = {"revision": str(revision.public_id), "days": step, "expires_on": revision.expires_on.isoformat()}
    subject = f"preuve-{revision.evidence_id}"
    told = Event.objects.about(subject).filter(
        kind=EXPIRING, **{f"data__{name}": value for name, value in known.items()}
    )
    if step is None or told.exists():
        return False
    criteria = [f"{place.candidature.reference}, {place.criterion.code}" for place in fall.places]
    record(EXPIRING, subject, actor=None, data=known | {"sentence": fall.sentence, "criteria": criteria})
    return True
