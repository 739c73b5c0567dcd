"""Small steps of these tests."""

from journal.models import Event
from referencing.models import Candidature, Document


def event_of(candidature: Candidature, kind: str) -> Event:
    """Return the latest event of a kind about a candidature."""
    return Event.objects.filter(subject=candidature.reference, kind=kind).latest("seq")


def paper_of(candidature: Candidature, kind: str) -> Document:
    """Return the only paper of a kind."""
    return Document.objects.get(candidature=candidature, kind=kind)
