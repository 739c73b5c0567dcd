"""More time for complements: one ask at a time, before the deadline, granted or refused by whoever may."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import User
from journal.models import Event
from questionnaires.models import Version
from referencing import acts, extensions, filing
from referencing.door import Overtaken, Refused, move
from referencing.kinds import ActKind
from referencing.models import Candidature, Extension
from referencing.presenter import timeline
from referencing.reminders import reminders_of, watch
from referencing.working_days import next_working_day
from tests import play
from tests.referencing.post import ITEMS, House, body, react, to

State = Extension.State


def due() -> date:
    return next_working_day(timezone.localdate() + timedelta(days=20))


def later() -> date:
    return next_working_day(due() + timedelta(days=15))


@pytest.fixture
def asked(alice: User, sophie: User, emile: User, simple_version: Version) -> Candidature:
    """Complements are awaited, in twenty days."""
    file = play.assigned(alice, simple_version, sophie, emile)
    return move(file, "request_complements", actor=emile, payload={"items": ITEMS, "deadline": due().isoformat()})


def ask(file: Candidature, actor: User, **more: object) -> Extension:
    given = {"until": later(), "motive": "Notre prestataire est en congé."} | more
    return extensions.ask(file, actor=actor, **given)  # type: ignore[arg-type]


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.sentence.replace("\u00a0", " ") for reason in refused.value.refusals]


def test_an_ask_is_kept_and_told(asked: Candidature, bob: User):
    wanted = ask(asked, bob)
    assert extensions.pending(asked) == wanted
    assert (wanted.deadline, wanted.until, wanted.round, wanted.state) == (due(), later(), 1, State.PENDING)
    event = Event.objects.get(kind="candidature.extension_asked")
    assert (event.actor, event.data["extension"]) == (bob, wanted.pk)
    assert "congé" not in str(event.data)


def test_one_waits_at_a_time(asked: Candidature, alice: User, bob: User):
    ask(asked, bob)
    with pytest.raises(Refused) as refused:
        ask(asked, alice)
    assert reasons(refused) == ["Votre demande de délai précédente attend encore une réponse."]
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            candidature=asked,
            round=1,
            deadline=due(),
            until=later(),
            motive="x",
            asked_by=alice,
            asked_at=timezone.now(),
        )


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"motive": "  "}, "Dites pourquoi il vous faut plus de temps."),
        ({"motive": "a" * 5_001}, "Ce motif compte 5 001 caractères : 5 000 caractères au plus."),
        ({"until": date(2020, 1, 2)}, "La nouvelle date doit venir après l'échéance actuelle"),
    ],
)
def test_a_bad_ask_is_one_sentence(asked: Candidature, alice: User, more: dict[str, object], words: str):
    with pytest.raises(Refused) as refused:
        ask(asked, alice, **more)
    (sentence,) = reasons(refused)
    assert words in sentence.replace("\u202f", " ")
    assert Extension.objects.count() == 0


def test_a_day_that_is_not_worked_is_refused_with_the_next(asked: Candidature, alice: User):
    saturday = later() + timedelta(days=(5 - later().weekday()) % 7)
    with pytest.raises(Refused) as refused:
        ask(asked, alice, until=saturday)
    assert "le jour ouvré suivant est le lundi" in reasons(refused)[0]


def test_it_is_asked_before_the_deadline_only(asked: Candidature, alice: User):
    Candidature.objects.filter(pk=asked.pk).update(deadline=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused) as refused:
        ask(asked, alice)
    assert "est passée : répondez au plus vite, ou écrivez-nous." in reasons(refused)[0]


def test_on_the_very_last_day_it_may_still_be_asked(asked: Candidature, alice: User):
    Candidature.objects.filter(pk=asked.pk).update(deadline=timezone.localdate())
    assert ask(asked, alice).state == State.PENDING


def test_nobody_else_asks(asked: Candidature, charlie: User, sophie: User):
    for person in (charlie, sophie):
        with pytest.raises(Refused) as refused:
            ask(asked, person)
        assert reasons(refused) == ["Seule l'équipe de l'éditeur peut demander un délai."]


def test_granted_the_deadline_moves_and_only_it(asked: Candidature, alice: User, sophie: User):
    wanted = ask(asked, alice)
    moved = extensions.grant(asked, until=later(), answer="Entendu.", actor=sophie, asked=wanted)
    assert (moved.stage, moved.round, moved.deadline) == (asked.stage, asked.round, later())
    wanted.refresh_from_db()
    assert (wanted.state, wanted.granted_until, wanted.answered_by) == (State.GRANTED, later(), sophie)
    assert acts.latest(moved, ActKind.EXTENSION) == {
        "deadline": later().isoformat(),
        "previous": due().isoformat(),
        "motive": "Notre prestataire est en congé.",
        "answer": "Entendu.",
        "asked": wanted.pk,
    }
    assert [r.criterion.code for r in moved.sheet.reopenings.all()] == ["SEC-GOV-01"]
    assert extensions.pending(moved) is None


def test_another_date_may_be_granted_and_asked_for_again_after(asked: Candidature, alice: User, emile: User):
    shorter = next_working_day(due() + timedelta(days=3))
    moved = extensions.grant(asked, until=shorter, answer="", actor=emile, asked=ask(asked, alice))
    assert moved.deadline == shorter
    assert ask(moved, alice).deadline == shorter


def test_time_may_be_given_unasked_with_a_reason(asked: Candidature, sophie: User):
    with pytest.raises(Refused) as refused:
        extensions.grant(asked, until=later(), answer="", actor=sophie, asked=None)
    assert reasons(refused) == ["Dites pourquoi vous prolongez le délai : l'éditeur le lira."]
    moved = extensions.grant(asked, until=later(), answer="Panne du site.", actor=sophie, asked=None)
    assert (acts.latest(moved, ActKind.EXTENSION) or {})["motive"] == "Panne du site."


def test_what_was_just_asked_is_not_passed_over(asked: Candidature, alice: User, sophie: User):
    ask(asked, alice)
    with pytest.raises(Refused) as refused:
        extensions.grant(asked, until=later(), answer="Panne.", actor=sophie, asked=None)
    assert reasons(refused) == ["L'éditeur vient de demander un délai : répondez à sa demande."]


def test_a_refusal_says_why_and_leaves_the_deadline(asked: Candidature, alice: User, sophie: User):
    wanted = ask(asked, alice)
    with pytest.raises(Refused) as refused:
        extensions.refuse(wanted, answer=" ", actor=sophie)
    assert reasons(refused) == ["Écrivez le motif du refus : l'éditeur le lira."]
    extensions.refuse(wanted, answer="Une séance approche.", actor=sophie)
    wanted.refresh_from_db()
    asked.refresh_from_db()
    assert (wanted.state, wanted.answer, asked.deadline) == (State.REFUSED, "Une séance approche.", due())
    assert ask(asked, alice).state == State.PENDING


@pytest.mark.parametrize("who", ["eva", "alice"])
def test_only_support_and_the_lead_answer(asked: Candidature, alice: User, who: str, request: pytest.FixtureRequest):
    wanted, person = ask(asked, alice), request.getfixturevalue(who)
    with pytest.raises(Refused):
        extensions.refuse(wanted, answer="Non.", actor=person)
    with pytest.raises(Refused):
        extensions.grant(asked, until=later(), answer="", actor=person, asked=wanted)
    wanted.refresh_from_db()
    assert wanted.state == State.PENDING


def test_an_answer_comes_once(asked: Candidature, alice: User, sophie: User, emile: User):
    wanted = ask(asked, alice)
    extensions.refuse(wanted, answer="Non.", actor=sophie)
    with pytest.raises(Refused) as refused:
        extensions.grant(asked, until=later(), answer="", actor=emile, asked=wanted)
    assert reasons(refused) == [extensions.ANSWERED]


def test_the_page_of_before_does_not_grant(asked: Candidature, sophie: User):
    extensions.grant(asked, until=later(), answer="Panne.", actor=sophie, asked=None, seen=asked.version)
    with pytest.raises(Overtaken):
        extensions.grant(asked, until=later(), answer="Panne.", actor=sophie, asked=None, seen=asked.version)


def test_once_answered_the_request_an_ask_has_no_object(asked: Candidature, alice: User, sophie: User):
    wanted = ask(asked, alice)
    play.answer_all(asked, alice, comment="Voici la politique signée.")
    back = filing.return_complements(asked, actor=alice)
    assert extensions.pending(back) is None
    with pytest.raises(Refused):
        extensions.grant(back, until=later(), answer="", actor=sophie, asked=wanted)
    with pytest.raises(Refused):
        ask(back, alice)


def test_reminders_start_again_from_the_new_deadline(asked: Candidature, alice: User, sophie: User):
    watch(due() - timedelta(days=7))
    assert reminders_of(asked).count() == 1
    moved = extensions.grant(asked, until=later(), answer="", actor=sophie, asked=ask(asked, alice))
    assert watch(due() - timedelta(days=2)) == (0, 0)
    assert watch(later() - timedelta(days=7)) == (1, 0)
    assert [event.data["deadline"] for event in reminders_of(moved)] == [later().isoformat()]


def test_nothing_expires_while_an_ask_waits(asked: Candidature, alice: User):
    ask(asked, alice)
    Candidature.objects.filter(pk=asked.pk).update(deadline=timezone.localdate() - timedelta(days=3))
    with pytest.raises(Refused) as refused:
        move(asked, "expire", actor=None, payload={"deadline": "", "reminders": 2})
    assert "L'éditeur a demandé un délai : répondez-lui d'abord." in reasons(refused)


def test_the_editor_reads_the_role_of_who_answered(asked: Candidature, alice: User, sophie: User):
    extensions.refuse(ask(asked, alice), answer="Non.", actor=sophie)
    told = [(entry.title, entry.who) for entry in timeline(asked, alice)][:2]
    assert told == [
        ("Délai supplémentaire refusé", "support GIE SESAM-Vitale"),
        ("Délai supplémentaire demandé", "Alice Martin"),
    ]


def test_letters_go_to_whoever_acts_next(house: House):
    file, people = house.asked(), house.people
    wanted = ask(file, people["alice"], until=later() + timedelta(days=28))
    assert to(react("candidature.extension_asked")) == {"extension_asked": {"sophie", "emile"}}
    assert "Notre prestataire est en congé." in body("candidature.extension_asked", "extension_asked", "sophie")
    extensions.refuse(wanted, answer="Une séance approche.", actor=people["sophie"])
    assert to(react("candidature.extension_refused")) == {"extension_refused": {"alice", "bob"}}
    assert "Une séance approche." in body("candidature.extension_refused", "extension_refused")
    again = next_working_day(later() + timedelta(days=28))
    extensions.grant(file, until=again, answer="Bon courage.", actor=people["sophie"], asked=None)
    assert to(react("candidature.extend_deadline")) == {"extended": {"alice", "bob"}}
    assert "Bon courage." in body("candidature.extend_deadline", "extended")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_is_told(alice: User, sophie: User, emile: User, simple_version: Version):
    file = play.assigned(alice, simple_version, sophie, emile)
    payload = {"items": ITEMS, "deadline": due().isoformat()}
    file = move(file, "request_complements", actor=emile, payload=payload)
    wanted = ask(file, alice)
    results = together(
        lambda: extensions.grant(file, until=later(), answer="", actor=sophie, asked=wanted),
        lambda: extensions.refuse(wanted, answer="Non.", actor=emile),
    )
    wanted.refresh_from_db()
    file.refresh_from_db()
    assert sorted(results) == ["done", "refused"]
    assert (wanted.state, file.deadline) in {(State.GRANTED, later()), (State.REFUSED, due())}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_many_asks_at_once_one_waits(alice: User, bob: User, sophie: User, emile: User, simple_version: Version):
    file = play.assigned(alice, simple_version, sophie, emile)
    payload = {"items": ITEMS, "deadline": due().isoformat()}
    file = move(file, "request_complements", actor=emile, payload=payload)
    results = together(*[lambda person=person: ask(file, person) for person in (alice, bob, alice, bob)])  # type: ignore[misc]
    assert sorted(results) == ["done", "refused", "refused", "refused"]
    assert Extension.objects.count() == 1


def together(*gestures: Callable[[], object]) -> list[str]:
    """Do everything at once, each in a thread of its own; return how each ended."""
    start, results = threading.Barrier(len(gestures)), []

    def play_one(gesture: Callable[[], object]) -> None:
        try:
            start.wait()
            gesture()
            results.append("done")
        except (Refused, Overtaken):
            results.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=play_one, args=(gesture,)) for gesture in gestures]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
