"""Reading the catalogue: what pages ask for."""

from catalogue.models import Entry
from catalogue.queries import EntryQuerySet
from referencing.models import Candidature


def in_sight() -> EntryQuerySet:
    """Return what the public may read, with what a card shows."""
    return Entry.objects.in_sight().with_words()


def page_of(candidature: Candidature) -> Entry | None:
    """Return the public page of a service, None before it opens or while it is out of sight."""
    return Entry.objects.in_sight().filter(service=candidature.service_id).first()
