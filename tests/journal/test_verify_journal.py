"""`manage.py verify_journal`, on a journal that someone who owns the database has tampered with."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from journal.chain import GENESIS, Row
from journal.models import Event, Head
from tests.journal.chains import link
from tests.journal.tamper import tampering

Happen = Callable[..., Event]


@pytest.fixture
def events(happen: Happen) -> list[Event]:
    return [happen(rank=rank) for rank in range(1, 6)]


def verify(*arguments: str) -> tuple[int, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("verify_journal", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), err.getvalue()
    return 0, out.getvalue()


def test_an_intact_journal_is_said_intact(events: list[Event]) -> None:
    assert verify() == (0, f"5 événements vérifiés, chaîne intacte, tête 5 {events[4].hash}\n")


def test_one_event_is_said_in_the_singular(happen: Happen) -> None:
    event = happen()

    assert verify() == (0, f"1 événement vérifié, chaîne intacte, tête 1 {event.hash}\n")


def test_an_empty_journal_is_intact(db: None) -> None:
    assert verify() == (0, f"0 événement vérifié, chaîne intacte, tête 0 {GENESIS}\n")


def test_an_edited_event_is_named(events: list[Event]) -> None:
    with tampering():
        Event.objects.filter(seq=3).update(data={"rank": 33})

    assert verify() == (1, "L'événement 3 a été modifié : son contenu ne correspond plus à son empreinte.\n")


def test_an_event_deleted_in_the_middle_is_named(events: list[Event]) -> None:
    with tampering():
        Event.objects.filter(seq=2).delete()

    assert verify() == (1, "L'événement 2 manque.\n")


def test_a_tail_deleted_is_named(events: list[Event]) -> None:
    with tampering():
        Event.objects.filter(seq__gte=4).delete()

    assert verify() == (1, "La fin du journal a été coupée : les événements 4 à 5 manquent.\n")


def test_a_truncated_table_is_named(events: list[Event]) -> None:
    with tampering():
        Event.objects.all().delete()

    assert verify() == (1, "La fin du journal a été coupée : les événements 1 à 5 manquent.\n")


def test_an_event_inserted_is_named(events: list[Event]) -> None:
    last = Row(*Event.objects.values_list(*Row._fields).get(seq=5))
    forged = link(last, 6, actor_id=None)
    Event.objects.create(**forged._asdict())

    assert verify() == (1, "L'événement 6 a été inséré : aucun autre ne mène à lui.\n")


def test_events_reordered_are_named(events: list[Event]) -> None:
    with tampering():
        Event.objects.filter(seq=2).update(seq=99)
        Event.objects.filter(seq=3).update(seq=2)
        Event.objects.filter(seq=99).update(seq=3)

    assert verify() == (
        1,
        "L'événement 2 a changé de place : il portait le numéro 3.\n"
        "L'événement 3 a changé de place : il portait le numéro 2.\n",
    )


def test_an_event_renumbered_is_named(events: list[Event]) -> None:
    with tampering():
        Event.objects.filter(seq=2).update(seq=F("seq") + 40)

    assert verify() == (1, "L'événement 42 a changé de place : il portait le numéro 2.\n")


def test_a_lost_head_is_named(events: list[Event]) -> None:
    Head.objects.all().delete()

    assert verify() == (1, "La tête du journal a disparu.\n")


def test_a_journal_rewritten_with_its_head_is_caught_by_a_head_noted_earlier(events: list[Event]) -> None:
    noted = str(Head.objects.get())
    with tampering():
        Event.objects.all().delete()
        row = None
        for seq in range(1, 6):
            row = link(row, seq, actor_id=None)
            Event.objects.create(**row._asdict())
        Head.objects.update(hash=row.hash)  # type: ignore[union-attr]

    assert verify()[0] == 0
    assert verify("--expect", noted) == (
        1,
        f"L'événement 5 d'empreinte {events[4].hash}, relevé plus tôt, n'est plus dans le journal.\n",
    )


def test_a_head_noted_earlier_is_still_in_a_longer_chain(events: list[Event], happen: Happen) -> None:
    noted = str(Head.objects.get())
    last = happen()

    expected = (0, f"6 événements vérifiés, chaîne intacte, tête 6 {last.hash}\n")
    assert verify("--expect", noted, "--expect", f"0:{GENESIS}") == expected


@pytest.mark.parametrize("mark", ["12", "12:abc", f"douze:{GENESIS}"])
def test_a_mark_that_is_not_one_is_refused(db: None, mark: str) -> None:
    with pytest.raises(CommandError, match="n'a pas la forme NUMÉRO:EMPREINTE"):
        call_command("verify_journal", "--expect", mark)


def test_the_command_reads_by_one_statement(
    events: list[Event], django_assert_num_queries: Callable[..., object]
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        verify()
