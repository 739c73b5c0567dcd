"""Candidatures with what a dossier quotes: several proofs, one of them given twice, comments that bite."""

import pytest

from accounts.models import User
from evaluation.reports import conclude, save_draft
from questionnaires import sheets, vault
from questionnaires.models import Answer, ExpectedProof, Version
from referencing import filing
from referencing.models import Candidature
from tests import play

HOSTILE = "<b>gras</b> {{ 7*7 }} <link rel=attachment href=file:///etc/hostname>"


@pytest.fixture
def told(full_version: Version, alice: User, sophie: User, emile: User) -> Candidature:
    """A candidature evaluated: three files for its criteria, one shared, one with a name that travels."""
    candidature = play.draft(alice, full_version)
    given = [
        vault.deposit(
            candidature.organisation,
            play.a_file(name, f"Contenu de {name}.".encode()),
            title=title,
            kind=ExpectedProof.Kind.DOCUMENT,
            user=alice,
        )
        for name, title in (
            ("politique.txt", "Politique de sécurité"),
            ("étude d'impact.txt", "Étude d'impact"),
            ("../../capture.txt", "Capture d'écran"),
        )
    ]
    for rank, item in enumerate(one for one in sheets.overview(candidature.sheet).items if one.may_change):
        sheets.save_answer(
            candidature.sheet,
            item.criterion,
            value=Answer.Value.MET,
            comment=f"Réponse n° {rank}. {HOSTILE}",
            edition=item.edition,
            user=alice,
        )
        for revision in (given[0], given[rank % 3]):
            sheets.attach(candidature.sheet, item.criterion, revision, alice, note="page 2")
    candidature = filing.admit(filing.submit(candidature, actor=alice), actor=sophie)
    play.assign(candidature, emile, actor=sophie, lead=True)
    play.judge_all(candidature, emile, value="minor_reserve", motive="À revoir avant l'ouverture.")
    save_draft(candidature, synthesis="Tout est là.", recommendation="Favorable.", edition=0, actor=emile)
    return conclude(candidature, actor=emile)
