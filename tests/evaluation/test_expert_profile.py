"""« Mon profil d'expert »: what experts say of themselves, and what it closes."""

import pytest
from django.urls import reverse

from accounts.models import User
from evaluation.assignments import propose
from evaluation.models import Assignment, ExpertProfile, Interest, Reply
from referencing import access
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps

PROFILE, DECLARE = "/evaluations/mon-profil/", "/evaluations/mon-profil/interets/declarer/"
TYPED = {"competences": ["rgpd", "ethique"], "capacity": "80", "employer": "Institut", "employer_siren": "404 833 048"}
INTEREST = {"name": "Glyco SAS", "siren": "732 829 320", "nature": "service", "since": "2024-01-01"}


def test_an_expert_writes_their_profile(client_of: steps.ClientOf, eva: User):
    answer = client_of(eva).post(PROFILE, {**TYPED, "away_from": "2026-08-01", "away_until": "2026-08-31"})
    assert answer.url == PROFILE
    profile = ExpertProfile.objects.get(user=eva)
    assert (profile.competences, profile.capacity, profile.employer_siren) == (["rgpd", "ethique"], 80, "404833048")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"employer_siren": "123"}, "Ce numéro SIREN n'est pas valide : vérifiez ses neuf chiffres (« 123 »)."),
        ({"capacity": ""}, "Écrivez un nombre de critères, de 1 à 1000."),
        ({"capacity": "0"}, "supérieure ou égale à 1"),
        ({"away_from": "2026-08-31", "away_until": "2026-08-01"}, "L'absence finit après avoir commencé."),
        ({"away_from": "2026-08-01"}, "Une absence a un premier et un dernier jour."),
        ({"competences": ["rien"]}, "rien"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    client_of: steps.ClientOf, eva: User, wrong: dict[str, object], sentence: str
):
    answer = client_of(eva).post(PROFILE, {**TYPED, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.text.replace("&#x27;", "'")
    assert 'value="Institut"' in answer.text
    assert not ExpertProfile.objects.exists()


def test_an_interest_in_course_with_the_editor_closes_the_file_at_once(
    client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User
):
    play.assign(file, eva, actor=sophie)
    answer = client_of(eva).post(DECLARE, INTEREST, follow=True)
    assert "Une candidature de cet éditeur vous est fermée : vous êtes déporté" in answer.text
    assert list(access.visible_to(User.objects.get(pk=eva.pk))) == []
    reply = Reply.objects.recusals().get()
    assert (reply.expert, reply.candidature) == (eva, file)


def test_naming_the_editor_as_ones_employer_closes_a_proposition_too(
    client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User
):
    propose(file, eva, actor=sophie)
    client_of(eva).post(PROFILE, {**TYPED, "employer_siren": "732829320"})
    assert not Assignment.objects.filter(expert=eva).exists()


def test_an_interest_that_is_over_closes_nothing(client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User):
    play.assign(file, eva, actor=sophie)
    client_of(eva).post(DECLARE, {**INTEREST, "until": "2025-01-01"})
    assert Interest.objects.count() == 1
    assert Assignment.objects.active().filter(expert=eva).exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": ""}, "name"),
        ({"nature": "x"}, "nature"),
        ({"since": ""}, "since"),
        ({"until": "2020-01-01"}, "__all__"),
    ],
)
def test_a_wrong_interest_is_one_sentence(client_of: steps.ClientOf, eva: User, wrong: dict[str, str], field: str):
    answer = client_of(eva).post(DECLARE, {**INTEREST, **wrong})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert len(answer.context["form"].errors[field]) == 1


def test_an_interest_is_taken_back_by_its_author_alone(client_of: steps.ClientOf, eva: User, emile: User):
    client_of(eva).post(DECLARE, INTEREST)
    page = reverse("evaluation:remove_interest", args=[Interest.objects.get().pk])
    assert client_of(emile).post(page).status_code == 404
    assert client_of(eva).post(page).url == PROFILE
    assert Interest.objects.count() == 0


def test_support_reads_what_experts_declare(client_of: steps.ClientOf, eva: User, sophie: User, alice: User):
    client_of(eva).post(PROFILE, TYPED)
    client_of(eva).post(DECLARE, INTEREST)
    shown = client_of(sophie).get("/experts/").text
    for words in ("Institut", "404833048", "Éthique, RGPD", "Glyco SAS (SIREN 732829320)"):
        assert words in shown, words
    assert [client_of(user).get("/experts/").status_code for user in (eva, alice)] == [404, 404]
