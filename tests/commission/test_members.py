"""Mandates: dated, one person a seat, and nothing left to read when they end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from commission import members
from commission.kinds import Seat
from commission.models import Seance
from commission.tasks import watch_mandates
from journal.models import Event
from referencing import access
from referencing.door import Refused


def days(number: int):
    return timezone.localdate() + timedelta(days=number)


def ended(member):
    member.mandate_to = days(-1)
    member.save(update_fields=["mandate_to"])
    return member


def test_a_seat_is_held_by_one_person_at_a_time(nine, charlie):
    with pytest.raises(Refused, match="Ce siège est tenu par Agnès Membre jusqu'au"):
        members.appoint(charlie, Seat.DNS, title="Délégué", mandate_from=days(0), mandate_to=days(90))


def test_a_seat_left_is_taken_by_another(nine, charlie):
    ended(nine[0])
    successor = members.appoint(charlie, Seat.DNS, title="Délégué", mandate_from=days(0), mandate_to=days(90))
    assert (successor.ex_officio, successor.can_preside) == (True, True)
    assert Event.objects.filter(kind="commission.appointed").order_by("-seq")[0].data["seat"] == "dns"


def test_appointing_opens_the_pool_of_members_and_no_file(nine):
    assert nine[0].user.groups.filter(name=Role.MEMBER.value).exists()
    assert (nine[8].ex_officio, nine[8].can_preside) == (False, False)
    assert list(access.visible_to(nine[0].user)) == []


def test_a_mandate_that_ends_closes_every_file(item, nine, evaluated):
    leaving = ended(nine[3]).user
    assert access.visible_to(leaving).filter(pk=evaluated.pk).exists()
    watch_mandates()
    watch_mandates()
    assert list(access.visible_to(leaving)) == []
    assert not leaving.groups.filter(name=Role.MEMBER.value).exists()
    assert access.visible_to(nine[4].user).filter(pk=evaluated.pk).exists()
    assert Event.objects.get(kind="commission.mandate_ended").data == {"seats": ["citizen_2"]}


def test_a_person_renewed_keeps_their_files(item, nine, evaluated):
    staying = ended(nine[3])
    members.appoint(staying.user, Seat.CITIZEN_2, title="Citoyen", mandate_from=days(0), mandate_to=days(700))
    assert members.close_ended_mandates(days(0)) == 0
    assert Seance.objects.visible_to(staying.user).get() == item.seance
    assert access.visible_to(staying.user).filter(pk=evaluated.pk).exists()
