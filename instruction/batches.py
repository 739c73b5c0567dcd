"""A gesture on many files: foreseen file by file, asked for once, done file by file, each in its own transaction."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from instruction import gestures
from instruction.gestures import Order
from instruction.models import Batch, BatchLine, Gesture, LineState
from journal.models import Event
from journal.record import record
from referencing import access
from referencing.claims import Held
from referencing.door import Overtaken, Refused
from referencing.models import Candidature
from referencing.refusals import Refusal

MOST = 200  # files of one batch: a recap is read before it is confirmed
AT_ONCE = 20  # above, the work is left to the outbox and the page tells how far it is


@dataclass(frozen=True)
class Foreseen:
    """What a gesture will do to one file, or every reason why it will not."""

    candidature: Candidature
    sentence: str
    reasons: list[Refusal]


def files_among(user: User, references: Iterable[str]) -> list[Candidature]:
    """Return the files named, among those that this person may read, in the order of their references."""
    rows = access.visible_to(user).filed().filter(reference__in=list(references)[:MOST])
    return list(rows.select_related("service__organisation", "sheet__version", "claim__holder").order_by("reference"))


def foresee(candidatures: Iterable[Candidature], order: Order) -> list[Foreseen]:
    found = [(one, gestures.objections(one, order)) for one in candidatures]
    return [Foreseen(one, "" if why else gestures.foretell(one, order), why) for one, why in found]


def ask(order: Order, files: Iterable[tuple[Candidature, int]], *, key: UUID) -> Batch:
    """Keep what is asked, and do it: at once for a few files, by the outbox for many. The same `key` asks once.

    `files` pairs each file with the version of it that the recap showed.
    """
    known = Batch.objects.filter(key=key, asked_by=order.actor).first()
    if known:
        return known
    try:
        batch, count = _keep(order, list(files)[:MOST], key)
    except IntegrityError:  # the same form, sent twice at once
        return Batch.objects.get(key=key, asked_by=order.actor)
    if count <= AT_ONCE:
        perform(batch)
    return batch


@transaction.atomic
def _keep(order: Order, files: list[tuple[Candidature, int]], key: UUID) -> tuple[Batch, int]:
    batch = Batch.objects.create(
        key=key,
        gesture=order.gesture,
        holder=order.holder if order.gesture == Gesture.GIVE else None,
        takes_over=order.takes_over,
        note=order.note,
        asked_by=order.actor,
        asked_at=timezone.now(),
    )
    BatchLine.objects.bulk_create(BatchLine(batch=batch, candidature=one, seen=seen) for one, seen in files)
    kind = "batch.asked" if len(files) <= AT_ONCE else "batch.queued"
    data = {"batch": batch.pk, "gesture": str(order.gesture), "files": [one.reference for one, _ in files]}
    record(kind, f"lot-{batch.pk}", actor=order.actor, data=data)
    return batch, len(files)


def carry_on(event_seq: int) -> None:
    """Reaction: do what is left of a batch; harmless twice, for a line is done once."""
    event = Event.objects.get(pk=event_seq)
    perform(Batch.objects.get(pk=event.data["batch"]))


def perform(batch: Batch) -> None:
    """Do what waits in a batch, one file at a time: the refusal of one keeps back no other."""
    order = order_of(batch)
    for line in batch.lines.filter(state=LineState.WAITING).select_related("candidature"):
        _do(line, order)


def order_of(batch: Batch) -> Order:
    return Order(Gesture(batch.gesture), batch.asked_by, batch.holder, batch.takes_over, batch.note)


@transaction.atomic
def _do(line: BatchLine, order: Order) -> None:
    """Do one file, unless another worker did it since the line was read."""
    locked = BatchLine.objects.select_for_update(of=("self",)).filter(pk=line.pk, state=LineState.WAITING).first()
    if locked is None:
        return
    try:
        with transaction.atomic():
            locked.outcome = gestures.do(line.candidature, order, line.seen)
            locked.state = LineState.DONE
    except Refused as refused:
        _refuse(locked, str(refused))
    except Overtaken:
        _refuse(locked, "La candidature a changé depuis le récapitulatif : ouvrez-la avant de recommencer.")
    except Held as held:
        _refuse(locked, f"{held} Reprenez-le d'abord.")
    locked.save(update_fields=["state", "outcome"])


def _refuse(line: BatchLine, sentence: str) -> None:
    line.state, line.outcome = LineState.REFUSED, sentence
