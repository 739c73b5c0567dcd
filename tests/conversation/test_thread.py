"""The thread: kept as typed, sent once, read person by person, closed with the file."""

import threading
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.models import User
from conversation import thread
from conversation.models import Attachment, Message, Receipt, Side
from conversation.openness import CLOSED, NOT_YET, why_closed
from conversation.reading import lines
from conversation.refusing import MessageRefused, as_typed
from journal.models import Event
from questionnaires.contents import FileRefused
from questionnaires.models import Version
from referencing import filing
from referencing.models import Candidature
from referencing.stages import Stage
from tests import play

HOSTILE = "  <b>gras</b> {{ 7*7 }} {% now 'Y' %}\n\n\u202eesrever\u202c  & fin"


def asks(candidature: Candidature, who: User, text: str = "Une question.", **options: object) -> Message:
    return thread.say(candidature, text, author=who, side=Side.EDITOR, **options).message  # type: ignore[arg-type]


def answers(candidature: Candidature, who: User, text: str = "Une réponse.", **options: object) -> Message:
    return thread.say(candidature, text, author=who, side=Side.SUPPORT, **options).message  # type: ignore[arg-type]


def unread(candidature: Candidature, who: User, side: Side) -> int:
    return Message.objects.filter(candidature=candidature).unread_by(who, side).count()


# --- Writing ---------------------------------------------------------------------------------


def test_a_message_is_kept_as_typed_and_its_fact_recorded_without_it(filed: Candidature, alice: User):
    message = asks(filed, alice, HOSTILE.replace("\n", "\r\n"))
    assert message.text == HOSTILE
    event = Event.objects.get(kind="conversation.from_editor")
    assert (event.subject, event.actor, event.data["message"]) == (filed.reference, alice, message.pk)
    assert "gras" not in str(event.data)


@pytest.mark.once
@given(st.text(max_size=60), st.integers(min_value=1, max_value=40))
def test_a_text_is_kept_whole_or_refused(text: str, longest: int):
    typed = text.replace("\r\n", "\n")
    if typed.strip() and len(typed) <= longest:
        assert as_typed(text, longest=longest, what="Votre message") == typed
    else:
        with pytest.raises(MessageRefused):
            as_typed(text, longest=longest, what="Votre message")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n\t", "Votre message est vide"),
        ("x" * 200_000, "Votre message compte 200000 caractères : 10000 au plus."),
    ],
)
def test_a_message_that_cannot_be_kept_gets_one_sentence(filed: Candidature, alice: User, text: str, sentence: str):
    with pytest.raises(MessageRefused, match=sentence):
        asks(filed, alice, text)
    assert not Message.objects.exists()


def test_a_known_variable_left_by_the_support_is_refused_and_the_editeur_writes_what_they_like(
    filed: Candidature, alice: User, sophie: User
):
    with pytest.raises(MessageRefused, match=r"Remplacez {{echeance}} dans votre message"):
        answers(filed, sophie, "Avant le {{echeance}}.")
    assert answers(filed, sophie, "Écrivez {{ 7*7 }}.").text == "Écrivez {{ 7*7 }}."
    assert asks(filed, alice, "Que veut dire {{echeance}} ?").text == "Que veut dire {{echeance}} ?"


def test_a_double_click_sends_once(filed: Candidature, alice: User):
    key = uuid4()
    said = [
        thread.say(filed, "Une question.", author=alice, side=Side.EDITOR, key=key, files=[play.a_file()])
        for _ in range(2)
    ]
    assert [one.is_new for one in said] == [True, False]
    assert (Message.objects.count(), Attachment.objects.count()) == (1, 1)
    assert Event.objects.filter(kind="conversation.from_editor").count() == 1


