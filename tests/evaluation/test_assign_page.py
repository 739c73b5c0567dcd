"""Support shares out a file in one form, and takes experts off."""

import pytest

from accounts.models import User
from evaluation.models import Assignment, ExpertProfile
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps

DOMAINS = ["administratif", "urbanisation", "securite", "rgpd"]


@pytest.fixture
def bare(alice: User, sophie: User, simple_version: Version) -> Candidature:
    """In evaluation, without any expert."""
    return play.in_evaluation(alice, simple_version, sophie)


def knowing(user: User, *domains: str, **fields: object) -> ExpertProfile:
    return ExpertProfile.objects.create(user=user, competences=list(domains), **fields)


def filled(form: object) -> dict[str, object]:
    """What the browser sends when nothing is changed."""
    values = {field.html_name: field.value() for field in form}  # type: ignore[attr-defined]
    return {name: value or "" for name, value in values.items()}


def given() -> list[tuple[str, bool, list[str], list[str]]]:
    rows = Assignment.objects.order_by("expert__full_name")
    return [(one.expert.full_name, one.is_lead, one.domains, one.criteria) for one in rows]


def test_the_form_comes_filled_with_a_proposition_accepted_in_one_click(
    client_of: steps.ClientOf, bare: Candidature, emile: User, eva: User, sophie: User
):
    knowing(emile, "securite", "urbanisation")
    knowing(eva, "rgpd", "administratif")
    client, address = client_of(sophie), steps.url("assign", bare)
    page = client.get(address)
    answer = client.post(address, filled(page.context["form"]), follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert given() == [
        ("Eva Noël", True, ["administratif", "rgpd"], []),
        ("Émile Roux", False, ["urbanisation", "securite"], []),
    ]
    assert [one.is_active for one in Assignment.objects.all()] == [False, False]
    assert answer.text.count("Réponse attendue") == 2


def test_the_proposition_is_changed_by_hand_down_to_a_criterion(
    client_of: steps.ClientOf, bare: Candidature, emile: User, eva: User, sophie: User
):
    knowing(emile, *DOMAINS)
    client, address = client_of(sophie), steps.url("assign", bare)
    form = client.get(address + "?detail=administratif").context["form"]
    data = {**filled(form), "detail": ["administratif"], "judge-ADM-04-0": eva.pk, "judge-rgpd-0": ""}
    assert client.post(address, data).status_code == 302
    assert given() == [
        ("Eva Noël", False, [], ["ADM-04"]),
        ("Émile Roux", True, ["urbanisation", "securite"], ["ADM-02"]),
    ]


def test_a_file_shared_out_criterion_by_criterion_opens_on_that_detail(
    client_of: steps.ClientOf, file: Candidature, emile: User, eva: User, sophie: User
):
    play.assign(file, eva, actor=sophie, criteria=["ADM-04"])
    form = client_of(sophie).get(steps.url("assign", file)).context["form"]
    assert form.detail == {"administratif"}
    assert form["judge-ADM-04-0"].value() == eva.pk


def test_who_was_given_nothing_more_is_taken_off_and_the_lead_stays_until_another_accepts(
    client_of: steps.ClientOf, file: Candidature, emile: User, eva: User, sophie: User
):
    play.assign(file, eva, actor=sophie, domains=["securite"])
    client, address = client_of(sophie), steps.url("assign", file)
    data = {"lead": emile.pk, "judge-rgpd-0": emile.pk}
    assert client.post(address, data).status_code == 302
    assert given() == [("Émile Roux", True, ["rgpd"], [])]
    assert client.post(address, {"lead": eva.pk, "judge-rgpd-0": eva.pk}).status_code == 302
    assert given() == [("Eva Noël", True, ["rgpd"], []), ("Émile Roux", True, ["rgpd"], [])]
    assert [one.is_active for one in Assignment.objects.order_by("expert__full_name")] == [False, True]


def test_a_possible_conflict_asks_for_a_motive_beside_the_choice(
    client_of: steps.ClientOf, bare: Candidature, emile: User, eva: User, sophie: User
):
    knowing(emile, *DOMAINS, employer="Glyco")
    client, address = client_of(sophie), steps.url("assign", bare)
    page = client.get(address)
    assert page.context["proposal"].choices == ()
    assert "porte un nom proche de celui de l&#x27;éditeur" in page.text
    data = {"lead": emile.pk, "judge-rgpd-0": emile.pk}
    refused = client.post(address, data)
    assert (refused.status_code, Assignment.objects.count()) == (422, 0)
    assert "Écrivez le motif qui permet de passer outre." in refused.text
    assert refused.context["form"]["judge-rgpd-0"].value() == str(emile.pk)
    assert client.post(address, {**data, f"motive-{emile.pk}": "Simple homonyme."}).status_code == 302
    assert Assignment.objects.get().motive == "Simple homonyme."


def test_who_cannot_evaluate_is_shown_with_the_reason_and_is_no_choice(
    client_of: steps.ClientOf, bare: Candidature, emile: User, eva: User, sophie: User, glyco: object
):
    knowing(emile, *DOMAINS, employer="Glyco SAS", employer_siren="732829320")
    client, address = client_of(sophie), steps.url("assign", bare)
    assert "Travaille pour l&#x27;éditeur (SIREN 732829320)." in client.get(address).text
    refused = client.post(address, {"lead": emile.pk})
    assert (refused.status_code, len(refused.context["form"].errors["lead"])) == (422, 1)


def test_nobody_to_coordinate_is_one_sentence(client_of: steps.ClientOf, bare: Candidature, eva: User, sophie: User):
    refused = client_of(sophie).post(steps.url("assign", bare), {"judge-rgpd-0": eva.pk})
    assert refused.context["form"].errors == {"lead": ["Choisissez qui coordonne l'évaluation."]}
    assert refused.context["form"]["judge-rgpd-0"].value() == str(eva.pk)


def test_what_nobody_can_judge_is_said(client_of: steps.ClientOf, bare: Candidature, eva: User, sophie: User):
    knowing(eva, "rgpd")
    gaps = client_of(sophie).get(steps.url("assign", bare)).context["gaps"]
    assert [label for _, label in gaps] == ["Dossier administratif", "Urbanisation", "Sécurité"]
    assert {gap.why for gap, _ in gaps} == {"Aucun expert n'a déclaré cette compétence."}


def test_support_takes_an_expert_off(client_of: steps.ClientOf, file: Candidature, sophie: User):
    one = Assignment.objects.get()
    answer = client_of(sophie).post(steps.url("unassign", file, str(one.pk)), follow=True)
    assert "Émile Roux n&#x27;a plus accès" in answer.text
    assert client_of(sophie).post(steps.url("unassign", file, str(one.pk))).status_code == 404
    assert client_of(sophie).get(steps.url("unassign", file, str(one.pk))).status_code == 405


def test_the_page_costs_the_same_with_one_expert_as_with_nine(
    client_of: steps.ClientOf, file: Candidature, members: list[User], sophie: User, django_assert_num_queries: object
):
    from accounts.roles import Role
    from accounts.services import give_role

    client, address = client_of(sophie), steps.url("assign", file)
    client.get(address)
    with django_assert_num_queries(30):  # type: ignore[operator]
        client.get(address)
    for member in members:
        give_role(member, Role.EXPERT)
        knowing(member, *DOMAINS)
    with django_assert_num_queries(30):  # type: ignore[operator]
        client.get(address)
