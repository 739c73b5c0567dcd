"""« Ce qui a changé depuis ma dernière visite »: by person, what they may read, and only when they say so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from journal.models import Event
from journal.record import record
from questionnaires import sheets
from referencing import filing
from referencing.models import Candidature, ReadingMark
from referencing.news import TOLD, mark_as_read, news_for
from tests import play
from tests.client import HouseClient
from tests.referencing.post import House

ClientOf = Callable[[User], HouseClient]
Count = Callable[[int], object]


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def read_by(person: User, candidature: Candidature) -> None:
    """Mark as read what the page of this person shows now."""
    news = news_for(candidature, person)
    mark_as_read(candidature, person, seen=news.seen, shown_at=news.shown_at)


def told(candidature: Candidature, person: User) -> list[str]:
    return [entry.title for entry in news_for(candidature, person).entries]


def test_nothing_is_listed_before_the_first_mark(house: House) -> None:
    candidature = house.submitted()
    news = news_for(candidature, house.people["sophie"])
    assert (news.since, news.entries, news.seen) == (None, (), Event.objects.latest("seq").seq)


def test_what_others_did_is_told_to_each_from_their_own_mark(house: House) -> None:
    candidature, people = house.submitted(), house.people
    read_by(people["alice"], candidature)
    filing.admit(candidature, actor=people["sophie"])
    assert told(candidature, people["alice"]) == ["Candidature déclarée recevable"]
    assert told(candidature, people["sophie"]) == []
    read_by(people["alice"], candidature)
    assert news_for(candidature, people["alice"]).is_empty


def test_the_agents_are_named_to_agents_only(house: House) -> None:
    candidature, people = house.submitted(), house.people
    for name in ("alice", "aude"):
        read_by(people[name], candidature)
    filing.admit(candidature, actor=people["sophie"])
    assert [entry.who for entry in news_for(candidature, people["alice"]).entries] == ["support GIE SESAM-Vitale"]
    assert [entry.who for entry in news_for(candidature, people["aude"]).entries] == ["Sophie Bernard"]


def test_the_inside_of_the_evaluation_is_told_to_those_who_read_it(house: House) -> None:
    candidature, people = house.assigned(), house.people
    for name in ("alice", "aude"):
        mark_as_read(candidature, people[name], seen=1, shown_at=timezone.now())
    assert "Expert affecté à l'évaluation" in told(candidature, people["aude"])
    assert "Expert affecté à l'évaluation" not in told(candidature, people["alice"])
    assert {right for right, _ in TOLD.values()} == {"read", "read_evaluation", "admit", "answer"}


def test_a_letter_received_since_is_listed(house: House, drain: Callable[[], int]) -> None:
    candidature, people = house.submitted(), house.people
    drain()
    read_by(people["alice"], candidature)
    assert news_for(candidature, people["alice"]).letters == ()
    filing.admit(candidature, actor=people["sophie"])
    drain()
    assert len(news_for(candidature, people["alice"]).letters) == 1
    assert {letter.recipient for letter in news_for(candidature, people["alice"]).letters} == {people["alice"]}


def test_the_answers_filed_since_are_counted_and_can_be_compared(house: House, client_of: ClientOf) -> None:
    candidature, people = house.asked(), house.people
    read_by(people["emile"], candidature)
    play.answer_all(candidature, people["alice"], comment="Voici la politique signée.")
    assert news_for(candidature, people["emile"]).is_empty
    filing.return_complements(candidature, actor=people["alice"])
    filed = news_for(candidature, people["emile"]).filed
    assert filed is not None
    assert (filed.before.name, filed.after.name) == ("Dépôt", "Réponse aux compléments")
    assert (filed.counts.comments, filed.counts.values) == (1, 0)
    page = client_of(people["emile"]).get(url(candidature)).content.decode()
    assert f"{url(candidature, 'comparer')}?de={filed.before.key}&amp;a={filed.after.key}" in page


def test_a_first_depot_has_nothing_to_be_compared_with(house: House) -> None:
    candidature = play.answered(house.people["alice"], house.version)
    read_by(house.people["bob"], candidature)
    filing.submit(candidature, actor=house.people["alice"])
    assert news_for(candidature, house.people["bob"]).filed is None


def test_what_colleagues_write_is_told_to_the_team_alone(house: House) -> None:
    candidature, people = house.asked(), house.people
    for name in ("alice", "bob", "sophie", "emile"):
        read_by(people[name], candidature)
    item = sheets.overview(candidature.sheet).item("SEC-GOV-01")
    assert item is not None
    sheets.save_answer(
        candidature.sheet, item.criterion, value="met", comment="Nouveau.", edition=item.edition, user=people["bob"]
    )
    seen = {name: news_for(candidature, people[name]).answers for name in ("alice", "bob", "sophie", "emile")}
    assert [answer.criterion.code for answer in seen["alice"]] == ["SEC-GOV-01"]
    assert (seen["bob"], seen["sophie"], seen["emile"]) == ((), (), ())


def test_reading_writes_nothing_and_the_button_does(house: House, client_of: ClientOf) -> None:
    candidature, client = house.submitted(), client_of(house.people["sophie"])
    page = client.get(url(candidature)).content.decode()
    assert "J'ai pris connaissance" in page
    assert not ReadingMark.objects.exists()
    shown = news_for(candidature, house.people["sophie"])
    form = {"seen": shown.seen, "shown_at": shown.shown_at.isoformat()}
    response = client.post(url(candidature, "lu"), form)
    assert response.headers["Location"] == url(candidature)
    mark = ReadingMark.objects.get()
    assert (mark.person, mark.seq, mark.at) == (house.people["sophie"], shown.seen, shown.shown_at)
    assert "Rien de nouveau depuis votre dernière visite" in client.get(url(candidature)).content.decode()


def test_what_happened_after_the_page_was_shown_stays_news(house: House) -> None:
    candidature, people = house.submitted(), house.people
    page = news_for(candidature, people["alice"])
    filing.admit(candidature, actor=people["sophie"])
    mark_as_read(candidature, people["alice"], seen=page.seen, shown_at=page.shown_at)
    assert told(candidature, people["alice"]) == ["Candidature déclarée recevable"]


def test_a_mark_never_goes_back_nor_beyond_what_happened(house: House) -> None:
    candidature, sophie = house.submitted(), house.people["sophie"]
    later = timezone.now() + timedelta(days=900)
    mark_as_read(candidature, sophie, seen=10**12, shown_at=later)
    mark = ReadingMark.objects.get()
    assert mark.seq == Event.objects.latest("seq").seq
    assert mark.at < later
    mark_as_read(candidature, sophie, seen=1, shown_at=timezone.now() - timedelta(days=900))
    assert (ReadingMark.objects.get().seq, ReadingMark.objects.get().at) == (mark.seq, mark.at)


@pytest.mark.parametrize("form", [{}, {"seen": "-1", "shown_at": "hier"}, {"seen": "9" * 40}])
def test_a_mark_that_arrives_damaged_is_refused(house: House, client_of: ClientOf, form: dict[str, str]) -> None:
    candidature = house.submitted()
    page = client_of(house.people["sophie"]).post(url(candidature, "lu"), form, follow=True).content.decode()
    assert "rien n&#x27;a été noté" in page
    assert not ReadingMark.objects.exists()


def test_a_stranger_cannot_mark(house: House, client_of: ClientOf) -> None:
    assert client_of(house.people["charlie"]).post(url(house.submitted(), "lu")).status_code == 404


def test_the_news_cost_the_same_whatever_happened(house: House, django_assert_num_queries: Count) -> None:
    candidature, people = house.asked(), house.people
    for name in ("emile", "sophie"):
        mark_as_read(candidature, people[name], seen=1, shown_at=timezone.now())
    play.answer_all(candidature, people["alice"], comment="Voici la politique signée.")
    filing.return_complements(candidature, actor=people["alice"])
    first, second = (User.objects.get(pk=people["sophie"].pk) for _ in range(2))
    everything = 13  # mark, events, rights and roles, letters, acts filed, two photographs, who writes
    with django_assert_num_queries(everything):  # type: ignore[attr-defined]
        news_for(candidature, first)
    with transaction.atomic():
        for _ in range(20):
            record("exchange.accepted", candidature.reference, actor=people["alice"], data={})
    with django_assert_num_queries(everything):  # type: ignore[attr-defined]
        news_for(candidature, second)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        news_for(candidature, people["bob"])
