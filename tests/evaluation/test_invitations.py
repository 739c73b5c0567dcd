"""The expert answers: accepts and declares no interest, declines, or declares one and withdraws for good."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.models import User
from accounts.services import join
from evaluation.assignments import propose, unassign
from evaluation.invitations import AnsweredMeanwhile, accept, decline, recuse, statement_for
from evaluation.models import Assignment, Reply
from evaluation.reminders import due_kind, watch
from journal.models import Event, Letter
from questionnaires.models import Version
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from referencing.working_days import add_working_days
from tests import play
from tests.evaluation import steps


@pytest.fixture
def bare(alice: User, sophie: User, simple_version: Version) -> Candidature:
    """In evaluation, without any expert."""
    return play.in_evaluation(alice, simple_version, sophie)


@pytest.fixture
def invited(bare: Candidature, eva: User, sophie: User) -> Assignment:
    return propose(bare, eva, actor=sophie, lead=True, domains=["securite"])


@pytest.fixture
def page(invited: Assignment) -> str:
    return reverse("evaluation:invitation", args=[invited.pk])


def kinds() -> list[str]:
    return list(Event.objects.filter(kind__startswith="evaluation.").order_by("seq").values_list("kind", flat=True))


def test_accepting_keeps_the_sentence_that_was_attested(invited: Assignment, bare: Candidature, eva: User):
    accept(invited)
    reply = Reply.objects.get()
    assert (reply.expert, reply.kind, reply.statement) == (eva, "accepted", statement_for(bare))
    assert "avec « Glyco SAS » (SIREN 732829320)" in reply.statement
    assert kinds() == ["evaluation.proposed", "evaluation.declared", "evaluation.accepted"]


def test_declining_asks_why_and_leaves_the_expert_free_for_another_time(
    invited: Assignment, bare: Candidature, eva: User, sophie: User
):
    with pytest.raises(Refused, match="Dites en une phrase pourquoi vous déclinez"):
        decline(invited, motive="  ")
    decline(invited, motive="Congé.")
    assert (Assignment.objects.count(), Reply.objects.get().text) == (0, "Congé.")
    assert not propose(bare, eva, actor=sophie).is_active


def test_a_declared_interest_is_final_and_its_words_stay_out_of_the_journal(
    invited: Assignment, bare: Candidature, eva: User, sophie: User
):
    recuse(invited, interest="Mon frère y travaille.")
    assert kinds()[-1] == "evaluation.recused"
    assert "frère" not in str(list(Event.objects.values_list("data", flat=True)))
    with pytest.raises(Refused, match="S'est déporté de cette candidature"):
        propose(bare, eva, actor=sophie, motive="Tant pis.")


def test_another_file_of_the_same_editor_asks_for_a_motive_then(
    invited: Assignment, alice: User, eva: User, sophie: User, simple_version: Version
):
    recuse(invited, interest="Mon frère y travaille.")
    other = play.in_evaluation(alice, simple_version, sophie, name="Glyco Deux")
    with pytest.raises(Refused, match="S'est déporté d'une autre candidature de cet éditeur"):
        propose(other, eva, actor=sophie)
    assert propose(other, eva, actor=sophie, motive="Le frère est parti.").motive


def test_who_joined_the_team_meanwhile_cannot_accept(invited: Assignment, bare: Candidature, eva: User):
    join(eva, bare.organisation, profiles=[])
    with pytest.raises(Refused, match="Fait partie de l'équipe de l'éditeur"):
        accept(invited)
    assert not access.may(User.objects.get(pk=eva.pk), "judge", bare)


def test_an_answer_to_a_proposition_taken_back_is_too_late(invited: Assignment, sophie: User):
    unassign(Assignment.objects.get(), actor=sophie)
    for late in (lambda: accept(invited), lambda: decline(invited, motive="x"), lambda: recuse(invited, interest="x")):
        with pytest.raises(AnsweredMeanwhile):
            late()
    assert Reply.objects.count() == 0


def test_the_database_itself_wants_words_and_one_recusal(invited: Assignment, bare: Candidature, eva: User):
    common = {"candidature": bare, "expert": eva, "at": invited.assigned_at}
    for name, wrong in (
        ("reply_says_why", {"kind": "declined"}),
        ("reply_attests", {"kind": "accepted"}),
        ("reply_kind_known", {"kind": "rien", "text": "x", "statement": "x"}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Reply.objects.create(**common, **wrong)
    Reply.objects.create(**common, kind="recused", text="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(**common, kind="recused", text="y")


# --- The page ------------------------------------------------------------------------------------
def test_the_page_says_the_title_the_editor_the_size_and_the_day(client_of: steps.ClientOf, eva: User, page: str):
    shown = client_of(eva).get(page).text
    for words in (
        "Évaluer « Glyco » ?",
        "éditeur : Glyco SAS, SIREN 732829320",
        "Sécurité (1\u00a0critère)",
        "coordination",
    ):
        assert words in shown, words


def test_accepting_on_the_page_opens_the_grid(client_of: steps.ClientOf, eva: User, page: str, bare: Candidature):
    answer = client_of(eva).post(page, {"answer": "accept", "accept-attests": "on"})
    assert answer.url == steps.url("grid", bare)
    assert client_of(eva).get(answer.url).status_code == 200
    assert client_of(eva).get(page).status_code == 404


def test_each_wrong_answer_is_one_sentence_and_what_was_typed_is_kept(client_of: steps.ClientOf, eva: User, page: str):
    client = client_of(eva)
    for data, sentence in (
        ({"answer": "accept"}, "Cochez la déclaration pour accepter ; si elle n'est pas vraie, déclarez un intérêt."),
        ({"answer": "decline", "decline-motive": " "}, "Dites en une phrase pourquoi vous déclinez"),
        ({"answer": "recuse"}, "Dites en une phrase quel lien vous avez avec l'éditeur."),
        ({"answer": "recuse", "recuse-interest": "é" * 200_000}, "Ce texte compte 200\u00a0000 caractères"),
        ({"answer": "peut-être"}, "Choisissez l'une des trois réponses."),
    ):
        answer = client.post(page, data)
        assert (answer.status_code, sentence in answer.text.replace("&#x27;", "'")) == (422, True), data["answer"]
    assert client.post(page, {"answer": "recuse", "recuse-interest": "é" * 200_000}).text.count("é" * 200_000) == 1
    assert Assignment.objects.proposed().count() == 1


def test_markup_in_a_motive_is_shown_to_support_as_it_was_typed(
    client_of: steps.ClientOf, eva: User, sophie: User, page: str, bare: Candidature
):
    client_of(eva).post(page, {"answer": "decline", "decline-motive": "<b>{{ x }}</b>"})
    assert "&lt;b&gt;{{ x }}&lt;/b&gt;" in client_of(sophie).get(steps.url("assign", bare)).text


def test_withdrawing_says_nothing_of_the_file(client_of: steps.ClientOf, eva: User, page: str):
    answer = client_of(eva).post(page, {"answer": "recuse", "recuse-interest": "Un ami."}, follow=True)
    assert answer.redirect_chain == [(reverse("evaluation:mine"), 302)]
    assert "Votre déport est enregistré" in answer.text
    assert "Glyco" not in answer.text


def test_the_page_of_another_expert_is_none(client_of: steps.ClientOf, emile: User, sophie: User, page: str):
    assert [client_of(user).get(page).status_code for user in (emile, sophie)] == [404, 404]


# --- Support is told, the clock reminds ----------------------------------------------------------
def test_support_is_told_who_declined_or_withdrew(invited: Assignment, sophie: User, eva: User, drain, bare):  # type: ignore[no-untyped-def]
    decline(invited, motive="Trop de dossiers.")
    drain()
    letter = Letter.objects.get(kind="expert_declined")
    assert (letter.recipient, letter.url) == (sophie, steps.url("assign", bare))
    assert "Motif : Trop de dossiers." in letter.body
    recuse(propose(bare, eva, actor=sophie), interest="Secret de famille.")
    drain()
    assert "Secret de famille" not in Letter.objects.get(kind="expert_recused").body


@pytest.mark.parametrize(
    ("days_before", "proposed_before", "expected"),
    [
        (3, 7, ""),
        (2, 7, "evaluation.reminded"),
        (0, 7, "evaluation.reminded"),
        (-1, 7, "evaluation.unanswered"),
        (1, 2, ""),
        (-1, 0, "evaluation.unanswered"),
    ],
)
def test_a_reminder_two_days_before_then_a_word_to_support(days_before: int, proposed_before: int, expected: str):
    due = date(2026, 3, 10)
    today = due - timedelta(days=days_before)
    assert due_kind(due, due - timedelta(days=proposed_before), today, 2) == expected


def test_the_clock_tells_each_thing_once(invited: Assignment, eva: User, sophie: User, drain):  # type: ignore[no-untyped-def]
    assert invited.answer_by == add_working_days(invited.assigned_at.date(), 5)
    for days in (-2, -1, 1, 2):
        watch(invited.answer_by + timedelta(days=days))
    assert kinds() == ["evaluation.proposed", "evaluation.reminded", "evaluation.unanswered"]
    drain()
    told = dict(Letter.objects.filter(kind__startswith="expert_").values_list("kind", "recipient"))
    assert told == {"expert_proposed": eva.pk, "expert_reminded": eva.pk, "expert_unanswered": sophie.pk}


def test_the_clock_leaves_in_peace_who_has_accepted(invited: Assignment):
    accept(invited)
    assert watch((invited.answer_by or date.max) + timedelta(days=1)) == 0


# --- Two at once ---------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_an_acceptance_and_a_withdrawal_by_support_at_once_no_right_survives_the_row(
    alice: User, sophie: User, eva: User, simple_version: Version
):
    file = play.in_evaluation(alice, simple_version, sophie)
    made = propose(file, eva, actor=sophie)
    start = threading.Barrier(2)

    def run(act: object) -> None:
        try:
            start.wait()
            act()  # type: ignore[operator]
        except AnsweredMeanwhile:
            pass
        finally:
            connection.close()

    taken_off = Assignment.objects.select_related("candidature", "expert").get(pk=made.pk)
    acts = (lambda: accept(made), lambda: unassign(taken_off, actor=sophie))
    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Assignment.objects.count() == 0
    assert list(access.visible_to(User.objects.get(pk=eva.pk))) == []
