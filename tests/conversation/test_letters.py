"""Letters about the thread: to the other side, without its content, one for all that come until it is read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from conversation import letters, thread
from conversation.models import Side
from journal.models import Event, Letter
from referencing import claims
from referencing.models import Candidature
from tests.clamd import FakeClamd
from tests.conversation.test_thread import answers, asks

SECRET = "Entre nous : le contrat expire."


@pytest.fixture(autouse=True)
def team(bob: User) -> None:
    """Bob is of Alice's team."""


def react() -> set[str]:
    """Do what follows the last message; return who received a letter of it."""
    event = Event.objects.filter(kind__in=thread.WRITTEN.values()).latest("seq")
    letters.tell_message(event.pk)
    return {letter.recipient.full_name for letter in Letter.objects.filter(event=event)}


def later(minutes: int) -> None:
    """Let time pass: what was written is so much older."""
    for letter in Letter.objects.all():
        Letter.objects.filter(pk=letter.pk).update(written_at=letter.written_at - timedelta(minutes=minutes))


def test_the_other_side_is_told_and_never_what_was_written(filed: Candidature, alice: User, sophie: User):
    asks(filed, alice, SECRET)
    assert react() == {"Sophie Bernard"}
    answers(filed, sophie, SECRET)
    assert react() == {"Alice Martin", "Bob Durand"}
    written = [letter.title + letter.body + letter.url for letter in Letter.objects.filter(kind__startswith="message_")]
    assert len(written) == 3
    assert [text for text in written if "contrat" in text or "Sophie" in text.replace("Bonjour Sophie", "")] == []
    assert all(f"/candidatures/{filed.reference}/messages/" in text for text in written)


def test_the_same_event_twice_writes_nothing_more(filed: Candidature, sophie: User):
    answers(filed, sophie)
    react()
    later(120)
    assert (react(), Letter.objects.filter(kind="message_from_support").count()) == ({"Alice Martin", "Bob Durand"}, 2)


def test_one_letter_stands_for_all_that_come_within_the_hour(filed: Candidature, sophie: User):
    answers(filed, sophie)
    react()
    answers(filed, sophie, "J'oubliais.")
    assert react() == set()
    later(settings.PROCEDURE["message_letter_minutes"] - 1)
    answers(filed, sophie, "Encore.")
    assert react() == set()
    later(2)
    answers(filed, sophie, "Et enfin.")
    assert react() == {"Alice Martin", "Bob Durand"}


def test_who_has_read_since_is_told_of_what_comes_next(filed: Candidature, alice: User, sophie: User):
    message = answers(filed, sophie)
    react()
    thread.mark_read(filed, alice, Side.EDITOR, message.pk)
    answers(filed, sophie, "Autre chose.")
    assert react() == {"Alice Martin"}


def test_who_has_already_read_a_message_gets_no_letter_of_it(filed: Candidature, alice: User, sophie: User):
    message = answers(filed, sophie)
    thread.mark_read(filed, alice, Side.EDITOR, message.pk)
    assert react() == {"Bob Durand"}


def test_a_service_may_write_at_once_each_time(filed: Candidature, sophie: User, settings: Settings):
    settings.PROCEDURE = settings.PROCEDURE | {"message_letter_minutes": 0}
    for text in ("Un.", "Deux."):
        answers(filed, sophie, text)
        assert react() == {"Alice Martin", "Bob Durand"}


def test_of_the_support_those_who_have_written_are_told_once_somebody_has(
    filed: Candidature, alice: User, sophie: User, samuel: User
):
    asks(filed, alice)
    assert react() == {"Sophie Bernard", "Samuel Thibault"}
    answers(filed, sophie, seen=filed.messages.get().pk)
    asks(filed, alice, "Merci ; autre chose.")
    assert react() == {"Sophie Bernard"}


def test_who_follows_the_file_is_told_alone(filed: Candidature, alice: User, sophie: User, samuel: User):
    answers(filed, sophie)
    claims.take(filed, actor=samuel)
    asks(filed, alice)
    assert react() == {"Samuel Thibault"}


def test_the_outbox_writes_it(filed: Candidature, sophie: User, drain: Callable[[], int]):
    answers(filed, sophie)
    drain()
    assert set(Letter.objects.filter(kind="message_from_support").values_list("recipient__full_name", flat=True)) == {
        "Alice Martin",
        "Bob Durand",
    }


def test_an_infected_file_is_given_to_nobody_and_its_sender_told(
    filed: Candidature, alice: User, sophie: User, settings: Settings, tmp_path_factory: pytest.TempPathFactory
):
    """The antivirus reads what is joined to messages in the same queue as the proofs."""
    import tempfile
    from pathlib import Path

    from django.core.files.storage import default_storage

    from questionnaires import scanning
    from questionnaires.filetypes import EICAR
    from tests.play import a_file

    with tempfile.TemporaryDirectory(prefix="clamd-", dir="/tmp") as folder, FakeClamd(Path(folder)) as running:
        settings.CLAMD_SOCKET = running.address
        attachment = asks(filed, alice, files=[a_file("note.txt")]).attachments.get()
        assert attachment.is_served is False
        with default_storage.open(attachment.file.name, "wb") as file:
            file.write(b"prologue\n" + EICAR)
        while scanning.scan_waiting():
            pass
    attachment.refresh_from_db()
    assert (attachment.scan, attachment.is_served) == ("infected", False)
    event = Event.objects.get(kind="conversation.infected")
    assert (event.subject, event.data["attachment"]) == (filed.reference, str(attachment.public_id))
    letters.tell_infected(event.pk)
    letter = Letter.objects.get(kind="message_infected")
    assert (letter.recipient, "note.txt" in letter.body) == (alice, True)
    assert event.at <= timezone.now()
