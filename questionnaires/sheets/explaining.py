"""Why the criteria of a sheet apply or not, in words that lead back to the questions of the orientation."""

from questionnaires.models import Sheet, Variable
from questionnaires.reasons import Explainer, Reason
from questionnaires.sheets.overview import Overview


def explainer(sheet: Sheet) -> Explainer:
    """Return what explains any criterion of the version to this sheet. One query."""
    return Explainer(Variable.objects.filter(version=sheet.version_id), sheet.given)


def explain(sheet: Sheet, whole: Overview) -> dict[str, Reason]:
    """Return the reason of each criterion, by code. One query."""
    found = explainer(sheet)
    return {item.code: found.reason(item.criterion) for item in whole.items}
