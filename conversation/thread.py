"""Writing in the thread of a candidature, and saying that one has read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files import File
from django.db import models, transaction
from django.db.models import Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import User
from conversation.models import Attachment, Message, Receipt, Side
from conversation.models.message import LONGEST_MESSAGE, MessageQuerySet
from conversation.openness import why_closed
from conversation.refusing import MessageRefused, as_typed
from conversation.variables import left_in
from journal.record import record
from kit.templatetags.french import filesize_fr
from questionnaires import scanning
from questionnaires.filetypes import examine
from referencing.models import Candidature

MOST_MESSAGES = 2_000
MOST_FILES = 5
# What is recorded when each side writes; the text itself stays in the thread.
WRITTEN = {Side.EDITOR: "conversation.from_editor", Side.SUPPORT: "conversation.from_support"}


@dataclass(frozen=True)
class Said:
    """A message on file; `is_new` is false when the same form had already sent it."""

    message: Message
    is_new: bool


def say(
    candidature: Candidature,
    text: str,
    *,
    author: User,
    side: Side,
    files: Sequence[File] = (),
    key: UUID | None = None,
    seen: int = 0,
) -> Said:
    """Keep a message as it was typed, with its files; what the author had before their eyes (`seen`) is read.

    The caller has asked `sides` for `side`. Sent twice with one `key`, it is kept once. Raises MessageRefused, or
    FileRefused for a file that no proof could be either.
    """
    text = as_typed(text, longest=LONGEST_MESSAGE, what="Votre message")
    if side == Side.SUPPORT and (left := left_in(text)):
        raise MessageRefused(f"Remplacez {', '.join(left)} dans votre message avant de l'envoyer.")
    if len(files) > MOST_FILES:
        raise MessageRefused(f"Vous joignez {len(files)} fichiers : {MOST_FILES} au plus par message.", "attachments")
    message = Message(candidature=candidature, author=author, side=side, text=text, key=key or uuid4())
    stored = [_stored(file, author) for file in files]
    said = None
    try:
        said = _keep(message, stored, seen)
    finally:
        if said is None or not said.is_new:
            for attachment in stored:
                attachment.file.delete(save=False)
    return said


def mark_read(candidature: Candidature, reader: User, side: Side, upto: int) -> int:
    """Note that a person has read what the other side wrote, up to a message; return how many were new to them."""
    others = candidature.messages.filter(side=side.other, pk__lte=upto).exclude(receipts__person=reader)
    now = timezone.now()
    made = [Receipt(message=message, person=reader, side=side, read_at=now) for message in others]
    return len(Receipt.objects.bulk_create(made, ignore_conflicts=True))


def messages_of(candidature: Candidature) -> MessageQuerySet:
    """The messages of a candidature, the newest first, with what a page shows of each."""
    rows = Message.objects.filter(candidature=candidature).order_by("-pk")
    receipts = models.Prefetch("receipts", Receipt.objects.select_related("person"))
    return rows.select_related("author").prefetch_related("attachments", receipts)


def attachment_of(candidature: Candidature, public_id: UUID) -> Attachment:
    """Return a file joined to a message of this candidature; 404 for any other."""
    return get_object_or_404(Attachment, message__candidature=candidature, public_id=public_id)


@transaction.atomic
def _keep(message: Message, files: Sequence[Attachment], seen: int) -> Said:
    """Write the message, unless its form already did or its thread refuses it; its candidature is locked meanwhile."""
    candidature = Candidature.objects.locked().get(pk=message.candidature_id)
    known = candidature.messages.filter(author=message.author, key=message.key).first()
    if known is not None:
        return Said(known, is_new=False)
    if sentence := why_closed(candidature.stage, candidature.submitted_at):
        raise MessageRefused(sentence)
    _check_room(candidature, files)
    message.written_at = timezone.now()
    message.save(force_insert=True)
    for attachment in files:
        attachment.message = message
        attachment.save(force_insert=True)
    side = Side(message.side)
    mark_read(candidature, message.author, side, seen)
    _record(message, side, files)
    if files:
        transaction.on_commit(scanning.ring)
    return Said(message, is_new=True)


def _record(message: Message, side: Side, files: Sequence[Attachment]) -> None:
    data = {
        "message": message.pk,
        "sha256": sha256(message.text.encode()).hexdigest(),
        "files": [attachment.sha256 for attachment in files],
    }
    record(WRITTEN[side], message.candidature.reference, actor=message.author, data=data)


def _check_room(candidature: Candidature, files: Sequence[Attachment]) -> None:
    if candidature.messages.count() >= MOST_MESSAGES:
        raise MessageRefused(f"Ce fil compte déjà {MOST_MESSAGES} messages : téléphonez au support.")
    kept = Attachment.objects.filter(message__candidature=candidature).aggregate(sum=Sum("size"))
    if (
        files
        and (kept["sum"] or 0) + sum(attachment.size for attachment in files) > settings.PROCEDURE["thread_files_bytes"]
    ):
        limit = filesize_fr(settings.PROCEDURE["thread_files_bytes"])
        raise MessageRefused(
            f"Les fichiers de ce fil dépasseraient {limit} : écrivez sans rien joindre.", "attachments"
        )


def _stored(file: File, author: User) -> Attachment:
    """Examine and store a file before anything is locked: megabytes take time, and nobody should wait for them."""
    examined = examine(file, max_bytes=settings.EVIDENCE_MAX_BYTES)
    attachment = Attachment(
        original_name=examined.name,
        media_type=examined.media_type,
        size=examined.size,
        sha256=examined.sha256,
        scan=scanning.first_state(),
        deposited_by=author,
    )
    attachment.file.save(examined.name, File(file.file), save=False)
    return attachment
