"""What the outbox and the post gave up after every attempt: read it, put it back to work, and say who did."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from journal import outbox
from journal.letters import MAX_ATTEMPTS
from journal.models import Delivery, DeliveryState, Letter
from journal.record import record


def failed_deliveries() -> QuerySet[Delivery]:
    return Delivery.objects.filter(state=DeliveryState.FAILED).select_related("event__actor").order_by("-pk")


def failed_letters() -> QuerySet[Letter]:
    """Return the letters that the post refused to the end; those of people who left are not owed any more."""
    rows = Letter.objects.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS, recipient__is_active=True)
    return rows.select_related("recipient", "event").order_by("-pk")


@transaction.atomic
def retry_delivery(pk: int, *, actor: User) -> Delivery | None:
    """Put an effect back to work with all its attempts before it; None when it no longer waits for that."""
    found = Delivery.objects.select_for_update(of=("self",)).filter(pk=pk, state=DeliveryState.FAILED).first()
    if found is None:
        return None
    found.state, found.attempts, found.next_try_at = DeliveryState.PENDING, 0, timezone.now()
    found.save(update_fields=["state", "attempts", "next_try_at"])
    data = {"delivery": found.pk, "reaction": found.reaction, "event": found.event_id}
    record("delivery.retried", found.event.subject, actor=actor, data=data)
    return found


@transaction.atomic
def retry_letter(pk: int, *, actor: User) -> Letter | None:
    """Send a letter again with all its attempts before it; None when it no longer waits for that."""
    failed = Letter.objects.filter(sent_at=None, attempts__gte=MAX_ATTEMPTS)
    found = failed.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        return None
    found.attempts, found.next_try_at = 0, timezone.now()
    found.save(update_fields=["attempts", "next_try_at"])
    record("letter.retried", found.subject_ref, actor=actor, data={"letter": found.pk, "kind": found.kind})
    transaction.on_commit(outbox.ring)
    return found
