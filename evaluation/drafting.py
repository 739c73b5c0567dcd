"""Preparing a complement request: its deadline, its message, its files. Nothing reaches the éditeur before it is sent."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.core.files import File
from django.db import transaction

from accounts.models import User
from evaluation.complements import ComplementRequest, asked_for, files_of
from evaluation.grid import Grid
from evaluation.models import ComplementDraft, RequestFile
from evaluation.values import MOTIVE_MAX, too_long
from questionnaires import scanning
from questionnaires.filetypes import examine
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage

MOST_FILES = 10
TOO_MANY = f"Une demande porte {MOST_FILES} pièces jointes au plus : réunissez-les, ou retirez-en."
SENT = "La demande est partie : elle ne change plus."


class StaleDraft(Exception):
    """Somebody saved the draft meanwhile; `current` is theirs."""

    def __init__(self, current: ComplementDraft) -> None:
        super().__init__("La demande a été modifiée depuis l'affichage de la page.")
        self.current = current


def draft_of(candidature: Candidature) -> ComplementDraft | None:
    """Return the draft of this round, None when nobody has begun."""
    rows = ComplementDraft.objects.filter(candidature=candidature, round=candidature.round)
    return rows.select_related("updated_by").first()


def request_of(whole: Grid, draft: ComplementDraft) -> ComplementRequest:
    """Return the request as it would leave now."""
    files = [file.quoted for file in files_of(whole.candidature)]
    return ComplementRequest(asked_for(whole), draft.deadline, draft.message, files)


@transaction.atomic
def save(
    candidature: Candidature,
    *,
    deadline: date,
    message: str,
    edition: int,
    joined: Sequence[File] = (),
    actor: User,
) -> ComplementDraft:
    """Write the draft, and join these files to those it has. `edition` is that of the draft rewritten, 0 for none.

    Raises `StaleDraft`, `door.Refused` (stage, right, length, too many files), and FileRefused for what could not be a
    proof either: then nothing is kept.
    """
    locked = _open_to(candidature, actor)
    if len(message) > MOTIVE_MAX:
        raise Refused([Refusal("message", too_long(message))])
    if len(files_of(locked)) + len(joined) > MOST_FILES:
        raise Refused([Refusal("files", TOO_MANY)])
    current = draft_of(locked)
    if current and current.edition != edition:
        raise StaleDraft(current)
    for file in joined:
        _join(locked, file, actor)
    saved, _ = ComplementDraft.objects.update_or_create(
        candidature=locked,
        round=locked.round,
        defaults={"deadline": deadline, "message": message.strip(), "edition": edition + 1, "updated_by": actor},
    )
    return saved


@transaction.atomic
def remove(file: RequestFile, *, actor: User) -> None:
    """Take a file off the draft, its bytes once the transaction is over. Raises `door.Refused` once it is sent."""
    locked = _open_to(file.candidature, actor)
    if file.round != locked.round:
        raise Refused([Refusal("stage", SENT)])
    storage, name = file.file.storage, str(file.file.name)
    file.delete()
    transaction.on_commit(lambda: storage.delete(name))


def _open_to(candidature: Candidature, actor: User) -> Candidature:
    """Lock a candidature whose request is being prepared, for somebody who may send it."""
    locked = Candidature.objects.locked().get(pk=candidature.pk)
    if locked.stage != Stage.IN_EVALUATION:
        raise Refused([Refusal("stage", SENT)])
    if not access.may(actor, "request_complements", locked):
        raise Refused([Refusal("right", "Préparer cette demande revient au support et à l'expert coordonnateur.")])
    return locked


def _join(locked: Candidature, file: File, actor: User) -> None:
    examined = examine(file, max_bytes=settings.EVIDENCE_MAX_BYTES)
    RequestFile.objects.create(
        candidature=locked,
        round=locked.round,
        file=File(file.file, name=examined.name),
        original_name=examined.name,
        media_type=examined.media_type,
        size=examined.size,
        sha256=examined.sha256,
        scan=scanning.first_state(),
        deposited_by=actor,
    )
    transaction.on_commit(scanning.ring)
