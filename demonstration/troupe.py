"""The people of the demonstration, and the candidatures under way: what every gesture needs at hand."""

from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password

from accounts import demo
from accounts.addresses import vouch_for
from accounts.models import Organisation, User
from accounts.roles import Role
from accounts.services import create_organisation, give_role, join
from commission.models import Seance
from demonstration.stories import Story
from questionnaires.models import EvidenceRevision
from referencing.models import Candidature

PASSWORD = "demonstration-sans-secret"  # noqa: S105 accounts that only exist where DEMO=1 already opens them all


@dataclass
class Troupe:
    """Everyone by e-mail, every organisation by name, every candidature by the key of its story, every proof by name."""

    people: dict[str, User]
    organisations: dict[str, Organisation]
    candidatures: dict[str, Candidature] = field(default_factory=dict)
    seances: dict[str, Seance] = field(default_factory=dict)
    proofs: dict[str, EvidenceRevision] = field(default_factory=dict)

    def of(self, story: Story) -> Candidature:
        """Return the candidature of a story as the database holds it now."""
        rows = Candidature.objects.select_related("service__organisation", "sheet__version")
        return rows.get(pk=self.candidatures[story.key].pk)

    def invited(self) -> User:
        """Return the one who belongs to no team yet."""
        return next(self.people[person.email] for person in demo.EDITORS if person.company is None)

    def editor(self, story: Story) -> User:
        """Return the person mandated by the company of a story."""
        return next(self.people[p.email] for p in demo.EDITORS if p.company == story.company and p.is_mandated)

    def playing(self, role: Role, rank: int = 0) -> User:
        return [self.people[person.email] for person in demo.CAST if person.role == role][rank]

    def all_playing(self, role: Role) -> list[User]:
        return [self.people[person.email] for person in demo.CAST if person.role == role]


def gather() -> Troupe:
    """Create the accounts and the organisations of the cast."""
    troupe = Troupe({}, {})
    hashed = make_password(PASSWORD)  # slow on purpose: once is enough for a password that everyone shares
    for person in demo.CAST:
        user = User.objects.create_user(person.email, full_name=person.full_name, quality=person.quality)
        user.password = hashed
        user.save(update_fields=["password"])
        vouch_for(user)
        troupe.people[person.email] = user
        if person.company is None:
            if person.role != Role.EDITOR:
                give_role(user, person.role)
            continue
        if person.company.name not in troupe.organisations:
            troupe.organisations[person.company.name] = create_organisation(person.company.name, person.company.siren)
        organisation = troupe.organisations[person.company.name]
        join(user, organisation, profiles=list(person.profiles), mandated=person.is_mandated)
    return troupe
