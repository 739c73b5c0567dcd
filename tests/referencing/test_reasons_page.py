"""« Pourquoi ces critères »: every criterion with its reason, found by a lawyer."""

from collections.abc import Callable
from html import unescape

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Version
from questionnaires.sheets.explaining import plain
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version, facts=play.EXCHANGE | {"hebergement_externe": False})


def page_of(client: HouseClient, candidature: Candidature, query: str = "") -> str:
    response = client.get(f"/candidatures/{candidature.reference}/pourquoi/{query}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def codes(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('house-reasons__item" id="')[1:]]


def test_each_criterion_says_why_and_leads_to_the_question_that_decides(
    draft: Candidature, bob: User, client_of: ClientOf
) -> None:
    page = page_of(client_of(bob), draft)
    assert "6\u00a0critères s'appliquent à Glyco, sur 7" in page
    assert (
        "S'applique parce que le service échange des données avec Mon espace santé (le service utilise l'API Mesures)."
        in page
    )
    assert "Règle : S'applique quand le service échange des données avec Mon espace santé." in page
    number = sheets.orientation_steps(draft.sheet)[-1].number
    assert f"/candidatures/{draft.reference}/orientation/{number}/#id_api_mesures" in page
    assert "Ne s'applique pas : l'hébergement n'est pas confié à un tiers." in page


ALL = ["ADM-02", "ADM-04", "SEC-GOV-01", "URB-HEB-01", "RGPD-FIN-04", "SEX-01", "TST-U-01"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("?questionnaire=demande", ["ADM-02", "ADM-04"]),
        ("?state=not_applicable", ["URB-HEB-01"]),
        ("?state=applicable&questionnaire=securite", ["SEC-GOV-01", "RGPD-FIN-04", "SEX-01"]),
        ("?words=HEBERGEUR+certifie", ["URB-HEB-01", "SEX-01"]),
        ("?words=responsable+sécurité", ["SEC-GOV-01"]),
        ("?words=api+mesures", ["SEX-01", "TST-U-01"]),
        ("?words=introuvable", []),
        ("?state=aside", []),
        ("?state=nimporte&questionnaire=quoi", ALL),
    ],
)
def test_it_is_filtered_and_searched(
    draft: Candidature, alice: User, client_of: ClientOf, query: str, expected: list[str]
) -> None:
    assert codes(page_of(client_of(alice), draft, query)) == expected


def test_an_empty_search_says_what_to_try(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    assert "Aucun critère ne répond à cette recherche." in page_of(client_of(alice), draft, "?words=introuvable")


def test_once_filed_it_is_read_without_links_to_the_orientation(
    alice: User, sophie: User, client_of: ClientOf, simple_version: Version
) -> None:
    candidature = play.submitted(alice, simple_version)
    assert "/orientation/" not in page_of(client_of(sophie), candidature)


def test_a_stranger_gets_nothing(draft: Candidature, charlie: User, sophie: User, client_of: ClientOf) -> None:
    for reader in (charlie, sophie):
        assert client_of(reader).get(f"/candidatures/{draft.reference}/pourquoi/").status_code == 404


def test_its_queries_do_not_depend_on_the_number_of_criteria(
    alice: User, client_of: ClientOf, simple_version: Version, full_version: Version, django_assert_num_queries
) -> None:
    client = client_of(alice)
    small = play.draft(alice, simple_version)
    large = play.draft(alice, full_version, name="Autre")
    page_of(client, small)
    for candidature in (small, large):
        with django_assert_num_queries(QUERIES):
            page_of(client, candidature)


QUERIES = 16


@pytest.mark.parametrize(
    ("text", "expected"), [("Éligibilité", "eligibilite"), ("L’API", "l'api"), ("ŒUVRE", "œuvre"), ("", "")]
)
def test_a_search_ignores_case_and_accents(text: str, expected: str) -> None:
    assert plain(text) == expected
