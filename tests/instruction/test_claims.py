"""Who follows a file: one holder at a time, an explicit take-over, never a lock; two agents at once, one holder."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from journal.models import Event, Letter
from questionnaires.models import Version
from referencing import claims
from referencing.door import Refused
from referencing.models import Candidature, Claim
from referencing.stages import Stage
from tests import cast, play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
Drain = Callable[[], int]


@pytest.fixture
def submitted(alice: User, simple_version: Version) -> Candidature:
    return play.submitted(alice, simple_version)


@pytest.fixture
def karim(db: None) -> User:
    return cast.staff(Role.SUPPORT, "karim", "Karim Haddad", "chargé de référencement")


def facts(candidature: Candidature) -> list[tuple[str, dict[str, object]]]:
    events = Event.objects.about(candidature.reference).filter(kind__startswith="claim.").order_by("seq")
    return [(event.kind, event.data) for event in events]


def test_a_file_is_taken_once_taken_over_given_and_released_and_each_is_a_fact(
    submitted: Candidature, sophie: User, karim: User
) -> None:
    claims.take(submitted, actor=sophie)
    claims.take(submitted, actor=sophie)
    with pytest.raises(claims.Held):
        claims.take(submitted, actor=karim)
    with pytest.raises(claims.Held):
        claims.release(submitted, actor=karim)
    claims.take_over(submitted, actor=karim)
    claims.give(submitted, sophie, actor=karim)
    claims.release(submitted, actor=sophie)
    claims.release(submitted, actor=sophie)
    assert Claim.objects.count() == 0
    assert facts(submitted) == [
        ("claim.taken", {"holder": sophie.pk, "former": None}),
        ("claim.taken_over", {"holder": karim.pk, "former": sophie.pk}),
        ("claim.given", {"holder": sophie.pk, "former": karim.pk}),
        ("claim.released", {"former": sophie.pk}),
    ]


def test_only_support_follows_and_is_given_a_file(
    submitted: Candidature, sophie: User, marc: User, alice: User, aude: User
) -> None:
    for stranger in (marc, alice, aude):
        with pytest.raises(Refused):
            claims.take(submitted, actor=stranger)
        with pytest.raises(Refused):
            claims.give(submitted, stranger, actor=sophie)
    assert Claim.objects.count() == 0


def test_whoever_loses_or_receives_a_file_is_told(
    submitted: Candidature, sophie: User, karim: User, drain: Drain
) -> None:
    claims.take(submitted, actor=sophie)
    claims.take_over(submitted, actor=karim)
    claims.give(submitted, sophie, actor=karim)
    drain()
    told = Letter.objects.filter(kind__startswith="claim_").order_by("pk")
    assert [(letter.kind, letter.recipient, letter.title) for letter in told] == [
        ("claim_taken_over", sophie, f"Karim Haddad a repris la candidature {submitted.reference}"),
        ("claim_given", sophie, f"La candidature {submitted.reference} vous est confiée"),
    ]


def test_acting_on_the_file_of_a_colleague_asks_for_a_take_over_and_keeps_what_was_typed(
    submitted: Candidature, sophie: User, karim: User, client_of: ClientOf
) -> None:
    claims.take(submitted, actor=sophie)
    address = f"/candidatures/{submitted.reference}/recevabilite/admit/"
    form = {"note": "Rien à signaler, <b>vraiment</b>.", "seen": submitted.version}
    asked = client_of(karim).post(address, form)
    page = asked.content.decode()
    assert asked.status_code == 409
    assert "Sophie Bernard" in page
    assert "Rien à signaler, &lt;b&gt;vraiment&lt;/b&gt;." in page
    assert (Candidature.objects.get().stage, Claim.objects.get().holder) == (Stage.SUBMITTED, sophie)
    done = client_of(karim).post(address, form | {"take_over": "1"})
    assert done.status_code == 302
    assert (Candidature.objects.get().stage, Claim.objects.get().holder) == (Stage.IN_EVALUATION, karim)


def test_others_than_support_never_meet_the_take_over(
    submitted: Candidature, sophie: User, alice: User, karim: User, client_of: ClientOf
) -> None:
    claims.take(submitted, actor=sophie)
    reply = client_of(alice).post(f"/candidatures/{submitted.reference}/retirer/", {"motive": "Nous arrêtons."})
    assert (reply.status_code, Candidature.objects.get().stage) == (302, Stage.WITHDRAWN)
    assert client_of(sophie).post(f"/candidatures/{submitted.reference}/lu/").status_code != 409
    assert client_of(karim).post("/candidatures/MES-1999-0001/recevabilite/admit/").status_code == 404


def test_the_page_of_a_file_says_who_follows_it_to_the_staff_alone(
    submitted: Candidature, sophie: User, aude: User, alice: User, karim: User, client_of: ClientOf
) -> None:
    claims.take(submitted, actor=karim)
    day = f"{timezone.localdate():%d/%m/%Y}"
    address = f"/candidatures/{submitted.reference}/"
    assert (
        f"Pris en charge par <strong>Karim Haddad</strong> depuis le {day}"
        in client_of(sophie).get(address).content.decode()
    )
    assert ">changer<" not in client_of(aude).get(address).content.decode()
    assert "Karim" not in client_of(alice).get(address).content.decode()


@pytest.mark.parametrize("gesture", ["take", "take_over", "release"])
def test_the_page_of_a_follow_up_does_each_gesture(
    submitted: Candidature, sophie: User, client_of: ClientOf, gesture: str
) -> None:
    if gesture == "release":
        claims.take(submitted, actor=sophie)
    reply = client_of(sophie).post(f"/candidatures/{submitted.reference}/suivi/", {"gesture": gesture})
    assert reply.status_code == 302
    assert Claim.objects.exists() is (gesture != "release")


def test_a_file_is_given_to_a_colleague_and_to_nobody_else(
    submitted: Candidature, sophie: User, karim: User, marc: User, client_of: ClientOf
) -> None:
    client, address = client_of(sophie), f"/candidatures/{submitted.reference}/suivi/"
    assert client.post(address, {"gesture": "give", "holder": marc.pk}).status_code == 422
    assert client.post(address, {"gesture": "give", "holder": ""}).status_code == 422
    assert client.post(address, {"gesture": "give", "holder": karim.pk}).status_code == 302
    assert Claim.objects.get().holder == karim
    page = client.post(address, {"gesture": "take"}, follow=True).content.decode()
    assert "Karim Haddad a ce dossier en charge depuis le" in page
    assert Claim.objects.get().holder == karim


def test_the_take_over_costs_one_query_to_whoever_acts_on_a_free_file(
    submitted: Candidature, alice: User, client_of: ClientOf
) -> None:
    client = client_of(alice)
    with CaptureQueriesContext(connection) as captured:
        client.post(f"/candidatures/{submitted.reference}/retirer/", {"motive": ""})
    assert sum("referencing_claim" in one["sql"] for one in captured) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_agents_who_claim_at_once_one_holds_the_file(
    alice: User, sophie: User, karim: User, simple_version: Version
) -> None:
    candidature = play.submitted(alice, simple_version)
    start = Barrier(2)

    def claim(agent: User) -> str:
        try:
            start.wait()
            claims.take(candidature, actor=agent)
        except claims.Held as held:
            return f"suivi par {held.claim.holder}"
        finally:
            connections.close_all()
        return "à moi"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(claim, [sophie, karim]))
    holder = Claim.objects.get().holder
    assert sorted(said) == sorted(["à moi", f"suivi par {holder}"])
    assert [kind for kind, _ in facts(candidature)] == ["claim.taken"]
