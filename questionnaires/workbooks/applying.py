"""Keeping a workbook while it waits, and writing it once it is confirmed: everything, or nothing."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from questionnaires.models import PendingImport, Sheet
from questionnaires.sheets import save_answer
from questionnaires.sheets.opening import locked
from questionnaires.workbooks.intake import Reading
from questionnaires.workbooks.planning import Fate, Plan, Planned, plan

KEPT_FOR = timedelta(hours=1)
MINE, THEIRS = "mine", "theirs"


class Outdated(Exception):
    """The answers have changed since the dry run that was confirmed: `plan` is the new one."""

    def __init__(self, current: Plan) -> None:
        super().__init__("Les réponses ont changé depuis cet essai : rien n'a été écrit. Voici le nouvel essai.")
        self.plan = current


class NotSettled(Exception):
    """A line is wrong, or a conflict has not been settled: nothing may be written. `codes` are the conflicts left."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__("Choisissez, pour chaque réponse modifiée entre-temps, le texte à garder.")
        self.codes = codes


@transaction.atomic
def keep(reading: Reading, sheet: Sheet, user: User) -> PendingImport:
    """Keep what a workbook says in the place of the former one; those that have expired go at the same time."""
    PendingImport.objects.filter(expires_at__lte=timezone.now()).delete()
    kept = {"reading": reading.as_json(), "expires_at": timezone.now() + KEPT_FOR}
    return PendingImport.objects.update_or_create(sheet=sheet, user=user, defaults=kept)[0]


def kept_by(sheet: Sheet, user: User) -> Reading | None:
    """Return what this person's workbook says, None when there is none or it has expired."""
    found = PendingImport.objects.filter(sheet=sheet, user=user, expires_at__gt=timezone.now()).first()
    return Reading.of_json(found.reading) if found else None


def forget(sheet: Sheet, user: User) -> None:
    PendingImport.objects.filter(sheet=sheet, user=user).delete()


@transaction.atomic
def apply(reading: Reading, sheet: Sheet, user: User, *, seal: str, choices: Mapping[str, str]) -> list[str]:
    """Write what a dry run showed, under the lock of the sheet, and return the codes written.

    `choices` says, for each conflict, whose text to keep. Raises Outdated when the dry run is no longer true,
    NotSettled when it may not be confirmed; what `save_answer` raises undoes all the lines.
    """
    current = plan(reading, locked(sheet))
    if current.seal != seal:
        raise Outdated(current)
    open_conflicts = [line.code for line in current.conflicts if choices.get(line.code) not in (MINE, THEIRS)]
    if open_conflicts or not current.may_be_confirmed:
        raise NotSettled(open_conflicts)
    written = [line for line in current.lines if _is_written(line, choices)]
    for line in written:
        if line.item is not None:
            save_answer(
                sheet,
                line.item.criterion,
                value=line.then.value,
                comment=line.then.comment,
                na_reason=line.then.reason_code,
                edition=line.item.edition,
                user=user,
            )
    forget(sheet, user)
    return [line.code for line in written]


def _is_written(line: Planned, choices: Mapping[str, str]) -> bool:
    return line.fate == Fate.CHANGED or (line.fate == Fate.CONFLICT and choices[line.code] == MINE)
