"""Several sheets read at once, in as many queries as one: what a list of candidatures says of each."""

from collections.abc import Collection
from itertools import groupby

from questionnaires.models import Answer, Reopening, Sheet
from questionnaires.sheets.covering import holdings_of
from questionnaires.sheets.overview import Overview, answers_of, compose, criteria_of


def overviews(sheets: Collection[Sheet]) -> dict[int, Overview]:
    """Return each sheet read whole, by its number. Five queries whatever their number, one more when
    some declare a certificate, none when there is none.
    """
    if not sheets:
        return {}
    by_version = {
        version: list(rows)
        for version, rows in groupby(criteria_of(sheets), key=lambda criterion: criterion.version_id)
    }
    answers: dict[int, dict[int, Answer]] = {sheet.pk: {} for sheet in sheets}
    for answer in answers_of(sheets):
        answers[answer.sheet_id][answer.criterion_id] = answer
    reopened: dict[int, set[int]] = {sheet.pk: set() for sheet in sheets}
    for sheet, criterion in Reopening.objects.filter(sheet__in=sheets).values_list("sheet", "criterion"):
        reopened[sheet].add(criterion)
    holdings = holdings_of(sheets)
    return {
        sheet.pk: compose(
            sheet, by_version[sheet.version_id], answers[sheet.pk], reopened[sheet.pk], holdings[sheet.pk]
        )
        for sheet in sheets
    }


def unanswered(sheets: Collection[Sheet], read: dict[int, Overview]) -> dict[int, set[str]]:
    """Return, by sheet, the codes of the criteria reopened that nobody answered since. One query."""
    found: dict[int, set[str]] = {sheet.pk: set() for sheet in sheets}
    rows = Reopening.objects.filter(sheet__in=sheets).values_list("sheet", "criterion__code", "edition")
    for sheet, code, edition in rows:
        item = read[sheet].item(code)
        if item and item.edition <= edition:
            found[sheet].add(code)
    return found
