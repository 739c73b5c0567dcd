"""The avis: what it holds, what it needs, and the disagreements written beside it."""

import pytest

from commission import conclusions, recusals, voting
from commission import sittings as services
from commission.kinds import Choice, ItemState
from journal.models import Event
from referencing import acts
from referencing.door import Refused
from referencing.kinds import ActKind
from referencing.stages import Stage
from tests import sittings

RESERVE = {"text": "Publier le schéma des données.", "suspensive": False, "deadline": "2027-01-31"}


def test_an_adopted_proposition_becomes_the_avis(item, nine, evaluated, simone):
    recusals.declare_recusal(item, nine[4], motive="Intérêt personnel.", actor=nine[4].user)
    sittings.voted(item, "PPPP-PP", secretary=simone, proposition="favourable_reserves", reserves=(RESERVE,))
    moved = conclusions.conclude_item(item, actor=simone, seen=evaluated.version + 1)
    item.refresh_from_db()
    payload = acts.latest(moved, ActKind.OPINION)
    assert (moved.stage, item.state) == (Stage.OPINION_GIVEN, ItemState.CLOSED)
    assert payload["opinion"] == "favourable_reserves"
    assert payload["reserves"] == [{**RESERVE, "id": "R1"}]
    assert payload["seance"] == item.seance.number
    assert payload["tally"]["sentence"] == "Proposition adoptée : 6 pour, 0 contre, 0 abstention."
    assert payload["quorum"] == (
        "Quorum atteint : 6 membres présents ou représentés sur 9, 1 déport non compté ; il en faut 5."
    )
    assert [person["name"] for person in payload["present"]] == [str(nine[rank]) for rank in (0, 1, 2, 3, 5)]
    assert payload["present"][4]["mode"] == "remote"
    assert payload["represented"] == [{"name": str(nine[6]), "title": nine[6].title, "by": str(nine[0])}]
    assert payload["recused"] == [{"name": str(nine[4]), "title": nine[4].title}]


@pytest.mark.parametrize("row", ["CCCCCCC", "AAAAAAA"])
def test_nothing_is_concluded_without_an_adopted_proposition(item, simone, row):
    sittings.voted(item, row, secretary=simone)
    with pytest.raises(Refused, match="Aucune proposition n'est adoptée : ouvrez un vote, ou ajournez l'examen"):
        sittings.concluded(item, secretary=simone)


def test_nothing_is_concluded_while_a_vote_is_open(item, simone):
    voting.open_poll(item, proposition="favourable", actor=simone)
    with pytest.raises(Refused, match="Un vote est ouvert : closez-le d'abord"):
        sittings.concluded(item, secretary=simone)


def test_a_count_without_quorum_blocks_the_avis(item, nine, evaluated, simone):
    poll = voting.open_poll(item, proposition="favourable", actor=simone)
    for member in nine[:4]:
        voting.cast(poll, member, Choice.FOR, actor=member.user)
    sittings.roll(item.seance, nine, "P P P P E E E E E", secretary=simone)
    voting.close_poll(poll, actor=simone)
    with pytest.raises(Refused, match="Aucune proposition n'est adoptée"):
        sittings.concluded(item, secretary=simone)
    evaluated.refresh_from_db()
    assert evaluated.stage == Stage.IN_COMMISSION


@pytest.mark.parametrize("who", ["sophie", "alice", "marc"])
def test_the_avis_is_given_by_the_secretary(item, simone, who, request):
    sittings.voted(item, "PPPPPPP", secretary=simone)
    with pytest.raises(Refused, match="Cette action revient à : secrétaire de séance"):
        conclusions.conclude_item(item, actor=request.getfixturevalue(who))


def test_the_avis_is_given_once(item, simone):
    sittings.voted(item, "PPPPPPP", secretary=simone)
    sittings.concluded(item, secretary=simone)
    with pytest.raises(Refused, match="Ce point n'est pas en cours d'examen"):
        sittings.concluded(item, secretary=simone)
    assert Event.objects.filter(kind="candidature.give_opinion").count() == 1


# --- Disagreements --------------------------------------------------------------------------


@pytest.fixture
def settled(item, simone):
    sittings.voted(item, "PPPPPPC", secretary=simone)
    sittings.concluded(item, secretary=simone)
    item.refresh_from_db()
    return item


def test_a_member_has_their_disagreement_written_down(settled, nine):
    dissent = conclusions.record_dissent(settled, actor=nine[5].user, statement=" Le coût n'est pas connu. ")
    assert (dissent.member, dissent.statement) == (nine[5], "Le coût n'est pas connu.")
    with pytest.raises(Refused, match="figure déjà au procès-verbal"):
        conclusions.record_dissent(settled, actor=nine[5].user)


def test_a_disagreement_is_with_an_avis_given(item, nine):
    with pytest.raises(Refused, match="L'avis n'est pas encore rendu"):
        conclusions.record_dissent(item, actor=nine[5].user)


def test_a_disagreement_comes_before_the_closing_of_the_seance(settled, running, nine, simone):
    services.close_seance(running, actor=simone)
    settled.refresh_from_db()
    with pytest.raises(Refused, match="La séance est close et son procès-verbal établi"):
        conclusions.record_dissent(settled, actor=nine[5].user)


def test_whoever_withdrew_or_does_not_sit_disagrees_with_nothing(item, nine, alice, simone):
    recusals.declare_recusal(item, nine[2], motive="Intérêt personnel.", actor=nine[2].user)
    sittings.voted(item, "PP-PPPC", secretary=simone)
    sittings.concluded(item, secretary=simone)
    with pytest.raises(Refused, match="Vous vous êtes déporté de ce point"):
        conclusions.record_dissent(item, actor=nine[2].user)
    with pytest.raises(Refused, match="Vous ne siégez pas à cette séance"):
        conclusions.record_dissent(item, actor=alice)
