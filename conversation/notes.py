"""Internal notes: kept apart from the thread, for the support and the experts. The journal and the letters say nothing of them."""

from uuid import UUID, uuid4

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from conversation.models import Note
from conversation.models.note import LONGEST_NOTE
from conversation.refusing import MessageRefused, as_typed
from referencing.models import Candidature

MOST_NOTES = 500


@transaction.atomic
def note_down(candidature: Candidature, text: str, *, author: User, key: UUID | None = None) -> Note:
    """Keep a note as it was typed; sent twice with one `key`, it is kept once. Raises MessageRefused.

    The caller has asked `sides.get_noted`.
    """
    text = as_typed(text, longest=LONGEST_NOTE, what="Votre note")
    key = key or uuid4()
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if known := Note.objects.filter(candidature=locked, author=author, key=key).first():
        return known
    if locked.notes.count() >= MOST_NOTES:
        raise MessageRefused(f"Cette candidature compte déjà {MOST_NOTES} notes internes.")
    return Note.objects.create(candidature=locked, author=author, text=text, key=key, written_at=timezone.now())


def notes_of(candidature: Candidature) -> models.QuerySet[Note]:
    """The notes of a candidature, the newest first."""
    return Note.objects.filter(candidature=candidature).select_related("author")
