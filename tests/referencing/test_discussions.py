"""The discussions of an éditeur's team: theirs alone, as typed, read person by person."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.services import leave
from dossiers.contents import dossier_at
from evaluation.reports import conclude, save_draft
from journal.models import Event, Letter
from questionnaires.models import Criterion, Version
from referencing import discussions, filing
from referencing.models import Act, Candidature, Mention, Reading, Remark, Thread
from tests import play
from tests.client import HouseClient
from tests.referencing.post import House

ClientOf = Callable[[User], HouseClient]
SECRET = "Entre nous : le contrat expire."
HOSTILE = "  <b>gras</b> {{ 7*7 }} {% now 'Y' %}\n\n\u202eesrever\u202c  & fin"


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def talk(candidature: Candidature, *parts: str, code: str = "ADM-02") -> str:
    return url(candidature, "criteres", code, "discussion", *parts)


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


@pytest.fixture
def criterion(draft: Candidature) -> Criterion:
    return draft.sheet.version.criteria.get(code="ADM-02")


def thread_of(candidature: Candidature, reader: User) -> Thread:
    return discussions.threads_of(candidature, reader).get()


# --- Saying ----------------------------------------------------------------------------------


def test_a_message_is_kept_and_shown_as_typed(draft: Candidature, alice: User, client_of: ClientOf):
    client = client_of(alice)
    response = client.post(talk(draft), {"text": HOSTILE.replace("\n", "\r\n")})
    assert response.headers["Location"] == talk(draft)
    assert Remark.objects.get().text == HOSTILE
    page = client.get(talk(draft)).content.decode()
    assert "  &lt;b&gt;gras&lt;/b&gt; {{ 7*7 }} {% now &#x27;Y&#x27; %}\n\n\u202eesrever\u202c  &amp; fin</p>" in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Écrivez votre message avant de l&#x27;envoyer."),
        (" \n\t", "Écrivez votre message avant de l&#x27;envoyer."),
        ("x" * 4001, "Votre message compte 4001 caractères : 4000 au plus."),
    ],
)
def test_a_message_that_cannot_be_kept_gets_one_sentence(
    draft: Candidature, alice: User, client_of: ClientOf, text: str, sentence: str
):
    response = client_of(alice).post(talk(draft), {"text": text})
    page = response.content.decode()
    assert (response.status_code, sentence in page, text in page) == (422, True, True)
    assert not Thread.objects.exists()


def test_line_breaks_count_for_one(draft: Candidature, criterion: Criterion, alice: User):
    assert discussions.say(draft, criterion, "a\r\n" * 2000, author=alice).remark.text == "a\n" * 2000


def test_an_endless_discussion_is_refused(
    draft: Candidature, criterion: Criterion, alice: User, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(discussions, "MOST_REMARKS", 1)
    discussions.say(draft, criterion, "Un.", author=alice)
    with pytest.raises(discussions.DiscussionRefused, match="Cette discussion compte déjà 1 messages"):
        discussions.say(draft, criterion, "Deux.", author=alice)
    assert Remark.objects.count() == 1


def test_an_unknown_criterion_has_no_discussion(draft: Candidature, alice: User, client_of: ClientOf):
    assert client_of(alice).get(talk(draft, code="ADM-99")).status_code == 404


# --- Naming somebody -------------------------------------------------------------------------


def test_a_member_named_is_told_until_they_have_read(draft: Candidature, alice: User, bob: User, client_of: ClientOf):
    page = client_of(alice).post(talk(draft), {"text": "@Bob Durand, relis. @Zoé ?"}, follow=True).content.decode()
    assert "Message envoyé ; Bob Durand en sera averti." in page
    assert "« @Zoé » ne désigne personne de votre équipe" in page
    his = client_of(bob)
    assert "1\u00a0message où vous êtes cité" in his.get("/mes-candidatures/").content.decode()
    assert "@Bob Durand, relis." in his.get("/mes-mentions/").content.decode()
    his.post(talk(draft, "lue"), {"upto": Remark.objects.get().pk})
    assert "où vous êtes cité</a>" not in his.get("/mes-candidatures/").content.decode()
    assert "Aucun message ne vous attend." in his.get("/mes-mentions/").content.decode()


def test_nobody_is_told_of_what_they_wrote_nor_is_a_stranger(
    draft: Candidature, criterion: Criterion, alice: User, charlie: User
):
    said = discussions.say(draft, criterion, "@Alice Martin @Charlie Petit", author=alice)
    assert (said.told, said.unclear, Mention.objects.count()) == ((), ("Charlie",), 0)


def test_who_leaves_the_team_reads_nothing_more(
    draft: Candidature, criterion: Criterion, alice: User, bob: User, client_of: ClientOf
):
    discussions.say(draft, criterion, "@Bob Durand : entre nous.", author=alice)
    leave(bob.memberships.get())
    client = client_of(User.objects.get(pk=bob.pk))
    assert client.get(talk(draft)).status_code == 404
    assert "entre nous" not in client.get("/mes-mentions/").content.decode()


# --- Reading, resolving ----------------------------------------------------------------------


def test_each_person_has_their_own_unread_messages(draft: Candidature, criterion: Criterion, alice: User, bob: User):
    first = discussions.say(draft, criterion, "Un.", author=alice).remark
    discussions.say(draft, criterion, "Deux.", author=alice)
    assert [thread_of(draft, who).unread for who in (alice, bob)] == [0, 2]
    discussions.mark_read(thread_of(draft, bob), bob, first.pk)
    assert [thread_of(draft, who).unread for who in (alice, bob)] == [0, 1]
    discussions.say(draft, criterion, "Trois.", author=bob)
    assert [thread_of(draft, who).unread for who in (alice, bob)] == [1, 0]


def test_reading_never_goes_back_nor_beyond(draft: Candidature, criterion: Criterion, alice: User, bob: User):
    first = discussions.say(draft, criterion, "Un.", author=alice).remark
    last = discussions.say(draft, criterion, "Deux.", author=alice).remark
    thread = thread_of(draft, bob)
    for upto in (last.pk + 1000, first.pk, 0):
        discussions.mark_read(thread, bob, upto)
    assert Reading.objects.get(person=bob).upto == last.pk


def test_a_page_that_is_read_writes_nothing(
    draft: Candidature, criterion: Criterion, alice: User, bob: User, client_of: ClientOf
):
    discussions.say(draft, criterion, "Un.", author=alice)
    page = client_of(bob).get(talk(draft)).content.decode()
    assert "Nouveau" in page
    assert thread_of(draft, bob).unread == 1


def test_a_discussion_is_resolved_once_then_opens_again(
    draft: Candidature, criterion: Criterion, alice: User, bob: User, client_of: ClientOf
):
    discussions.say(draft, criterion, "Un.", author=alice)
    for who in (bob, alice):
        client_of(who).post(talk(draft, "etat"), {"state": "resolue"})
    assert Thread.objects.get().resolved_by == bob
    client_of(alice).post(talk(draft, "etat"), {"state": "rouverte"})
    assert Thread.objects.get().resolved_by is None
    discussions.resolve(Thread.objects.get(), bob)
    discussions.say(draft, criterion, "Deux.", author=alice)
    assert Thread.objects.get().resolved_at is None


@pytest.mark.parametrize("state", ["", "autre"])
def test_an_unknown_state_changes_nothing(
    draft: Candidature, criterion: Criterion, alice: User, client_of: ClientOf, state: str
):
    discussions.say(draft, criterion, "Un.", author=alice)
    page = client_of(alice).post(talk(draft, "etat"), {"state": state}, follow=True).content.decode()
    assert "Dites si la discussion est résolue ou rouverte." in page
    assert Thread.objects.get().resolved_at is None


@pytest.mark.parametrize("upto", ["", "x", "-1", str(2**70)])
def test_a_reading_that_says_nothing_marks_nothing(
    draft: Candidature, criterion: Criterion, alice: User, bob: User, client_of: ClientOf, upto: str
):
    discussions.say(draft, criterion, "Un.", author=alice)
    assert client_of(bob).post(talk(draft, "lue"), {"upto": upto}).status_code == 302
    assert thread_of(draft, bob).unread == 1


# --- For the team alone ----------------------------------------------------------------------

OUTSIDE = ("charlie", "sophie", "emile", "eva", "simone", "marc", "mona", "aude")


@pytest.fixture
def judged(house: House) -> Candidature:
    """A candidature whose report is filed, discussed by its team before and after."""
    alice = house.people["alice"]
    candidature = play.draft(alice, house.version)
    _discuss(candidature, alice)
    play.answer_all(candidature, alice)
    candidature = filing.admit(filing.submit(candidature, actor=alice), actor=house.people["sophie"])
    _discuss(candidature, alice)
    play.assign(candidature, house.people["emile"], actor=house.people["sophie"], lead=True)
    return candidature


def _discuss(candidature: Candidature, author: User) -> None:
    criterion = candidature.sheet.version.criteria.get(code="ADM-02")
    discussions.say(candidature, criterion, f"{SECRET} @Bob Durand", author=author)


@pytest.mark.parametrize("name", OUTSIDE)
def test_nobody_else_reads_a_discussion(house: House, judged: Candidature, client_of: ClientOf, name: str):
    client: Any = client_of(house.people[name])
    assert client.get(talk(judged)).status_code == 404
    for parts in (("lue",), ("etat",)):
        assert client.post(talk(judged, *parts), {"upto": 1, "state": "resolue"}).status_code == 404
    assert client.post(talk(judged), {"text": "Bonjour"}).status_code == 404
    assert Remark.objects.count() == 2


@pytest.mark.parametrize("name", ["sophie", "emile", "aude"])
def test_no_page_of_the_staff_tells_of_it(house: House, judged: Candidature, client_of: ClientOf, name: str):
    client = client_of(house.people[name])
    pages = [
        url(judged),
        url(judged, "historique"),
        url(judged, "criteres", "ADM-02"),
        url(judged, "questionnaires", "demande"),
        reverse("evaluation:judge", args=[judged.reference, "ADM-02"]),
        "/mes-mentions/",
    ]
    read = [client.get(page).content.decode() for page in pages]
    assert [
        page for page, text in zip(pages, read, strict=True) if "Entre nous" in text or "iscussion de l" in text
    ] == []


@pytest.mark.parametrize("name", ["sophie", "aude"])
def test_no_search_finds_it(house: House, judged: Candidature, client_of: ClientOf, name: str):
    client = client_of(house.people[name])
    assert judged.reference in client.get("/instruction/?q=Glyco").content.decode()
    assert judged.reference not in client.get("/instruction/?q=contrat+expire").content.decode()


def test_neither_the_journal_nor_an_act_nor_a_letter_nor_the_dossier_keeps_it(
    house: House, judged: Candidature, drain: Callable[[], int]
):
    lead = house.people["emile"]
    play.judge_all(judged, lead)
    save_draft(judged, synthesis="Bien.", recommendation="Oui.", edition=0, actor=lead)
    conclude(judged, actor=lead)
    drain()
    event = Event.objects.filter(kind="candidature.conclude_evaluation").get()
    kept = [
        *(str(event.data) for event in Event.objects.all()),
        *(str(act.payload) for act in Act.objects.all()),
        *(letter.title + letter.body for letter in Letter.objects.all()),
        str(dossier_at(judged, event)),
    ]
    assert [text for text in kept if "Entre nous" in text] == []
    assert not Event.objects.filter(kind__icontains="discussion").exists()


# --- Lists -----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 4])
def test_the_discussions_of_a_questionnaire_cost_one_query(
    draft: Candidature, alice: User, bob: User, django_assert_num_queries: Any, rows: int
):
    criteria = list(draft.sheet.version.criteria.all())[:rows]
    for criterion in criteria:
        discussions.say(draft, criterion, "Un.", author=alice)
        discussions.say(draft, criterion, "Deux.", author=bob)
    with django_assert_num_queries(1):
        found = [(one.criterion.code, one.number, one.unread) for one in discussions.threads_of(draft, alice)]
    assert found == [(criterion.code, 2, 1) for criterion in criteria]
