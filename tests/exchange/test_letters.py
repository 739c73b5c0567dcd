"""Letters about the tests: to the support when there is something to examine, to the team when it is done."""

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from exchange import services
from exchange.models import Milestone
from journal.models import Event, Letter
from tests import play


def react(kind: str) -> set[tuple[str, str]]:
    event = Event.objects.filter(kind=kind).latest("seq")
    for path in settings.REACTIONS[kind]:
        import_string(path)(event.pk)
    return set(Letter.objects.filter(event=event).values_list("kind", "recipient__full_name"))


def text() -> str:
    return Letter.objects.latest("pk").body.replace("\u00a0", " ")


@pytest.fixture
def report(examined, alice, bob, charlie, emile):
    return services.deposit_test_book(
        examined, Milestone.END_TO_END, summary="Vert.", upload=play.a_file("r.txt", b"Recette."), actor=alice
    )


def test_the_support_is_told_of_a_deposit(report):
    for _ in range(2):
        assert react("exchange.deposited") == {("tests_deposited", "Sophie Bernard")}
    assert "pour le jalon « Tests de bout en bout »" in text()
    assert Letter.objects.latest("pk").url == f"/candidatures/{report.candidature.reference}/tests/"


def test_the_team_is_told_what_to_mend(report, sophie):
    services.refuse_test_book(report, motive="Le scénario 3 manque.", actor=sophie)
    team = {("tests_refused", "Alice Martin"), ("tests_refused", "Bob Durand")}
    assert react("exchange.refused") == react("exchange.refused") == team
    assert "Il doit être repris :\n\nLe scénario 3 manque.\n" in text()


def test_the_team_is_told_of_each_acceptance_and_of_what_comes_next(report, alice, sophie):
    services.accept_test_book(report, actor=sophie)
    team = {("tests_accepted", "Alice Martin"), ("tests_accepted", "Bob Durand")}
    assert react("exchange.accepted") == team
    assert "Prochaine étape : le raccordement" in text()
    last = services.deposit_test_book(
        report.candidature, Milestone.CONNECTION, summary="Vert.", upload=play.a_file("c.txt", b"Cahier."), actor=alice
    )
    services.accept_test_book(last, actor=sophie)
    assert react("act.test_book") == team
    assert "C'était le dernier jalon" in text()
