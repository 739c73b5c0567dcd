"""Who waits for whom. Every write of the room locks the séance; a ballot locks only its scrutin.

What changes who may vote while a scrutin is open (presence, déport, closing) locks the séance, then the scrutin: always
in that order, so that a ballot is counted before the change or refused after it.
"""

from commission.models import AgendaItem, Poll, Seance


def seance(row: Seance) -> Seance:
    return Seance.objects.locked().get(pk=row.pk)


def item(row: AgendaItem) -> AgendaItem:
    """Lock the séance of an item and return the item as it is now."""
    locked = seance(row.seance)
    fresh = AgendaItem.objects.select_related("candidature__service").get(pk=row.pk)
    fresh.seance = locked
    return fresh


def poll(row: Poll) -> Poll:
    """Lock a scrutin and return it as it is now."""
    return (
        Poll.objects.select_for_update(of=("self",)).select_related("item__seance", "item__candidature").get(pk=row.pk)
    )


def open_polls(row: Seance) -> list[Poll]:
    """Lock the open scrutin of a séance, if any."""
    return list(Poll.objects.select_for_update(of=("self",)).filter(item__seance=row, closed_at__isnull=True))
