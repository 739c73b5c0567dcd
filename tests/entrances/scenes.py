"""The moments at which every entrance is tried: one candidature at a stage, and what its addresses need."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from accounts.models import Organisation, User
from accounts.roles import Role
from catalogue.models import Entry
from catalogue.reactions import open_entry
from commission.members import open_to_members
from evaluation.models import Assignment
from exchange.models import TestReport
from journal.models import Event
from questionnaires.models import EvidenceUse, Version
from referencing import acts
from referencing.kinds import ActKind
from referencing.models import Candidature
from tests import cast, play, sittings


@dataclass
class People:
    """Who knocks at the door. `anonymous` is nobody."""

    glyco: Organisation
    by_name: dict[str, User | None] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        user = self.by_name[name]
        assert user is not None
        return user


# The columns of the table, in order.
NAMES = (
    "anonymous",
    "stranger",
    "colleague",
    "mandated",
    "lead",
    "expert",
    "member",
    "secretary",
    "support",
    "ministry",
    "auditor",
)


def gather() -> tuple[People, list[User]]:
    glyco, concurrent = cast.glyco(), cast.concurrent()
    members = cast.members()
    people = People(glyco)
    people.by_name = {
        "anonymous": None,
        "stranger": cast.charlie(concurrent),
        "colleague": cast.bob(glyco),
        "mandated": cast.alice(glyco),
        "lead": cast.staff(Role.EXPERT, "emile", "Émile Roux"),
        "expert": cast.staff(Role.EXPERT, "eva", "Eva Noël"),
        "member": members[0],
        "secretary": cast.staff(Role.SECRETARY, "simone", "Simone Girard"),
        "support": cast.staff(Role.SUPPORT, "sophie", "Sophie Bernard"),
        "ministry": cast.staff(Role.MINISTRY, "marc", "Marc Lefèvre"),
        "signatory": cast.staff(Role.MINISTRY, "mona", "Mona Faure"),
        "auditor": cast.staff(Role.AUDITOR, "aude", "Aude Mercier"),
    }
    return people, members


def draft(people: People, members: list[User], version: Version) -> Candidature:
    candidature = play.draft(people.mandated, version, facts=play.EXCHANGE)
    play.unit_tested(candidature, people.mandated)
    play.answer_all(candidature, people.mandated)
    return candidature


def submitted(people: People, members: list[User], version: Version) -> Candidature:
    return play.submitted(people.mandated, version)


def evaluation(people: People, members: list[User], version: Version) -> Candidature:
    return play.assigned(people.mandated, version, people.support, people.lead)


def commission(people: People, members: list[User], version: Version) -> Candidature:
    sitting = sittings.nine(members)
    candidature = sittings.ready(people.mandated, version, people.support)
    seance = sittings.convened([candidature], support=people.support, secretary=people.secretary)
    open_to_members(seance.items.get(), sitting)
    return candidature


def opinion(people: People, members: list[User], version: Version) -> Candidature:
    return play.opinion_given(people.mandated, version, people.support, people.lead, people.secretary)


def accepted(people: People, members: list[User], version: Version) -> Candidature:
    ministry = (people.ministry, people.signatory)
    return play.accepted(people.mandated, version, people.support, people.lead, people.secretary, ministry)


def published(people: People, members: list[User], version: Version) -> Candidature:
    ministry = (people.ministry, people.signatory)
    candidature = play.published(people.mandated, version, people.support, people.lead, people.secretary, ministry)
    open_entry(Event.objects.get(kind="candidature.publish").seq)
    return candidature


SCENES: dict[str, Callable[[People, list[User], Version], Candidature]] = {
    "draft": draft,
    "submitted": submitted,
    "evaluation": evaluation,
    "commission": commission,
    "opinion": opinion,
    "accepted": accepted,
    "published": published,
}


def addresses(candidature: Candidature, people: People) -> dict[str, Any]:
    """Return every value an address of this candidature may need."""
    use = EvidenceUse.objects.filter(answer__sheet=candidature.sheet).select_related("revision").first()
    report = TestReport.objects.filter(candidature=candidature).first()
    assignment = Assignment.objects.filter(candidature=candidature).first()
    entry = Entry.objects.first()
    scheduled = acts.latest(candidature, ActKind.SCHEDULING) or {"seance": "2026-01"}
    return {
        "reference": candidature.reference,
        "code": "ADM-02",
        "step": 1,
        "use": use.pk if use else 0,
        "public_id": use.revision.public_id if use else "00000000-0000-4000-8000-000000000000",
        "verb": "admit",
        "milestone": "unit",
        "report": report.pk if report else 0,
        "pk": assignment.pk if assignment else 0,
        "number": scheduled["seance"],
        "order": 1,
        "voice": 1,
        "siren": people.glyco.siren,
        "party": "editor",
        "slug": entry.slug if entry else "inconnu",
    }
