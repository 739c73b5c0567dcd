"""Answering a criterion, giving and withdrawing proofs. Each change is made under the lock of the sheet."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from questionnaires.applicability import certificates_held, judge
from questionnaires.models import Answer, Criterion, EvidenceRevision, EvidenceUse, Sheet
from questionnaires.sheets.opening import locked


class AnswerRefused(Exception):
    """The answer cannot change; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Said:
    """What one person says of a criterion."""

    value: str
    comment: str


class Conflict(Exception):
    """Someone answered meanwhile: `theirs` is the answer on file, `mine` what was about to replace it."""

    def __init__(self, theirs: Answer, mine: Said) -> None:
        super().__init__("Une autre personne a modifié cette réponse pendant que vous la remplissiez.")
        self.theirs = theirs
        self.mine = mine


@transaction.atomic
def save_answer(sheet: Sheet, criterion: Criterion, *, value: str, comment: str, edition: int, user: User) -> Answer:
    """Write the answer of one criterion. `edition` is that of the answer which was read before writing, 0 if none.

    Saying again what is already on file changes nothing, whatever `edition`, but to confirm a carried answer. Raises AnswerRefused when the
    criterion may not be answered now, Conflict when someone answered otherwise since `edition`.
    """
    answer = _opened_answer(sheet, criterion)
    if value not in ("", *Answer.Value.values):
        raise AnswerRefused("Cette réponse n'est pas l'une de celles proposées.")
    comment = comment.strip()
    if (answer.value, answer.comment) == (value, comment):
        return _confirmed(answer, user) if answer.to_confirm else answer
    if answer.edition != edition:
        raise Conflict(answer, Said(value, comment))
    answer.value, answer.comment = value, comment
    return _confirmed(answer, user)


@transaction.atomic
def confirm(sheet: Sheet, criterion: Criterion, *, edition: int, user: User) -> Answer:
    """Vouch for an answer carried over, as it stands; one already confirmed stays so.

    Raises AnswerRefused as `save_answer` does, Conflict when the answer changed since `edition`.
    """
    answer = _opened_answer(sheet, criterion)
    if not answer.to_confirm:
        return answer
    if answer.edition != edition:
        raise Conflict(answer, Said(answer.value, answer.comment))
    return _confirmed(answer, user)


@transaction.atomic
def attach(sheet: Sheet, criterion: Criterion, revision: EvidenceRevision, user: User, note: str = "") -> EvidenceUse:
    """Give a proof for a criterion; giving the same one twice gives it once. `note` says where to look in it.

    The caller has checked that the proof belongs to the organisation. Raises AnswerRefused when the criterion
    may not be answered now, or when the file is known to be infected.
    """
    answer = _opened_answer(sheet, criterion)
    if revision.scan == EvidenceRevision.Scan.INFECTED:
        raise AnswerRefused(
            f"Le fichier « {revision.original_name} » contient un virus : il ne peut pas servir de preuve."
        )
    known = EvidenceUse.objects.filter(answer__sheet=sheet, answer__criterion=criterion, revision=revision).first()
    if known is not None:
        return known
    _keep(answer, user)
    return EvidenceUse.objects.create(answer=answer, revision=revision, note=note.strip(), added_by=user)


@transaction.atomic
def detach(use: EvidenceUse, user: User) -> None:
    """Withdraw a proof from a criterion; it stays in the vault. Raises AnswerRefused as `attach` does."""
    answer = _opened_answer(use.answer.sheet, use.answer.criterion)
    deleted, _ = EvidenceUse.objects.filter(pk=use.pk).delete()
    if deleted:
        _keep(answer, user)


def _opened_answer(sheet: Sheet, criterion: Criterion) -> Answer:
    """Lock the sheet and return the answer of a criterion that may be answered now, unsaved when it is the first."""
    row = locked(sheet)
    if criterion.version_id != row.version_id:
        raise AnswerRefused(f"Le critère {criterion.code} n'appartient pas à la version de cette candidature.")
    if not criterion.section.questionnaire.is_answered:
        raise AnswerRefused("Ce jalon est constaté par les tests techniques ; il n'appelle pas de réponse ici.")
    verdict = judge(
        criterion.condition, criterion.dispensed_by, row.facts, criterion.grounds, certificates_held(row.facts)
    )
    if not verdict.applies:
        raise AnswerRefused(verdict.because)
    if row.writing == Sheet.Writing.CLOSED:
        raise AnswerRefused("La candidature est déposée : les réponses ne peuvent plus changer.")
    if row.writing == Sheet.Writing.TARGETED and not row.reopenings.filter(criterion=criterion).exists():
        raise AnswerRefused("Seuls les critères nommés par la demande de compléments peuvent changer.")
    found = Answer.objects.filter(sheet=row, criterion=criterion).first()
    return found or Answer(sheet=row, criterion=criterion)


def _confirmed(answer: Answer, user: User) -> Answer:
    answer.to_confirm = False
    return _keep(answer, user)


def _keep(answer: Answer, user: User) -> Answer:
    answer.edition += 1
    answer.updated_by = user
    answer.save()
    return answer
