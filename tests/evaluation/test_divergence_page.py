"""The pages of double evaluation: what each may read, and the lead who settles."""

from typing import Any

import pytest

from accounts.models import User
from evaluation.domains import Domain
from evaluation.models import Appraisal, DivergenceNote, SecondWaiver, Verdict
from evaluation.values import Value
from referencing.models import Candidature
from tests.axe import violations
from tests.evaluation import steps
from tests.evaluation.test_pages import queries

SCRIPT = "<script>alert(1)</script>{{ 7|add:1 }}"
SETTLEMENT = {
    "value": "major_reserve",
    "motive": "Deux activités.",
    "expected": "",
    "settlement": "Le contrat fait foi.",
}


def page(candidature: Candidature, name: str = "divergence", code: str = steps.DOUBLE) -> str:
    return steps.url(name, candidature, *([] if name == "doubles" else [code]))


def settlement(edition: int = 0, **more: Any) -> dict[str, Any]:
    return SETTLEMENT | {"edition": edition} | more


def test_an_opinion_is_recorded_from_the_page_of_the_criterion(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User
):
    address = page(shared, "judge")
    assert "Votre appréciation n'est lue que de vous" in client_of(emile).get(address).text
    sent = {"value": "not_met", "motive": "Certificat échu.", "expected": "", "private_note": "", "edition": 0}
    answer = client_of(emile).post(address, sent, follow=True)
    assert "URB-HEB-01 : votre appréciation « Non conforme » enregistrée." in answer.text
    assert answer.context["form"]["motive"].value() == "Certificat échu."
    other = client_of(eva).get(address)
    assert ("Certificat échu." in other.text, other.context["form"]["motive"].value()) == (False, None)
    assert Appraisal.objects.get().expert == emile


def test_before_both_the_page_shows_neither(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User, sophie: User
):
    steps.say(shared, steps.DOUBLE, eva, Value.NOT_MET, motive="Certificat échu.")
    for person in (emile, eva, sophie):
        answer = client_of(person).get(page(shared))
        assert ("Certificat échu." in answer.text, "1\u00a0appréciation rendue sur deux (Eva Noël)" in answer.text) == (
            False,
            True,
        )


def test_after_both_those_who_evaluate_read_them_side_by_side(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User, sophie: User, aude: User
):
    steps.diverge(shared, emile, eva)
    for person in (emile, eva, sophie):
        text = client_of(person).get(page(shared)).text
        assert [words in text for words in ("Certificat échu.", "Renouvellement en cours.", "Vu au registre.")] == [
            True
        ] * 3
    assert client_of(aude).get(page(shared)).status_code == 404


def test_the_lead_settles_and_the_page_says_so(client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)
    client = client_of(emile)
    assert "L'une des deux appréciations est la vôtre" in client.get(page(shared)).text
    answer = client.post(page(shared), settlement(), follow=True)
    assert "URB-HEB-01 : tranché, verdict « Réserve majeure »." in answer.text
    assert "Tranché par Émile Roux, l'un des deux experts" in answer.text
    assert "Le contrat fait foi." in answer.text
    assert Verdict.objects.get().settled_by == emile


def test_what_was_typed_is_kept_when_something_is_missing(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User
):
    steps.diverge(shared, emile, eva)
    answer = client_of(emile).post(page(shared), settlement(settlement="", motive="Deux activités."))
    assert (answer.status_code, answer.context["form"].errors) == (422, {"settlement": ["Écrivez le motif."]})
    assert "Deux activités." in answer.text
    long = client_of(emile).post(page(shared), settlement(settlement="x" * 200_000))
    assert (long.status_code, "x" * 200_000 in long.text) == (422, True)


def test_a_decision_taken_meanwhile_is_shown_and_not_overwritten(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User
):
    steps.diverge(shared, emile, eva)
    client = client_of(emile)
    client.post(page(shared), settlement())
    answer = client.post(page(shared), settlement(motive="Autre motif."))
    assert (answer.status_code, Verdict.objects.get().motive) == (409, "Deux activités.")
    assert ("Deux activités." in answer.text, "Autre motif." in answer.text) == (True, True)
    again = settlement(answer.context["form"]["edition"].value(), motive="Autre motif.")
    assert client.post(page(shared), again).status_code == 302


