"""Changing the orientation of a candidature: what was seen is what is done, and a change of mind leaves a trace."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from journal.record import record
from questionnaires import sheets
from referencing.models import Candidature


@transaction.atomic
def orient(
    candidature: Candidature, facts: Mapping[str, object], foreseen: sheets.Foreseen, *, actor: User
) -> Candidature:
    """Keep answers whose effects were foreseen.

    Raises `sheets.OrientationRefused`, or `sheets.OrientationOvertaken` when they would now have other effects.
    """
    sheets.answer_orientation(candidature.sheet, facts, actor, seen=foreseen.seen)
    if foreseen.needs_confirmation:
        change = foreseen.change
        data = {
            "revision": candidature.sheet.revision,
            "questions": [revision.question.code for revision in foreseen.revised],
            "entering": [move.code for move in change.entering],
            "leaving": [move.code for move in change.leaving],
            "set_aside": [move.code for move in change.set_aside],
        }
        record("orientation.changed", candidature.reference, actor=actor, data=data)
    return candidature