def test_two_people_may_send_with_the_same_key(filed: Candidature, alice: User, bob: User):
    key = uuid4()
    asks(filed, alice, key=key)
    asks(filed, bob, key=key)
    assert Message.objects.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_ten_sendings_at_once_one_message_is_kept(filed: Candidature, alice: User):
    key, start, kept = uuid4(), threading.Barrier(10), []

    def send() -> None:
        try:
            start.wait()
            said = thread.say(filed, "Une question.", author=alice, side=Side.EDITOR, key=key)
            kept.append((said.message.pk, said.is_new))
        finally:
            connection.close()

    workers = [threading.Thread(target=send) for _ in range(10)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    message = Message.objects.get()
    assert sorted(kept) == [(message.pk, False)] * 9 + [(message.pk, True)]


def test_an_endless_thread_is_refused(filed: Candidature, alice: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(thread, "MOST_MESSAGES", 1)
    asks(filed, alice)
    with pytest.raises(MessageRefused, match="Ce fil compte déjà 1 messages"):
        asks(filed, alice)


# --- Files -----------------------------------------------------------------------------------


def test_a_file_is_examined_as_a_proof_is(filed: Candidature, alice: User):
    message = asks(filed, alice, files=[play.a_file("note.txt", b"Bon.")])
    kept = message.attachments.get()
    assert (kept.original_name, kept.media_type, kept.size, kept.is_served) == ("note.txt", "text/plain", 4, True)
    with kept.file.open("rb") as content:
        assert content.read() == b"Bon."
    with pytest.raises(FileRefused, match="n'est pas d'un format accepté"):
        asks(filed, alice, files=[play.a_file("outil.exe", b"MZ")])
    assert Message.objects.count() == 1


def test_a_refused_message_leaves_no_file_behind(filed: Candidature, alice: User, settings: Settings):
    settings.PROCEDURE = settings.PROCEDURE | {"thread_files_bytes": 3}
    known = set(default_storage.listdir("preuves")[1])
    with pytest.raises(MessageRefused, match="Les fichiers de ce fil dépasseraient 3"):
        asks(filed, alice, files=[play.a_file("note.txt", b"Bon.")])
    assert set(default_storage.listdir("preuves")[1]) == known


def test_too_many_files_are_refused_before_being_read(filed: Candidature, alice: User):
    with pytest.raises(MessageRefused, match="Vous joignez 6 fichiers : 5 au plus par message"):
        asks(filed, alice, files=[play.a_file(f"{rank}.txt") for rank in range(6)])


def test_an_attachment_enters_nobodys_vault(filed: Candidature, alice: User, sophie: User):
    before = filed.organisation.evidence.count()
    asks(filed, alice, files=[play.a_file("a.txt", b"A.")])
    answers(filed, sophie, files=[play.a_file("b.txt", b"B.")])
    assert filed.organisation.evidence.count() == before


# --- Reading ---------------------------------------------------------------------------------


def test_each_person_of_the_team_reads_for_themselves_and_the_support_as_one(
    filed: Candidature, alice: User, bob: User, sophie: User, samuel: User
):
    asked, answered = asks(filed, alice), answers(filed, sophie)
    assert [unread(filed, who, Side.EDITOR) for who in (alice, bob)] == [1, 1]
    assert [unread(filed, who, Side.SUPPORT) for who in (sophie, samuel)] == [1, 1]
    thread.mark_read(filed, bob, Side.EDITOR, answered.pk)
    thread.mark_read(filed, samuel, Side.SUPPORT, asked.pk)
    assert [unread(filed, who, Side.EDITOR) for who in (alice, bob)] == [1, 0]
    assert [unread(filed, who, Side.SUPPORT) for who in (sophie, samuel)] == [0, 0]


def test_answering_reads_what_the_page_showed_and_nothing_that_came_meanwhile(
    filed: Candidature, alice: User, sophie: User
):
    first = asks(filed, alice)
    second = asks(filed, alice, "Autre chose.")
    answers(filed, sophie, seen=first.pk)
    assert list(Receipt.objects.values_list("message", "person")) == [(first.pk, sophie.pk)]
    thread.mark_read(filed, sophie, Side.SUPPORT, second.pk + 1000)
    assert Receipt.objects.count() == 2


def test_a_receipt_is_written_once_and_nobody_reads_their_own_side(filed: Candidature, alice: User, bob: User):
    message = asks(filed, alice)
    assert [thread.mark_read(filed, who, Side.EDITOR, message.pk) for who in (alice, bob)] == [0, 0]
    reader = User.objects.get(pk=bob.pk)
    assert not Receipt.objects.filter(person=reader).exists()


def test_the_editeur_reads_the_support_as_a_body(
    filed: Candidature, alice: User, bob: User, sophie: User, samuel: User
):
    asked, answered = asks(filed, alice), answers(filed, sophie)
    for agent in (sophie, samuel):
        thread.mark_read(filed, agent, Side.SUPPORT, asked.pk)
    thread.mark_read(filed, bob, Side.EDITOR, answered.pk)
    rows = list(thread.messages_of(filed))[::-1]
    theirs, ours = (lines(rows, reader, side) for reader, side in ((alice, Side.EDITOR), (sophie, Side.SUPPORT)))
    assert [line.who for line in theirs] == ["Alice Martin", "Le support"]
    assert [line.who for line in ours] == ["Alice Martin", "Sophie Bernard"]
    assert [[one.who for one in line.readings] for line in theirs] == [["le support"], ["Bob Durand"]]
    assert [[one.who for one in line.readings] for line in ours] == [
        ["Sophie Bernard", "Samuel Thibault"],
        ["Bob Durand"],
    ]
    assert [line.is_new for line in theirs] == [False, True]
    assert [line.is_new for line in lines(rows, bob, Side.EDITOR)] == [False, False]


def test_the_threads_to_answer_end_with_the_editeur(filed: Candidature, alice: User, sophie: User):
    asked = asks(filed, alice)
    assert list(Message.objects.unanswered()) == [asked]
    answers(filed, sophie)
    assert list(Message.objects.unanswered()) == []


# --- When one may write ----------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize("stage", Stage)
def test_a_thread_opens_with_the_filing_and_closes_with_the_file(stage: Stage):
    filed_at = play.timezone.now()
    assert why_closed(stage, filed_at) == CLOSED.get(stage, "")
    assert bool(why_closed(stage, filed_at)) == (stage in {Stage.WITHDRAWN, Stage.INADMISSIBLE, Stage.REJECTED})
    if stage != Stage.WITHDRAWN:
        assert why_closed(stage, None) == NOT_YET


def test_a_draft_has_no_thread(alice: User, simple_version: Version):
    with pytest.raises(MessageRefused, match="Le fil s'ouvre au dépôt"):
        asks(play.draft(alice, simple_version), alice)


def test_a_file_withdrawn_while_one_writes_receives_nothing_more(filed: Candidature, alice: User, sophie: User):
    stale = Candidature.objects.get(pk=filed.pk)
    asks(filed, alice)
    filing.withdraw(filed, motive="Nous changeons de produit.", actor=alice)
    for write, who in ((asks, alice), (answers, sophie)):
        with pytest.raises(MessageRefused, match="Cette candidature est retirée : le fil reste lisible"):
            write(stale, who)
    assert Message.objects.count() == 1
