"""What a person says of an answer, beside it: « terminé » or « à revoir », with who and when."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from questionnaires.models import Answer, Criterion, Sheet
from questionnaires.sheets.answering import AnswerRefused, opened_answer


@transaction.atomic
def mark(sheet: Sheet, criterion: Criterion, mark: str, user: User) -> Answer:
    """Say that an answer is finished or must be seen again; "" takes the word back. `edition` stays as it is.

    Saying again what is already said changes neither who said it nor when. Raises AnswerRefused when the criterion
    may not be answered now, or when the word is unknown.
    """
    answer = opened_answer(sheet, criterion)
    if mark not in ("", *Answer.Mark.values):
        raise AnswerRefused("Cet état n'est pas l'un de ceux proposés.")
    if answer.mark == mark:
        return answer
    answer.mark = mark
    answer.marked_by, answer.marked_at = (user, timezone.now()) if mark else (None, None)
    answer.save(update_fields=["mark", "marked_by", "marked_at"])
    return answer
