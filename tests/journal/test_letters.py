"""Letters: written once, kept as written, sent until the post takes them, never twice under two names."""

import copy
import smtplib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from journal import letters, outbox
from journal.models import Event, Letter
from journal.record import record
from tests.journal.clock import let_pass

Happen = Callable[..., Event]


@pytest.fixture(autouse=True)
def templates(settings: Settings, tmp_path: Path) -> Path:
    """A folder of letters of our own, before the real one."""
    changed: list[dict[str, Any]] = copy.deepcopy(settings.TEMPLATES)
    changed[0]["DIRS"] = [tmp_path, *changed[0]["DIRS"]]
    settings.TEMPLATES = changed
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "essai.txt").write_text("Dépôt de « {{ service }} »\n\nBonjour {{ recipient }},\n\n{{ url }}\n")
    return folder


@pytest.fixture(autouse=True)
def operator(settings: Settings) -> None:
    settings.BASE_URL = "https://referencement.exemple.fr"
    settings.OPERATOR = {**settings.OPERATOR, "name": "Le guichet", "email": "guichet@exemple.fr"}


@pytest.fixture
def reader(db: None) -> User:
    return User.objects.create_user("lecteur@exemple.fr", full_name="Luc Lecteur")


def write(event: Event, *people: User, url: str = "/candidatures/MES-2026-0001/", **context: Any) -> list[Letter]:
    return letters.write(event, "essai", people, context={"service": "Glyco & l'agenda", **context}, url=url)


