"""Answering a criterion, giving and withdrawing proofs.

Each change locks its answer, while the sheet is held as it is: a team writes at once, a freeze waits for it.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import User
from questionnaires.models import Answer, Criterion, EvidenceRevision, EvidenceUse, Sheet
from questionnaires.na_reasons import objection
from questionnaires.sheets.covering import holding_of, judged
from questionnaires.sheets.opening import shared

KEPT = (
    *("value", "comment", "na_reason", "edition", "said_edition", "operation", "standing", "to_confirm"),
    *("mark", "marked_by", "marked_at", "updated_by", "updated_at"),
)


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
    na_reason: str = ""


@dataclass(frozen=True)
class Sending:
    """One request of an autosave: its own name, and those of the requests sent before it that nobody confirmed.

    The unconfirmed ones were made from the same edition: they may have been lost, have arrived, or still arrive late.
    """

    operation: UUID | None = None
    unconfirmed: frozenset[UUID] = frozenset()


def said_of(answer: Answer | None) -> Said:
    """Return what an answer on file says; nothing when there is none."""
    return Said(answer.value, answer.comment, answer.na_reason) if answer else Said("", "")


class Conflict(Exception):
    """Someone answered meanwhile: `theirs` is the answer on file, `mine` what was about to replace it."""

    def __init__(self, theirs: Answer, mine: Said) -> None:
        super().__init__("Une autre personne a modifié cette réponse pendant que vous la remplissiez.")
        self.theirs = theirs
        self.mine = mine


@transaction.atomic
def save_answer(
    sheet: Sheet,
    criterion: Criterion,
    *,
    value: str,
    comment: str,
    edition: int,
    user: User,
    na_reason: str = "",
    sending: Sending = Sending(),
) -> Answer:
    """Write the answer of one criterion. `edition` is that of the answer which was read before writing, 0 if none.

    `na_reason` is the code of the reason for « Non applicable », dropped with any other value.

    Saying again what is already on file changes nothing, whatever `edition`, but that it was read again. A request
    that comes twice is written once, and one that comes after its successor is refused: nothing goes back
    (docs/adr/0013). Raises AnswerRefused when the criterion may not be answered now, Conflict when someone else
    answered otherwise since `edition`.
    """
    answer = opened_answer(sheet, criterion)
    if value not in ("", *Answer.Value.values):
        raise AnswerRefused("Cette réponse n'est pas l'une de celles proposées.")
    na_reason = na_reason if value == Answer.Value.NOT_APPLICABLE else ""
    if value == Answer.Value.NOT_APPLICABLE and (sentence := objection(criterion.reasons, na_reason)):
        raise AnswerRefused(sentence)
    said = Said(value, comment.replace("\r\n", "\n").strip(), na_reason)
    by_another = answer.said_edition > edition and answer.operation not in sending.unconfirmed
    if _is_on_file(answer, said, sending, by_another=by_another):
        return _reread(answer, user)
    if by_another:
        raise Conflict(answer, said)
    answer.value, answer.comment, answer.na_reason = said.value, said.comment, said.na_reason
    answer.operation, answer.said_edition, answer.to_confirm = sending.operation, answer.edition + 1, False
    return _keep(answer, user)


def _is_on_file(answer: Answer, said: Said, sending: Sending, *, by_another: bool) -> bool:
    """Say whether there is nothing to write.

    The same words are written again when earlier requests could still arrive and be taken: once the edition has grown
    under another name, they can no longer replace these words by those that the person has since taken back.
    """
    if sending.operation and answer.operation == sending.operation:
        return True
    return said_of(answer) == said and (by_another or not sending.unconfirmed)


@transaction.atomic
def attach(sheet: Sheet, criterion: Criterion, revision: EvidenceRevision, user: User, note: str = "") -> EvidenceUse:
    """Give a proof for a criterion; giving the same one twice gives it once. `note` says where to look in it.

    The caller has checked that the proof belongs to the organisation. Raises AnswerRefused when the criterion
    may not be answered now, or when the file is known to be infected.
    """
    answer = opened_answer(sheet, criterion)
    _refuse_infected(revision)
    known = EvidenceUse.objects.filter(answer__sheet=sheet, answer__criterion=criterion, revision=revision).first()
    if known is not None:
        return known
    _keep(answer, user)
    return EvidenceUse.objects.create(answer=answer, revision=revision, note=note.strip(), added_by=user)


@transaction.atomic
def detach(use: EvidenceUse, user: User) -> None:
    """Withdraw a proof from a criterion; it stays in the vault. Raises AnswerRefused as `attach` does."""
    answer = opened_answer(use.answer.sheet, use.answer.criterion)
    deleted, _ = EvidenceUse.objects.filter(pk=use.pk).delete()
    if deleted:
        _keep(answer, user)


@transaction.atomic
def move_use(use: EvidenceUse, revision: EvidenceRevision, user: User) -> None:
    """Give another revision of the same proof in place of the one given, with the same note.

    The caller has checked that both are of one proof. Raises AnswerRefused as `attach` does.
    """
    answer = opened_answer(use.answer.sheet, use.answer.criterion)
    _refuse_infected(revision)
    uses = EvidenceUse.objects.filter(pk=use.pk).exclude(revision=revision)
    if EvidenceUse.objects.filter(answer_id=use.answer_id, revision=revision).exists():
        changed, _ = uses.delete()  # both are given: the newer stays
    else:
        changed = uses.update(revision=revision)
    if changed:
        _keep(answer, user)


def _refuse_infected(revision: EvidenceRevision) -> None:
    if revision.is_infected:
        raise AnswerRefused(
            f"Le fichier « {revision.original_name} » contient un virus : il ne peut pas servir de preuve."
        )


def opened_answer(sheet: Sheet, criterion: Criterion) -> Answer:
    """Return the answer of a criterion that may be answered now, locked; the sheet cannot be frozen meanwhile."""
    row = shared(sheet)
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
    answer = _locked_answer(row, criterion) or _first_answer(row, criterion)
    answer.criterion = criterion
    return answer


def _locked_answer(sheet: Sheet, criterion: Criterion) -> Answer | None:
    return Answer.objects.select_for_update().filter(sheet=sheet, criterion=criterion).order_by().first()


def _first_answer(sheet: Sheet, criterion: Criterion) -> Answer:
    """Make the answer, empty, and lock it: of two people who come first together, one makes it and both find it."""
    Answer.objects.bulk_create([Answer(sheet=sheet, criterion=criterion)], ignore_conflicts=True)
    return Answer.objects.select_for_update().get(sheet=sheet, criterion=criterion)


def _keep(answer: Answer, user: User) -> Answer:
    answer.edition += 1
    answer.standing = Answer.Standing.CURRENT
    answer.updated_by = user
    if answer.mark == Answer.Mark.DONE:  # « terminé » was said of what the answer no longer is
        answer.mark, answer.marked_by, answer.marked_at = "", None, None
    answer.save(update_fields=KEPT)
    return answer


def _reread(answer: Answer, user: User) -> Answer:
    """An answer that came back with its criterion, or from elsewhere, and is given again as it was has been read again."""
    if answer.standing == Answer.Standing.BACK or answer.to_confirm:
        answer.standing, answer.to_confirm, answer.updated_by = Answer.Standing.CURRENT, False, user
        answer.save(update_fields=["standing", "to_confirm", "updated_by", "updated_at"])
    return answer
