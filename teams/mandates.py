"""What support knows of the mandate of an organisation: never verified, verified, or changed since."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from journal.models import Event
from journal.record import record
from teams.models import MandateCheck

# What gives a mandate to somebody whom the last check may not have seen.
GIVES_A_MANDATE = ("team.joined", "team.mandate_changed")


@dataclass(frozen=True)
class Mandate:
    """Who may bind an organisation, the last check made of it, and how many mandates were given since."""

    organisation: Organisation
    people: list[Membership]
    check: MandateCheck | None
    given_since: int

    @property
    def is_verified(self) -> bool:
        return self.check is not None and not self.given_since


def mandate_of(organisation: Organisation) -> Mandate:
    """Read the mandate of an organisation, in three queries at most."""
    people = list(organisation.memberships.filter(is_mandated=True).select_related("user"))
    check = MandateCheck.objects.filter(organisation=organisation).select_related("checked_by").first()
    return Mandate(organisation, people, check, _given_since(organisation, check) if check else 0)


@transaction.atomic
def verify(organisation: Organisation, *, motive: str, actor: User) -> MandateCheck:
    """Note that a proof of the mandate was seen: which one, and why it is enough."""
    check = MandateCheck.objects.create(
        organisation=organisation, motive=motive, checked_by=actor, checked_at=timezone.now()
    )
    record("team.mandate_verified", organisation.siren, actor=actor, data={"check": check.pk, "motive": motive})
    return check


def _given_since(organisation: Organisation, check: MandateCheck) -> int:
    events = Event.objects.about(organisation.siren).filter(at__gt=check.checked_at, data__mandated=True)
    return events.filter(kind__in=GIVES_A_MANDATE).count()
