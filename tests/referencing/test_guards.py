"""What the guard of a return of complements sees of what was undone meanwhile."""

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import EvidenceUse
from referencing import filing
from referencing.door import Refused, refusals
from referencing.models import Candidature
from tests.referencing.post import House

CODE = "SEC-GOV-01"


def sentences(candidature: Candidature, verb: str, user: User) -> list[str]:
    return [reason.sentence for reason in refusals(candidature, verb, user)]


def test_a_complement_is_not_answered_by_taking_away(house: House) -> None:
    alice, asked = house.people["alice"], house.asked()
    for use in EvidenceUse.objects.filter(answer__sheet=asked.sheet, answer__criterion__code=CODE):
        sheets.detach(use, alice)
    assert sentences(asked, "return_complements", alice) == [f"{CODE} : Joignez au moins une preuve."]
    item = sheets.overview(asked.sheet).item(CODE)
    assert item is not None
    sheets.save_answer(asked.sheet, item.criterion, value="", comment="", edition=item.edition, user=alice)
    with pytest.raises(Refused, match=f"{CODE} : Choisissez une réponse."):
        filing.return_complements(asked, actor=alice)


def test_a_complement_not_answered_is_said_once(house: House) -> None:
    sentence = f"{CODE} : le complément demandé n'a pas encore reçu de réponse."
    assert sentences(house.asked(), "return_complements", house.people["alice"]) == [sentence]
