"""Answering the orientation: what decides which criteria apply."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from questionnaires.applicability import complete_facts
from questionnaires.models import Sheet, Variable
from questionnaires.orientation import Step, contradictions, is_blank, steps, unanswered, value_fault
from questionnaires.sheets.opening import locked


class OrientationRefused(Exception):
    """The answers cannot be kept. `sentences` says why, one French sentence per reason."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


@transaction.atomic
def answer_orientation(sheet: Sheet, facts: Mapping[str, object], user: User) -> Sheet:
    """Add answers to the orientation and work out what they mean; a blank value takes an answer back.

    `facts` maps variables to a bool, a code or a list of codes, and may hold a part of them only. `revision`
    grows when the meaning changes. Raises OrientationRefused when the sheet is not open, a variable or a value
    is unknown, or the answers break a rule of the référentiel.
    """
    row = locked(sheet)
    if row.writing != Sheet.Writing.OPEN:
        raise OrientationRefused(["La candidature est déposée : les réponses d'orientation ne peuvent plus changer."])
    variables = list(row.version.variables.all())
    _refuse_unknown(variables, facts)
    given = {code: value for code, value in {**row.given, **facts}.items() if not is_blank(value)}
    refusals = contradictions(row.version.rules, variables, given, blocking=True)
    if refusals:
        raise OrientationRefused(refusals)
    meaning = complete_facts(variables, given)
    sheet.revision = row.revision + (meaning != row.facts)
    sheet.given, sheet.facts, sheet.oriented_by = given, meaning, user
    sheet.orientation_done = not unanswered(variables, given)
    sheet.save(update_fields=["given", "facts", "revision", "orientation_done", "oriented_by"])
    return sheet


def orientation_steps(sheet: Sheet) -> list[Step]:
    """Return the screens of the orientation as the answers stand. One query."""
    return steps(list(Variable.objects.filter(version=sheet.version_id)), sheet.given)


def advice(sheet: Sheet) -> list[str]:
    """Return the sentences of the rules that advise without forbidding, given the answers."""
    variables = list(Variable.objects.filter(version=sheet.version_id))
    return contradictions(sheet.version.rules, variables, sheet.given, blocking=False)


def _refuse_unknown(variables: list[Variable], facts: Mapping[str, object]) -> None:
    by_code = {variable.code: variable for variable in variables}
    sentences = [f"La question « {code} » n'existe pas." for code in facts if code not in by_code]
    faults = [value_fault(by_code[code], value) for code, value in facts.items() if code in by_code]
    sentences += [fault for fault in faults if fault]
    if sentences:
        raise OrientationRefused(sentences)
