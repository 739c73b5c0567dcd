"""Letters between agents about the files they follow."""

from django.urls import reverse

from accounts.models import User
from journal import letters
from journal.models import Event
from referencing.models import Candidature


def tell_taken_over(event_seq: int) -> None:
    """Tell whoever followed a file that a colleague took it over."""
    _tell(event_seq, "claim_taken_over", "former")


def tell_given(event_seq: int) -> None:
    """Tell somebody that a colleague put a file in their hands."""
    _tell(event_seq, "claim_given", "holder")


def _tell(event_seq: int, kind: str, to: str) -> None:
    event = Event.objects.select_related("actor").get(pk=event_seq)
    candidature = Candidature.objects.with_names().get(reference=event.subject)
    people = User.objects.filter(pk=event.data[to] or 0).exclude(pk=event.actor_id or 0)
    page = reverse("referencing:show", args=[candidature.reference])
    letters.write(event, kind, people, context={"candidature": candidature}, url=page)
