"""Éditeurs who are late: what was really sent to them, and what may be done."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from journal.models import Event, Letter
from referencing import extensions, letters
from referencing.door import move
from referencing.models import Candidature
from referencing.overdue import overdue
from referencing.reminders import REMINDER, watch
from referencing.working_days import next_working_day
from tests import play
from tests.referencing.post import ITEMS, SOON, House

TODAY = timezone.localdate()


@pytest.fixture
def late(house: House) -> Candidature:
    """Three reminders are written and sent; the deadline passed five days ago."""
    file = house.asked()
    for days in (-7, -2, 1):
        watch(SOON + timedelta(days=days))
    for event in Event.objects.filter(kind=REMINDER):
        letters.remind(event.pk)
    Letter.objects.filter(kind="reminder").update(sent_at=timezone.now())
    Candidature.objects.filter(pk=file.pk).update(deadline=TODAY - timedelta(days=5))
    return file


def test_it_lists_who_is_late_with_the_reminders_proven_sent(late: Candidature, house: House):
    (one,) = overdue(house.people["sophie"], TODAY)
    assert (one.candidature, one.days, one.proven, one.may_extend, one.asked) == (late, 5, 3, True, None)
    assert [(sent.step, sent.people) for sent in one.reminders] == [("J-7", 2), ("J-2", 2), ("J+1", 2)]
    assert one.effect == "Rien n'est automatique : le dossier reste ouvert tant que vous n'agissez pas."
    assert overdue(house.people["charlie"], TODAY) == []
    assert overdue(house.people["sophie"], TODAY - timedelta(days=5)) == []


def test_a_reminder_that_has_not_left_is_told_so(late: Candidature, house: House, settings: Any):
    settings.PROCEDURE = settings.PROCEDURE | {"expiry_enabled": True}
    (one,) = overdue(house.people["sophie"], TODAY)
    assert one.effect == "La caducité sera constatée au prochain passage de l'horloge."
    Letter.objects.filter(kind="reminder").update(sent_at=None)
    (one,) = overdue(house.people["sophie"], TODAY)
    assert (one.proven, one.effect) == (0, "La caducité attend que deux rappels soient partis.")


def test_an_ask_for_time_comes_first(late: Candidature, house: House, settings: Any):
    settings.PROCEDURE = settings.PROCEDURE | {"expiry_enabled": True}
    Candidature.objects.filter(pk=late.pk).update(deadline=TODAY)
    until = next_working_day(TODAY + timedelta(days=20))
    wanted = extensions.ask(late, until=until, motive="Congés.", actor=house.people["alice"])
    Candidature.objects.filter(pk=late.pk).update(deadline=TODAY - timedelta(days=1))
    (one,) = overdue(house.people["sophie"], TODAY)
    assert (one.asked, one.effect) == (wanted, "La caducité attend votre réponse à la demande de délai.")


def test_a_request_extended_starts_with_no_reminder(late: Candidature, house: House):
    Candidature.objects.filter(pk=late.pk).update(deadline=TODAY - timedelta(days=1))
    until = next_working_day(TODAY + timedelta(days=20))
    extensions.grant(late, until=until, answer="Panne du site.", actor=house.people["sophie"], asked=None)
    (one,) = overdue(house.people["sophie"], until + timedelta(days=1))
    assert one.reminders == ()


def test_the_page_says_what_may_be_done(client_of: Any, late: Candidature, house: House):
    text = client_of(house.people["sophie"]).get(reverse("referencing:late")).text
    for words in ("Échéance dépassée de 5\u00a0jours", "Rappel J+1", "donner plus de temps", late.reference):
        assert words in text
    assert (
        reverse("referencing:late")
        in client_of(house.people["sophie"]).get(reverse("instruction:desk"), {"tout": "1"}).text
    )
    assert client_of(house.people["alice"]).get(reverse("referencing:late")).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_three_queries_for_any_number(house: House, number: int, django_assert_num_queries: Any):
    people = house.people
    for rank in range(number):
        name = f"Service {rank}"
        file = play.assigned(people["alice"], house.version, people["sophie"], people["emile"], name=name)
        asked = {"items": ITEMS, "deadline": SOON.isoformat()}
        move(file, "request_complements", actor=people["emile"], payload=asked)
    person = people["sophie"]
    overdue(person, TODAY)  # her roles are remembered
    with django_assert_num_queries(3):
        assert len(overdue(person, SOON + timedelta(days=1))) == number
