"""The pages by which a candidature is taken up, and its answers confirmed."""

from collections.abc import Callable

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Version
from referencing import renewal
from referencing.models import Candidature
from referencing.origins import Motive
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def taken(candidature: Candidature, version: Version, actor: User) -> Candidature:
    return renewal.take_up(candidature, Motive.RENEWAL, version, actor=actor)


def test_the_page_shows_the_three_ways_then_the_plan(
    renewable: Candidature, simple_version: Version, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    page = client.get(url(renewable, "reprendre")).content.decode()
    assert page.count("Voir ce qui serait repris") == 3
    assert "La convention court jusqu'au" in page
    plan = client.get(url(renewable, "reprendre"), {"motif": "renewal"}).content.decode()
    assert "réunit SEC-GOV-01, SEC-GOV-02" in plan
    assert "Cette exigence ne figure plus dans le référentiel choisi." in plan
    same = client.get(url(renewable, "reprendre"), {"motif": "renewal", "version": "petit-complet"}).content.decode()
    assert "réunit" not in same


def test_sending_it_opens_the_draft(
    renewable: Candidature, simple_version: Version, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    sent = client.post(url(renewable, "reprendre"), {"motif": "renewal", "version": "petit-simplifie"})
    opened = Candidature.objects.get(origin=renewable)
    assert sent.headers["Location"] == url(opened, "orientation", "resultat")
    assert f'reprend <a href="{url(renewable)}"' in client.get(url(opened)).content.decode()
    again = client.post(url(renewable, "reprendre"), {"motif": "renewal", "version": "petit-simplifie"})
    assert (again.status_code, opened.reference in again.content.decode()) == (422, True)


def test_a_sister_product_says_which_service(
    renewable: Candidature, simple_version: Version, alice: User, client_of: ClientOf
) -> None:
    client, form = client_of(alice), {"motif": "sister", "version": "petit-simplifie", "name": "Glyco"}
    page = client.post(url(renewable, "reprendre"), form)
    assert page.status_code == 422
    assert "Votre organisation a déjà un service de ce nom" in page.content.decode()
    assert 'value="Glyco"' in page.content.decode()
    client.post(url(renewable, "reprendre"), {**form, "name": "Glyco Junior", "purpose": "P.", "declinations": ["ios"]})
    assert Candidature.objects.get(motive="sister").service.name == "Glyco Junior"


@pytest.mark.parametrize("query", [{"motif": "autre"}, {"motif": "renewal", "version": "inconnue"}, {}])
def test_a_strange_address_is_still_a_page(
    renewable: Candidature, alice: User, client_of: ClientOf, query: dict[str, str]
) -> None:
    assert client_of(alice).get(url(renewable, "reprendre"), query).status_code == 200


def test_answers_are_confirmed_one_by_one_or_by_section(
    renewable: Candidature, full_version: Version, alice: User, client_of: ClientOf
) -> None:
    opened, client = taken(renewable, full_version, alice), client_of(alice)
    waiting = sheets.overview(opened.sheet).to_confirm
    assert f"{waiting}\xa0réponses à confirmer" in client.get(url(opened, "questionnaires")).content.decode()
    criterion = client.get(url(opened, "criteres", "ADM-02")).content.decode()
    assert f"Réponse reprise de {renewable.reference}, à confirmer" in criterion
    sent = client.post(url(opened, "a-confirmer", "enregistrer"), {"code": "ADM-02", "back": "ADM-02"})
    assert sent.headers["Location"] == url(opened, "criteres", "ADM-02")
    section = {"code": ["SEC-GOV-01", "SEC-GOV-02", "SEC-GOV-07"]}
    page = client.post(url(opened, "a-confirmer", "enregistrer"), section, follow=True).content.decode()
    assert "3\xa0réponses confirmées." in page
    assert sheets.overview(opened.sheet).to_confirm == waiting - 4
    strange = client.post(url(opened, "a-confirmer", "enregistrer"), {"code": "ADM-99", "back": "//ailleurs"})
    assert strange.headers["Location"] == url(opened, "a-confirmer")


def test_the_list_to_confirm_costs_the_same_whatever_its_length(
    renewable: Candidature, full_version: Version, alice: User, client_of: ClientOf, django_assert_num_queries
) -> None:
    opened, client = taken(renewable, full_version, alice), client_of(alice)
    client.get(url(opened, "a-confirmer"))
    with django_assert_num_queries(16):
        client.get(url(opened, "a-confirmer"))
    sheets.confirm(opened.sheet, {"ADM-02", "ADM-04", "SEC-GOV-01"}, alice)
    with django_assert_num_queries(16):
        client.get(url(opened, "a-confirmer"))
