"""What is attested: exactly what is filed, and nothing that moved meanwhile."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Version
from referencing import filing
from referencing.attestation import Attested, sentences
from referencing.door import Refused
from referencing.models import Act, Candidature
from referencing.stages import Stage
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
RULES = "J'accepte les règles de référencement, audits compris, et je signale tout changement qui les concerne."
MANDATE = "J'agis pour « Glyco SAS » (SIREN 732829320), qui m'a donné mandat de déposer cette candidature."


def told(**counts: int) -> list[str]:
    whole = {"met": 0, "not_met": 0, "set_aside": 0, "files": 0, **counts}
    return sentences(Attested(**whole, print=""), organisation="Glyco SAS", siren="732829320")


def test_it_says_what_is_filed_and_only_that():
    assert told(met=12) == [
        MANDATE,
        "12\u00a0critères déclarés « Conforme » le sont dans la version du service que le public utilise aujourd'hui.",
        RULES,
    ]
    assert told(met=1, not_met=1, set_aside=2, files=1)[1:-1] == [
        "1\u00a0critère déclaré « Conforme » l'est dans la version du service que le public utilise aujourd'hui.",
        "1\u00a0critère est déclaré « Non conforme », avec l'écart et ce qui est prévu pour le corriger.",
        "2\u00a0critères sont déclarés « Non applicable » pour le motif choisi, et pour lui seul.",
        "1\u00a0fichier joint est authentique, à jour, et je peux en produire l'original.",
    ]


@given(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3))
def test_what_there_is_none_of_is_not_attested(not_met: int, set_aside: int, files: int):
    lines = told(not_met=not_met, set_aside=set_aside, files=files)
    assert len(lines) == 3 + (not_met > 0) + (set_aside > 0) + (files > 0)


@pytest.fixture
def ready(alice: User, simple_version: Version) -> Candidature:
    return play.answered(alice, simple_version)


def print_of(candidature: Candidature) -> str:
    return Attested.of(sheets.snapshot(candidature.sheet)).print


def change(candidature: Candidature, editor: User) -> None:
    item = sheets.overview(candidature.sheet).item("ADM-02")
    assert item is not None
    sheets.save_answer(
        candidature.sheet, item.criterion, value="met", comment="Autre chose.", edition=item.edition, user=editor
    )


@pytest.mark.django_db
def test_the_act_keeps_the_sentences(ready: Candidature, alice: User):
    filing.submit(ready, actor=alice, read=print_of(ready))
    kept = Act.objects.get(kind="filing").payload["attestation"]
    assert (kept[0], kept[-1], len(kept)) == (MANDATE, RULES, 4)


@pytest.mark.django_db
def test_answers_that_moved_since_they_were_read_are_not_filed(ready: Candidature, alice: User, bob: User):
    read = print_of(ready)
    change(ready, bob)
    with pytest.raises(Refused, match="Des réponses ont changé depuis que vous avez lu cette page"):
        filing.submit(ready, actor=alice, read=read)
    assert Candidature.objects.get().stage == Stage.DRAFT
    assert not Act.objects.filter(kind="filing").exists()


@pytest.mark.django_db
def test_a_state_or_a_message_of_the_team_moves_nothing(ready: Candidature, alice: User, bob: User):
    read = print_of(ready)
    sheets.mark(ready.sheet, ready.sheet.version.criteria.get(code="ADM-02"), "review", bob)
    assert print_of(ready) == read


@pytest.mark.django_db
def test_the_page_shows_what_changed_and_asks_again(ready: Candidature, alice: User, bob: User, client_of: ClientOf):
    client, address = client_of(alice), f"/candidatures/{ready.reference}/verifier/"
    read = print_of(ready)
    assert f'name="read" value="{read}"' in client.get(address).content.decode()
    change(ready, bob)
    page = client.post(address, {"attests": "on", "seen": 0, "read": read}).content.decode()
    assert "Des réponses ont changé depuis que vous avez lu cette page" in page
    assert f'name="read" value="{print_of(ready)}"' in page
