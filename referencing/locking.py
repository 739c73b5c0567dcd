"""Locking a candidature with its sheet: nothing may change in either until the transaction ends."""

from referencing.models import Candidature


def locked_with_sheet(candidature: Candidature) -> Candidature:
    """Return the row and its sheet as the database holds them, both locked.

    A draft that went to another sheet while we waited for its lock is not found by PostgreSQL, which looks again at
    the row but not at the join: asking once more finds it with its new sheet.
    """
    rows = Candidature.objects.select_for_update(of=("self", "sheet"))
    rows = rows.select_related("service__organisation", "sheet__version")
    return rows.filter(pk=candidature.pk).first() or rows.get(pk=candidature.pk)
