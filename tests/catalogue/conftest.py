"""A candidature brought to the end, and services of the catalogue made for lists."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from catalogue.fiches import publish
from catalogue.models import Entry, EntryTag
from catalogue.reactions import open_entry
from journal.models import Event
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play


@pytest.fixture
def accepted(
    alice: User, simple_version: Version, sophie: User, emile: User, simone: User, marc: User, mona: User
) -> Candidature:
    """Decided, without convention nor fiche."""
    return play.accepted(alice, simple_version, sophie, emile, simone, (marc, mona))


@pytest.fixture
def ready(accepted: Candidature, alice: User, sophie: User) -> Candidature:
    """The convention signed, the fiche whole: nothing is left but to publish."""
    play.agreed(accepted, sophie)
    play.fiche_written(accepted, alice)
    return accepted


@pytest.fixture
def published(ready: Candidature, sophie: User) -> Candidature:
    """Published, its public page open."""
    moved = publish(ready, actor=sophie, edition=1)
    open_entry(Event.objects.get(kind="candidature.publish").pk)
    return moved


@pytest.fixture
def entry(published: Candidature) -> Entry:
    return Entry.objects.get(service=published.service)


@pytest.fixture
def another(entry: Entry) -> Callable[..., Entry]:
    """Return a function that copies the service of the catalogue under another name: for filters and lists."""

    def copy(
        name: str, *, thematics: tuple[str, ...] = ("GESTION",), regions: tuple[str, ...] = (), **fields: Any
    ) -> Entry:
        service = entry.service
        service.pk, service.name = None, name
        service.save()
        slug = name.lower().replace(" ", "-")
        values = {f.attname: getattr(entry, f.attname) for f in Entry._meta.concrete_fields if not f.primary_key}
        twin = Entry.objects.create(
            **{**values, "service_id": service.pk, "name": name, "slug": slug, "search_text": slug, **fields}
        )
        EntryTag.objects.bulk_create(
            [EntryTag(entry=twin, axis="thematic", code=code) for code in thematics]
            + [EntryTag(entry=twin, axis="region", code=code) for code in regions]
        )
        return twin

    return copy
