"""Who could be written to about a candidature, the roads to each event, and what was written."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import User
from journal.models import Event, Letter
from questionnaires.models import Version
from referencing import extensions, filing
from referencing.door import move
from referencing.models import Candidature, Extension
from referencing.working_days import next_working_day
from tests import play

TEAM = {"alice", "bob"}
SOON = timezone.localdate() + timedelta(days=20)
RESERVES = (
    {"id": "R1", "text": "Publier le schéma.", "suspensive": False, "deadline": "2027-01-31"},
    {"id": "R2", "text": "Renouveler le certificat.", "suspensive": True, "deadline": ""},
)
MISSING = [{"what": "Extrait Kbis", "basis": "critère ADM-01"}, {"what": "Mandat signé", "basis": ""}]
ITEMS = [{"criterion": "SEC-GOV-01", "expected": "La politique signée."}]


class House:
    """Everybody who could be written to, and the roads to each event."""

    def __init__(self, people: dict[str, User], version: Version) -> None:
        self.people, self.version = people, version
        self.ministry = (people["marc"], people["mona"])

    def submitted(self) -> Candidature:
        return play.submitted(self.people["alice"], self.version)

    def assigned(self) -> Candidature:
        """Led by Émile, Eva assigned too."""
        p = self.people
        candidature = play.assigned(p["alice"], self.version, p["sophie"], p["emile"])
        play.assign(candidature, p["eva"], actor=p["sophie"], lead=False)
        return candidature

    def evaluated(self) -> Candidature:
        p = self.people
        return play.evaluated(p["alice"], self.version, p["sophie"], p["emile"])

    def in_commission(self) -> Candidature:
        p = self.people
        return play.in_commission(p["alice"], self.version, p["sophie"], p["emile"])

    def opined(self, **options: object) -> Candidature:
        p = self.people
        return play.opinion_given(p["alice"], self.version, p["sophie"], p["emile"], p["simone"], **options)  # type: ignore[arg-type]

    def incomplete(self) -> Candidature:
        return filing.declare_incomplete(self.submitted(), missing=MISSING, deadline=SOON, actor=self.people["sophie"])

    def asked(self) -> Candidature:
        payload = {"items": ITEMS, "deadline": SOON.isoformat()}
        return move(self.assigned(), "request_complements", actor=self.people["emile"], payload=payload)

    def more_time_asked(self) -> Extension:
        until = next_working_day(SOON + timedelta(days=10))
        return extensions.ask(self.asked(), until=until, motive="Le signataire est absent.", actor=self.people["alice"])

    def more_time_granted(self) -> Candidature:
        asked = self.more_time_asked()
        return extensions.grant(
            asked.candidature, until=asked.until, answer="", actor=self.people["sophie"], asked=asked
        )

    def more_time_refused(self) -> Candidature:
        asked = self.more_time_asked()
        extensions.refuse(asked, answer="La séance est proche.", actor=self.people["sophie"])
        return asked.candidature

    def returned(self) -> Candidature:
        candidature = self.asked()
        play.answer_all(candidature, self.people["alice"], comment="Voici la politique signée.")
        return filing.return_complements(candidature, actor=self.people["alice"])

    def published(self) -> Candidature:
        p = self.people
        return play.published(p["alice"], self.version, p["sophie"], p["emile"], p["simone"], self.ministry)

    def withdrawn(self, candidature: Candidature) -> Candidature:
        return filing.withdraw(candidature, motive="Nous changeons de produit.", actor=self.people["alice"])


def react(kind: str) -> dict[tuple[str, str], Letter]:
    """Do what follows the latest event of a kind, letters only; return them by kind and recipient."""
    event = Event.objects.filter(kind=kind).latest("seq")
    for path in settings.REACTIONS[kind]:
        if ".letters." in path:
            import_string(path)(event.pk)
    return {(one.kind, one.recipient.email.split("@")[0]): one for one in Letter.objects.filter(event=event)}


def to(written: dict[tuple[str, str], Letter]) -> dict[str, set[str]]:
    kinds = {kind for kind, _ in written}
    return {kind: {person for other, person in written if other == kind} for kind in kinds}


def body(kind: str, letter: str, person: str = "alice") -> str:
    return react(kind)[(letter, person)].body.replace("\u00a0", " ")
