"""What a sheet asks once its certificates are counted: the one place where a criterion of a sheet is judged."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from questionnaires.applicability import State, Verdict, certificates_held, judge
from questionnaires.certificates import Held, Holding, Row, cover, promise
from questionnaires.models import Certificate, Criterion, Sheet

PointJudged = tuple[dict[str, Any], Verdict]
Judged = tuple[Verdict, list[PointJudged]]
Counted = Callable[[Verdict, Sequence[Row]], Verdict]
"""What is left of a verdict once certificates are counted against the rows that say what they cover."""


def holding_of(sheet: Sheet) -> Holding:
    """Return what the sheet holds on its day: that of its dépôt, today while it is open.

    One query, and none when the orientation declares no certificate. Days are those of Paris.
    """
    return holdings_of([sheet])[sheet.pk]


def holdings_of(sheets: Iterable[Sheet]) -> dict[int, Holding]:
    """Return what each sheet holds on its day, by its number: one query for all, none when none declares any."""
    read = list(sheets)
    declaring = [sheet.pk for sheet in read if certificates_held(sheet.facts)]
    rows = list(Certificate.objects.filter(sheet__in=declaring)) if declaring else []
    return {
        sheet.pk: holding_with(
            sheet.facts, [row for row in rows if row.sheet_id == sheet.pk], sheet.frozen_on or timezone.localdate()
        )
        for sheet in read
    }


def holding_with(facts: Mapping[str, object], certificates: Iterable[Certificate], day: date) -> Holding:
    """Return what these certificates are worth on a day, to a service with these facts."""
    return Holding(day, certificates_held(facts), tuple(as_held(row) for row in certificates))


def as_held(row: Certificate) -> Held:
    return Held(
        kind=row.kind,
        number=row.number,
        edition=row.edition,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        refused=row.is_refused,
        motive=row.motive,
    )


def judged(criterion: Criterion, facts: Mapping[str, object], holding: Holding) -> Judged:
    """Return the verdict of a criterion, and its points that are asked, each with its own."""
    return _judged(criterion, facts, lambda verdict, rows: cover(verdict, rows, holding))


def promised(criterion: Criterion, facts: Mapping[str, object]) -> Judged:
    """The same before there is any certificate on file: those that the orientation declares are taken at their word."""
    declared = certificates_held(facts)
    return _judged(criterion, facts, lambda verdict, rows: promise(verdict, rows, declared))


def _judged(criterion: Criterion, facts: Mapping[str, object], counted: Counted) -> Judged:
    """A criterion that is covered stays asked for the points that are not: a merged requirement is never lost."""
    verdict = counted(judge(criterion.condition, (), facts, criterion.grounds), criterion.coverage)
    points = [
        (point, counted(judge(point["condition"], (), facts, criterion.grounds), point["coverage"]))
        for point in criterion.points
    ]
    asked = [(point, one) for point, one in points if one.applies]
    if verdict.state == State.DISPENSED and asked:
        left = ", ".join(point["code"] for point, _ in asked)
        because = f"{verdict.because.rstrip('.')}, sauf pour {left}."
        verdict = Verdict(State.APPLICABLE, because, remaining=f"Ne répondez que pour {left}.")
    return verdict, asked
