"""What happened in a team, told from the journal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Organisation, User
from journal.models import Event

SHOWN = 50


@dataclass(frozen=True)
class Fact:
    at: datetime
    sentence: str
    who: str


def facts_of(organisation: Organisation) -> list[Fact]:
    """Return the last facts about a team, the newest first, in two queries."""
    events = Event.objects.about(organisation.siren).filter(kind__in=SENTENCES).select_related("actor")
    events = list(events.newest_first()[:SHOWN])  # type: ignore[assignment]
    people = User.objects.in_bulk({event.data["person"] for event in events if "person" in event.data})
    return [Fact(event.at, SENTENCES[event.kind](event, people), str(event.actor)) for event in events]


def _mandated(event: Event) -> str:
    return " avec un mandat" if event.data["mandated"] else ""


def _changed(event: Event, people: dict[int, User]) -> str:
    verb = "est maintenant une personne mandatée" if event.data["mandated"] else "n'est plus une personne mandatée"
    return f"{people[event.data['person']]} {verb}"


SENTENCES: dict[str, Callable[[Event, dict[int, User]], str]] = {
    "team.invited": lambda event, _: f"Invitation n° {event.data['invitation']} envoyée{_mandated(event)}",
    "team.invited_again": lambda event, _: f"Invitation n° {event.data['invitation']} renvoyée",
    "team.invitation_revoked": lambda event, _: f"Invitation n° {event.data['invitation']} annulée",
    "team.joined": lambda event, _: f"{event.actor} rejoint l'équipe{_mandated(event)}",
    "team.left": lambda event, people: f"{people[event.data['person']]} quitte l'équipe",
    "team.mandate_changed": _changed,
    "team.mandate_verified": lambda event, _: f"Mandat vérifié : {event.data['motive']}",
}
