"""The entrance of what a page saves by itself: JSON, one status per outcome."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from questionnaires.models import Answer, Version
from referencing import access
from referencing.models import Candidature
from tests import cast, play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


def url(candidature: Candidature, code: str = "ADM-02") -> str:
    return f"/candidatures/{candidature.reference}/criteres/{code}/enregistrer/"


def sent(comment: str, edition: int = 0, **fields: Any) -> dict[str, Any]:
    return {"value": "met", "comment": comment, "edition": edition, "operation": uuid4(), "unconfirmed": "", **fields}


def test_an_answer_is_saved_and_told_what_it_lacks(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    response = client_of(alice).post(url(draft), sent("Signé."))
    told = response.json()
    assert (response.status_code, told["edition"], told["missing"]) == (200, 1, ["Joignez au moins une preuve."])
    assert "En cours" in told["badge"]
    assert Answer.objects.get().comment == "Signé."


def test_a_conflict_shows_both_texts_and_their_merge(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf
) -> None:
    client_of(bob).post(url(draft), sent("Le plan est relu."))
    client_of(bob).post(url(draft), sent("Le plan est relu. Par Bob.", 1))
    response = client_of(alice).post(url(draft), sent("Notre plan est relu.", 1, base="Le plan est relu."))
    told = response.json()
    assert (response.status_code, told["edition"]) == (409, 2)
    assert told["theirs"] == {"value": "met", "comment": "Le plan est relu. Par Bob.", "na_reason": ""}
    assert told["merge"] == {"value": "met", "comment": "Notre plan est relu. Par Bob.", "na_reason": ""}
    assert "Bob Durand a enregistré une autre réponse" in told["panel"]


def test_a_text_that_comes_after_the_depot_is_refused(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    response = client_of(alice).post(url(play.submitted(alice, simple_version)), sent("Trop tard.", 9))
    assert response.status_code == 409
    assert response.json() == {"refused": "La candidature est déposée : les réponses ne peuvent plus changer."}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"comment": "x" * 20_001}, "Explication : "),
        ({"value": "peut-être"}, "Réponse : "),
        ({"operation": "un"}, "UUID"),
        ({"unconfirmed": "un deux"}, "Les envois précédents sont mal nommés."),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence(
    draft: Candidature, alice: User, client_of: ClientOf, fields: dict[str, str], words: str
) -> None:
    response = client_of(alice).post(url(draft), sent("Signé.") | fields)
    assert response.status_code == 422
    assert words in response.json()["sentence"]
    assert not Answer.objects.exists()


def test_whoever_is_no_longer_signed_in_is_told_so(draft: Candidature, client: HouseClient) -> None:
    for response in (client.get(url(draft)), client.post(url(draft), sent("Signé."))):
        assert response.status_code == 401
        assert response.json()["sentence"].startswith("Votre session a expiré.")


def test_a_page_that_grew_old_asks_for_a_fresh_token(draft: Candidature, alice: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(alice)
    assert client.post(url(draft), sent("Signé.")).status_code == 403
    found = client.get(url(draft)).json()
    assert found["person"] == alice.pk
    assert client.post(url(draft), sent("Signé."), headers={"X-CSRFToken": found["token"]}).status_code == 200


def test_an_unknown_criterion_does_not_exist(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    assert client_of(alice).post(url(draft, "ADM-99"), sent("Signé.")).status_code == 404


def test_a_save_costs_seven_queries_and_its_transaction(
    draft: Candidature, alice: User, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    client = client_of(alice)
    client.post(url(draft), sent("Un."))
    with django_assert_num_queries(9):
        client.post(url(draft), sent("Deux.", 1))


def test_the_short_way_opens_to_those_whom_the_long_one_lets_answer(draft: Candidature, alice: User, bob: User) -> None:
    """`get_linked` is right only while nobody answers without a link, nor without reading."""
    outsiders = [cast.charlie(cast.concurrent()), *(cast.staff(role, role.value, str(role)) for role in Role if role in access.GLOBAL_ROLES)]  # fmt: skip
    for user in (alice, bob, *outsiders):
        may = access.may(user, "answer", draft) and access.visible_to(user).filter(pk=draft.pk).exists()
        linked = Candidature.objects.filter(access._linked_to(user, "answer"), pk=draft.pk).exists()
        assert (may, user in (alice, bob)) == (linked, linked)
