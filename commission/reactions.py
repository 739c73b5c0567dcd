"""What follows the events of the commission. Each function does nothing the second time."""

from django.urls import reverse

from commission import agenda, minutes
from commission.models import AgendaItem, Member, Seance
from journal import letters
from journal.models import Event


def send_convocations(event_seq: int) -> None:
    """Write to every member convened: date, place, ordre du jour (CRPA, art. R. 133-5 and R. 133-8)."""
    event, seance = _about(event_seq)
    people = [member.user for member in Member.objects.filter(presences__seance=seance).select_related("user")]
    context = {
        "seance": seance,
        "items": list(seance.items.select_related("candidature__service__organisation")),
    }
    letters.write(event, "convocation", people, context=context, url=reverse("commission:seance", args=[seance.number]))


def print_minutes(event_seq: int) -> None:
    """Print the procès-verbal of a séance that was just closed and keep it."""
    event, seance = _about(event_seq)
    minutes.keep(seance, event)


def take_off_agenda(event_seq: int) -> None:
    """Take a candidature withdrawn by its éditeur off the ordre du jour."""
    event = Event.objects.get(pk=event_seq)
    for item in AgendaItem.objects.live().filter(candidature__reference=event.subject).select_related("seance"):
        agenda.drop(item)


def _about(event_seq: int) -> tuple[Event, Seance]:
    event = Event.objects.get(pk=event_seq)
    number = event.subject.removeprefix("SEANCE-")
    return event, Seance.objects.select_related("presiding__user", "secretary", "second_call_of").get(number=number)
