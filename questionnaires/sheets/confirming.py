"""Confirming answers that were carried from elsewhere: the person says that they still hold, without a word changed."""

from collections.abc import Collection

from django.db import transaction

from accounts.models import User
from questionnaires.models import Sheet
from questionnaires.sheets.answering import AnswerRefused
from questionnaires.sheets.opening import locked
from questionnaires.sheets.overview import Item, Overview, overview


@transaction.atomic
def confirm(sheet: Sheet, codes: Collection[str], user: User) -> list[str]:
    """Confirm the answers of these criteria that wait for it, and return their codes.

    An answer that lacks something is confirmed all the same: what it lacks is still said. Raises AnswerRefused when one
    of them may not be answered now.
    """
    row = locked(sheet)
    waiting = [item for item in to_confirm(overview(row)) if item.code in codes]
    if any(not item.may_change for item in waiting):
        raise AnswerRefused("La candidature est déposée : les réponses ne peuvent plus changer.")
    for item in waiting:
        if item.answer:
            item.answer.to_confirm, item.answer.updated_by = False, user
            item.answer.save(update_fields=["to_confirm", "updated_by", "updated_at"])
    return [item.code for item in waiting]


def to_confirm(whole: Overview) -> list[Item]:
    """Return the criteria whose answer was carried from elsewhere and waits to be read again, in order."""
    return [item for item in whole.items if item.to_confirm]
