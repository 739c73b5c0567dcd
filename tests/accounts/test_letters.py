"""A person reads their own letters, and says when they have."""

import pytest
from django.db import transaction
from django.urls import reverse

from journal.models import Letter
from journal.record import record


@pytest.fixture
def letter(alice) -> Letter:
    with transaction.atomic():
        event = record("candidature.submitted", "MES-2026-0001", actor=alice, data={})
    return Letter.objects.create(
        event=event, kind="receipt", subject_ref="MES-2026-0001", recipient=alice, title="Accusé de réception",
        body="Bonjour,\n\nNous avons <reçu> votre dossier.", url="/candidatures/MES-2026-0001/",
        written_at=event.at, next_try_at=event.at,
    )  # fmt: skip


def test_it_lists_my_letters_and_counts_the_unread(client_of, alice, letter):
    page = client_of(alice).get(reverse("accounts:letters"))
    html = page.content.decode()
    assert "Accusé de réception" in html
    assert "Mes courriers (1)" in html


def test_reading_writes_nothing(client_of, alice, letter):
    page = client_of(alice).get(reverse("accounts:letter", args=[letter.pk]))
    assert "Nous avons &lt;reçu&gt; votre dossier." in page.content.decode()
    letter.refresh_from_db()
    assert letter.read_at is None


def test_a_button_marks_it_read_once(client_of, alice, letter):
    alices = client_of(alice)
    address = reverse("accounts:mark_read", args=[letter.pk])
    assert alices.post(address).url == reverse("accounts:letter", args=[letter.pk])
    letter.refresh_from_db()
    first = letter.read_at
    assert first is not None
    alices.post(address)
    letter.refresh_from_db()
    assert letter.read_at == first
    assert "Marquer comme lu" not in alices.get(reverse("accounts:letter", args=[letter.pk])).content.decode()


def test_nobody_reads_the_letters_of_another(client_of, bob, letter):
    bobs = client_of(bob)
    assert bobs.get(reverse("accounts:letter", args=[letter.pk])).status_code == 404
    assert bobs.post(reverse("accounts:mark_read", args=[letter.pk])).status_code == 404
    assert "Aucun courrier pour le moment" in bobs.get(reverse("accounts:letters")).content.decode()
