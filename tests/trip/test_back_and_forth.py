"""A dépôt with technical tests, sent back by support for a missing piece, completed, then admitted."""

import pytest

from referencing.models import Candidature
from referencing.stages import Stage
from tests import play
from tests.questionnaires.samples import pdf
from tests.trip import editor, support

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MISSING = "Certificat HDS en cours de validité"


def test_an_incomplete_file_is_completed_then_admitted(company, drain, full_version, alice, sophie):
    candidature = play.answered(alice, full_version, facts=play.EXCHANGE)
    her, them = company.welcome(alice), company.welcome(sophie)

    her.opens("referencing:show", candidature.reference)
    her.reads("déposez d'abord le rapport de tests unitaires de chaque API")
    editor.deposit_the_unit_tests(her, pdf(pages=4))
    her.opens("referencing:answers", candidature.reference)
    editor.file_it(her)
    drain()

    support.find_it_on_the_desk(them)
    support.declare_incomplete(them, f"{MISSING} — critère URB-HEB-01")
    drain()
    assert Candidature.objects.get().stage == Stage.INCOMPLETE

    her.opens("home")
    her.reads("fournissez les pièces manquantes")
    her.follows("Glyco")
    her.reads(MISSING)
    her.follows("Répondre aux questionnaires")
    editor.add_a_proof(her, "Données de santé", "URB-HEB-01", pdf(pages=5))
    her.opens("referencing:answers", candidature.reference)
    editor.file_it(her)
    drain()

    support.find_it_on_the_desk(them)
    support.admit(them)
    assert Candidature.objects.get().stage == Stage.IN_EVALUATION
