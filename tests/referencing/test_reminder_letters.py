"""Reminders and the expiry, as the éditeur reads them."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from journal.models import Letter
from journal.record import record
from kit.templatetags.french import long_date
from referencing import filing
from referencing.door import move
from referencing.reminders import watch
from tests.referencing.post import ITEMS, SOON, TEAM, body, react, to


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-7, "Votre réponse est attendue avant le"),
        (-2, "Votre réponse est attendue avant le"),
        (1, "Le délai pour répondre est passé depuis le"),
    ],
)
def test_a_reminder_repeats_what_is_awaited(house, days, words):
    candidature = house.incomplete()
    watch(SOON + timedelta(days=days))
    written = react("candidature.reminder")
    assert to(written) == {"reminder": TEAM}
    text = written[("reminder", "alice")].body.replace("\u00a0", " ")
    assert f"{words} {long_date(SOON)}".replace("\u00a0", " ") in text
    assert "- Extrait Kbis (critère ADM-01)" in text
    assert written[("reminder", "alice")].url == f"/candidatures/{candidature.reference}/verifier/"
    assert react("candidature.reminder") == written


def test_a_reminder_of_complements_names_the_criteria(house):
    house.asked()
    watch(SOON)
    text = body("candidature.reminder", "reminder")
    assert "Compléments demandés :\n\n- SEC-GOV-01 : La politique signée." in text
    assert "Pièces manquantes" not in text


def test_an_answer_that_came_meanwhile_silences_the_reminder(house):
    candidature = house.incomplete()
    watch(SOON)
    filing.submit(candidature, actor=house.people["alice"])
    assert react("candidature.reminder") == {}


def test_the_expiry_is_told_with_its_remedies(house):
    candidature = house.assigned()
    payload: dict[str, object] = {"items": ITEMS, "deadline": "2026-01-05"}
    candidature = move(candidature, "request_complements", actor=house.people["emile"], payload=payload)
    for step in ("J-7", "J-2"):
        with transaction.atomic():
            data = {"step": step, "deadline": "2026-01-05", "version": candidature.version, "stage": "x"}
            record("candidature.reminder", candidature.reference, actor=None, data=data)
        react("candidature.reminder")
    Letter.objects.update(sent_at=timezone.now())
    move(candidature, "expire", actor=None, payload={"deadline": "2026-01-05", "reminders": 2})
    written = react("candidature.expire")
    assert to(written) == {"expired": TEAM, "expired_told": {"sophie", "emile", "eva"}}
    text = written[("expired", "alice")].body.replace("\u00a0", " ")
    assert "avant le lundi 5 janvier 2026. Malgré 2 rappels" in text
    assert "un recours gracieux" in text
