"""Which photographs of the answers a person may compare, and what changed from one to the other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from questionnaires import sheets
from questionnaires.differences import Difference, FactChange, difference
from questionnaires.models import Variable
from questionnaires.orientation import said
from referencing import access, acts
from referencing.kinds import ActKind
from referencing.models import Candidature

BEING_WRITTEN = "en-cours"


@dataclass(frozen=True)
class Shot:
    """A photograph one may choose: `key` is what an address carries, `at` is None for what is being written."""

    key: str
    name: str
    at: datetime | None


@dataclass(frozen=True)
class SaidFact:
    """An answer of the orientation in words, before and after."""

    question: str
    before: str
    after: str


def shots(candidature: Candidature, reader: User) -> list[Shot]:
    """Return what this person may compare, the oldest first.

    Every reader of the candidature reads what was filed; what is being written is its team's alone.
    """
    filed = candidature.acts.filter(kind__in=acts.GIVEN_BY_EDITOR).order_by("pk").values_list("pk", "kind", "filed_at")
    found = [Shot(str(pk), str(ActKind(kind).label), at) for pk, kind, at in filed]
    if access.may(reader, "answer", candidature) and not acts.answers_are_filed(candidature):
        found.append(Shot(BEING_WRITTEN, "En cours d'écriture", None))
    return found


def compared(candidature: Candidature, before: Shot, after: Shot) -> Difference:
    """Compare two photographs that `shots` gave this reader."""
    keys = [int(shot.key) for shot in (before, after) if shot.key != BEING_WRITTEN]
    filed = {str(act.pk): act.payload["sheet"] for act in candidature.acts.filter(pk__in=keys)}
    old, new = (filed[one.key] if one.key in filed else sheets.snapshot(candidature.sheet) for one in (before, after))
    return difference(old, new)


def in_words(changes: Iterable[FactChange], candidature: Candidature) -> list[SaidFact]:
    """Say the orientation answers that changed as the questions of the référentiel do. One query when there are any."""
    changes = list(changes)
    if not changes:
        return []
    questions = {one.code: one for one in Variable.objects.filter(version=candidature.sheet.version_id)}
    return [
        SaidFact(
            questions[change.variable].label if change.variable in questions else change.variable,
            _said(questions.get(change.variable), change.before),
            _said(questions.get(change.variable), change.after),
        )
        for change in changes
    ]


def _said(question: Variable | None, value: Any) -> str:
    return said(question, value) if question else str(value or "aucune réponse")