def test_another_expert_is_told_who_settles(client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)
    shown = client_of(eva).get(page(shared))
    assert (shown.context["form"], "Trancher revient à l&#x27;expert coordonnateur." in shown.text) == (None, True)
    answer = client_of(eva).post(page(shared), settlement())
    assert (answer.status_code, "Le contrat fait foi." in answer.text) == (422, True)
    assert Verdict.objects.count() == 0


def test_every_text_is_shown_as_it_was_typed(client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User):
    steps.say(shared, steps.DOUBLE, emile, Value.NOT_MET, motive=SCRIPT)
    steps.say(shared, steps.DOUBLE, eva, Value.MINOR_RESERVE, motive=SCRIPT, private_note=SCRIPT)
    client = client_of(emile)
    client.post(page(shared, "divergence_note"), {"text": SCRIPT})
    client.post(page(shared), settlement(settlement=SCRIPT))
    text = client.get(page(shared)).text
    assert (text.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7|add:1 }}") >= 5, "<script>alert" in text) == (
        True,
        False,
    )


def test_the_discussion_is_added_to(client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)
    answer = client_of(eva).post(page(shared, "divergence_note"), {"text": "Voir page 3."}, follow=True)
    assert "Voir page 3." in answer.text
    empty = client_of(eva).post(page(shared, "divergence_note"), {"text": " "})
    assert (empty.status_code, "Écrivez la note." in empty.text, DivergenceNote.objects.count()) == (422, True, 1)


def test_support_waives_and_the_list_says_why(
    client_of: steps.ClientOf, shared: Candidature, emile: User, sophie: User
):
    client = client_of(sophie)
    assert "Lever la double évaluation</button>" in client.get(page(shared, "waive_second")).text
    refused = client.post(page(shared, "waive_second"), {"motive": ""})
    assert (refused.status_code, SecondWaiver.objects.count()) == (422, 0)
    answer = client.post(page(shared, "waive_second"), {"motive": "Un seul spécialiste."}, follow=True)
    assert ("un seul expert suffit désormais" in answer.text, "Un seul spécialiste." in answer.text) == (True, True)
    assert client_of(emile).get(page(shared)).status_code == 404
    assert "Double évaluation levée par le support" in client_of(emile).get(page(shared, "judge")).text


def test_the_list_says_what_is_missing(client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User):
    eva.assignments.update(domains=[Domain.PRIVACY])
    text = client_of(emile).get(page(shared, "doubles")).text
    assert "Il manque un second expert sur 2\u00a0critères" in text
    assert "il manque un second expert sur 2" in client_of(emile).get(steps.url("grid", shared)).text


@pytest.mark.parametrize("code", ["ADM-02", "SEX-01", "INCONNU"])
def test_a_criterion_that_one_expert_judges_has_no_such_page(
    client_of: steps.ClientOf, shared: Candidature, emile: User, code: str
):
    assert client_of(emile).get(page(shared, code=code)).status_code == 404


def test_the_list_costs_the_same_with_one_opinion_as_with_four(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User
):
    client = client_of(emile)
    steps.say(shared, "SEC-GOV-01", eva)
    before = queries(client, page(shared, "doubles"))
    for code in ("SEC-GOV-01", steps.DOUBLE):
        steps.say(shared, code, emile, Value.NOT_MET, motive="Échu.")
    steps.say(shared, steps.DOUBLE, eva)
    assert queries(client, page(shared, "doubles")) == before


def test_the_page_of_the_criterion_sends_to_both_opinions_once_given(
    client_of: steps.ClientOf, shared: Candidature, emile: User, eva: User
):
    steps.diverge(shared, emile, eva)
    for person in (emile, eva):
        answer = client_of(person).get(page(shared, "judge"))
        assert (answer.status_code, answer.context["form"]) == (200, None)
        assert f'href="{page(shared)}"' in answer.text


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_are_accessible(open_page: Any, shared: Candidature, emile: User, eva: User, sophie: User):
    steps.diverge(shared, emile, eva)
    steps.say(shared, "ADM-02", emile, Value.NOT_MET, motive="Sans signature.")
    lead, other, support = open_page(emile), open_page(eva, width=390), open_page(sophie)
    found = []
    for opened, address in (
        (lead, page(shared)),
        (lead, steps.url("report", shared)),
        (other, page(shared)),
        (other, page(shared, "doubles")),
        (other, page(shared, "judge")),
        (support, page(shared, "waive_second", "SEC-GOV-01")),
    ):
        opened.goto(address)
        assert "MES-2026-" in opened.title()
        found += violations(opened)
    assert found == []
