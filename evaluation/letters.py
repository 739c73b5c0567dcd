"""Letters of the evaluation; the others about a candidature are in `referencing/letters.py`.

What is written to an expert who has not accepted names neither the service nor the éditeur: the page they open does,
and it closes with their answer. A letter cannot be closed.
"""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from evaluation.assignments import assignment_of
from evaluation.domains import Domain
from evaluation.models import Assignment, RequestFile
from journal import letters
from journal.models import Event
from referencing import access
from referencing.models import Candidature


def tell_proposed(event_seq: int) -> None:
    """Ask an expert for their answer, unless the proposition was taken back or answered meanwhile."""
    _write_to_invited(event_seq, "expert_proposed")


def remind_expert(event_seq: int) -> None:
    """Remind an expert that their answer is awaited."""
    _write_to_invited(event_seq, "expert_reminded")


def tell_assigned(event_seq: int) -> None:
    """Tell an expert what they are entrusted with, unless they were taken off meanwhile."""
    event, expert = _read(event_seq)
    candidature = access.visible_to(expert).with_names().filter(reference=event.subject).first()
    assignment = assignment_of(expert, candidature) if candidature else None
    if candidature and assignment:
        url = reverse("evaluation:grid", args=[candidature.reference])
        context = {"candidature": candidature, "assignment": assignment, "scope": scope_in_words(assignment)}
        letters.write(event, "assigned", [expert], context=context, url=url)


def tell_infected(event_seq: int) -> None:
    """Tell whoever joined a file to a request that the antivirus has put it in quarantine."""
    event = Event.objects.get(pk=event_seq)
    file = RequestFile.objects.select_related("deposited_by", "candidature").get(public_id=event.data["file"])
    letters.write(event, "request_infected", [file.deposited_by], context={"file": file})


def tell_unassigned(event_seq: int) -> None:
    """Tell an expert that they were taken off, unless they were given the candidature again meanwhile."""
    event, expert = _read(event_seq)
    if not Assignment.objects.filter(candidature__reference=event.subject, expert=expert).exists():
        letters.write(event, "expert_unassigned", [expert], context={"reference": event.subject})


def tell_declined(event_seq: int) -> None:
    """Tell support who declined, and why."""
    _write_to_support(event_seq, "expert_declined")


def tell_recused(event_seq: int) -> None:
    """Tell support who withdrew; what they declared is read on the page, by who may."""
    _write_to_support(event_seq, "expert_recused")


def tell_unanswered(event_seq: int) -> None:
    """Tell support that a proposition stayed without answer."""
    _write_to_support(event_seq, "expert_unanswered")


def scope_in_words(assignment: Assignment) -> list[str]:
    """Return what an expert judges, one line a domain, then the criteria named one by one."""
    if not (assignment.domains or assignment.criteria):
        return ["Tous les critères"]
    titles = [str(Domain(value).label) for value in assignment.domains]
    return [*titles, *([f"Critères {', '.join(assignment.criteria)}"] if assignment.criteria else [])]


def _write_to_invited(event_seq: int, kind: str) -> None:
    event, expert = _read(event_seq)
    waiting = _waiting(event).filter(expert=expert).first()
    if waiting:
        url = reverse("evaluation:invitation", args=[waiting.pk])
        letters.write(event, kind, [expert], context={"reference": event.subject, "assignment": waiting}, url=url)


def _write_to_support(event_seq: int, kind: str) -> None:
    event, expert = _read(event_seq)
    candidature = Candidature.objects.with_names().get(reference=event.subject)
    reply = candidature.expert_replies.filter(expert=expert, at__lte=event.at).first()
    context: dict[str, Any] = {"candidature": candidature, "expert": expert, "reply": reply}
    url = reverse("evaluation:assign", args=[candidature.reference])
    letters.write(event, kind, access.holders("assign", candidature), context=context, url=url)


def _waiting(event: Event) -> QuerySet[Assignment]:
    return Assignment.objects.proposed().filter(candidature__reference=event.subject)


def _read(event_seq: int) -> tuple[Event, User]:
    event = Event.objects.get(pk=event_seq)
    return event, User.objects.get(pk=event.data["expert"])
