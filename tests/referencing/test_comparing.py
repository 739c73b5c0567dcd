"""The page « Comparer »: which photographs each person may choose, and what they read."""

from collections.abc import Callable

import pytest

from accounts.models import User
from questionnaires import sheets
from referencing import comparing
from referencing.models import Candidature
from tests import axe, play
from tests.client import HouseClient
from tests.referencing.post import House

ClientOf = Callable[[User], HouseClient]
Count = Callable[[int], object]
CODE = "SEC-GOV-01"


def url(candidature: Candidature, query: str = "") -> str:
    return f"/candidatures/{candidature.reference}/comparer/{query}"


def keys(candidature: Candidature, person: User) -> list[str]:
    return [shot.key for shot in comparing.shots(candidature, person)]


def say(candidature: Candidature, user: User, comment: str, value: str = "met") -> None:
    item = sheets.overview(candidature.sheet).item(CODE)
    assert item is not None
    sheets.save_answer(candidature.sheet, item.criterion, value=value, comment=comment, edition=item.edition, user=user)


def page(client: HouseClient, candidature: Candidature, query: str = "") -> str:
    return client.get(url(candidature, query)).content.decode().replace("\u00a0", " ")


def test_with_one_depot_there_is_nothing_to_compare(house: House, client_of: ClientOf) -> None:
    assert "Rien à comparer pour le moment" in page(client_of(house.people["sophie"]), house.submitted())


def test_a_draft_is_compared_with_nothing(house: House, client_of: ClientOf) -> None:
    draft = play.draft(house.people["alice"], house.version)
    assert "Rien à comparer pour le moment" in page(client_of(house.people["alice"]), draft)


def test_what_is_being_written_is_offered_to_the_team_alone(house: House) -> None:
    candidature = house.asked()
    offered = {
        name: "en-cours" in keys(candidature, house.people[name]) for name in ("alice", "bob", "sophie", "emile")
    }
    assert offered == {"alice": True, "bob": True, "sophie": False, "emile": False}


def test_nobody_else_reads_what_is_being_written_by_asking_for_it(house: House, client_of: ClientOf) -> None:
    candidature, people = house.returned(), house.people
    filed = keys(candidature, people["sophie"])
    assert len(filed) == 2
    found = page(client_of(people["sophie"]), candidature, f"?de={filed[0]}&a=en-cours")
    assert "Choisissez l&#x27;une des versions proposées." in found
    assert "house-change" not in found


def test_once_filed_there_is_nothing_being_written(house: House) -> None:
    assert "en-cours" not in keys(house.returned(), house.people["alice"])


def test_the_photograph_of_another_candidature_is_not_offered(house: House, client_of: ClientOf) -> None:
    candidature, people = house.returned(), house.people
    other = play.submitted(people["alice"], house.version, name="Autre")
    foreign = keys(other, people["sophie"])[0]
    found = page(client_of(people["sophie"]), candidature, f"?de={foreign}&a={keys(candidature, people['sophie'])[1]}")
    assert "Choisissez l&#x27;une des versions proposées." in found


def test_by_default_the_last_two_are_compared_word_by_word(house: House, client_of: ClientOf) -> None:
    found = page(client_of(house.people["emile"]), house.returned())
    assert "<strong>1 explication modifiée</strong>" in found
    assert "[retiré : </span>C&#x27;est en place" in found
    assert "[ajouté : </span>Voici la politique signée" in found
    assert CODE in found
    assert "ADM-02" not in found


def test_what_did_not_change_is_shown_when_asked(house: House, client_of: ClientOf) -> None:
    candidature = house.returned()
    before, after = keys(candidature, house.people["emile"])
    found = page(client_of(house.people["emile"]), candidature, f"?de={before}&a={after}&tout=on")
    assert "<strong>ADM-02</strong>" in found
    assert "Inchangé : Conforme" in found


def test_the_older_comes_first_in_whatever_order_they_are_chosen(house: House, client_of: ClientOf) -> None:
    candidature = house.returned()
    before, after = keys(candidature, house.people["emile"])
    found = page(client_of(house.people["emile"]), candidature, f"?de={after}&a={before}")
    assert "De « Dépôt »" in found


def test_one_and_the_same_is_refused_with_a_sentence(house: House, client_of: ClientOf) -> None:
    candidature = house.returned()
    before, _ = keys(candidature, house.people["emile"])
    found = page(client_of(house.people["emile"]), candidature, f"?de={before}&a={before}")
    assert "Choisissez deux versions différentes." in found


def test_the_team_compares_what_it_writes_with_what_it_filed(house: House, client_of: ClientOf) -> None:
    candidature, alice = house.incomplete(), house.people["alice"]
    say(candidature, alice, "C'est en place depuis 2024.", "not_met")
    sheets.answer_orientation(candidature.sheet, {"teleconsultation": True, "tlc_certifie": False}, alice)
    found = page(client_of(alice), candidature)
    assert "En cours d&#x27;écriture" in found
    assert "[retiré : </span>Conforme" in found
    assert "[ajouté : </span>Non conforme" in found
    assert "[ajouté : </span> depuis 2024" in found
    assert "Orientation et certificats" in found


def test_what_people_type_is_never_a_page_of_ours(house: House, client_of: ClientOf) -> None:
    candidature, alice = house.incomplete(), house.people["alice"]
    say(candidature, alice, "<script>alert(1)</script> C'est en place.")
    found = page(client_of(alice), candidature)
    assert "<script>alert" not in found
    assert "alert" in found


def test_a_stranger_finds_nothing(house: House, client_of: ClientOf) -> None:
    assert client_of(house.people["charlie"]).get(url(house.returned())).status_code == 404


def test_comparing_costs_the_same_whatever_changed(
    house: House, client_of: ClientOf, django_assert_num_queries: Count
) -> None:
    candidature, alice = house.incomplete(), house.people["alice"]
    client, everything = client_of(alice), 19
    client.get(url(candidature))  # the kinds of contents are remembered from then on
    with django_assert_num_queries(everything):  # type: ignore[attr-defined]
        client.get(url(candidature))
    play.answer_all(candidature, alice, comment="Tout autre chose, et mieux.")
    with django_assert_num_queries(everything):  # type: ignore[attr-defined]
        assert "explications modifiées" in client.get(url(candidature)).content.decode().replace("\u00a0", " ")


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.django_db(transaction=True)
def test_the_comparison_is_accessible(house: House, open_page: Callable[..., object], width: int) -> None:
    candidature, alice = house.incomplete(), house.people["alice"]
    say(candidature, alice, "C'est en place depuis 2024.", "not_met")
    opened = open_page(alice, width=width)
    opened.goto(url(candidature))  # type: ignore[attr-defined]
    assert axe.violations(opened) == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")  # type: ignore[attr-defined]
    opened.goto(f"/candidatures/{candidature.reference}/")  # type: ignore[attr-defined]
    assert axe.violations(opened) == []
