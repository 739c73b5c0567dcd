"""The reason for « Non applicable » goes from the answer to those who judge it and to the dossier."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from accounts.models import User
from dossiers.contents import dossier_at
from evaluation.reports import conclude, save_draft
from journal.models import Event
from questionnaires import sheets
from questionnaires.models import Version
from referencing import filing
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
CODE, REASON = "RGPD-FIN-04", "La fonction visée n'existe pas."


@pytest.fixture
def set_aside(alice: User, sophie: User, emile: User, simple_version: Version) -> Candidature:
    candidature = play.answered(alice, simple_version)
    item = sheets.overview(candidature.sheet).item(CODE)
    assert item is not None
    sheets.save_answer(
        candidature.sheet,
        item.criterion,
        value="not_applicable",
        na_reason="fonction-absente",
        comment="Aucune donnée n'est cédée.",
        edition=item.edition,
        user=alice,
    )
    candidature = filing.admit(filing.submit(candidature, actor=alice), actor=sophie)
    play.assign(candidature, emile, actor=sophie, lead=True)
    return candidature


def test_who_judges_reads_it(set_aside: Candidature, emile: User, client_of: ClientOf):
    page = client_of(emile).get(reverse("evaluation:judge", args=[set_aside.reference, CODE]))
    assert f"<strong>Motif déclaré :</strong> {REASON}" in page.content.decode().replace("&#x27;", "'")


def test_the_dossier_prints_it(set_aside: Candidature, emile: User):
    play.judge_all(set_aside, emile)
    save_draft(set_aside, synthesis="Bien.", recommendation="Oui.", edition=0, actor=emile)
    conclude(set_aside, actor=emile)
    event = Event.objects.filter(kind="candidature.conclude_evaluation").get()
    lines = {line.code: (line.answer, line.reason) for line in dossier_at(set_aside, event).lines}
    assert lines[CODE] == ("Non applicable", REASON)
    assert lines["ADM-02"] == ("Conforme", "")