@pytest.fixture
def closed_post(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The post refuses every letter; returns the addresses it was asked to serve."""
    asked: list[str] = []

    def refuse(message: EmailMessage) -> int:
        asked.extend(message.to)
        raise smtplib.SMTPServerDisconnected("poste fermée")

    monkeypatch.setattr(EmailMessage, "send", refuse)
    return asked


def test_a_letter_is_kept_as_written(happen: Happen, author: User, reader: User) -> None:
    event = happen()

    first, second = write(event, author, reader)

    assert (first.title, first.recipient, first.subject_ref, first.event) == (
        "Dépôt de « Glyco & l'agenda »",
        author,
        "MES-2026-0001",
        event,
    )
    assert second.body == ("Bonjour Luc Lecteur,\n\nhttps://referencement.exemple.fr/candidatures/MES-2026-0001/\n")
    assert (second.url, second.sent_at, mail.outbox) == ("/candidatures/MES-2026-0001/", None, [])


def test_writing_twice_is_writing_once(happen: Happen, author: User, reader: User) -> None:
    event = happen()
    once = write(event, author)

    again = write(event, author, reader, author, service="autre chose")

    assert [letter.recipient for letter in again] == [author, reader]
    assert again[0].title == once[0].title
    assert Letter.objects.count() == 2
    assert len(write(happen(), author)) == 1


def test_nobody_inactive_is_written_to(happen: Happen, author: User, reader: User) -> None:
    event = happen()
    reader.is_active = False
    reader.save(update_fields=["is_active"])
    write(event, author, reader)
    author.is_active = False
    author.save(update_fields=["is_active"])

    assert Letter.objects.count() == 1
    assert (letters.post_unsent(), mail.outbox) == (0, [])


def test_a_letter_is_sent_once_and_can_be_answered(happen: Happen, author: User) -> None:
    event = happen()
    (letter,) = write(event, author)

    assert (letters.post_unsent(), letters.post_unsent()) == (1, 0)

    (message,) = mail.outbox
    assert (message.subject, message.body, message.to) == (letter.title, letter.body, ["autrice@exemple.fr"])
    assert message.reply_to == ["guichet@exemple.fr"]
    assert message.message()["Message-ID"] == f"<courrier-{letter.pk}.{event.hash[:16]}@referencement.exemple.fr>"
    assert message.message()["Auto-Submitted"] == "auto-generated"
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert letter.attempts == 1


@pytest.mark.parametrize(
    "trick", ["\r\nBcc: tous@exemple.fr", "\nBcc: tous@exemple.fr", "\x0b\x85\u2028Bcc: tous@exemple.fr"]
)
def test_a_title_injects_no_header(happen: Happen, author: User, trick: str) -> None:
    (letter,) = write(happen(), author, service=f"Glyco{trick}")
    Letter.objects.update(title=f"Dépôt{trick}")  # as if it had been written by another hand

    assert letter.title.splitlines() == [letter.title]
    assert letters.post_unsent() == 1
    message = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    assert (message["Bcc"], message["Subject"]) == (None, "Dépôt Bcc: tous@exemple.fr")
    assert mail.outbox[0].recipients() == ["autrice@exemple.fr"]


def test_a_long_title_is_cut_and_non_breaking_spaces_are_kept(happen: Happen, author: User) -> None:
    (letter,) = write(happen(), author, service="Objet\u00a0: " + "x" * 300)

    assert letter.title == "Dépôt de « Objet\u00a0: " + "x" * 231
    assert len(letter.title) == 250


def test_a_letter_may_be_built_on_the_common_one(happen: Happen, templates: Path, author: User) -> None:
    (templates / "essai.txt").write_text(
        '{% extends "letters/base.txt" %}{% block title %}Objet{% endblock %}{% block text %}Un texte.{% endblock %}'
    )

    with_link, without = write(happen(), author)[0], write(happen(), author, url="")[0]

    assert with_link.title == "Objet"
    assert with_link.body.startswith(
        "Bonjour Anne Autrice,\n\nUn texte.\n\n"
        "Pour ouvrir la page concernée : https://referencement.exemple.fr/candidatures/MES-2026-0001/\n\n"
        "Le guichet\n"
    )
    assert without.body.startswith("Bonjour Anne Autrice,\n\nUn texte.\n\nLe guichet\n")


def test_a_letter_refused_is_kept_with_the_reason_and_tried_again(
    happen: Happen, author: User, closed_post: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(happen(), author)

    assert (letters.post_unsent(), letters.post_unsent()) == (0, 0)

    letter = Letter.objects.get()
    assert closed_post == ["autrice@exemple.fr"]
    assert (letter.sent_at, letter.attempts) == (None, 1)
    assert letter.last_error == "SMTPServerDisconnected : poste fermée"
    monkeypatch.undo()
    let_pass(seconds=16)
    assert letters.post_unsent() == 1


def test_a_closed_post_is_not_asked_for_every_letter(happen: Happen, author: User, closed_post: list[str]) -> None:
    for _ in range(5):
        write(happen(), author)

    letters.post_unsent()

    assert len(closed_post) == 3


def test_a_letter_refused_for_days_is_left_alone(happen: Happen, author: User, closed_post: list[str]) -> None:
    write(happen(), author)
    Letter.objects.update(attempts=99)

    letters.post_unsent()
    let_pass(hours=2)
    letters.post_unsent()

    assert closed_post == ["autrice@exemple.fr"]


def test_a_sender_that_died_is_replaced_and_the_second_copy_bears_the_same_name(
    happen: Happen, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(happen(), author)
    send = EmailMessage.send

    def send_then_die(message: EmailMessage) -> int:
        send(message)
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(EmailMessage, "send", send_then_die)
        with pytest.raises(SystemExit):
            letters.post_unsent()

    assert letters.post_unsent() == 0
    let_pass(seconds=301)
    assert letters.post_unsent() == 1
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]


def test_the_outbox_sends_what_its_reactions_wrote(
    happen: Happen, author: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REACTIONS = {"test.happened": ("tests.journal.reactions.first",)}
    monkeypatch.setattr("tests.journal.reactions.first", lambda seq: write(Event.objects.get(seq=seq), author))
    happen()

    assert outbox.drain() == 1
    assert len(mail.outbox) == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_senders_send_each_letter_once(author: User, reader: User) -> None:
    for _ in range(10):
        with transaction.atomic():
            event = record("test.happened", "MES-2026-0001", actor=None, data={})
        write(event, author, reader)

    def send(rank: int) -> int:
        try:
            return letters.post_unsent()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        sent = sum(pool.map(send, range(8)))

    assert sent == 20
    names = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(names) == len(set(names)) == 20
    assert not Letter.objects.filter(sent_at=None).exists()
    assert Letter.objects.filter(sent_at__lte=timezone.now(), attempts=1).count() == 20
