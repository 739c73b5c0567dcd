"""A scrutin from its opening to its count: who may, once, and before it closes."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from commission import recusals, voting
from commission.attendance import Entry, call_roll
from commission.kinds import Choice, Mode
from commission.models import Ballot, Poll
from journal.models import Event
from referencing.door import Refused
from tests import sittings

RESERVE = {"text": "Publier le schéma des données.", "suspensive": False, "deadline": "2027-01-31"}
BLOCKING = {"text": "Chiffrer les sauvegardes.", "suspensive": True, "deadline": "2026-12-31"}


@pytest.fixture
def poll(item, simone) -> Poll:
    return voting.open_poll(item, proposition="favourable", actor=simone)


def sentence_of(refused) -> str:
    (refusal,) = refused.value.refusals
    return refusal.sentence


# --- Opening --------------------------------------------------------------------------------


def test_a_proposition_is_put_to_the_vote_with_numbered_reserves(item, nine, simone):
    poll = voting.open_poll(item, proposition="favourable_suspensive", reserves=[RESERVE, BLOCKING], actor=simone)
    assert poll.reserves == [{**RESERVE, "id": "R1"}, {**BLOCKING, "id": "R2"}]
    assert (poll.presiding, poll.is_open) == (nine[0], True)


@pytest.mark.parametrize(
    ("proposition", "reserves", "sentence"),
    [
        (
            "favourable",
            [RESERVE],
            "Cet avis ne porte pas de réserves : retirez-les ou choisissez un avis avec réserves.",
        ),
        ("favourable_reserves", [], "Écrivez au moins une réserve."),
        ("favourable_suspensive", [RESERVE], "Déclarez suspensive au moins une réserve."),
        ("oui", [], "Choisissez l'un des quatre avis possibles."),
    ],
)
def test_a_proposition_that_does_not_hold_is_refused(item, simone, proposition, reserves, sentence):
    with pytest.raises(Refused) as refused:
        voting.open_poll(item, proposition=proposition, reserves=reserves, actor=simone)
    assert sentence_of(refused) == sentence


def test_one_vote_at_a_time(item, poll, simone):
    with pytest.raises(Refused, match="Un vote est déjà ouvert sur ce point"):
        voting.open_poll(item, proposition="unfavourable", actor=simone)


def test_no_vote_without_quorum(item, nine, simone):
    for member in nine[:3]:
        recusals.declare_recusal(item, member, motive="Intérêt personnel.", actor=simone)
    with pytest.raises(Refused) as refused:
        voting.open_poll(item, proposition="favourable", actor=simone)
    assert sentence_of(refused) == (
        "Quorum non atteint : 3 membres présents ou représentés sur 9, 3 déports non comptés ; il en faut 5."
    )


def test_no_vote_on_an_item_that_is_not_being_examined(running, simone):
    with pytest.raises(Refused, match="Ce point n'est pas en cours d'examen"):
        voting.open_poll(running.items.get(), proposition="favourable", actor=simone)


@pytest.mark.parametrize("who", ["sophie", "alice"])
def test_only_the_secretary_opens_and_closes_a_vote(item, poll, who, request):
    somebody = request.getfixturevalue(who)
    with pytest.raises(Refused, match="Cette action revient à : secrétaire de séance"):
        voting.close_poll(poll, actor=somebody)
    with pytest.raises(Refused, match="Cette action revient à : secrétaire de séance"):
        voting.open_poll(item, proposition="favourable", actor=somebody)


# --- Ballots --------------------------------------------------------------------------------


def test_a_member_votes_for_themselves_and_for_who_gave_them_a_mandate(poll, nine):
    voting.cast(poll, nine[0], Choice.FOR, actor=nine[0].user)
    ballot = voting.cast(poll, nine[6], Choice.AGAINST, actor=nine[0].user)
    assert (ballot.member, ballot.cast_by, ballot.choice) == (nine[6], nine[0].user, Choice.AGAINST)


@pytest.mark.parametrize(
    ("rank", "sentence"),
    [
        (6, "Vous avez donné mandat à Agnès Membre, qui vote en votre nom."),
        (7, "Votre présence n'est pas notée : signalez-vous au secrétariat pour voter."),
        (8, "Votre présence n'est pas notée : signalez-vous au secrétariat pour voter."),
    ],
)
def test_whoever_is_not_there_does_not_vote(poll, nine, rank, sentence):
    with pytest.raises(Refused) as refused:
        voting.cast(poll, nine[rank], Choice.FOR, actor=nine[rank].user)
    assert sentence_of(refused) == sentence


def test_a_member_who_withdrew_does_not_vote_even_for_another(item, poll, nine):
    recusals.declare_recusal(item, nine[0], motive="Intérêt personnel.", actor=nine[0].user)
    for voice in (nine[0], nine[6]):
        with pytest.raises(Refused, match=r"Vous vous êtes déporté|Vous ne portez pas"):
            voting.cast(poll, voice, Choice.FOR, actor=nine[0].user)
    assert Ballot.objects.count() == 0


def test_nobody_votes_for_who_gave_them_no_mandate(poll, nine):
    with pytest.raises(Refused) as refused:
        voting.cast(poll, nine[2], Choice.FOR, actor=nine[1].user)
    assert sentence_of(refused) == "Vous ne portez pas la voix de Chloé Membre."


@pytest.mark.parametrize("who", ["alice", "sophie"])
def test_whoever_does_not_sit_does_not_vote(poll, nine, who, request):
    with pytest.raises(Refused) as refused:
        voting.cast(poll, nine[1], Choice.FOR, actor=request.getfixturevalue(who))
    assert sentence_of(refused) == "Vous ne siégez pas à cette séance."


def test_a_vote_does_not_change(poll, nine):
    voting.cast(poll, nine[1], Choice.FOR, actor=nine[1].user)
    with pytest.raises(Refused) as refused:
        voting.cast(poll, nine[1], Choice.AGAINST, actor=nine[1].user)
    assert sentence_of(refused) == "Le vote de Brice Membre est déjà enregistré : un vote ne se change pas."
    assert Ballot.objects.get().choice == Choice.FOR


def test_the_database_too_refuses_a_second_ballot(poll, nine):
    ballot = voting.cast(poll, nine[1], Choice.FOR, actor=nine[1].user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.create(
            poll=poll, member=nine[1], choice=Choice.FOR, cast_by=nine[1].user, cast_at=ballot.cast_at
        )


def test_a_late_vote_is_refused(poll, nine, simone):
    voting.close_poll(poll, actor=simone)
    with pytest.raises(Refused) as refused:
        voting.cast(poll, nine[1], Choice.FOR, actor=nine[1].user)
    assert sentence_of(refused) == "Le vote est clos : votre bulletin n'a pas été enregistré."


def test_the_secretary_collects_the_voice_of_a_substitute_and_no_other(item, nine, simone):
    roll = {member.pk: Entry(Mode.PRESENT) for member in nine}
    roll[nine[1].pk] = Entry(Mode.PRESENT, substitute="Luc Bel, adjoint")
    call_roll(item.seance, roll, actor=simone)
    poll = voting.open_poll(item, proposition="favourable", actor=simone)
    assert voting.cast(poll, nine[1], Choice.FOR, actor=simone).cast_by == simone
    with pytest.raises(Refused, match="Le secrétariat ne recueille que la voix d'un suppléant"):
        voting.cast(poll, nine[2], Choice.FOR, actor=simone)
    with pytest.raises(Refused, match="Vous êtes suppléé par Luc Bel, adjoint"):
        voting.cast(poll, nine[1], Choice.FOR, actor=nine[1].user)


# --- Count ----------------------------------------------------------------------------------


def test_a_closed_vote_holds_its_result_and_its_quorum(item, simone):
    result = sittings.voted(item, "PPPCCAP", secretary=simone).result
    assert result == {
        "votes_for": 4,
        "votes_against": 2,
        "abstentions": 1,
        "silent": 0,
        "adopted": True,
        "by": "majority",
        "sentence": "Proposition adoptée : 4 pour, 2 contre, 1 abstention.",
        "quorum": "Quorum atteint : 7 membres présents ou représentés sur 9 ; il en faut 5.",
    }


def test_a_rejected_proposition_leaves_room_for_another(item, simone):
    assert not sittings.voted(item, "CCCPPPC", secretary=simone).is_adopted
    assert sittings.voted(item, "PPPPPPP", secretary=simone, proposition="unfavourable").is_adopted


def test_an_adopted_proposition_leaves_room_for_none(item, simone):
    sittings.voted(item, "PPPPPPP", secretary=simone)
    with pytest.raises(Refused, match="Une proposition est déjà adoptée : rendez l'avis"):
        voting.open_poll(item, proposition="unfavourable", actor=simone)


def test_the_president_breaks_a_tie(item, simone):
    result = sittings.voted(item, "PPPCCC", secretary=simone).result
    assert (result["adopted"], result["by"], result["silent"]) == (True, "casting_vote", 1)


def test_a_ballot_stays_when_its_voter_leaves(item, poll, nine, simone):
    voting.cast(poll, nine[5], Choice.FOR, actor=nine[5].user)
    sittings.roll(item.seance, nine, "P P P P P E M1 E A", secretary=simone)
    result = voting.close_poll(poll, actor=simone).result
    assert (result["votes_for"], result["silent"], result["adopted"]) == (1, 6, True)


def test_a_quorum_lost_before_the_count_adopts_nothing(item, poll, nine, simone):
    voting.cast(poll, nine[0], Choice.FOR, actor=nine[0].user)
    sittings.roll(item.seance, nine, "P P P E E E M1 E A", secretary=simone)
    result = voting.close_poll(poll, actor=simone).result
    assert (result["adopted"], result["by"]) == (False, "quorum")
    assert result["quorum"] == "Quorum non atteint : 4 membres présents ou représentés sur 9 ; il en faut 5."


def test_a_vote_is_closed_once(poll, simone):
    voting.close_poll(poll, actor=simone)
    with pytest.raises(Refused, match="Ce vote est déjà clos"):
        voting.close_poll(poll, actor=simone)


def test_the_journal_knows_the_count_and_no_ballot(item, nine, evaluated, simone):
    sittings.voted(item, "PPPCCAP", secretary=simone)
    kinds = list(Event.objects.about(item.seance.subject).order_by("seq").values_list("kind", flat=True))
    assert kinds[-2:] == ["seance.poll_opened", "seance.poll_closed"]
    data = Event.objects.get(kind="seance.poll_closed").data
    assert (data["item"], data["votes_for"], data["adopted"]) == (evaluated.reference, 4, True)
    assert not Event.objects.filter(actor__in=[member.user for member in nine]).exists()


# --- At the same time -----------------------------------------------------------------------


def together(*actions) -> list[str]:
    """Run the actions at the same instant and return what each one answered, "" when it succeeded."""
    start, answers = threading.Barrier(len(actions)), []

    def play_one(action) -> None:
        try:
            start.wait()
            action()
            answers.append("")
        except Refused as refused:
            answers.append(str(refused))
        finally:
            connection.close()

    threads = [threading.Thread(target=play_one, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_twenty_ballots_of_one_member_one_is_counted(poll, nine):
    answers = together(*[lambda: voting.cast(poll, nine[1], Choice.FOR, actor=nine[1].user)] * 20)
    assert answers == ["", *["Le vote de Brice Membre est déjà enregistré : un vote ne se change pas."] * 19]
    assert Ballot.objects.filter(poll=poll).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_deport_and_a_ballot_at_the_same_time_exclude_each_other(item, poll, nine):
    member = nine[2]
    together(
        lambda: voting.cast(poll, member, Choice.FOR, actor=member.user),
        lambda: recusals.declare_recusal(item, member, motive="Intérêt personnel.", actor=member.user),
    )
    assert Ballot.objects.filter(member=member).count() + item.recusals.filter(member=member).count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_ballot_and_the_closing_at_the_same_time_agree_on_the_count(poll, nine, simone):
    together(
        lambda: voting.cast(poll, nine[1], Choice.FOR, actor=nine[1].user),
        lambda: voting.close_poll(poll, actor=simone),
    )
    poll.refresh_from_db()
    assert poll.result["votes_for"] == Ballot.objects.filter(poll=poll).count()
