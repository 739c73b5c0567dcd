"""What is written about a proof of the vault: it expires soon, or the antivirus has put it in quarantine."""

from django.urls import reverse

from accounts.models import Organisation, User
from accounts.roles import Role
from journal import letters
from journal.models import Event
from questionnaires.models import EvidenceRevision
from referencing import access
from referencing.models import Candidature


def _revision(event: Event) -> EvidenceRevision:
    rows = EvidenceRevision.objects.select_related("evidence__organisation")
    return rows.get(public_id=event.data["revision"])


def _team(organisation: Organisation) -> list[User]:
    return list(User.objects.filter(memberships__organisation=organisation).distinct())


def _page(revision: EvidenceRevision) -> str:
    return reverse("referencing:proof_page", args=[revision.evidence.organisation.siren, revision.evidence_id])


def tell_expiring(event_seq: int) -> None:
    """Warn the team of the éditeur that a proof expires, and of what falls with it."""
    event = Event.objects.get(pk=event_seq)
    revision = _revision(event)
    context = {"revision": revision, "evidence": revision.evidence}
    team = _team(revision.evidence.organisation)
    letters.write(event, "proof_expiring", team, context=context, url=_page(revision))


def tell_infected(event_seq: int) -> None:
    """Tell the team of the éditeur, and the support, that a file is in quarantine.

    The support is told of the candidatures that they may read: a draft is nobody's but its team's.
    """
    event = Event.objects.get(pk=event_seq)
    revision = _revision(event)
    organisation = revision.evidence.organisation
    context = {"revision": revision, "evidence": revision.evidence, "organisation": organisation}
    letters.write(event, "proof_infected", _team(organisation), context=context, url=_page(revision))
    for agent in User.objects.filter(groups__name=Role.SUPPORT.value):
        told = context | {"candidatures": list(_using(revision, agent))}
        letters.write(event, "proof_infected_told", [agent], context=told, url=reverse("instruction:desk"))


def _using(revision: EvidenceRevision, reader: User) -> "list[Candidature]":
    rows = access.visible_to(reader).filter(sheet__answers__uses__revision=revision)
    return list(rows.select_related("service").distinct().order_by("reference"))
