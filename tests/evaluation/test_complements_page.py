"""The complement request read before it is sent."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from evaluation.complements import asked_for, mark_of
from evaluation.grid import grid
from referencing.models import Candidature
from referencing.stages import Stage
from tests.evaluation import steps


def typed(file: Candidature, **more: Any) -> dict[str, Any]:
    mark = mark_of(asked_for(grid(file)))
    deadline = steps.soon().isoformat()
    return {"seen": file.version, "items": mark, "deadline": deadline, "message": "Bonjour,", **more}


def test_an_empty_list_says_what_will_appear(client_of: steps.ClientOf, file: Candidature, emile: User):
    assert "Aucun complément à demander" in client_of(emile).get(steps.url("complements", file)).text


def test_it_sends_what_was_read(client_of: steps.ClientOf, file: Candidature, emile: User):
    steps.ask(file, "ADM-02", emile)
    answer = client_of(emile).post(steps.url("complements", file), typed(file))
    assert (answer.status_code, answer.url) == (302, reverse("referencing:show", args=[file.reference]))
    assert steps.stage_of(file) == Stage.COMPLEMENTS_REQUESTED


def test_a_list_that_changed_is_shown_again(client_of: steps.ClientOf, file: Candidature, emile: User):
    steps.ask(file, "ADM-02", emile)
    sent = typed(file, message="Message gardé.")
    steps.ask(file, "ADM-04", emile)
    answer = client_of(emile).post(steps.url("complements", file), sent)
    assert answer.status_code == 422
    assert "relisez la liste" in answer.text
    assert "Message gardé." in answer.text
    assert steps.stage_of(file) == Stage.IN_EVALUATION


@pytest.mark.parametrize(
    ("deadline", "sentence"),
    [
        ("", "Fixez une échéance."),
        ("demain", "Écrivez une date, par exemple 31/12/2026."),
        ("2020-01-01", "Choisissez une date à venir : celle-ci est passée ou c'est aujourd'hui."),
    ],
)
def test_a_bad_deadline_is_one_sentence(
    client_of: steps.ClientOf, file: Candidature, emile: User, deadline: str, sentence: str
):
    steps.ask(file, "ADM-02", emile)
    answer = client_of(emile).post(steps.url("complements", file), typed(file, deadline=deadline))
    assert answer.context["form"].errors == {"deadline": [sentence]}
    assert "Bonjour," in answer.text


def test_the_second_to_send_is_told_and_keeps_their_text(
    client_of: steps.ClientOf, file: Candidature, emile: User, sophie: User
):
    steps.ask(file, "ADM-02", emile)
    sent = typed(file, message="Un message assez long pour être gardé.")
    Candidature.objects.filter(pk=file.pk).update(version=file.version + 1)
    answer = client_of(emile).post(steps.url("complements", file), sent)
    assert answer.status_code == 409
    assert "Un message assez long pour être gardé." in answer.text
