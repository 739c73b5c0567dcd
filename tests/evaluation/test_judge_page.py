"""The judging form: what it records, what it refuses, and that nothing typed is lost."""

from typing import Any

import pytest

from accounts.models import User
from evaluation.assignments import assign
from evaluation.models import Verdict
from evaluation.values import Value
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} {% load static %} « é »"
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} {% load static %} « é »"


def verdict(value: str = Value.MET, edition: int = 0, **texts: Any) -> dict[str, Any]:
    return {"value": value, "motive": "", "expected": "", "private_note": "", "edition": edition, **texts}


@pytest.fixture
def page(file: Candidature) -> str:
    return steps.url("judge", file, "ADM-02")


def test_saving_goes_on_to_the_next_criterion_left(
    client_of: steps.ClientOf, file: Candidature, emile: User, page: str
):
    steps.say(file, "ADM-04", emile)
    answer = client_of(emile).post(page, verdict(next="1"))
    assert (answer.status_code, answer.url) == (302, steps.url("judge", file, "SEC-GOV-01"))
    assert Verdict.objects.get(criterion__code="ADM-02").value == Value.MET


def test_saving_alone_stays_on_the_criterion(client_of: steps.ClientOf, emile: User, page: str):
    answer = client_of(emile).post(page, verdict(), follow=True)
    assert answer.redirect_chain == [(page, 302)]
    assert "ADM-02 : verdict « Conforme » enregistré." in answer.text


def test_the_last_verdict_leads_back_to_the_grid(client_of: steps.ClientOf, file: Candidature, emile: User, page: str):
    play.judge_all(file, emile)
    answer = client_of(emile).post(page, verdict(edition=1, next="1"), follow=True)
    assert answer.redirect_chain == [(steps.url("grid", file), 302)]
    assert "Tous les critères qui vous sont confiés sont jugés." in answer.text


def test_a_missing_motive_is_one_sentence_beside_the_field(client_of: steps.ClientOf, emile: User, page: str):
    answer = client_of(emile).post(page, verdict(Value.NOT_MET, private_note="À revoir avec Eva."))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "motive": ["Écrivez le motif : le verdict « Non conforme » doit être motivé."]
    }
    assert "À revoir avec Eva." in answer.text


def test_no_verdict_chosen_is_one_sentence(client_of: steps.ClientOf, emile: User, page: str):
    for value in ("", "perhaps"):
        answer = client_of(emile).post(page, verdict(value, motive="Gardé."))
        assert answer.context["form"].errors == {"value": ["Choisissez un verdict."]}
        assert "Gardé." in answer.text


def test_a_text_of_200_000_characters_is_refused_and_kept(client_of: steps.ClientOf, emile: User, page: str):
    text = "é" * 200_000
    answer = client_of(emile).post(page, verdict(Value.NOT_MET, motive=text))
    sentence = "Ce texte compte 200\u00a0000 caractères ; il ne doit pas en dépasser 20\u00a0000."
    assert answer.context["form"].errors == {"motive": [sentence]}
    assert text in answer.text
    assert Verdict.objects.count() == 0


def test_what_is_typed_is_shown_as_it_was_typed(
    client_of: steps.ClientOf, file: Candidature, emile: User, sophie: User, page: str
):
    client_of(emile).post(page, verdict(Value.COMPLEMENT_NEEDED, motive=HOSTILE, expected=HOSTILE))
    kept = Verdict.objects.get()
    assert (kept.motive, kept.expected) == (HOSTILE, HOSTILE)
    pages = [client_of(sophie).get(address).text for address in (page, steps.url("complements", file))]
    assert [(ESCAPED in text, "<script>alert" in text) for text in pages] == [(True, False), (True, False)]


def test_a_stale_page_shows_both_verdicts_and_records_neither(
    client_of: steps.ClientOf, file: Candidature, emile: User, eva: User, sophie: User, page: str
):
    assign(file, eva, actor=sophie)
    steps.say(file, "ADM-02", eva, Value.NOT_MET, motive="Motif d'Eva.")
    answer = client_of(emile).post(page, verdict(Value.MINOR_RESERVE, motive="Motif d'Émile."))
    assert answer.status_code == 409
    assert ("Motif d&#x27;Eva." in answer.text, "Motif d&#x27;Émile." in answer.text) == (True, True)
    assert "Ce critère vient d'être jugé par Eva Noël" in answer.text
    assert Verdict.objects.get().expert == eva
    again = verdict(Value.MINOR_RESERVE, answer.context["form"]["edition"].value(), motive="Motif d'Émile.")
    assert client_of(emile).post(page, again).status_code == 302
    assert Verdict.objects.get().expert == emile


def test_a_file_that_moved_meanwhile_is_refused_with_its_reason(
    client_of: steps.ClientOf, file: Candidature, emile: User, page: str
):
    steps.ask(file, "ADM-04", emile)
    steps.send(file, emile)
    answer = client_of(emile).post(page, verdict(Value.NOT_MET, motive="Ce que j'avais écrit."))
    assert answer.status_code == 422
    assert "La candidature est à l&#x27;étape « Compléments demandés » : les verdicts sont figés." in answer.text
    assert "Ce que j&#x27;avais écrit." in answer.text


def test_a_criterion_of_another_expert_may_be_read_not_judged(
    client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User
):
    assign(file, eva, actor=sophie, questionnaires=["securite"])
    page = steps.url("judge", file, "ADM-02")
    shown = client_of(eva).get(page)
    assert shown.context["form"] is None
    assert "Le questionnaire « Demande de référencement » ne vous est pas confié." in shown.text
    assert client_of(eva).post(page, verdict()).status_code == 422


def test_support_reads_without_judging(client_of: steps.ClientOf, sophie: User, page: str):
    assert client_of(sophie).get(page).context["form"] is None
    assert client_of(sophie).post(page, verdict()).status_code == 404


def test_the_second_round_shows_the_verdict_of_before_and_what_changed(
    client_of: steps.ClientOf, file: Candidature, emile: User, alice: User, page: str
):
    steps.ask(file, "ADM-02", emile, expected="La signature.")
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    waiting = client_of(emile).get(page).text
    assert ("Les preuves sont chez l'éditeur." in waiting, "C&#x27;est en place." in waiting) == (True, False)
    steps.replace_proof(asked, "ADM-02", alice, b"Signe")
    steps.rewrite(asked, "ADM-02", alice, "Signé hier.")
    steps.give_back(asked, alice)
    shown = client_of(emile).get(page)
    for words in (
        "Verdict du tour 1",
        "La signature.",
        "<strong>Ajoutée :</strong>",
        "<strong>Retirée :</strong>",
        "1. Nouveau contrat",
        '[retiré : </span>C&#x27;est en place<span class="fr-sr-only">]',
        '[ajouté : </span>Signé hier<span class="fr-sr-only">]',
    ):
        assert words in shown.text
    form = shown.context["form"]
    assert (form["value"].value(), form["motive"].value(), form["edition"].value()) == (None, "Pièce illisible.", 1)
