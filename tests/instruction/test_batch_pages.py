"""Gestures on many files: foreseen by the guards, done file by file, once, with a result per file."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from instruction import batches
from instruction.gestures import Order
from instruction.models import Batch, BatchLine, Gesture, LineState
from journal.models import Event, Letter
from questionnaires.models import Version
from referencing import claims, filing
from referencing.models import Act, Candidature, Claim
from referencing.stages import Stage
from tests import cast, play
from tests.certificates import check_all
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
LOT = "/instruction/lot/"


@pytest.fixture
def karim(db: None) -> User:
    return cast.staff(Role.SUPPORT, "karim", "Karim Haddad", "chargé de référencement")


@pytest.fixture
def two(alice: User, simple_version: Version) -> list[Candidature]:
    return [play.submitted(alice, simple_version, name=name) for name in ("Abeille", "Zèbre")]


def confirmation(gesture: str, files: list[Candidature], **said: object) -> dict[str, object]:
    """What the recap sends when it is confirmed."""
    return {
        "told": "1",
        "confirm": "1",
        "key": str(uuid4()),
        "gesture": gesture,
        "file": [one.reference for one in files],
        "seen": [f"{one.reference}:{one.version}" for one in files],
        **said,
    }


def plain(content: bytes) -> str:
    """A page with ordinary spaces."""
    return content.decode().replace("\xa0", " ")


def outcomes() -> list[tuple[str, str]]:
    return list(BatchLine.objects.order_by("pk").values_list("state", "outcome"))


def test_the_recap_says_what_will_happen_and_why_not_and_does_nothing(
    two: list[Candidature], alice: User, sophie: User, karim: User, client_of: ClientOf
) -> None:
    first, second = two
    claims.take(second, actor=karim)
    before = Event.objects.count()
    query = f"gesture=admit&scope=ticked&file={first.reference}&file={second.reference}"
    page = client_of(sophie).get(f"{LOT}?{query}")
    assert [one.candidature for one in page.context["possible"]] == [first]
    assert [[why.code for why in one.reasons] for one in page.context["refused"]] == [["held"]]
    assert "Karim Haddad a ce dossier en charge depuis le" in page.content.decode()
    assert (Event.objects.count(), Batch.objects.count()) == (before, 0)


def test_the_recap_of_a_whole_list_holds_the_filtered_files(
    two: list[Candidature], sophie: User, client_of: ClientOf
) -> None:
    page = client_of(sophie).get(f"{LOT}?gesture=admit&scope=list&list=q%3Dabeille")
    assert page.context["files"] == two[:1]


def test_each_file_passes_the_door_by_itself_and_the_refusal_of_one_keeps_back_no_other(
    two: list[Candidature], alice: User, sophie: User, client_of: ClientOf
) -> None:
    form = confirmation("admit", two, note="Lot du matin.")
    filing.withdraw(two[0], actor=alice, motive="Nous arrêtons.")
    reply = client_of(sophie).post(LOT, form, follow=True)
    assert reply.redirect_chain == [(f"/instruction/lots/{Batch.objects.get().key}/", 302)]
    assert outcomes() == [
        ("refused", "La candidature a changé depuis le récapitulatif : ouvrez-la avant de recommencer."),
        ("done", "Déclarée recevable : la candidature est en évaluation."),
    ]
    assert [one.stage for one in Candidature.objects.order_by("pk")] == [Stage.WITHDRAWN, Stage.IN_EVALUATION]
    assert Act.objects.get(candidature=two[1], kind="admission").payload["note"] == "Lot du matin."
    assert "1 dossier traité, 1 laissé tel quel" in plain(reply.content)


def test_the_reasons_of_a_refusal_are_those_of_the_guards(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf
) -> None:
    certified = play.SIMPLE | {"dispositif_medical": True, "dmn_certifie": True}
    unchecked = play.submitted(alice, simple_version, facts=certified)
    client_of(sophie).post(LOT, confirmation("admit", [unchecked]))
    ((state, outcome),) = outcomes()
    alone = client_of(sophie).get(f"{LOT}?gesture=admit&file={unchecked.reference}").context["refused"]
    assert (state, outcome) == ("refused", " ".join(why.sentence for why in alone[0].reasons))
    check_all(unchecked.sheet, sophie)
    client_of(sophie).post(LOT, confirmation("admit", [unchecked]))
    assert outcomes()[-1][0] == "done"


def test_a_form_sent_twice_is_one_batch(two: list[Candidature], sophie: User, client_of: ClientOf) -> None:
    form, client = confirmation("admit", two), client_of(sophie)
    first, second = client.post(LOT, form), client.post(LOT, form)
    assert first["Location"] == second["Location"]
    assert (Batch.objects.count(), BatchLine.objects.count()) == (1, 2)
    assert Event.objects.filter(kind="candidature.admit").count() == 2


def test_files_are_given_to_a_colleague_those_of_others_only_when_asked(
    two: list[Candidature], sophie: User, karim: User, client_of: ClientOf
) -> None:
    other = cast.staff(Role.SUPPORT, "lea", "Léa Caron")
    claims.take(two[1], actor=other)
    client = client_of(sophie)
    client.post(LOT, confirmation("give", two, holder=karim.pk))
    assert [state for state, _ in outcomes()] == ["done", "refused"]
    client.post(LOT, confirmation("give", two[1:], holder=karim.pk, takes_over="on"))
    assert {claim.holder for claim in Claim.objects.all()} == {karim}


def test_giving_asks_to_whom_before_foreseeing(two: list[Candidature], sophie: User, client_of: ClientOf) -> None:
    client = client_of(sophie)
    page = client.get(f"{LOT}?gesture=give&file={two[0].reference}")
    assert page.context["is_foreseen"] is False
    reply = client.post(LOT, confirmation("give", two, holder=""))
    assert (reply.status_code, Batch.objects.count()) == (422, 0)


def test_an_editeur_is_reminded_once_a_day_of_what_is_asked(
    alice: User, sophie: User, emile: User, simple_version: Version, client_of: ClientOf, drain: Callable[[], int]
) -> None:
    candidature = play.submitted(alice, simple_version)
    asked = filing.declare_incomplete(
        candidature,
        missing=[{"what": "Extrait Kbis", "basis": ""}],
        deadline=timezone.localdate() + timedelta(days=20),
        actor=sophie,
    )
    client = client_of(sophie)
    client.post(LOT, confirmation("remind", [asked]))
    client.post(LOT, confirmation("remind", [asked]))
    assert [state for state, _ in outcomes()] == ["done", "refused"]
    assert outcomes()[1][1] == "L'éditeur a déjà été relancé aujourd'hui."
    drain()
    (letter,) = Letter.objects.filter(kind="nudged")
    assert (letter.recipient, "- Extrait Kbis" in letter.body) == (alice, True)


def test_nobody_is_reminded_of_nothing(two: list[Candidature], sophie: User, client_of: ClientOf) -> None:
    page = client_of(sophie).get(f"{LOT}?gesture=remind&file={two[0].reference}")
    assert [why.code for one in page.context["refused"] for why in one.reasons] == ["stage"]


def test_many_files_are_left_to_the_outbox_and_the_page_tells_how_far_it_is(
    two: list[Candidature], sophie: User, client_of: ClientOf, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    client = client_of(sophie)
    page = plain(client.post(LOT, confirmation("admit", two), follow=True).content)
    assert "2 dossiers restent à traiter." in page
    drain()
    assert [state for state, _ in outcomes()] == ["done", "done"]
    batches.carry_on(Event.objects.get(kind="batch.queued").seq)
    assert Event.objects.filter(kind="candidature.admit").count() == 2
    assert "2 dossiers traités" in plain(client.get(f"/instruction/lots/{Batch.objects.get().key}/").content)


def test_nothing_ticked_sends_back_to_the_list(sophie: User, client_of: ClientOf) -> None:
    reply = client_of(sophie).get(f"{LOT}?gesture=admit&list=late%3Don")
    assert (reply.status_code, reply["Location"]) == (302, "/instruction/?late=on")


@pytest.mark.parametrize("query", ["gesture=publish&file=MES", "file=MES", "gesture="])
def test_an_unknown_gesture_is_not_found(sophie: User, client_of: ClientOf, query: str) -> None:
    assert client_of(sophie).get(f"{LOT}?{query}").status_code == 404


def test_nobody_but_support_asks_for_a_gesture_or_reads_its_result(
    two: list[Candidature], alice: User, marc: User, aude: User, sophie: User, client_of: ClientOf
) -> None:
    client_of(sophie).post(LOT, confirmation("admit", two[:1]))
    key = Batch.objects.get().key
    for person in (alice, marc, aude):
        assert client_of(person).post(LOT, confirmation("admit", two)).status_code == 404
        assert client_of(person).get(f"/instruction/lots/{key}/").status_code == 404
    assert Batch.objects.count() == 1


def test_a_file_that_one_may_not_read_is_never_in_a_batch(
    alice: User, sophie: User, simple_version: Version, client_of: ClientOf
) -> None:
    draft = play.draft(alice, simple_version)
    reply = client_of(sophie).post(LOT, confirmation("admit", [draft]))
    assert (reply.status_code, Batch.objects.count()) == (302, 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_twice_at_once_does_each_file_once(
    alice: User, sophie: User, simple_version: Version
) -> None:
    files = [play.submitted(alice, simple_version, name=name) for name in ("Abeille", "Zèbre")]
    start, key, order = Barrier(2), uuid4(), Order(Gesture.ADMIT, sophie)

    def send(_: int) -> int:
        try:
            start.wait()
            return batches.ask(order, [(one, one.version) for one in files], key=key).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        found = set(pool.map(send, range(2)))
    assert found == {Batch.objects.get().pk}
    assert Event.objects.filter(kind="candidature.admit").count() == 2
    assert {line.state for line in BatchLine.objects.all()} == {LineState.DONE}
