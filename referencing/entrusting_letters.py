"""Letters about the drafts that support prepares for an éditeur.

Whoever has no account is told by the invitation to the team (teams/reactions.py), and finds the draft once in it.
"""

from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from journal import letters
from journal.models import Event
from referencing.models import EntrustedDraft


def tell_offered(event_seq: int) -> None:
    """Tell the person it is meant for, and those mandated, that a draft waits for them."""
    event, entrusted = _about(event_seq)
    team = Q(memberships__organisation=entrusted.candidature.organisation)
    people = User.objects.filter(team, Q(memberships__is_mandated=True) | Q(email=entrusted.email)).distinct()
    page = reverse("referencing:take_draft", args=[entrusted.candidature.reference])
    letters.write(event, "draft_offered", people, context={"entrusted": entrusted}, url=page)


def tell_taken(event_seq: int) -> None:
    """Tell the agent who prepared a draft that the éditeur took it: it is no longer theirs."""
    event, entrusted = _about(event_seq)
    letters.write(event, "draft_taken", [entrusted.prepared_by], context={"entrusted": entrusted})


def _about(event_seq: int) -> tuple[Event, EntrustedDraft]:
    event = Event.objects.select_related("actor").get(pk=event_seq)
    rows = EntrustedDraft.objects.select_related("candidature__service__organisation", "prepared_by")
    return event, rows.get(candidature__reference=event.subject)
