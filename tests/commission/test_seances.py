"""Planning, convening, opening and closing a séance."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commission import agenda, seances
from commission import sittings as services
from commission.kinds import SeanceState
from commission.models import Presence, Seance
from journal.models import Event
from referencing.door import Refused
from referencing.models import Candidature
from referencing.stages import Stage
from tests import sittings


def in_days(days: int):
    return timezone.now() + timedelta(days=days)


def events(seance: Seance) -> list[str]:
    return list(Event.objects.about(seance.subject).order_by("seq").values_list("kind", flat=True))


def test_a_seance_takes_the_next_number_of_its_year(simone):
    first, second = sittings.planned(simone), sittings.planned(simone)
    year = timezone.localdate().year
    assert (first.number, second.number) == (f"{year}-01", f"{year}-02")
    assert first.subject == f"SEANCE-{year}-01"
    assert (first.state, first.secretary) == (SeanceState.PLANNED, simone)


@pytest.mark.parametrize("who", ["sophie", "alice", "marc"])
def test_only_a_secretary_plans(who, request):
    with pytest.raises(Refused, match="Cette action revient à : secrétaire de séance"):
        sittings.planned(request.getfixturevalue(who))


# --- Convening ------------------------------------------------------------------------------


def with_item(seance, evaluated, sophie):
    agenda.put_on_agenda(seance, evaluated, actor=sophie)
    return seance


def test_a_convocation_four_days_before_is_refused(nine, evaluated, sophie, simone):
    seance = with_item(sittings.planned(simone, at=in_days(4)), evaluated, sophie)
    with pytest.raises(Refused) as refused:
        seances.convene(seance, actor=simone)
    assert [refusal.sentence for refusal in refused.value.refusals] == [
        "La convocation doit partir 5 jours au moins avant la séance, sauf urgence : "
        "changez la date ou écrivez le motif de l'urgence (CRPA, art. R. 133-8)."
    ]
    seance.refresh_from_db()
    assert (seance.state, Presence.objects.count()) == (SeanceState.PLANNED, 0)


def test_a_convocation_five_days_before_is_accepted(nine, evaluated, sophie, simone):
    seance = with_item(sittings.planned(simone, at=in_days(5)), evaluated, sophie)
    assert seances.convene(seance, actor=simone).state == SeanceState.CONVENED


def test_an_urgency_is_written(nine, evaluated, sophie, simone):
    seance = with_item(sittings.planned(simone, at=in_days(1)), evaluated, sophie)
    assert (
        seances.convene(seance, actor=simone, urgency_motive=" Alerte sanitaire. ").urgency_motive
        == "Alerte sanitaire."
    )


def test_nobody_is_convened_to_an_empty_agenda(nine, simone):
    with pytest.raises(Refused, match="L'ordre du jour est vide"):
        seances.convene(sittings.planned(simone, at=in_days(10)), actor=simone)


def test_a_commission_without_members_is_not_convened(evaluated, sophie, simone):
    seance = with_item(sittings.planned(simone, at=in_days(10)), evaluated, sophie)
    with pytest.raises(Refused, match="Aucun membre n'est en fonction"):
        seances.convene(seance, actor=simone)


def test_convening_calls_the_members_in_office_and_tells_the_journal(convened, nine, evaluated):
    assert list(convened.presences.values_list("member", flat=True)) == [member.pk for member in nine]
    event = Event.objects.about(convened.subject).get(kind="seance.convened")
    assert event.data == {"items": [evaluated.reference], "members": 9, "urgent": True, "second_call": False}


def test_a_convened_seance_is_no_longer_changed(convened, simone):
    with pytest.raises(Refused, match="La séance est « convoquée » ; il faut qu'elle soit « en préparation »"):
        seances.replan(convened, starts_at=in_days(9), place="Ailleurs", actor=simone)


def test_the_date_of_a_seance_holds_once_a_candidature_bears_it(evaluated, sophie, simone):
    seance = with_item(sittings.planned(simone, at=in_days(10)), evaluated, sophie)
    with pytest.raises(Refused, match="La date figure aux actes"):
        seances.replan(seance, starts_at=in_days(20), place=seance.place, actor=simone)
    assert seances.replan(seance, starts_at=seance.starts_at, place="Salle Curie", actor=simone).place == "Salle Curie"


# --- Opening and closing ---------------------------------------------------------------------


def test_a_seance_is_not_opened_before_its_day_nor_before_the_roll(nine, evaluated, sophie, simone):
    seance = with_item(sittings.planned(simone, at=in_days(10)), evaluated, sophie)
    seances.convene(seance, actor=simone)
    seance.refresh_from_db()
    with pytest.raises(Refused) as refused:
        services.open_seance(seance, presiding=nine[0], actor=simone)
    assert [refusal.code for refusal in refused.value.refusals] == ["day", "roll", "presiding"]
    assert "Agnès Membre, Brice Membre" in str(refused.value)


def test_a_seance_without_quorum_is_not_opened(convened, nine, simone):
    sittings.roll(convened, nine, "P P P M1 E E A A A", secretary=simone)
    with pytest.raises(Refused, match="Quorum non atteint : 4 membres présents ou représentés sur 9 ; il en faut 5"):
        services.open_seance(convened, presiding=nine[0], actor=simone)


@pytest.mark.parametrize(
    ("rank", "sentence"),
    [(2, "ne peut pas présider : seuls les coprésidents"), (1, "n'est pas en séance et ne peut pas la présider")],
)
def test_a_seance_is_presided_by_a_co_president_who_is_there(convened, nine, simone, rank, sentence):
    sittings.roll(convened, nine, "P A P P P P P P P", secretary=simone)
    with pytest.raises(Refused, match=sentence):
        services.open_seance(convened, presiding=nine[rank], actor=simone)


def test_an_open_seance_knows_who_presides(running, nine):
    assert (running.state, running.presiding) == (SeanceState.OPEN, nine[0])
    assert events(running) == ["seance.planned", "seance.convened", "seance.presence", "seance.opened"]


def test_the_presidency_passes_to_the_other_co_president(running, nine, simone):
    assert services.preside(running, presiding=nine[1], actor=simone).presiding == nine[1]


def test_a_seance_is_not_closed_while_an_item_is_left(running, evaluated, simone):
    with pytest.raises(Refused, match=rf"Le point 1 \({evaluated.reference}\) n'est ni conclu ni ajourné"):
        services.close_seance(running, actor=simone)


def test_a_seance_whose_items_are_settled_is_closed(item, running, simone):
    agenda.adjourn_item(item, actor=simone, motive="Pièce attendue.")
    closed = services.close_seance(running, actor=simone)
    assert (closed.state, closed.without_quorum) == (SeanceState.CLOSED, False)
    assert events(closed)[-1] == "seance.closed"


# --- Second convocation ----------------------------------------------------------------------


@pytest.fixture
def without_quorum(convened, nine, simone) -> Seance:
    sittings.roll(convened, nine, "P P P M1 E E A A A", secretary=simone)
    return services.close_without_quorum(convened, actor=simone)


def test_the_want_of_quorum_sends_everything_back(without_quorum, evaluated):
    evaluated.refresh_from_db()
    assert (without_quorum.state, without_quorum.without_quorum) == (SeanceState.CLOSED, True)
    assert evaluated.stage == Stage.EVALUATED
    assert without_quorum.items.get().motive == agenda.WANT_OF_QUORUM


def test_the_want_of_quorum_is_not_recorded_when_the_quorum_is_there(convened, nine, simone):
    sittings.roll(convened, nine, "P P P P P E E E E", secretary=simone)
    with pytest.raises(Refused, match="Quorum atteint : 5 membres"):
        services.close_without_quorum(convened, actor=simone)


def test_a_second_call_on_the_same_agenda_opens_without_quorum(without_quorum, evaluated, nine, sophie, simone):
    second = sittings.planned(simone, second_call_of=without_quorum)
    agenda.put_on_agenda(second, evaluated, actor=sophie)
    seances.convene(second, actor=simone, urgency_motive="Seconde convocation.")
    sittings.roll(second, nine, "P E E E E A A A A", secretary=simone)
    opened = services.open_seance(second, presiding=nine[0], actor=simone)
    sittings.voted(sittings.examined(opened, secretary=simone), "P", secretary=simone)
    assert sittings.concluded(opened.items.get(), secretary=simone).stage == Stage.OPINION_GIVEN


def test_a_second_call_on_another_agenda_is_refused(without_quorum, alice, simple_version, nine, sophie, simone):
    other = sittings.ready(alice, simple_version, sophie, name="Autre service")
    second = sittings.planned(simone, second_call_of=without_quorum)
    agenda.put_on_agenda(second, other, actor=sophie)
    with pytest.raises(Refused, match="Une seconde convocation porte sur le même ordre du jour"):
        seances.convene(second, actor=simone, urgency_motive="Seconde convocation.")


@pytest.fixture
def two_left(nine, evaluated, alice, simple_version, sophie, simone) -> tuple[Seance, Candidature]:
    """A séance closed for want of a quorum on two candidatures; the second of them."""
    other = sittings.ready(alice, simple_version, sophie, name="Autre service")
    first = sittings.convened([evaluated, other], support=sophie, secretary=simone)
    sittings.roll(first, nine, "P P P M1 E E A A A", secretary=simone)
    closed = services.close_without_quorum(first, actor=simone)
    evaluated.refresh_from_db()
    other.refresh_from_db()
    return closed, other


def test_a_second_call_takes_up_every_candidature_that_still_waits(two_left, evaluated, sophie, simone):
    first, other = two_left
    second = sittings.planned(simone, second_call_of=first)
    agenda.put_on_agenda(second, evaluated, actor=sophie)
    with pytest.raises(Refused, match="Une seconde convocation porte sur le même ordre du jour"):
        seances.convene(second, actor=simone, urgency_motive="Seconde convocation.")
    agenda.put_on_agenda(second, other, actor=sophie)
    convened = seances.convene(second, actor=simone, urgency_motive="Seconde convocation.")
    assert convened.state == SeanceState.CONVENED


def test_a_second_call_leaves_out_what_was_put_on_another_seance_since(two_left, evaluated, sophie, simone):
    first, other = two_left
    second = sittings.planned(simone, second_call_of=first)
    agenda.put_on_agenda(second, evaluated, actor=sophie)
    agenda.put_on_agenda(sittings.planned(simone), other, actor=sophie)
    convened = seances.convene(second, actor=simone, urgency_motive="Seconde convocation.")
    assert convened.state == SeanceState.CONVENED


def test_there_is_one_second_call_and_only_for_want_of_quorum(without_quorum, simone):
    second = sittings.planned(simone, second_call_of=without_quorum)
    with pytest.raises(Refused, match="Une seconde séance est déjà prévue"):
        sittings.planned(simone, second_call_of=without_quorum)
    with pytest.raises(Refused, match="n'a pas été close faute de quorum"):
        sittings.planned(simone, second_call_of=second)
