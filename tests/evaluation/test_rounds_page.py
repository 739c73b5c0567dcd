"""The history of the rounds: what was asked, what came back, what it became, for each side."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from evaluation.rounds import rounds_of, shared_out
from evaluation.values import Value
from journal.models import Event, Letter
from referencing import extensions, filing, letters
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from referencing.reminders import REMINDER, watch
from referencing.working_days import next_working_day
from tests import play
from tests.evaluation import steps
from tests.evaluation.test_pages import queries

ROUNDS_INSIDE, ROUNDS_OUTSIDE = 26, 20


def later() -> Any:
    return next_working_day(steps.soon() + timedelta(days=10))


def a_round(file: Candidature, emile: User, alice: User, *codes: str, comment: str) -> Candidature:
    for code in codes:
        steps.ask(file, code, emile, expected=f"De quoi conclure sur {code}.")
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    for code in codes:
        steps.rewrite(asked, code, alice, comment)
    return steps.give_back(asked, alice)


@pytest.fixture
def twice(file: Candidature, emile: User, alice: User) -> Candidature:
    """Two rounds: ADM-02 and URB-HEB-01, then ADM-02 again; judged after each."""
    back = a_round(file, emile, alice, "ADM-02", "URB-HEB-01", comment="Signé.")
    steps.say(back, "URB-HEB-01", emile)
    again = a_round(back, emile, alice, "ADM-02", comment="Signé par la présidente.")
    steps.say(again, "ADM-02", emile, Value.MINOR_RESERVE, motive="MOTIF-INTERNE")
    return again


def test_each_round_says_what_came_back_on_what_was_asked(twice: Candidature, emile: User):
    last, first = rounds_of(twice, emile)
    assert (last.rank, first.rank, last.others, first.others) == (2, 1, 0, 0)
    assert [item.code for item in first.items] == ["ADM-02", "URB-HEB-01"]
    (item,) = last.items
    assert item.expected == "De quoi conclure sur ADM-02."
    assert item.change is not None
    assert (item.change.comment_changed, item.change.value_changed, item.change.proofs) == (True, False, ())
    assert [one.value for one in (item.verdict,) if one] == [Value.MINOR_RESERVE]
    assert [one.verdict.value if one.verdict else None for one in first.items] == [Value.COMPLEMENT_NEEDED, Value.MET]


def test_the_editor_reads_neither_verdicts_nor_names(twice: Candidature, alice: User, emile: User):
    assert [item.verdict for one in rounds_of(twice, alice) for item in one.items] == [None, None, None]


def test_the_page_tells_each_side_its_own(
    client_of: steps.ClientOf, twice: Candidature, alice: User, emile: User, charlie: User
):
    page = steps.url("rounds", twice)
    inside, outside = client_of(emile).get(page).text, client_of(alice).get(page).text
    for words in ("Demande n° 2", "De quoi conclure sur ADM-02.", "Aucun autre critère n'a changé.", "présidente"):
        assert words in inside
        assert words in outside
    assert ("MOTIF-INTERNE" in inside, "MOTIF-INTERNE" in outside) == (True, False)
    assert ("Réserve mineure" in inside, "Réserve mineure" in outside) == (True, False)
    assert ("par Émile Roux" in inside, "Émile Roux" in outside) == (True, False)
    assert client_of(charlie).get(page).status_code == 404


def test_nothing_of_what_is_being_written_is_shown(
    client_of: steps.ClientOf, file: Candidature, alice: User, emile: User
):
    steps.ask(file, "ADM-02", emile)
    asked = steps.send(file, emile)
    steps.rewrite(asked, "ADM-02", alice, "BROUILLON")
    text = client_of(emile).get(steps.url("rounds", asked)).text
    assert "BROUILLON" not in text
    assert "attendue ; le délai d'évaluation est suspendu depuis la demande" in text


def test_deadlines_extensions_and_reminders_are_told(
    client_of: steps.ClientOf, file: Candidature, alice: User, emile: User, sophie: User
):
    steps.ask(file, "ADM-02", emile)
    asked = steps.send(file, emile)
    watch(steps.soon() - timedelta(days=2))
    letters.remind(Event.objects.get(kind=REMINDER).pk)
    Letter.objects.filter(kind="reminder").update(sent_at=timezone.now())
    wanted = extensions.ask(asked, until=later(), motive="Congés de notre prestataire.", actor=alice)
    extensions.grant(asked, until=later(), answer="Entendu.", actor=sophie, asked=wanted)
    (one,) = rounds_of(asked, emile)
    assert (one.deadline, [reminder.step for reminder in one.reminders]) == (later().isoformat(), ["J-2"])
    text = client_of(alice).get(steps.url("rounds", asked)).text
    for words in ("prolongée au", "Congés de notre prestataire.", "Réponse : Entendu.", "Rappel J-2"):
        assert words in text
    assert "Sophie" not in text
    assert "par Sophie Bernard" in client_of(emile).get(steps.url("rounds", asked)).text


def test_a_request_that_ends_without_an_answer_says_so(file: Candidature, alice: User, emile: User):
    steps.ask(file, "ADM-02", emile)
    asked = steps.send(file, emile)
    filing.withdraw(asked, motive="Nous arrêtons.", actor=alice)
    (one,) = rounds_of(asked, emile)
    assert (one.returned, one.closing.kind if one.closing else "") == (None, ActKind.WITHDRAWAL)


def test_a_file_never_asked_for_anything_says_so(client_of: steps.ClientOf, file: Candidature, emile: User):
    assert "Aucun complément n'a été demandé" in client_of(emile).get(steps.url("rounds", file)).text


def test_the_page_takes_as_many_queries_for_two_rounds_as_for_one(
    client_of: steps.ClientOf, file: Candidature, alice: User, emile: User
):
    back = a_round(file, emile, alice, "ADM-02", comment="Signé.")
    page = steps.url("rounds", file)
    for reader, number in ((emile, ROUNDS_INSIDE), (alice, ROUNDS_OUTSIDE)):
        assert queries(client_of(reader), page) == number
    a_round(back, emile, alice, "ADM-02", "URB-HEB-01", "SEC-GOV-01", comment="Encore.")
    for reader, number in ((emile, ROUNDS_INSIDE), (alice, ROUNDS_OUTSIDE)):
        assert queries(client_of(reader), page) == number


def act(kind: ActKind, number: int, **payload: Any) -> Act:
    return SimpleNamespace(kind=kind, round=number, payload=payload)  # type: ignore[return-value]


def test_acts_are_shared_out_in_order():
    first = act(ActKind.FILING, 1, sheet={"of": "A"})
    asked = act(ActKind.COMPLEMENT_REQUEST, 1)
    longer = act(ActKind.EXTENSION, 1)
    back = act(ActKind.COMPLEMENT_RETURN, 2, sheet={"of": "B"})
    again = act(ActKind.COMPLEMENT_REQUEST, 2)
    gone = act(ActKind.EXPIRY, 2)
    one, two = shared_out([first, asked, longer, back, again, gone])
    assert (dict(one.before), one.extended, one.closing, one.returned) == ({"of": "A"}, [longer], back, back)
    assert (dict(two.before), two.extended, two.closing, two.returned) == ({"of": "B"}, [], gone, None)


def test_a_withdrawal_outside_a_request_closes_nothing():
    assert shared_out([act(ActKind.FILING, 1, sheet={"of": "A"}), act(ActKind.WITHDRAWAL, 1)]) == []
