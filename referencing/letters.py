"""Who is written to after each event: one line per reaction of `config/reactions.py`, one text per kind of letter.

A text is `templates/letters/<kind>.txt`. Each reaction takes the number of an event and may run twice: nobody gets the
same letter again. Nobody is written to about a candidature they may not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from journal import letters
from journal.models import Event
from referencing import access, acts
from referencing.clockwork import deadline_at, silent_on
from referencing.communication import when_communicated
from referencing.kinds import ActKind
from referencing.models import Act, Candidature

Audience = Callable[[Candidature], list[User]]
More = Callable[[Candidature, Event], dict[str, Any]]
Reaction = Callable[[int], None]


def team(candidature: Candidature) -> list[User]:
    """The éditeur's people, mandated or not."""
    return access.holders("answer", candidature)


def support(candidature: Candidature) -> list[User]:
    return access.holders("admit", candidature)


def experts(candidature: Candidature) -> list[User]:
    return access.holders("judge", candidature)


def extenders(candidature: Candidature) -> list[User]:
    """Those who may give more time to the éditeur."""
    return access.holders("extend_deadline", candidature)


def ministry(candidature: Candidature) -> list[User]:
    return access.holders("accept", candidature)


def nothing_more(_candidature: Candidature, _event: Event) -> dict[str, Any]:
    return {}


def silence(candidature: Candidature, event: Event) -> dict[str, Any]:
    """The mentions of an accusé de réception (CRPA, art. R. 112-11-1): what silence means, and from when."""
    return {
        "silence_means": settings.PROCEDURE["silence_means"],
        "silent_on": silent_on(candidature, event),
        "examined_by": deadline_at(candidature, event),
        "appeal_months": settings.PROCEDURE["appeal_months"],
    }


def remedies(_candidature: Candidature, _event: Event) -> dict[str, Any]:
    return {"appeal_months": settings.PROCEDURE["appeal_months"]}


def communicated(_candidature: Candidature, _event: Event) -> dict[str, Any]:
    """When the éditeur will read the report, which they are only told of."""
    return {"communicated": when_communicated()}


def awaited(candidature: Candidature, _event: Event) -> dict[str, Any]:
    """What the éditeur was asked for, by the act of this round."""
    return {
        "expires": settings.PROCEDURE["expiry_enabled"],
        "missing": (acts.latest(candidature, ActKind.INCOMPLETENESS) or {}).get("missing", []),
        "items": (acts.latest(candidature, ActKind.COMPLEMENT_REQUEST) or {}).get("items", []),
    }


def extension_of(candidature: Candidature, event: Event) -> dict[str, Any]:
    """The ask for more time that the event is about."""
    return {"extension": candidature.extensions.select_related("asked_by").get(pk=event.data["extension"])}


def target(candidature: Candidature, event: Event) -> dict[str, Any]:
    """The date by which whoever acts next should have acted, as it was known once the event had happened."""
    return {"due_on": deadline_at(candidature, event)}


@dataclass(frozen=True)
class Notice:
    """One kind of letter: its text, who receives it, the page it opens, what the text needs beside the act."""

    kind: str
    audience: tuple[Audience, ...]
    page: str = "referencing:show"
    more: More = nothing_more


def writing(*notices: Notice) -> Reaction:
    """Return the reaction that writes these letters after an event about a candidature."""

    def react(event_seq: int) -> None:
        event = Event.objects.get(pk=event_seq)
        candidature = Candidature.objects.select_related("service__organisation", "sheet").get(reference=event.subject)
        for notice in notices:
            write(notice, candidature, event)

    return react


def write(notice: Notice, candidature: Candidature, event: Event) -> None:
    """Write one kind of letter to those of its audience who may read the candidature."""
    people = {person.pk: person for audience in notice.audience for person in audience(candidature)}
    readers = [person for person in people.values() if access.visible_to(person).filter(pk=candidature.pk).exists()]
    act = Act.objects.filter(event=event).first()
    context = {
        "candidature": candidature,
        "act": act.payload if act else {},
        **notice.more(candidature, event),
    }
    letters.write(event, notice.kind, readers, context=context, url=reverse(notice.page, args=[candidature.reference]))


def drafted(
    kind: str, candidature: Candidature, act: Mapping[str, Any], *, recipient: str, page: str
) -> dict[str, str]:
    """Return a letter as it would leave, {"title", "body"}, for who wants to read it before the act is filed."""
    context = {"candidature": candidature, "act": act, "recipient": recipient}
    title, body = letters.text_of(kind, context, reverse(page, args=[candidature.reference]))
    return {"title": title, "body": body}


acknowledge_filing = writing(
    Notice("filing", (team,), more=silence),
    Notice("filing_to_examine", (support,), page="referencing:admissibility", more=target),
)
ask_missing_pieces = writing(Notice("incomplete", (team,), page="referencing:check"))
tell_inadmissible = writing(Notice("inadmissible", (team,), more=remedies))
tell_admitted = writing(Notice("admitted", (team,), more=target))
ask_complements = writing(Notice("complements", (team,), page="evaluation:to_do"))
tell_extension_asked = writing(
    Notice("extension_asked", (extenders,), page="referencing:answer_time", more=extension_of)
)
tell_extension_refused = writing(Notice("extension_refused", (team,), page="evaluation:to_do", more=extension_of))
tell_extended = writing(Notice("extended", (team,), page="evaluation:to_do"))
tell_complements_returned = writing(
    Notice("complements_received", (team,), more=target),
    Notice("complements_returned", (experts, support), page="evaluation:grid", more=target),
)
tell_evaluated = writing(Notice("evaluated", (team,), more=communicated), Notice("evaluated_to_schedule", (support,)))
tell_scheduled = writing(Notice("scheduled", (team,)))
tell_adjourned = writing(Notice("adjourned", (team,)), Notice("adjourned_to_schedule", (support,)))
tell_opinion = writing(
    Notice("opinion", (team,)),
    Notice("opinion_to_decide", (ministry,), page="referencing:decision", more=target),
)
notify_acceptance = writing(
    Notice("accepted", (team,)),
    Notice("accepted_to_sign", (support,), page="referencing:convention"),
)
notify_rejection = writing(Notice("rejected", (team,), more=remedies))
tell_published = writing(Notice("published", (team,)))
tell_withdrawn = writing(
    Notice("withdrawn", (team,)),
    Notice("withdrawn_told", (support, experts)),
)
tell_expired = writing(Notice("expired", (team,), more=remedies), Notice("expired_told", (support, experts)))


def remind(event_seq: int) -> None:
    """Write the reminder, unless the éditeur answered meanwhile."""
    event = Event.objects.get(pk=event_seq)
    candidature = Candidature.objects.select_related("service__organisation", "sheet").get(reference=event.subject)
    if candidature.version == event.data["version"]:
        page = "referencing:check" if candidature.stage == "incomplete" else "evaluation:to_do"
        write(Notice("reminder", (team,), page=page, more=awaited), candidature, event)
