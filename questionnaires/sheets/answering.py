"""Answering a criterion, giving and withdrawing proofs. Each change is made under the lock of the sheet."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from questionnaires.models import Answer, Criterion, EvidenceRevision, EvidenceUse, Sheet
from questionnaires.sheets.covering import holding_of, judged
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

    Saying again what is already on file changes nothing, whatever `edition`, but confirms an answer carried from
    elsewhere, and reads again one that came back with its criterion. Raises AnswerRefused when the criterion may not
    be answered now, Conflict when someone answered otherwise since `edition`.
    """
    answer = _opened_answer(sheet, criterion)
    if value not in ("", *Answer.Value.values):
        raise AnswerRefused("Cette réponse n'est pas l'une de celles proposées.")
    comment = comment.strip()
    same = (answer.value, answer.comment) == (value, comment)
    if same and not answer.to_confirm:
        return _reread(answer)
    if not same and answer.edition != edition:
        raise Conflict(answer, Said(value, comment))
    answer.value, answer.comment, answer.to_confirm = value, comment, False
    return _keep(answer, user)


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
    verdict, _ = judged(criterion, row.facts, holding_of(row))
    if not verdict.applies:
        raise AnswerRefused(f"D'après l'orientation, ce critère n'est pas demandé. {verdict.because}")
    if row.writing == Sheet.Writing.CLOSED:
        raise AnswerRefused("La candidature est déposée : les réponses ne peuvent plus changer.")
    if row.writing == Sheet.Writing.TARGETED and not row.reopenings.filter(criterion=criterion).exists():
        raise AnswerRefused("Seuls les critères nommés par la demande de compléments peuvent changer.")
    found = Answer.objects.filter(sheet=row, criterion=criterion).first()
    return found or Answer(sheet=row, criterion=criterion)


def _keep(answer: Answer, user: User) -> Answer:
    answer.edition += 1
    answer.standing = Answer.Standing.CURRENT
    answer.updated_by = user
    answer.save()
    return answer


def _reread(answer: Answer) -> Answer:
    """An answer that came back with its criterion and is given again as it was has been read again."""
    if answer.standing == Answer.Standing.BACK:
        answer.standing = Answer.Standing.CURRENT
        answer.save(update_fields=["standing"])
    return answer
