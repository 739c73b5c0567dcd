"""The page of the thread: what each side sees, sends and marks as read; its files; its lists in few queries."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from accounts.services import leave
from conversation.models import Message, MessageTemplate, Receipt
from journal.models import Event
from questionnaires.models import Version
from referencing import filing
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient
from tests.conversation.test_thread import HOSTILE, answers, asks
from tests.play import assign

ClientOf = Callable[[User], HouseClient]


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, "messages", *parts, ""])


def template(sophie: User, body: str) -> MessageTemplate:
    return MessageTemplate.objects.create(title="Relance", body=body, updated_by=sophie, updated_at=play.timezone.now())


def test_a_message_is_sent_then_read_by_the_other_side(
    filed: Candidature, alice: User, sophie: User, client_of: ClientOf
):
    hers, theirs = client_of(alice), client_of(sophie)
    response = hers.post(url(filed), {"text": HOSTILE.replace("\n", "\r\n")})
    assert (response.headers["Location"], Message.objects.get().text) == (url(filed), HOSTILE)
    page = theirs.get(url(filed)).content.decode()
    assert "  &lt;b&gt;gras&lt;/b&gt; {{ 7*7 }} {% now &#x27;Y&#x27; %}\n\n\u202eesrever\u202c  &amp; fin</p>" in page
    assert ("Alice Martin" in page, "Nouveau" in page) == (True, True)
    theirs.post(url(filed), {"text": "Bonjour.", "seen": Message.objects.get().pk})
    page = hers.get(url(filed)).content.decode()
    assert ("Le support" in page, "Sophie" in page, "Lu par <bdi>le support</bdi>" in page) == (True, False, True)


def test_a_page_that_is_read_writes_nothing(filed: Candidature, alice: User, sophie: User, client_of: ClientOf):
    answers(filed, sophie)
    before = Event.objects.count()
    for _ in range(2):
        assert "Nouveau" in client_of(alice).get(url(filed)).content.decode()
    assert (Receipt.objects.count(), Event.objects.count()) == (0, before)


def test_marking_as_read_is_said_by_a_button(filed: Candidature, alice: User, sophie: User, client_of: ClientOf):
    message, client = answers(filed, sophie), client_of(alice)
    assert client.get(url(filed, "lus")).status_code == 405
    page = client.post(url(filed, "lus"), {"upto": message.pk}, follow=True).content.decode()
    assert ("Nouveau" in page, Receipt.objects.get().person) == (False, alice)
    assert "Lu par <bdi>Alice Martin</bdi>" in client_of(sophie).get(url(filed)).content.decode()


@pytest.mark.parametrize("upto", ["", "x", "-1", str(2**70)])
def test_a_reading_that_says_nothing_marks_nothing(
    filed: Candidature, alice: User, sophie: User, client_of: ClientOf, upto: str
):
    answers(filed, sophie)
    assert client_of(alice).post(url(filed, "lus"), {"upto": upto}).status_code == 302
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Votre message est vide : rien n&#x27;a été gardé."),
        ("x" * 200_000, "Votre message compte 200000 caractères : 10000 au plus."),
    ],
)
def test_a_message_that_cannot_be_sent_stays_typed(
    filed: Candidature, alice: User, client_of: ClientOf, text: str, sentence: str
):
    response = client_of(alice).post(url(filed), {"text": text})
    page = response.content.decode()
    assert (response.status_code, sentence in page, text in page) == (422, True, True)
    assert not Message.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "0" * 36])
def test_a_key_that_is_not_one_sends_all_the_same(filed: Candidature, alice: User, client_of: ClientOf, key: str):
    assert client_of(alice).post(url(filed), {"text": "Bonjour.", "key": key}).status_code == 302
    assert Message.objects.count() == 1


def test_the_form_of_a_double_click_is_sent_once(filed: Candidature, alice: User, client_of: ClientOf):
    client = client_of(alice)
    form = client.get(url(filed)).context["form"]
    sent = {"text": "Bonjour.", "key": str(form["key"].value())}
    client.post(url(filed), sent)
    again = client.post(url(filed), sent, follow=True).content.decode()
    assert (Message.objects.count(), "Ce message était déjà envoyé" in again) == (1, True)


# --- Files -----------------------------------------------------------------------------------


def upload(name: str = "note.txt", content: bytes = b"Bon.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_a_file_is_joined_then_downloaded_by_the_two_sides_only(
    filed: Candidature, alice: User, bob: User, charlie: User, sophie: User, aude: User, mona: User, client_of: ClientOf
):
    client_of(alice).post(url(filed), {"text": "Voici.", "attachments": [upload(), upload("b.txt", b"B.")]})
    first = Message.objects.get().attachments.first()
    address = url(filed, "pieces", str(first.public_id))
    for person in (alice, bob, sophie):
        answer: Any = client_of(person).get(address)
        assert b"".join(answer.streaming_content) == b"Bon."
        assert answer.headers["Content-Disposition"] == 'attachment; filename="note.txt"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for person in (charlie, aude, mona):
        assert client_of(person).get(address).status_code == 404


def test_a_file_of_another_thread_is_not_given(
    filed: Candidature, alice: User, simple_version: Version, client_of: ClientOf
):
    other = play.submitted(alice, simple_version, name="Autre service")
    kept = asks(other, alice, files=[play.a_file()]).attachments.get()
    assert client_of(alice).get(url(filed, "pieces", str(kept.public_id))).status_code == 404


def test_a_file_that_is_refused_says_why_and_keeps_the_text(filed: Candidature, alice: User, client_of: ClientOf):
    response = client_of(alice).post(url(filed), {"text": "Voici.", "attachments": [upload("outil.exe", b"MZ")]})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Le fichier « outil.exe » n&#x27;est pas d&#x27;un format accepté" in page
    assert "Voici." in page
    assert not Message.objects.exists()


def test_a_file_that_the_antivirus_has_not_read_is_not_given(
    filed: Candidature, alice: User, sophie: User, client_of: ClientOf
):
    kept = asks(filed, alice, files=[play.a_file()]).attachments.get()
    for scan, sentence in (("pending", "a pas encore lu ce fichier"), ("infected", "en quarantaine")):
        kept.scan = scan
        kept.save()
        answer = client_of(sophie).get(url(filed, "pieces", str(kept.public_id)))
        assert (answer.status_code, sentence in answer.content.decode()) == (409, True)
        page = client_of(sophie).get(url(filed)).content.decode()
        assert (sentence in page, str(kept.public_id) in page) == (True, False)


# --- Who -------------------------------------------------------------------------------------


def test_nobody_but_the_two_sides_reads_the_thread(
    filed: Candidature, alice: User, sophie: User, people: Callable[..., list[User]], client_of: ClientOf
):
    candidature = filing.admit(filed, actor=sophie)
    emile, *others = people("emile", "charlie", "eva", "aude", "mona", "simone")
    assign(candidature, emile, actor=sophie, lead=True)
    asks(candidature, alice)
    for person in people("alice", "bob", "sophie"):
        assert client_of(person).get(url(candidature)).status_code == 200
    for person in (emile, *others):
        client: Any = client_of(person)
        assert client.get(url(candidature)).status_code == 404
        for address in (url(candidature), url(candidature, "lus")):
            assert client.post(address, {"text": "Bonjour", "upto": 1}).status_code == 404
    assert (Message.objects.count(), Receipt.objects.count()) == (1, 0)


def test_who_leaves_the_team_reads_nothing_more(filed: Candidature, bob: User, sophie: User, client_of: ClientOf):
    answers(filed, sophie)
    leave(bob.memberships.get())
    client = client_of(User.objects.get(pk=bob.pk))
    assert client.get(url(filed)).status_code == 404
    assert client.get("/messages/").status_code == 404


def test_a_closed_file_is_read_and_says_why_one_writes_no_more(filed: Candidature, alice: User, client_of: ClientOf):
    asks(filed, alice, "Une question.")
    filing.withdraw(filed, motive="Nous changeons de produit.", actor=alice)
    client = client_of(alice)
    page = client.get(url(filed)).content.decode()
    assert ("Une question." in page, "Cette candidature est retirée" in page, "<textarea" in page) == (
        True,
        True,
        False,
    )
    response = client.post(url(filed), {"text": "Encore un mot."})
    page = response.content.decode()
    assert (response.status_code, "Encore un mot." in page) == (422, True)
    assert Message.objects.count() == 1


def test_a_draft_says_when_the_thread_opens(alice: User, simple_version: Version, client_of: ClientOf):
    page = client_of(alice).get(url(play.draft(alice, simple_version))).content.decode()
    assert ("Le fil s&#x27;ouvre au dépôt" in page, "<textarea" in page) == (True, False)


# --- Ready-made texts ------------------------------------------------------------------------


def test_a_ready_made_text_fills_the_message_and_sends_nothing(filed: Candidature, sophie: User, client_of: ClientOf):
    kept = template(sophie, "Bonjour, au sujet de {{reference}} ({{service}}) : répondez avant le {{echeance}}.")
    Candidature.objects.update(deadline=None)
    page = client_of(sophie).get(url(filed), {"modele": kept.pk}).content.decode()
    assert (
        f"Bonjour, au sujet de {filed.reference} ({filed.service.name}) : répondez avant le {{{{echeance}}}}." in page
    )
    assert "Cette candidature ne dit rien pour {{echeance}}" in page
    assert not Message.objects.exists()


def test_a_text_is_read_again_as_the_editeur_will_see_it(filed: Candidature, sophie: User, client_of: ClientOf):
    response = client_of(sophie).post(url(filed), {"text": "<b>Bonjour</b>", "preview": "1"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Ce que l'éditeur lira" in page
    assert page.count("&lt;b&gt;Bonjour&lt;/b&gt;") == 2
    assert not Message.objects.exists()


def test_the_editeur_never_sees_the_ready_made_texts(
    filed: Candidature, alice: User, sophie: User, client_of: ClientOf
):
    kept = template(sophie, "Bonjour {{reference}}.")
    page = client_of(alice).get(url(filed), {"modele": kept.pk}).content.decode()
    assert ("modèle" in page, "Bonjour MES" in page) == (False, False)


@pytest.mark.parametrize("wanted", ["", "x", "999"])
def test_an_unknown_ready_made_text_is_said(filed: Candidature, sophie: User, client_of: ClientOf, wanted: str):
    response = client_of(sophie).get(url(filed), {"modele": wanted})
    assert (response.status_code, "Choisissez un modèle de la liste." in response.content.decode()) == (200, True)
