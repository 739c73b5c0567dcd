"""Write what happened, and what is owed for it, in the transaction of what happened."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal import chain, outbox
from journal.models import Delivery, Event, Head


def record(kind: str, subject: str, *, actor: User | None, data: dict[str, Any]) -> Event:
    """Add one event to the chain, with one delivery for each reaction that `settings.REACTIONS` gives its kind.

    `subject` is the public reference of what it is about; `data` is what JSON can hold. Writers queue on the head of
    the chain until the transaction ends, so this comes last in it. The bell rings once all is committed.
    Raises TransactionManagementError outside a transaction: a fact and its trace are kept together or not at all.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("un événement s'écrit dans la transaction de ce qu'il raconte")
    head = Head.objects.select_for_update(of=("self",)).get(pk=1)
    event = Event(
        seq=head.seq + 1,
        at=timezone.now(),
        kind=kind,
        subject=subject,
        actor=actor,
        data=chain.plain(data),
        previous_hash=head.hash,
    )
    event.hash = chain.digest(head.hash, event.seq, event.at, kind, subject, event.actor_id, event.data)
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    _owe(event)
    transaction.on_commit(outbox.ring)
    return event


def _owe(event: Event) -> None:
    reactions = settings.REACTIONS.get(event.kind, ())
    Delivery.objects.bulk_create(
        Delivery(event=event, reaction=reaction, next_try_at=event.at) for reaction in reactions
    )
