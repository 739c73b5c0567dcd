"""Letters of the evaluation; the others about a candidature are in `referencing/letters.py`."""

from django.urls import reverse

from accounts.models import User
from evaluation.assignments import assignment_of
from evaluation.grid import grid
from evaluation.models import RequestFile
from journal import letters
from journal.models import Event
from referencing import access
from referencing.models import Candidature


def tell_assigned(event_seq: int) -> None:
    """Tell an expert what they are entrusted with, unless they were taken off meanwhile."""
    event = Event.objects.get(pk=event_seq)
    expert = User.objects.get(pk=event.data["expert"])
    candidature = access.visible_to(expert).with_names().filter(reference=event.subject).first()
    assignment = assignment_of(expert, candidature) if candidature else None
    if candidature and assignment:
        url = reverse("evaluation:grid", args=[candidature.reference])
        context = {"candidature": candidature, "assignment": assignment, "titles": _titles(candidature, expert)}
        letters.write(event, "assigned", [expert], context=context, url=url)


def tell_infected(event_seq: int) -> None:
    """Tell whoever joined a file to a request that the antivirus has put it in quarantine."""
    event = Event.objects.get(pk=event_seq)
    file = RequestFile.objects.select_related("deposited_by", "candidature").get(public_id=event.data["file"])
    letters.write(event, "request_infected", [file.deposited_by], context={"file": file})


def _titles(candidature: Candidature, expert: User) -> list[str]:
    """The questionnaires an expert judges, by name."""
    whole = grid(candidature)
    assignment = whole.assignment_of(expert)
    return [group.title for group in whole.groups() if assignment and assignment.covers(group.code)]
