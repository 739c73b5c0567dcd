"""What to gather: counted by questionnaire and profession, each document named once with what it proves."""

import pytest

from questionnaires import sheets
from questionnaires.gathering import Gathering
from questionnaires.loader import REFERENTIALS, load
from questionnaires.models import Version
from tests.play import EXCHANGE, SIMPLE

pytestmark = pytest.mark.django_db
CERTIFIED = EXCHANGE | {"echange_mes": True, "dispositif_medical": True, "dmn_certifie": True}


def gathered(version: Version, facts: dict[str, object]) -> Gathering:
    return Gathering(sheets.foresee(version, facts))


def test_criteria_are_counted_by_what_becomes_of_them(full_version: Version):
    found = gathered(full_version, CERTIFIED)
    assert [(one.title, one.obligatory, one.recommended, one.dispensed, one.left_out) for one in found.counts] == [
        ("Demande de référencement", 2, 0, 0, 0),
        ("Sécurité et protection des données", 3, 1, 2, 0),
    ]
    assert (found.total.applicable, found.total.dispensed, found.total.left_out) == (6, 2, 0)


def test_people_are_counted_the_busiest_first(simple_version: Version):
    found = gathered(simple_version, EXCHANGE | {"echange_mes": True})
    assert found.profiles == [("Sécurité", 3), ("Maîtrise d'ouvrage", 2), ("Juriste RGPD / DPO", 1)]


def test_a_document_is_named_once_with_all_that_it_proves(simple_version: Version):
    found = gathered(simple_version, EXCHANGE | {"echange_mes": True})
    named = [
        (pile.label, pile.is_written, [(one.detail, [item.code for item in one.items]) for one in pile.wanted])
        for pile in found.piles
    ]
    assert named == [
        ("Certificat", False, [("HDS", ["URB-HEB-01"]), ("", ["SEX-01"])]),
        ("Document", False, [("formulaire signé", ["ADM-02"]), ("PSSI", ["SEC-GOV-01"])]),
        ("Contrat", False, [("", ["URB-HEB-01"])]),
        ("Déclaration", True, [("", ["ADM-04", "RGPD-FIN-04"])]),
    ]
    declaration = found.piles[-1].wanted[0]
    assert [(title, [item.code for item in items]) for title, items in declaration.by_section] == [
        ("Dossier administratif", ["ADM-04"]),
        ("Données de santé", ["RGPD-FIN-04"]),
    ]


def test_the_same_document_written_with_other_capitals_is_the_same(simple_version: Version):
    for version in (load(REFERENTIALS / "complet-2023"), simple_version):
        found = gathered(version, EXCHANGE | {"echange_mes": True, "donnees_sante": True})
        for pile in found.piles:
            details = [one.detail.casefold() for one in pile.wanted]
            assert len(details) == len(set(details))


def test_tests_are_listed_only_when_they_apply(simple_version: Version):
    found = gathered(simple_version, EXCHANGE)
    assert [(section.title, [item.code for item in section.asked]) for section in found.tests] == [
        ("Tests unitaires", ["TST-U-01"])
    ]
    assert gathered(simple_version, SIMPLE).tests == []


def test_the_conditions_of_entry_are_the_obligatory_criteria_of_their_section(simple_version: Version):
    assert [item.code for item in gathered(simple_version, SIMPLE).conditions] == ["ADM-02", "ADM-04"]


def test_every_proof_asked_for_is_found_in_a_pile(full_version: Version):
    found = gathered(full_version, CERTIFIED)
    piled = {(item.code, pile.label) for pile in found.piles for one in pile.wanted for item in one.items}
    assert piled == {(item.code, str(proof.get_kind_display())) for item in found.asked for proof in item.expected}
