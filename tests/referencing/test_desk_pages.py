"""Support's pages: the desk, recevabilité, journal; and the home of the éditeur."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from questionnaires.models import Version
from referencing import filing
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from referencing.stages import Stage
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]


@pytest.fixture
def submitted(alice: User, simple_version: Version) -> Candidature:
    return play.submitted(alice, simple_version)


def queries(client: HouseClient, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_home_of_the_editeur_takes_the_same_queries_whatever_its_rows(
    alice: User, client_of: ClientOf, simple_version: Version, rows: int
) -> None:
    for number in range(rows):
        play.draft(alice, simple_version, name=f"Service {number}")
    assert queries(client_of(alice), "/mes-candidatures/") == 25


def test_support_admits(submitted: Candidature, sophie: User, client_of: ClientOf) -> None:
    form = {"note": "Rien à signaler.", "seen": submitted.version}
    client_of(sophie).post(f"/candidatures/{submitted.reference}/recevabilite/admit/", form)
    assert Candidature.objects.get().stage == Stage.IN_EVALUATION
    assert Act.objects.get(kind=ActKind.ADMISSION).payload == {"note": "Rien à signaler.", "certificates": []}


def test_support_asks_for_missing_pieces_line_by_line(
    submitted: Candidature, sophie: User, client_of: ClientOf
) -> None:
    deadline = timezone.localdate() + timedelta(days=20)
    form = {"missing": "Extrait Kbis — critère ADM-01\n- Mandat", "deadline": deadline.isoformat()}
    client_of(sophie).post(f"/candidatures/{submitted.reference}/recevabilite/declare_incomplete/", form)
    row = Candidature.objects.get()
    assert (row.stage, row.deadline, row.sheet.writing) == (Stage.INCOMPLETE, deadline, "open")
    assert Act.objects.get(kind=ActKind.INCOMPLETENESS).payload["missing"] == [
        {"what": "Extrait Kbis", "basis": "critère ADM-01"},
        {"what": "Mandat", "basis": ""},
    ]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"missing": "Kbis", "deadline": "2020-01-01"}, "Choisissez une date à venir"),
        ({"missing": " \n - \n", "deadline": "2999-01-01"}, "Indiquez au moins une pièce manquante"),
        ({"missing": "", "deadline": "2999-01-01"}, "Ce champ est obligatoire."),
        ({"missing": "Kbis", "deadline": "demain"}, "Saisissez une date valide."),
    ],
)
def test_a_request_that_cannot_be_sent_says_why_and_keeps_the_words(
    submitted: Candidature, sophie: User, client_of: ClientOf, form: dict[str, str], sentence: str
) -> None:
    page = client_of(sophie).post(f"/candidatures/{submitted.reference}/recevabilite/declare_incomplete/", form)
    assert sentence in page.content.decode().replace("&#x27;", "'")
    assert Candidature.objects.get().stage == Stage.SUBMITTED


def test_an_inadmissible_candidature_keeps_its_grounds(
    submitted: Candidature, sophie: User, client_of: ClientOf
) -> None:
    form = {"grounds": "En droit… En fait…"}
    client_of(sophie).post(f"/candidatures/{submitted.reference}/recevabilite/declare_inadmissible/", form)
    assert Candidature.objects.get().stage == Stage.INADMISSIBLE


def test_a_stale_page_shows_what_changed_and_keeps_what_was_typed(
    submitted: Candidature, sophie: User, client_of: ClientOf
) -> None:
    filing.admit(submitted, actor=sophie)
    form = {"grounds": "Un long texte de motifs déjà écrit.", "seen": submitted.version}
    response = client_of(sophie).post(f"/candidatures/{submitted.reference}/recevabilite/declare_inadmissible/", form)
    page = response.content.decode()
    assert response.status_code == 409
    assert "La candidature a changé" in page
    assert "Recevabilité à examiner → En évaluation (Sophie Bernard)" in page
    assert "Un long texte de motifs déjà écrit." in page


def test_an_unknown_way_is_not_found(submitted: Candidature, sophie: User, client_of: ClientOf) -> None:
    assert client_of(sophie).get(f"/candidatures/{submitted.reference}/recevabilite/publish/").status_code == 404


def test_withdrawing_asks_why_then_ends(submitted: Candidature, alice: User, client_of: ClientOf) -> None:
    client, address = client_of(alice), f"/candidatures/{submitted.reference}/retirer/"
    assert "Ce champ est obligatoire." in client.post(address, {"motive": " "}).content.decode()
    client.post(address, {"motive": "Le service change de nom.", "seen": submitted.version})
    assert Candidature.objects.get().stage == Stage.WITHDRAWN


def test_the_page_of_a_withdrawn_candidature_shows_where_it_stopped(
    submitted: Candidature, alice: User, client_of: ClientOf
) -> None:
    filing.withdraw(submitted, motive="Fini.", actor=alice)
    page = client_of(alice).get(f"/candidatures/{submitted.reference}/").content.decode()
    assert "arrêtée ici" in page


def test_support_and_audit_read_the_journal_the_editeur_does_not(
    submitted: Candidature, alice: User, sophie: User, aude: User, client_of: ClientOf
) -> None:
    address = f"/candidatures/{submitted.reference}/historique/"
    assert [client_of(person).get(address).status_code for person in (sophie, aude, alice)] == [200, 200, 404]


def test_each_reader_is_told_whose_turn_it_is(
    submitted: Candidature, alice: User, sophie: User, client_of: ClientOf
) -> None:
    address = f"/candidatures/{submitted.reference}/"
    assert "Vous n'avez rien à faire pour le moment." in client_of(alice).get(address).content.decode()
    page = client_of(sophie).get(address).content.decode()
    assert "C'est à vous d'agir." in page
    assert "Déclarer recevable" in page
