"""Internal notes: a page, a table and words of their own; no channel of the éditeur ever shows one."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import User
from conversation import letters, notes, thread
from conversation.models import Message, Note, Side
from conversation.refusing import MessageRefused
from dossiers.contents import dossier_at
from evaluation.assignments import propose, unassign
from evaluation.invitations import accept
from evaluation.reports import conclude, save_draft
from journal.models import Event, Letter
from questionnaires.models import Version
from referencing.models import Act, Candidature
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]
SECRET = "Entre nous : le contrat expire."
HOSTILE = "  <b>gras</b> {{ reference }} {% now 'Y' %}\n\u202eesrever\u202c"


@pytest.fixture
def judged(alice: User, bob: User, sophie: User, emile: User, simple_version: Version) -> Candidature:
    """In evaluation, led by Émile; a note of the support, and a word to the éditeur that says nothing of it."""
    candidature = play.assigned(alice, simple_version, sophie, emile)
    notes.note_down(candidature, SECRET, author=sophie)
    thread.say(candidature, "Bonjour.", author=sophie, side=Side.SUPPORT)
    return candidature


def page(candidature: Candidature) -> str:
    return f"/candidatures/{candidature.reference}/notes-internes/"


def test_a_note_is_kept_and_shown_as_typed_under_its_own_name(judged: Candidature, sophie: User, client_of: ClientOf):
    client = client_of(sophie)
    response = client.post(page(judged), {"text": HOSTILE, "key": str(uuid4())})
    assert response.headers["Location"] == page(judged)
    text = client.get(page(judged)).content.decode()
    assert "  &lt;b&gt;gras&lt;/b&gt; {{ reference }} {% now &#x27;Y&#x27; %}\n\u202eesrever\u202c</p>" in text
    assert "Note interne : jamais lue par l'éditeur." in text
    assert "Envoyer" not in text
    assert Message.objects.count() == 1


def test_the_support_and_the_experts_of_the_file_keep_them_and_nobody_else_reads_one(
    judged: Candidature, people: Callable[..., list[User]], client_of: ClientOf
):
    for person in people("sophie", "emile"):
        assert SECRET in client_of(person).get(page(judged)).content.decode()
    for person in people("alice", "bob", "charlie", "eva", "aude", "mona", "simone"):
        client = client_of(person)
        assert client.get(page(judged)).status_code == 404
        assert client.post(page(judged), {"text": "Bonjour"}).status_code == 404
    assert Note.objects.count() == 1


def test_no_page_of_the_editeur_tells_of_it(judged: Candidature, alice: User, client_of: ClientOf):
    client = client_of(alice)
    reference = judged.reference
    names = (
        "referencing:show", "referencing:answers", "referencing:compare", "referencing:spreadsheet", "referencing:filed",
        "conversation:thread", "dossiers:papers",
    )  # fmt: skip
    addresses = [reverse(name, args=[reference]) for name in names]
    addresses += [
        "/mes-candidatures/",
        "/messages/",
        "/messages/?etat=tous",
        "/mes-mentions/",
        reverse("accounts:letters"),
    ]
    read = {address: client.get(address, follow=True) for address in addresses}
    assert {address for address, answer in read.items() if answer.status_code != 200} == set()
    told = ("Entre nous", "otes internes", "ote interne", "notes-internes")
    assert [address for address, answer in read.items() for word in told if word in answer.content.decode()] == []


def test_no_export_gives_it(judged: Candidature, alice: User, client_of: ClientOf):
    client = client_of(alice)
    for kind in ("xlsx", "ods"):
        answer: Any = client.get(reverse("referencing:spreadsheet_export", args=[judged.reference, kind]))
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert (answer.status_code, b"Entre nous" in content) == (200, False)


def test_neither_the_journal_nor_an_act_nor_a_letter_nor_the_dossier_keeps_it(
    judged: Candidature, sophie: User, emile: User, drain: Callable[[], int]
):
    before = Event.objects.count()
    notes.note_down(judged, SECRET, author=emile)
    assert Event.objects.count() == before
    play.judge_all(judged, emile)
    save_draft(judged, synthesis="Bien.", recommendation="Oui.", edition=0, actor=emile)
    conclude(judged, actor=emile)
    drain()
    event = Event.objects.filter(kind="candidature.conclude_evaluation").get()
    kept = [
        *(str(event.data) for event in Event.objects.all()),
        *(str(act.payload) for act in Act.objects.all()),
        *(letter.title + letter.body for letter in Letter.objects.all()),
        str(dossier_at(judged, event)),
    ]
    assert [text for text in kept if "Entre nous" in text] == []


@pytest.mark.parametrize("address", ["/instruction/?q=contrat+expire", "/messages/?etat=tous"])
def test_no_list_nor_search_finds_it(judged: Candidature, sophie: User, client_of: ClientOf, address: str):
    assert "Entre nous" not in client_of(sophie).get(address).content.decode()


def test_an_expert_reads_them_from_their_declaration_until_they_leave_the_file(
    judged: Candidature, sophie: User, eva: User, client_of: ClientOf
):
    assignment, client = propose(judged, eva, actor=sophie), client_of(eva)
    assert client.get(page(judged)).status_code == 404
    accepted = accept(assignment)
    assert client.get(page(judged)).status_code == 200
    unassign(accepted, actor=sophie)
    assert client.get(page(judged)).status_code == 404


def test_the_thread_never_shows_a_note_nor_the_notes_a_message(judged: Candidature, sophie: User, client_of: ClientOf):
    client = client_of(sophie)
    talk = client.get(reverse("conversation:thread", args=[judged.reference])).content.decode()
    apart = client.get(page(judged)).content.decode()
    assert ("Bonjour." in talk, SECRET in talk, "Bonjour." in apart, SECRET in apart) == (True, False, False, True)


def test_a_note_sent_twice_is_kept_once(judged: Candidature, sophie: User):
    key = uuid4()
    first, second = (notes.note_down(judged, "À revoir.", author=sophie, key=key) for _ in range(2))
    assert (first.pk, Note.objects.count()) == (second.pk, 2)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (" \n", "Votre note est vide : rien n&#x27;a été gardé."),
        ("x" * 200_000, "Votre note compte 200000 caractères : 5000 au plus."),
    ],
)
def test_a_note_that_cannot_be_kept_gets_one_sentence_and_stays_typed(
    judged: Candidature, sophie: User, client_of: ClientOf, text: str, sentence: str
):
    response = client_of(sophie).post(page(judged), {"text": text})
    answer = response.content.decode()
    assert (response.status_code, sentence in answer, text in answer) == (422, True, True)


def test_endless_notes_are_refused(judged: Candidature, sophie: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(notes, "MOST_NOTES", 1)
    with pytest.raises(MessageRefused, match="Cette candidature compte déjà 1 notes internes"):
        notes.note_down(judged, "Une de trop.", author=sophie)


def test_the_letters_of_the_thread_say_nothing_of_it(judged: Candidature):
    letters.tell_message(Event.objects.get(kind="conversation.from_support").pk)
    written = [letter.body for letter in Letter.objects.filter(kind="message_from_support")]
    assert len(written) == 2
    assert [text for text in written if "Entre nous" in text or "Bonjour." in text] == []
