"""What a version would ask of a service, before there is any sheet."""

from questionnaires.conditions import Facts
from questionnaires.models import Criterion, Version
from questionnaires.sheets.covering import promised
from questionnaires.sheets.overview import Item, Overview, assemble, points_of
from questionnaires.sheets.shortfalls import ItemState


def foresee(version: Version, facts: Facts) -> Overview:
    """Return the overview that a sheet with these facts would have, nothing answered. Two queries."""
    criteria = Criterion.objects.filter(version=version).select_related("section__questionnaire")
    return assemble(criteria.prefetch_related("expected_proofs"), lambda criterion: _item(criterion, facts))


def _item(criterion: Criterion, facts: Facts) -> Item:
    verdict, points = promised(criterion, facts)
    asked = verdict.applies and criterion.section.questionnaire.is_answered
    return Item(
        criterion=criterion,
        verdict=verdict,
        points=points_of(points),
        expected=tuple(criterion.expected_proofs.all()),
        answer=None,
        uses=(),
        state=ItemState.TO_DO if asked else ItemState.NOT_ASKED,
        missing=(),
        reopened=False,
        may_change=False,
    )
