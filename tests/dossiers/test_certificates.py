"""The certificates of a dossier: those of the dépôt, checked by support, their files among the pieces."""

import pytest

from accounts.models import User
from dossiers.contents import Dossier, dossier_at
from evaluation.reports import conclude, save_draft
from questionnaires.models import Certificate, Version
from referencing import filing
from referencing.models import Candidature
from tests import play
from tests.certificates import certify, check_all
from tests.dossiers.steps import event_of

FACTS = play.SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}


@pytest.fixture
def certified(alice: User, simple_version: Version, sophie: User, emile: User) -> Candidature:
    return play.evaluated(alice, simple_version, sophie, emile, facts=FACTS)


def read(candidature: Candidature) -> Dossier:
    fresh = Candidature.objects.select_related("service__organisation").get(pk=candidature.pk)
    return dossier_at(fresh, event_of(candidature, "candidature.conclude_evaluation"))


def test_it_says_what_was_filed_and_what_support_checked(certified: Candidature):
    dossier, row = read(certified), Certificate.objects.get()
    (one,) = dossier.certificates
    assert (one.number, one.product, one.valid_until, one.checked_at) == (
        "DMN-2026-114",
        "Glyco, version 4.2",
        row.valid_until,
        row.checked_at,
    )
    assert one.piece is not None
    assert (one.piece.sha256, one.piece.criteria) == (row.revision.sha256, ("Certificat",))
    assert [gone["code"] for gone in dossier.dispensed] == ["SEC-GOV-01"]


def test_what_changes_afterwards_changes_nothing(certified: Candidature):
    before = read(certified).certificates
    Certificate.objects.update(number="AUTRE", review="refused", motive="Trop tard.")
    assert read(certified).certificates[0].number == before[0].number


def test_the_remaining_duty_is_printed(alice: User, simple_version: Version, sophie: User, emile: User):
    draft = play.draft(alice, simple_version, facts=FACTS)
    certify(draft.sheet, draft.organisation, alice, edition="dmn-1")
    play.answer_all(draft, alice)
    check_all(draft.sheet, sophie)
    candidature = filing.admit(filing.submit(draft, actor=alice), actor=sophie)
    play.assign(candidature, emile, actor=sophie, lead=True)
    play.judge_all(candidature, emile)
    save_draft(candidature, synthesis="Conforme.", recommendation="Favorable.", edition=0, actor=emile)
    candidature = conclude(candidature, actor=emile)
    line = next(line for line in read(candidature).lines if line.code == "SEC-GOV-01")
    assert line.remaining == "Ne répondez que pour SEC-GOV-02."
    assert line.points[0][1].endswith(
        "Dispensé en partie ; reste à prouver : Nommez le responsable sécurité de ce service."
    )
