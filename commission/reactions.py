"""What follows the events of the commission. Each function does nothing the second time."""

from django.urls import reverse

from accounts.models import User
from commission import agenda, minutes
from commission.models import AgendaItem, Member, Seance
from journal import letters
from journal.models import Event


def send_convocations(event_seq: int) -> None:
    """Write to every member convened: date, place, ordre du jour (CRPA, art. R. 133-5 and R. 133-8)."""
    event, seance = _about(event_seq)
    context = {
        "seance": seance,
        "items": list(seance.items.select_related("candidature__service__organisation")),
    }
    letters.write(event, "convocation", _convened(seance), context=context, url=_address(seance))


def print_minutes(event_seq: int) -> None:
    """Print the procès-verbal of a séance that was just closed and keep it."""
    event, seance = _about(event_seq)
    minutes.keep(seance, event)


def take_off_agenda(event_seq: int) -> None:
    """Take a candidature withdrawn by its éditeur off the ordre du jour; if it was sent, tell those it was sent to."""
    event = Event.objects.get(pk=event_seq)
    items = AgendaItem.objects.filter(candidature__reference=event.subject)
    for item in items.live().select_related("seance"):
        agenda.drop(item)
    # What was dropped before the convocation is no more. Read again: a first run may have stopped before the letters.
    for item in items.filter(motive=agenda.WITHDRAWN).select_related("seance__secretary", "candidature__service"):
        _tell_withdrawn(event, item)


def _tell_withdrawn(event: Event, item: AgendaItem) -> None:
    """Write to the secretary and the members about their séance: the candidature itself is closed to them."""
    seance = item.seance
    people = [seance.secretary, *_convened(seance)]
    letters.write(event, "item_withdrawn", people, context={"seance": seance, "item": item}, url=_address(seance))


def _convened(seance: Seance) -> list[User]:
    return [member.user for member in Member.objects.filter(presences__seance=seance).select_related("user")]


def _address(seance: Seance) -> str:
    return reverse("commission:seance", args=[seance.number])


def _about(event_seq: int) -> tuple[Event, Seance]:
    event = Event.objects.get(pk=event_seq)
    number = event.subject.removeprefix("SEANCE-")
    return event, Seance.objects.select_related("presiding__user", "secretary", "second_call_of").get(number=number)
