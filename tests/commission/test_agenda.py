"""What is on the ordre du jour, and what leaves it."""

import pytest

from commission import agenda, recusals, seances
from commission.kinds import ItemState
from commission.models import AgendaItem
from journal.models import Event
from referencing import access, door, filing
from referencing.door import Overtaken, Refused
from referencing.kinds import ActKind
from referencing.stages import Stage
from tests import play, sittings


def readers(candidature, nine) -> list[int]:
    return [
        rank for rank, member in enumerate(nine) if access.visible_to(member.user).filter(pk=candidature.pk).exists()
    ]


def test_a_candidature_put_on_the_agenda_opens_to_the_nine_members(nine, evaluated, sophie, simone):
    seance = sittings.planned(simone)
    item = agenda.put_on_agenda(seance, evaluated, actor=sophie, rapporteur="Émile Roux")
    evaluated.refresh_from_db()
    assert (evaluated.stage, item.order, item.rapporteur) == (Stage.IN_COMMISSION, 1, "Émile Roux")
    assert evaluated.acts.get(kind=ActKind.SCHEDULING).payload["seance"] == seance.number
    assert readers(evaluated, nine) == list(range(9))


def test_a_candidature_without_its_sealed_dossier_is_not_put_on_the_agenda(alice, simple_version, sophie, simone):
    candidature = play.in_evaluation(alice, simple_version, sophie)
    door.move(candidature, "conclude_evaluation", actor=sophie, payload=sittings.REPORT)
    with pytest.raises(Refused, match="Le dossier PDF de ce tour n'est pas encore scellé"):
        agenda.put_on_agenda(sittings.planned(simone), candidature, actor=sophie)
    assert AgendaItem.objects.count() == 0


def test_the_agenda_is_support_s_business(nine, evaluated, simone):
    with pytest.raises(Refused, match="Cette action revient à : support"):
        agenda.put_on_agenda(sittings.planned(simone), evaluated, actor=simone)


def test_nothing_is_added_once_the_convocation_has_left(convened, alice, simple_version, sophie):
    other = sittings.ready(alice, simple_version, sophie, name="Autre service")
    with pytest.raises(Refused, match="L'ordre du jour est parti avec la convocation"):
        agenda.put_on_agenda(convened, other, actor=sophie)


def test_a_page_seen_before_somebody_else_moved_the_candidature_is_refused(nine, evaluated, sophie, simone):
    seen = evaluated.version
    filing.withdraw(evaluated, actor=evaluated.opened_by, motive="Nous arrêtons.")
    with pytest.raises(Overtaken):
        agenda.put_on_agenda(sittings.planned(simone), evaluated, actor=sophie, seen=seen)


def test_items_are_numbered_in_the_order_they_came(nine, evaluated, alice, simple_version, sophie, simone):
    seance = sittings.planned(simone)
    other = sittings.ready(alice, simple_version, sophie, name="Autre service")
    agenda.put_on_agenda(seance, evaluated, actor=sophie)
    agenda.put_on_agenda(seance, other, actor=sophie)
    assert list(seance.items.values_list("order", "candidature")) == [(1, evaluated.pk), (2, other.pk)]


def test_one_item_is_examined_at_a_time(nine, evaluated, alice, simple_version, sophie, simone):
    other = sittings.ready(alice, simple_version, sophie, name="Autre service")
    seance = sittings.convened([evaluated, other], support=sophie, secretary=simone)
    sittings.roll(seance, nine, "P P P P P P P P P", secretary=simone)
    sittings.opened(seance, nine[0], secretary=simone)
    first = sittings.examined(seance, 1, secretary=simone)
    with pytest.raises(Refused, match="Le point 1 est en cours : concluez-le ou ajournez-le d'abord"):
        sittings.examined(seance, 2, secretary=simone)
    agenda.adjourn_item(first, actor=simone, motive="Pièce attendue.")
    assert sittings.examined(seance, 2, secretary=simone).state == ItemState.OPEN


def test_no_item_is_examined_before_the_opening(convened, simone):
    with pytest.raises(Refused, match="La séance n'est pas ouverte"):
        agenda.open_item(convened.items.get(), actor=simone)


