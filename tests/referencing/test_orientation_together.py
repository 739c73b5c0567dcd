"""One person changes the orientation while others answer a criterion that leaves: nothing lost, nothing silent."""

import threading
from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Sheet, Version
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
STOP: dict[str, object] = {"api_mesures": "non", "api_documents": "non", "api_agenda": "non"}
Found = tuple[int, str]


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version, facts=play.EXCHANGE)


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def together(*actions: Callable[[], Found]) -> list[Found]:
    """Play each action in a thread of its own, all at once; return what each got, in their order."""
    start = threading.Barrier(len(actions))
    found: dict[int, Found] = {}

    def play_one(rank: int) -> None:
        start.wait()
        try:
            found[rank] = actions[rank]()
        finally:
            connection.close()

    threads = [threading.Thread(target=play_one, args=[rank]) for rank in range(len(actions))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[rank] for rank in range(len(actions))]


def post(client: HouseClient, address: str, form: dict[str, object]) -> Found:
    response = client.post(address, form)
    return response.status_code, unescape(response.content.decode())


def seen_by(client: HouseClient, candidature: Candidature, screen: int, answers: dict[str, object]) -> str:
    number = sheets.orientation_steps(candidature.sheet)[screen].number
    page = client.post(url(candidature, "orientation", str(number)), answers).content.decode()
    return page.partition('name="seen" value="')[2].partition('"')[0]


@pytest.mark.parametrize("attempt", range(5))
def test_an_answer_to_a_criterion_that_leaves_is_kept_aside_or_refused_with_its_text(
    draft: Candidature, alice: User, bob: User, attempt: int
) -> None:
    changing, answering = HouseClient.of(alice), HouseClient.of(bob)
    seen, text = seen_by(changing, draft, -1, STOP), f"Texte de Bob, essai {attempt}"
    changed, answered = together(
        lambda: post(changing, url(draft, "orientation", "changer"), {**STOP, "seen": seen}),
        lambda: post(answering, url(draft, "criteres", "SEX-01"), {"value": "met", "comment": text, "edition": 0}),
    )
    asked = Sheet.objects.get().facts["echange_mes"]
    kept = Answer.objects.filter(criterion__code="SEX-01").first()
    if changed[0] == 409:  # Bob was first, and what the change moves was no longer what Alice had seen
        assert "Un collègue a travaillé entre-temps" in changed[1]
        assert (asked, answered[0]) == (True, 302)
        assert kept is not None
        assert (kept.comment, kept.standing) == (text, Answer.Standing.CURRENT)
    else:  # Alice was first: Bob's text is still on his page
        assert (changed[0], asked, kept) == (302, False, None)
        assert answered[0] == 409
        assert "D'après l'orientation, ce critère n'est pas demandé." in answered[1]
        assert text in answered[1]


def test_of_two_people_who_change_the_orientation_one_sees_the_other(
    draft: Candidature, alice: User, bob: User
) -> None:
    at_home: dict[str, object] = {"type_solution": ["ios"], "donnees_sante": "oui", "hebergement_externe": "non"}
    mine, theirs = HouseClient.of(alice), HouseClient.of(bob)
    forms = [
        {**STOP, "seen": seen_by(mine, draft, -1, STOP)},
        {**at_home, "seen": seen_by(theirs, draft, 0, at_home)},
    ]
    address = url(draft, "orientation", "changer")
    found = together(lambda: post(mine, address, forms[0]), lambda: post(theirs, address, forms[1]))
    assert sorted(status for status, _ in found) == [302, 409]
    facts = Sheet.objects.get().facts
    done = [facts["echange_mes"] is False, facts["hebergement_externe"] is False]
    assert done == [status == 302 for status, _ in found]


def test_two_people_who_make_the_same_change_both_succeed(draft: Candidature, alice: User, bob: User) -> None:
    clients = [HouseClient.of(alice), HouseClient.of(bob)]
    forms = [{**STOP, "seen": seen_by(client, draft, -1, STOP)} for client in clients]
    address = url(draft, "orientation", "changer")
    for client, form in zip(clients, forms, strict=True):
        assert client.post(address, form).status_code == 302
    assert Sheet.objects.get().facts["echange_mes"] is False
