"""Opening a sheet, freezing it at dépôt, reopening it whole or criterion by criterion."""

from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from questionnaires.models import Answer, Criterion, Reopening, Sheet, Version


def open_sheet(version: Version) -> Sheet:
    return Sheet.objects.create(version=version)


def locked(sheet: Sheet) -> Sheet:
    """Return the row as the database holds it, locked until the end of the transaction."""
    return Sheet.objects.select_for_update(of=("self",)).get(pk=sheet.pk)


def shared(sheet: Sheet) -> Sheet:
    """Return the row as the database holds it, which nobody may lock until the end of the transaction.

    Many hold it so at once: a team that writes at the same moment does not queue, only the freeze waits for them.
    SQLite has one writer at a time.
    """
    if connection.vendor != "postgresql":
        return Sheet.objects.get(pk=sheet.pk)
    return Sheet.objects.raw("SELECT * FROM questionnaires_sheet WHERE id = %s FOR SHARE", [sheet.pk])[0]


@transaction.atomic
def freeze(sheet: Sheet) -> None:
    """Close the sheet: nothing in it may change until it is reopened, and its certificates are judged on this day."""
    _write(sheet, Sheet.Writing.CLOSED, frozen_on=sheet.frozen_on or timezone.localdate())
    sheet.reopenings.all().delete()


@transaction.atomic
def reopen_all(sheet: Sheet) -> None:
    _write(sheet, Sheet.Writing.OPEN, frozen_on=None)
    sheet.reopenings.all().delete()


@transaction.atomic
def reopen(sheet: Sheet, codes: Iterable[str]) -> None:
    """Reopen the named criteria only, adding to those already reopened.

    Raises ValueError when a code is not of the version of the sheet.
    """
    wanted = set(codes)
    criteria = Criterion.objects.filter(version=sheet.version_id, code__in=wanted)
    unknown = wanted - {criterion.code for criterion in criteria}
    if unknown or not wanted:
        raise ValueError(f"Critères inconnus de cette version : {', '.join(sorted(unknown)) or 'aucun code donné'}.")
    _write(sheet, Sheet.Writing.TARGETED, frozen_on=sheet.frozen_on)
    # A reopened criterion always has an answer, if only an empty one: the overview reads both in one query.
    Answer.objects.bulk_create(
        [Answer(sheet=sheet, criterion=criterion) for criterion in criteria], ignore_conflicts=True
    )
    editions = dict(sheet.answers.filter(criterion__in=criteria).values_list("criterion", "edition"))
    Reopening.objects.bulk_create(
        [Reopening(sheet=sheet, criterion=criterion, edition=editions[criterion.pk]) for criterion in criteria],
        ignore_conflicts=True,
    )


def unanswered_reopenings(sheet: Sheet) -> list[Criterion]:
    """Return the reopened criteria whose answer and proofs have not changed since, in the order of the référentiel."""
    now = Answer.objects.filter(sheet=sheet, criterion=OuterRef("criterion")).values("edition")
    waiting = sheet.reopenings.annotate(now=Subquery(now)).filter(now__lte=F("edition"))
    return list(Criterion.objects.filter(pk__in=waiting.values("criterion")))


def _write(sheet: Sheet, writing: str, *, frozen_on: date | None) -> None:
    locked(sheet)
    sheet.writing, sheet.frozen_on = writing, frozen_on
    sheet.save(update_fields=["writing", "frozen_on"])