def test_an_adjourned_candidature_goes_back_and_closes_to_the_members(item, nine, evaluated, simone):
    agenda.adjourn_item(item, actor=simone, motive="La commission demande une pièce.")
    item.refresh_from_db()
    evaluated.refresh_from_db()
    assert (item.state, item.motive) == (ItemState.ADJOURNED, "La commission demande une pièce.")
    assert evaluated.stage == Stage.EVALUATED
    assert readers(evaluated, nine) == []


def test_an_adjournment_has_a_motive(item, simone):
    with pytest.raises(Refused, match="Écrivez le motif de l'ajournement"):
        agenda.adjourn_item(item, actor=simone, motive="  ")
    item.refresh_from_db()
    assert item.state == ItemState.OPEN


def test_a_candidature_taken_off_before_the_convocation_leaves_no_trace_on_the_agenda(nine, evaluated, sophie, simone):
    seance = sittings.planned(simone)
    agenda.adjourn_item(agenda.put_on_agenda(seance, evaluated, actor=sophie), actor=simone, motive="Trop tôt.")
    evaluated.refresh_from_db()
    assert seance.items.count() == 0
    assert agenda.put_on_agenda(seance, evaluated, actor=sophie).order == 1


def test_an_item_is_not_adjourned_in_the_middle_of_a_vote(item, simone):
    from commission import voting

    voting.open_poll(item, proposition="favourable", actor=simone)
    with pytest.raises(Refused, match="Un vote est ouvert : closez-le d'abord"):
        agenda.adjourn_item(item, actor=simone, motive="Pièce attendue.")


def test_a_candidature_withdrawn_by_its_editeur_leaves_the_agenda(item, evaluated, alice, simone, drain):
    from commission import voting

    poll = voting.open_poll(item, proposition="favourable", actor=simone)
    evaluated.refresh_from_db()
    filing.withdraw(evaluated, actor=alice, motive="Nous arrêtons.")
    agenda.drop(item)
    agenda.drop(item)
    item.refresh_from_db()
    poll.refresh_from_db()
    assert (item.state, item.motive) == (ItemState.ADJOURNED, "Candidature retirée par l'éditeur.")
    assert poll.result["sentence"] == "Scrutin annulé. Candidature retirée par l'éditeur."


def test_a_withdrawal_leaves_alone_the_vote_on_another_item(alice, nine, simple_version, sophie, simone):
    from commission import voting

    first, second = (sittings.ready(alice, simple_version, sophie, name=name) for name in ("Premier", "Second"))
    seance = sittings.convened([first, second], support=sophie, secretary=simone)
    sittings.roll(seance, nine, "P P P P P P P P P", secretary=simone)
    sittings.opened(seance, nine[0], secretary=simone)
    poll = voting.open_poll(sittings.examined(seance, secretary=simone), proposition="favourable", actor=simone)
    second.refresh_from_db()
    filing.withdraw(second, actor=alice, motive="Nous arrêtons.")
    agenda.drop(seance.items.get(order=2))
    poll.refresh_from_db()
    assert poll.is_open
    assert [item.state for item in seance.items.all()] == [ItemState.OPEN, ItemState.ADJOURNED]


def test_a_member_who_withdrew_stays_withdrawn_at_the_next_seance(item, nine, evaluated, sophie, simone):
    recusals.declare_recusal(item, nine[2], motive="Je conseille l'éditeur.", actor=nine[2].user)
    agenda.adjourn_item(item, actor=simone, motive="Pièce attendue.")
    evaluated.refresh_from_db()
    again = agenda.put_on_agenda(sittings.planned(simone), evaluated, actor=sophie)
    assert list(again.recusals.values_list("member", "motive")) == [(nine[2].pk, "Je conseille l'éditeur.")]
    assert readers(evaluated, nine) == [0, 1, 3, 4, 5, 6, 7, 8]
    seances.convene(again.seance, actor=simone, urgency_motive="Urgence.")
    assert readers(evaluated, nine) == [0, 1, 3, 4, 5, 6, 7, 8]


def test_the_journal_follows_the_items(item, evaluated):
    event = Event.objects.about(item.seance.subject).get(kind="seance.item_opened")
    assert event.data == {"item": evaluated.reference}
