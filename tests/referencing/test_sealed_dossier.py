"""The dossier that goes to the commission holds the final test book, when one is owed."""

import pytest

from accounts.models import User
from questionnaires.models import Version
from referencing.door import file_act, refusals
from referencing.kinds import ActKind
from referencing.models import Candidature
from tests import play

SEALED = {"sha256": "0" * 64, "pages": 1, "attachments": [], "journal_head": "0" * 64}


def sentences(candidature: Candidature, verb: str, user: User) -> list[str]:
    return [reason.sentence for reason in refusals(candidature, verb, user)]


@pytest.fixture
def exchanging(alice: User, sophie: User, emile: User, simple_version: Version) -> Candidature:
    return play.evaluated(alice, simple_version, sophie, emile, facts=play.EXCHANGE)


def test_a_dossier_sealed_before_the_test_book_is_not_the_one_of_the_commission(
    exchanging: Candidature, alice: User, sophie: User
) -> None:
    not_yet = "Le dossier PDF de ce tour n'est pas encore scellé ; il est en cours de fabrication."
    again = "Le dossier PDF est scellé de nouveau, avec le cahier de tests final ; il est en cours de fabrication."
    book = "Le cahier de tests final n'est pas encore accepté : il fait partie du dossier présenté en commission."
    assert sentences(exchanging, "schedule", sophie) == [not_yet, book]
    file_act(exchanging, ActKind.DOSSIER, actor=None, payload=SEALED)
    assert sentences(exchanging, "schedule", sophie) == [book]
    play.final_tested(exchanging, alice, sophie)
    assert sentences(exchanging, "schedule", sophie) == [again]
    file_act(exchanging, ActKind.DOSSIER, actor=None, payload=SEALED)
    assert sentences(exchanging, "schedule", sophie) == []
