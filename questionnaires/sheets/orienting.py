"""Answering the orientation: what decides which criteria apply, and what a change of it would move."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from accounts.models import User
from questionnaires.applicability import certificates_held, complete_facts
from questionnaires.changes import Change, Judge, Kept, Move, orientation_change
from questionnaires.conditions import Facts
from questionnaires.models import Answer, Certificate, Criterion, Sheet, Variable
from questionnaires.orientation import (
    Revision,
    Step,
    contradictions,
    is_blank,
    revisions,
    steps,
    unanswered,
    value_fault,
)
from questionnaires.sheets.covering import holding_with, judged
from questionnaires.sheets.opening import locked


class OrientationRefused(Exception):
    """The answers cannot be kept. `sentences` says why, one French sentence per reason."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Foreseen:
    """What some answers would do to a sheet as it stands. `revised` are the answers already given that
    would change, `awaited` the questions that would still have none.

    `seen` names this very state: what it moves, and the editions of the answers that it moves. A form sends it back.
    """

    given: dict[str, Any]
    before: Facts
    after: Facts
    change: Change
    revised: tuple[Revision, ...]
    awaited: tuple[str, ...]
    seen: str

    def is_other_than(self, seen: str) -> bool:
        """Whether a person who saw `seen` would be surprised: not when there is nothing left to change."""
        return seen != self.seen and bool(self.revised or self.change.moves)

    @property
    def needs_confirmation(self) -> bool:
        """Whether criteria move because an answer is taken back, or take with them something that was written.

        Filling the orientation for the first time brings criteria at every screen: that is no change of mind.
        """
        change = self.change
        return bool(change.moves and (self.revised or change.set_aside or change.brought_back))


class OrientationOvertaken(Exception):
    """The sheet changed since the person saw what their answers would move; `foreseen` says it anew."""

    def __init__(self, foreseen: Foreseen) -> None:
        super().__init__("L'orientation, ou des réponses qu'elle déplace, ont changé depuis l'affichage de la page.")
        self.foreseen = foreseen


def foresee_change(sheet: Sheet, facts: Mapping[str, object]) -> Foreseen:
    """Say what adding these answers would do, without writing. Raises OrientationRefused as `answer_orientation`."""
    if sheet.writing != Sheet.Writing.OPEN:
        raise OrientationRefused(["La candidature est déposée : les réponses d'orientation ne peuvent plus changer."])
    variables = list(Variable.objects.filter(version=sheet.version_id))
    _refuse_unknown(variables, facts)
    given = {code: value for code, value in {**sheet.given, **facts}.items() if not is_blank(value)}
    refusals = contradictions(sheet.version.rules, variables, given, blocking=True)
    if refusals:
        raise OrientationRefused(refusals)
    before, after = complete_facts(variables, sheet.given), complete_facts(variables, given)
    change = orientation_change(before, after, _criteria(sheet), _kept(sheet), _judge_of(sheet, before, after))
    return Foreseen(
        given=given,
        before=before,
        after=after,
        change=change,
        revised=tuple(revisions(variables, sheet.given, given)),
        awaited=tuple(unanswered(variables, given)),
        seen=_name(sheet, change),
    )


@transaction.atomic
def answer_orientation(sheet: Sheet, facts: Mapping[str, object], user: User, *, seen: str | None = None) -> Sheet:
    """Add answers to the orientation and work out what they mean; a blank value takes an answer back.

    `facts` maps variables to a bool, a code or a list of codes, and may hold a part of them only. `revision` grows
    when the meaning changes. What was written for a criterion that leaves is set aside, and comes back with it to be
    read again. `seen` is that of the `Foreseen` that the person saw, None when they saw none.

    Raises OrientationRefused when the sheet is not open, a variable or a value is unknown, or the answers break a rule
    of the référentiel; OrientationOvertaken when what they move is no longer what was seen.
    """
    row = locked(sheet)
    foreseen = foresee_change(row, facts)
    if seen is not None and seen != foreseen.seen:
        raise OrientationOvertaken(foreseen)
    sheet.revision = row.revision + (foreseen.after != row.facts)
    sheet.given, sheet.facts, sheet.oriented_by = foreseen.given, dict(foreseen.after), user
    sheet.orientation_done = not foreseen.awaited
    sheet.save(update_fields=["given", "facts", "revision", "orientation_done", "oriented_by"])
    _move(sheet, foreseen.change)
    return sheet


def orientation_questions(sheet: Sheet) -> list[Variable]:
    """Return the questions that people may answer, asked now or not. One query."""
    return list(Variable.objects.filter(version=sheet.version_id, derived_from=""))


def orientation_steps(sheet: Sheet) -> list[Step]:
    """Return the screens of the orientation as the answers stand. One query."""
    return steps(list(Variable.objects.filter(version=sheet.version_id)), sheet.given)


def advice(sheet: Sheet) -> list[str]:
    """Return the sentences of the rules that advise without forbidding, given the answers."""
    variables = list(Variable.objects.filter(version=sheet.version_id))
    return contradictions(sheet.version.rules, variables, sheet.given, blocking=False)


def _criteria(sheet: Sheet) -> list[Criterion]:
    return list(Criterion.objects.filter(version=sheet.version_id).select_related("section__questionnaire"))


def _judge_of(sheet: Sheet, *states: Facts) -> Judge:
    """Count the certificates on file, of the kinds that each set of facts declares."""
    declared = any(certificates_held(facts) for facts in states)
    certificates = list(Certificate.objects.filter(sheet=sheet.pk)) if declared else []
    day = sheet.frozen_on or timezone.localdate()
    return lambda criterion, facts: judged(criterion, facts, holding_with(facts, certificates, day))


def _kept(sheet: Sheet) -> dict[str, Kept]:
    rows = Answer.objects.filter(sheet=sheet).annotate(proofs=Count("uses"))
    return {
        code: Kept(edition, bool(value or comment), proofs)
        for code, edition, value, comment, proofs in rows.values_list(
            "criterion__code", "edition", "value", "comment", "proofs"
        )
    }


def _name(sheet: Sheet, change: Change) -> str:
    moved = [[move.code, move.after.state, move.kept.edition if move.kept else 0] for move in change.moves]
    digest = hashlib.sha256(json.dumps(moved).encode()).hexdigest()
    return f"{sheet.revision}-{digest[:16]}"


def _move(sheet: Sheet, change: Change) -> None:
    """Set aside what is written for the criteria that leave, bring back what was kept for those that enter."""
    answers = Answer.objects.filter(sheet=sheet)
    if change.leaving:
        answers.filter(criterion__in=_ids(change.leaving)).update(standing=Answer.Standing.ASIDE)
    if change.entering:
        entering = answers.filter(criterion__in=_ids(change.entering))
        entering.update(standing=Answer.Standing.CURRENT)
        entering.filter(criterion__in=_ids(change.brought_back)).update(standing=Answer.Standing.BACK)


def _ids(moves: tuple[Move, ...]) -> list[int]:
    return [move.criterion.pk for move in moves]


def _refuse_unknown(variables: list[Variable], facts: Mapping[str, object]) -> None:
    by_code = {variable.code: variable for variable in variables}
    sentences = [f"La question « {code} » n'existe pas." for code in facts if code not in by_code]
    faults = [value_fault(by_code[code], value) for code, value in facts.items() if code in by_code]
    sentences += [fault for fault in faults if fault]
    if sentences:
        raise OrientationRefused(sentences)
