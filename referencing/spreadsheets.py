"""The answers of a candidature as a workbook: what each person may take out, and what its team brings back."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.record import record
from questionnaires import sheets
from questionnaires.workbooks import applying, ods, xlsx
from questionnaires.workbooks.book import book_of
from questionnaires.workbooks.intake import Reading
from referencing import access, acts
from referencing.models import Candidature

WRITERS = {"xlsx": xlsx.write, "ods": ods.write}
MEDIA_TYPES = {"xlsx": xlsx.MEDIA_TYPE, "ods": ods.MEDIA_TYPE}


def export(candidature: Candidature, reader: User, kind: str) -> bytes:
    """Return the workbook of what this person may read: the team its answers as they are, anyone else as filed last."""
    if access.may(reader, "answer", candidature):
        snapshot = sheets.snapshot(candidature.sheet)
    else:
        snapshot = acts.filed_sheets(candidature)[0]
    book = book_of(
        snapshot, reference=candidature.reference, service=candidature.service.name, made_at=timezone.localtime()
    )
    return WRITERS[kind](book)


@transaction.atomic
def bring_back(
    candidature: Candidature, reading: Reading, *, seal: str, choices: Mapping[str, str], actor: User
) -> list[str]:
    """Write a workbook whose dry run was confirmed, and note it in the journal. Raises as `applying.apply` does."""
    written = applying.apply(reading, candidature.sheet, actor, seal=seal, choices=choices)
    if written:
        data = {"sha256": reading.sha256, "answers": len(written)}
        record("answers.imported", candidature.reference, actor=actor, data=data)
    return written
