"""The five official statuses: which transition is possible from which, and what the public sees."""

import pytest
from django.db import IntegrityError, transaction
from django_fsm import TransitionNotAllowed

from catalogue.models import Entry
from catalogue.vocabulary import Region, Status, Thematic

TABLE = {
    "go_online": {"PRESERIE", "HORS_LIGNE", "SUSPENDUE", "DEREFERENCEE"},
    "go_offline": {"EN_LIGNE"},
    "suspend": {"EN_LIGNE"},
    "delist": {"PRESERIE", "EN_LIGNE", "HORS_LIGNE", "SUSPENDUE"},
}
TARGETS = {"go_online": "EN_LIGNE", "go_offline": "HORS_LIGNE", "suspend": "SUSPENDUE", "delist": "DEREFERENCEE"}


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", TABLE)
def test_a_transition_starts_where_the_table_says(name, status):
    entry = Entry(status=status)
    if status in TABLE[name]:
        getattr(entry, name)()
        assert entry.status == TARGETS[name]
    else:
        with pytest.raises(TransitionNotAllowed):
            getattr(entry, name)()


@pytest.mark.parametrize("status", Status.values)
def test_the_public_sees_what_is_online_or_suspended(entry, client, status):
    Entry.objects.update(status=status)
    seen = status in ("EN_LIGNE", "SUSPENDUE")
    assert client.get("/catalogue/glyco/").status_code == (200 if seen else 404)
    assert Entry.objects.in_sight().exists() is seen


def test_a_suspended_service_says_so(entry, client):
    Entry.objects.update(status=Status.SUSPENDUE)
    assert "Service temporairement indisponible" in client.get("/catalogue/glyco/").content.decode()
    assert "Temporairement indisponible" in client.get("/catalogue/").content.decode()


@pytest.mark.parametrize(("field", "value"), [("status", "EN_PANNE"), ("economic_model", "CHER")])
def test_the_database_refuses_an_unknown_value(entry, field, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.update(**{field: value})


@pytest.mark.parametrize(("axis", "code"), [("thematic", "11"), ("region", "GESTION"), ("couleur", "11")])
def test_the_database_refuses_an_unknown_tag(entry, axis, code):
    with pytest.raises(IntegrityError), transaction.atomic():
        entry.tags.create(axis=axis, code=code)


def test_the_official_codes_are_whole():
    assert (len(Thematic), len(Region), len(Status)) == (9, 18, 5)
    assert {len(code) for code in Region.values} == {2}
