"""What did not leave after every attempt is seen by support, put back to work once, and it is a fact."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import User
from journal.letters import MAX_ATTEMPTS
from journal.models import Delivery, Event, Letter
from questionnaires.models import Version
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
PAGE = "/instruction/suites/"


@pytest.fixture
def failed(alice: User, simple_version: Version) -> Delivery:
    play.submitted(alice, simple_version)
    delivery = Delivery.objects.order_by("pk").last()
    assert delivery is not None
    Delivery.objects.filter(pk=delivery.pk).update(state="failed", attempts=6, last_error="OSError : <b>plein</b>")
    delivery.refresh_from_db()
    return delivery


def test_support_sees_what_failed_and_puts_it_back_to_work(
    failed: Delivery, sophie: User, client_of: ClientOf, drain: Callable[[], int]
) -> None:
    client = client_of(sophie)
    page = client.get(PAGE).content.decode()
    assert failed.reaction in page
    assert "OSError : &lt;b&gt;plein&lt;/b&gt;" in page
    client.post(f"{PAGE}suite/{failed.pk}/relancer/")
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("pending", 0)
    drain()
    failed.refresh_from_db()
    assert failed.state == "done"
    fact = Event.objects.get(kind="delivery.retried")
    assert (fact.actor, fact.subject, fact.data["delivery"]) == (sophie, failed.event.subject, failed.pk)


def test_putting_it_back_twice_is_once(failed: Delivery, sophie: User, client_of: ClientOf) -> None:
    client = client_of(sophie)
    client.post(f"{PAGE}suite/{failed.pk}/relancer/")
    page = client.post(f"{PAGE}suite/{failed.pk}/relancer/", follow=True).content.decode().replace("&#x27;", "'")
    assert "Il n'y avait plus rien à relancer" in page
    assert Event.objects.filter(kind="delivery.retried").count() == 1


def test_a_letter_that_the_post_refused_to_the_end_is_sent_again(
    failed: Delivery, alice: User, sophie: User, client_of: ClientOf, drain: Callable[[], int], mailoutbox: list[object]
) -> None:
    letter = Letter.objects.create(
        event=failed.event,
        kind="essai",
        subject_ref=failed.event.subject,
        recipient=alice,
        title="Un courrier",
        body="Texte",
        written_at=timezone.now(),
        next_try_at=timezone.now(),
        attempts=MAX_ATTEMPTS,
        last_error="SMTPException",
    )
    client = client_of(sophie)
    assert "Un courrier" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}courrier/{letter.pk}/relancer/")
    drain()
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert Event.objects.get(kind="letter.retried").data == {"letter": letter.pk, "kind": "essai"}


def test_nobody_else_sees_nor_retries(
    failed: Delivery, alice: User, aude: User, marc: User, client_of: ClientOf
) -> None:
    for person in (alice, aude, marc):
        client = client_of(person)
        assert client.get(PAGE).status_code == 404
        assert client.post(f"{PAGE}suite/{failed.pk}/relancer/").status_code == 404
    failed.refresh_from_db()
    assert failed.state == "failed"
