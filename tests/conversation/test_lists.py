"""Where the thread is told: its own page in few queries, the list of threads, the homes, the candidature, its news."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from conversation import thread
from conversation.models import Message, Side
from journal.models import Event
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient
from tests.conversation.test_thread import answers, asks
from tests.conversation.test_thread_page import url

ClientOf = Callable[[User], HouseClient]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_the_messages(
    filed: Candidature, alice: User, bob: User, sophie: User, client_of: ClientOf, django_assert_num_queries: Any,
    rows: int,
):  # fmt: skip
    for _ in range(rows):
        message = answers(filed, sophie, files=[play.a_file()])
        asks(filed, alice)
    thread.mark_read(filed, bob, Side.EDITOR, message.pk)
    client = client_of(alice)
    client.get(url(filed))
    with django_assert_num_queries(15):
        client.get(url(filed))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_threads_costs_the_same_whatever_their_number(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf, django_assert_num_queries: Any, rows: int
):
    for rank in range(rows):
        asks(play.submitted(alice, simple_version, name=f"Service {rank}"), alice)
    client = client_of(sophie)
    client.get("/messages/")
    with django_assert_num_queries(9):
        page = client.get("/messages/").content.decode()
    assert page.count("Service ") == rows


def test_a_long_thread_opens_on_its_last_messages(filed: Candidature, alice: User, client_of: ClientOf):
    for rank in range(1, 23):
        asks(filed, alice, f"Message {rank:02}.")
    client = client_of(alice)
    last, first = (client.get(url(filed), {"page": page}).content.decode() for page in (1, 2))
    assert ("Message 22." in last, "Message 02." in last, "Message 02." in first) == (True, False, True)
    assert last.index("Message 03.") < last.index("Message 22.")


def test_the_list_shows_what_waits_for_each_side(
    filed: Candidature, alice: User, sophie: User, charlie: User, client_of: ClientOf
):
    asks(filed, alice)
    hers, theirs = client_of(alice), client_of(sophie)
    assert filed.reference in theirs.get("/messages/").content.decode()
    assert "1\u00a0message non lu</a>, <a" in theirs.get("/instruction/").content.decode()
    answers(filed, sophie, seen=Message.objects.get().pk)
    assert filed.reference not in theirs.get("/messages/").content.decode()
    assert filed.reference in theirs.get("/messages/?etat=tous").content.decode()
    assert filed.reference in hers.get("/messages/?etat=non-lus").content.decode()
    assert "1\u00a0message non lu</a>" in hers.get("/mes-candidatures/").content.decode()
    assert filed.reference not in client_of(charlie).get("/messages/?etat=tous").content.decode()


def test_only_the_two_sides_have_a_list(emile: User, aude: User, mona: User, client_of: ClientOf):
    assert [client_of(person).get("/messages/").status_code for person in (emile, aude, mona)] == [404] * 3


def test_the_candidature_shows_the_last_messages_to_its_two_sides(
    alice: User, sophie: User, emile: User, aude: User, simple_version: Version, client_of: ClientOf
):
    candidature = play.assigned(alice, simple_version, sophie, emile)
    answers(candidature, sophie, "Votre contrat manque.")
    page = {who: client_of(who).get(f"/candidatures/{candidature.reference}/").content.decode() for who in
            (alice, sophie, emile, aude)}  # fmt: skip
    assert [("Votre contrat manque." in page[who]) for who in (alice, sophie, emile, aude)] == [
        True,
        True,
        False,
        False,
    ]
    assert "1\u00a0message échangé</a> avec le support, dont 1\u00a0non lu." in page[alice]
    assert [("Notes internes" in page[who]) for who in (alice, sophie, emile, aude)] == [False, True, True, False]


def test_a_message_is_news_for_the_other_side_alone(
    alice: User, sophie: User, emile: User, simple_version: Version, client_of: ClientOf
):
    candidature = play.assigned(alice, simple_version, sophie, emile)
    address = f"/candidatures/{candidature.reference}/"
    seen = {"seen": Event.objects.latest("seq").seq, "shown_at": play.timezone.now().isoformat()}
    clients = {who: client_of(who) for who in (alice, sophie, emile)}
    for client in clients.values():
        client.post(f"{address}lu/", seen)
    answers(candidature, sophie)
    asks(candidature, alice)
    news = {who: clients[who].get(address).content.decode() for who in clients}
    assert ["<li>Message du support" in news[who] for who in clients] == [True, False, False]
    assert ["<li>Message de l&#x27;éditeur au support — Alice Martin" in news[who] for who in clients] == [
        False,
        True,
        False,
    ]
