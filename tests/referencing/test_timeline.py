"""Who did what: the éditeur reads the roles of the agents, and the names of their own team."""

from collections.abc import Callable

from accounts.models import User
from referencing import filing
from referencing.models import Candidature
from referencing.presenter import timeline
from tests.client import HouseClient
from tests.referencing.post import House

ClientOf = Callable[[User], HouseClient]
AGENTS = ("sophie", "emile", "eva", "simone", "marc", "mona")


def names(house: House, *who: str) -> list[str]:
    return [str(house.people[name]) for name in who]


def told(candidature: Candidature, reader: User) -> list[tuple[str, str]]:
    return [(entry.title, entry.who) for entry in timeline(candidature, reader)]


def test_the_editor_reads_the_roles_of_the_agents_and_the_names_of_their_own(house: House) -> None:
    returned = house.returned()
    alice, emile, sophie = names(house, "alice", "emile", "sophie")
    own = [
        ("Compléments renvoyés", alice),
        ("Compléments demandés", "expert coordonnateur"),
        ("Candidature déclarée recevable", "support GIE SESAM-Vitale"),
        ("Candidature déposée", alice),
        ("Candidature ouverte", alice),
    ]
    assert told(returned, house.people["bob"]) == own
    own[1], own[2] = ("Compléments demandés", emile), ("Candidature déclarée recevable", sophie)
    assert told(returned, house.people["aude"]) == own


def test_no_agent_is_named_on_the_pages_of_the_editor(house: House, client_of: ClientOf) -> None:
    candidature = house.published()
    page = client_of(house.people["alice"]).get(f"/candidatures/{candidature.reference}/").content.decode()
    assert [name for name in names(house, *AGENTS) if name in page] == []
    roles = ("ministère", "secrétaire de séance", "support GIE SESAM-Vitale", "expert coordonnateur")
    assert [role for role in roles if f"— {role}</span>" not in page] == []


def test_whoever_was_faster_is_told_alike(house: House, client_of: ClientOf) -> None:
    candidature = house.submitted()
    filing.admit(candidature, actor=house.people["sophie"])
    home = f"/candidatures/{candidature.reference}/"
    sent = {"motive": "Nous changeons de produit cette année.", "seen": candidature.version}
    response = client_of(house.people["alice"]).post(f"{home}retirer/", sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Recevabilité à examiner → En évaluation (support GIE SESAM-Vitale)" in page
    assert str(house.people["sophie"]) not in page
