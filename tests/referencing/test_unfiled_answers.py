"""What the éditeur is still writing is theirs; what was filed and judged stays readable."""

from collections.abc import Callable

import pytest

from accounts.models import User
from questionnaires import sheets, vault
from questionnaires.models import EvidenceRevision, EvidenceUse, ExpectedProof
from referencing import filing
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient
from tests.referencing.post import MISSING, SOON, House

ClientOf = Callable[[User], HouseClient]
CODE = "SEC-GOV-01"
PAGES = [
    ("questionnaires",),
    ("questionnaires", "securite"),
    ("criteres", CODE),
    ("orientation", "resultat"),
]


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def statuses(house: House, client_of: ClientOf, candidature: Candidature, *parts: str) -> dict[str, int]:
    met = {}
    for name in ("alice", "bob", "sophie", "emile", "aude"):
        response = client_of(house.people[name]).get(url(candidature, *parts))
        if response.streaming:
            response.getvalue()  # a proof is sent from a file that stays open until it is read
        met[name] = response.status_code
    return met


def replace_proof(candidature: Candidature, editor: User) -> EvidenceRevision:
    """Put another file in the place of the proof of the criterion that is asked for."""
    for use in EvidenceUse.objects.filter(answer__sheet=candidature.sheet, answer__criterion__code=CODE):
        sheets.detach(use, editor)
    kind = ExpectedProof.Kind.DOCUMENT
    upload = play.a_file("politique.txt", b"La politique signee.")
    revision = vault.deposit(candidature.organisation, upload, title="Politique", kind=kind, user=editor)
    item = sheets.overview(candidature.sheet).item(CODE)
    assert item is not None
    sheets.attach(candidature.sheet, item.criterion, revision, editor)
    return revision


@pytest.mark.parametrize("parts", PAGES)
def test_answers_being_completed_are_read_by_their_team_alone(
    house: House, client_of: ClientOf, parts: tuple[str, ...]
) -> None:
    team, nobody = {"alice": 200, "bob": 200}, {"sophie": 404, "emile": 404, "aude": 404}
    assert statuses(house, client_of, house.incomplete(), *parts) == team | nobody


@pytest.mark.parametrize("parts", PAGES)
def test_complements_being_written_are_read_by_their_team_alone(
    house: House, client_of: ClientOf, parts: tuple[str, ...]
) -> None:
    team = {"alice": 200, "bob": 200}
    asked = house.asked()
    assert statuses(house, client_of, asked, *parts) == team | {"sophie": 404, "emile": 404, "aude": 404}
    play.answer_all(asked, house.people["alice"], comment="Voici la politique signée.")
    filing.return_complements(asked, actor=house.people["alice"])
    assert statuses(house, client_of, asked, *parts) == team | {"sophie": 200, "emile": 200, "aude": 200}


def test_what_was_being_written_at_the_retrait_was_never_filed(house: House, client_of: ClientOf) -> None:
    withdrawn = house.withdrawn(house.incomplete())
    asked = statuses(house, client_of, withdrawn, "questionnaires")
    assert asked == {"alice": 200, "bob": 200, "sophie": 404, "emile": 404, "aude": 404}
    link = url(withdrawn, "questionnaires")
    assert link not in client_of(house.people["sophie"]).get(url(withdrawn)).content.decode()
    assert link in client_of(house.people["alice"]).get(url(withdrawn)).content.decode()


def test_the_page_of_recevabilite_shows_only_what_was_filed(house: House, client_of: ClientOf) -> None:
    candidature, sophie = house.submitted(), client_of(house.people["sophie"])
    page, link = url(candidature, "recevabilite"), url(candidature, "questionnaires")
    assert link in sophie.get(page).content.decode()
    filing.declare_incomplete(candidature, missing=MISSING, deadline=SOON, actor=house.people["sophie"])
    assert link not in sophie.get(page).content.decode()


def test_a_proof_given_anew_is_read_by_the_team_until_it_is_filed(house: House, client_of: ClientOf) -> None:
    asked = house.asked()
    new = str(replace_proof(asked, house.people["alice"]).public_id)
    before = statuses(house, client_of, asked, "preuves", new)
    assert before == {"alice": 200, "bob": 200, "sophie": 404, "emile": 404, "aude": 404}
    filing.return_complements(asked, actor=house.people["alice"])
    assert set(statuses(house, client_of, asked, "preuves", new).values()) == {200}


def test_a_proof_that_was_filed_stays_readable_once_replaced(house: House, client_of: ClientOf) -> None:
    asked = house.asked()
    judged = EvidenceUse.objects.get(answer__sheet=asked.sheet, answer__criterion__code=CODE).revision
    for use in EvidenceUse.objects.filter(answer__sheet=asked.sheet, revision=judged).exclude(
        answer__criterion__code=CODE
    ):
        use.delete()
    replace_proof(asked, house.people["alice"])
    assert vault.used_in(asked.sheet, judged.public_id) is None
    for parts in (("preuves", str(judged.public_id)), ("preuves", str(judged.public_id), "apercu")):
        assert set(statuses(house, client_of, asked, *parts).values()) == {200}
    EvidenceRevision.objects.filter(pk=judged.pk).update(scan=EvidenceRevision.Scan.INFECTED)
    assert set(statuses(house, client_of, asked, "preuves", str(judged.public_id)).values()) == {409}


def test_a_proof_filed_elsewhere_is_not_found_here(house: House, client_of: ClientOf) -> None:
    asked = house.asked()
    elsewhere = vault.deposit(
        asked.organisation, play.a_file("autre.txt", b"Autre."), title="Autre", kind="DOC", user=house.people["alice"]
    )
    assert set(statuses(house, client_of, asked, "preuves", str(elsewhere.public_id)).values()) == {404}
