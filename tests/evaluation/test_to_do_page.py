"""The éditeur's to-do list: what is asked, where each criterion stands, and the one button that sends it all back."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from evaluation.to_do import TaskState
from evaluation.values import State
from questionnaires import sheets
from questionnaires.models import EvidenceUse
from referencing import extensions
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.working_days import next_working_day
from tests.evaluation import steps
from tests.evaluation.test_pages import queries

QUERIES = 28


@pytest.fixture
def asked(file: Candidature, emile: User) -> Candidature:
    """ADM-02 and URB-HEB-01 are asked for again."""
    steps.ask(file, "ADM-02", emile, expected="La lettre signée.")
    steps.ask(file, "URB-HEB-01", emile, expected="Le contrat.")
    return steps.send(file, emile)


def states(client: Any, file: Candidature) -> dict[str, TaskState]:
    todo = client.get(steps.url("to_do", file)).context["todo"]
    return {task.code: task.state for task in todo.tasks}


def test_it_says_what_is_asked_until_when_and_what_is_frozen(client_of: steps.ClientOf, asked: Candidature, bob: User):
    text = client_of(bob).get(steps.url("to_do", asked)).text
    for words in ("La lettre signée.", "Le contrat.", "restent figés jusqu'à votre renvoi", "0 sur 2"):
        assert words in text
    assert "Pièce illisible." not in text


def test_each_criterion_goes_from_awaited_to_answered(client_of: steps.ClientOf, asked: Candidature, alice: User):
    client = client_of(alice)
    assert states(client, asked) == {"ADM-02": TaskState.WAITING, "URB-HEB-01": TaskState.WAITING}
    steps.rewrite(asked, "ADM-02", alice, "Signée.")
    for use in EvidenceUse.objects.filter(answer__sheet=asked.sheet, answer__criterion__code="URB-HEB-01"):
        sheets.detach(use, alice)
    assert states(client, asked) == {"ADM-02": TaskState.DONE, "URB-HEB-01": TaskState.LACKING}
    text = client.get(steps.url("to_do", asked)).text
    assert "Joignez au moins une preuve." in text
    assert 'name="attests"' not in text


def test_the_button_sends_everything_back(client_of: steps.ClientOf, asked: Candidature, alice: User, bob: User):
    for code in ("ADM-02", "URB-HEB-01"):
        steps.rewrite(asked, code, alice, "Voici.")
    page = client_of(alice).get(steps.url("to_do", asked))
    assert 'name="attests"' in page.text
    assert 'name="attests"' not in client_of(bob).get(steps.url("to_do", asked)).text  # she alone is mandated
    sent = {"seen": asked.version, "read": page.context["check"].attested.print, "attests": "on"}
    action = reverse("referencing:check", args=[asked.reference])
    assert f'action="{action}"' in page.text
    answer = client_of(alice).post(action, sent)
    assert answer.url == reverse("referencing:filed", args=[asked.reference])
    assert steps.stage_of(asked) == Stage.IN_EVALUATION
    assert [code for code, state in steps.states(asked_now(asked)).items() if state == State.TO_REVIEW] == [
        "ADM-02",
        "URB-HEB-01",
    ]
    over = client_of(alice).get(steps.url("to_do", asked))
    assert (over.status_code, over.url) == (302, steps.url("rounds", asked))


def asked_now(file: Candidature) -> Candidature:
    return Candidature.objects.select_related("sheet").get(pk=file.pk)


def test_it_takes_as_many_queries_for_one_criterion_as_for_three(
    client_of: steps.ClientOf, file: Candidature, emile: User, alice: User
):
    steps.ask(file, "ADM-02", emile)
    asked = steps.send(file, emile)
    assert queries(client_of(alice), steps.url("to_do", asked)) == QUERIES
    steps.rewrite(asked, "ADM-02", alice, "Signé.")
    back = steps.give_back(asked, alice)
    for code in ("ADM-02", "URB-HEB-01", "SEC-GOV-01"):
        steps.ask(back, code, emile)
    again = steps.send(back, emile)
    assert queries(client_of(alice), steps.url("to_do", again)) == QUERIES


# --- More time --------------------------------------------------------------------------------


def later() -> str:
    return next_working_day(steps.soon() + timedelta(days=10)).isoformat()


def test_time_is_asked_for_on_a_page_and_answered_on_another(
    client_of: steps.ClientOf, asked: Candidature, bob: User, sophie: User
):
    ask, answer = (reverse(f"referencing:{name}", args=[asked.reference]) for name in ("ask_time", "answer_time"))
    sent = client_of(bob).post(ask, {"until": later(), "motive": "Congés du prestataire."})
    assert sent.url == steps.url("to_do", asked)
    assert "en attente de réponse" in client_of(bob).get(steps.url("to_do", asked)).text
    assert "attend encore une réponse" in client_of(bob).get(ask).text
    page = client_of(sophie).get(answer)
    assert "Congés du prestataire." in page.text
    wanted = extensions.pending(asked)
    given = {"until": later(), "answer": "", "asked": wanted.pk if wanted else "", "seen": asked.version, "grant": "1"}
    assert client_of(sophie).post(answer, given).url == reverse("referencing:show", args=[asked.reference])
    assert str(asked_now(asked).deadline) == later()
    assert "accordé" in client_of(bob).get(steps.url("to_do", asked)).text


def test_a_refusal_needs_its_motive_and_keeps_what_was_typed(
    client_of: steps.ClientOf, asked: Candidature, bob: User, emile: User
):
    page = reverse("referencing:answer_time", args=[asked.reference])
    client_of(bob).post(
        reverse("referencing:ask_time", args=[asked.reference]), {"until": later(), "motive": "Congés."}
    )
    wanted = extensions.pending(asked)
    sent = {"refuse": "1", "asked": wanted.pk if wanted else ""}
    assert client_of(emile).post(page, sent).status_code == 422
    assert client_of(emile).post(page, sent | {"answer": "Une séance approche."}).status_code == 302
    assert "Réponse : Une séance approche." in client_of(bob).get(steps.url("to_do", asked)).text
    again = client_of(emile).post(page, sent | {"answer": "Non, <b>vraiment</b>."})
    assert again.status_code == 422
    assert "a déjà reçu une réponse" in again.text


@pytest.mark.parametrize(
    ("until", "motive", "words"),
    [
        ("", "Congés.", "Fixez une échéance."),
        ("2020-01-01", "Congés.", "Cette échéance est passée"),
        ("SOON", "Congés.", "La nouvelle date doit venir après l'échéance actuelle"),
        ("LATER", "", "Ce champ est obligatoire."),
    ],
)
def test_a_bad_ask_is_one_sentence_and_keeps_what_was_typed(
    client_of: steps.ClientOf, asked: Candidature, bob: User, until: str, motive: str, words: str
):
    day = {"SOON": steps.soon().isoformat(), "LATER": later()}.get(until, until)
    page = reverse("referencing:ask_time", args=[asked.reference])
    answer = client_of(bob).post(page, {"until": day, "motive": motive})
    assert answer.status_code == 422
    assert words in answer.text.replace("&#x27;", "'")
    assert motive in answer.text
