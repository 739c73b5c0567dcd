"""Drafts that support opens for an éditeur: prepared by support, offered by a link, taken by the éditeur.

Until somebody of the éditeur takes it, the draft is support's: they write it and the éditeur's team does not see it.
Once taken it is the team's as if they had opened it, and support neither writes nor reads it any more.
"""

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.services import create_organisation
from journal.record import record
from questionnaires.models import Version
from referencing import access
from referencing.models import Candidature, EntrustedDraft
from referencing.opening import open_for
from referencing.stages import Stage
from teams import invitations
from teams.models import Invitation


class NotEntrusted(Exception):
    """A draft that cannot be opened, offered or taken; the text is the sentence to show."""


def objection_to(organisation: Organisation, email: str) -> str:
    """Say why a draft cannot be meant for this address, "" when it can.

    An organisation that has a team answers for itself: support does not bring a newcomer into it.
    """
    if not organisation.memberships.exists():
        return ""
    team = Membership.objects.filter(organisation=organisation)
    if any(email.lower() in invitations.addresses_of(one.user) for one in team.select_related("user")):
        return ""
    return (
        f"« {organisation} » a déjà une équipe et cette adresse n'en fait pas partie : indiquez celle d'une personne de "
        "l'équipe, ou demandez à l'éditeur d'inviter la sienne."
    )


@transaction.atomic
def prepare(
    siren: str,
    organisation_name: str,
    email: str,
    *,
    version: Version,
    name: str,
    purpose: str,
    declinations: list[str],
    actor: User,
) -> EntrustedDraft:
    """Open a draft for an éditeur, in the hands of support; an unknown organisation is registered. Raises `NotEntrusted`."""
    organisation = Organisation.objects.filter(siren=siren).first() or create_organisation(organisation_name, siren)
    if objection := objection_to(organisation, email):
        raise NotEntrusted(objection)
    candidature = open_for(
        actor=actor,
        organisation=organisation,
        version=version,
        name=name,
        purpose=purpose,
        declinations=declinations,
        for_the_team=False,
    )
    return EntrustedDraft.objects.create(
        candidature=candidature, email=email.lower(), prepared_by=actor, prepared_at=candidature.opened_at
    )


@transaction.atomic
def offer(entrusted: EntrustedDraft, *, actor: User) -> EntrustedDraft:
    """Send the link by which the éditeur takes the draft, or send it again. Raises `NotEntrusted`."""
    locked = _locked(entrusted)
    _refuse_if_taken(locked)
    organisation = locked.candidature.organisation
    if not organisation.memberships.exists():
        locked.invitation = _invitation(organisation, locked.email, actor)
    locked.offered_at = timezone.now()
    locked.save(update_fields=["invitation", "offered_at"])
    data = {"to_member": locked.invitation_id is None}
    record("entrusted.offered", locked.candidature.reference, actor=actor, data=data)
    return locked


def _invitation(organisation: Organisation, email: str, actor: User) -> Invitation:
    pending = organisation.invitations.pending().filter(email=email).first()
    try:
        if pending:
            return invitations.send_again(pending, actor=actor)
        return invitations.invite(organisation, email, profiles=["MOA"], mandated=True, actor=actor)
    except invitations.NotInvited as refused:
        raise NotEntrusted(str(refused)) from None


@transaction.atomic
def take(entrusted: EntrustedDraft, *, user: User) -> Candidature:
    """Give the draft to the éditeur's team; support loses it at once. Raises `NotEntrusted`."""
    locked = _locked(entrusted)
    _refuse_if_taken(locked)
    if locked.offered_at is None or not waiting_for(user).filter(pk=locked.pk).exists():
        raise NotEntrusted("Ce brouillon ne vous est pas proposé.")
    access.open_to_team(locked.candidature)
    access.take_from_support(locked.candidature)
    locked.taken_by, locked.taken_at = user, timezone.now()
    locked.save(update_fields=["taken_by", "taken_at"])
    record("entrusted.taken", locked.candidature.reference, actor=user, data={})
    return locked.candidature


def waiting_for(user: User) -> QuerySet[EntrustedDraft]:
    """Return the drafts offered to a person: those of their organisations that bear their address, or any if mandated."""
    mandated = Q(candidature__service__organisation__memberships__in=user.memberships.filter(is_mandated=True))
    named = Q(
        candidature__service__organisation__memberships__in=user.memberships.all(),
        email__in=sorted(invitations.addresses_of(user)),
    )
    rows = EntrustedDraft.objects.filter(taken_at=None, offered_at__isnull=False).filter(mandated | named)
    return rows.select_related("candidature__service__organisation", "prepared_by").distinct()


def prepared() -> QuerySet[EntrustedDraft]:
    """Return every draft that support opened, those still in its hands first."""
    rows = EntrustedDraft.objects.select_related("candidature__service__organisation", "prepared_by", "taken_by")
    return rows.order_by(F("taken_at").desc(nulls_first=True), "-prepared_at", "-pk")


def _locked(entrusted: EntrustedDraft) -> EntrustedDraft:
    rows = EntrustedDraft.objects.select_for_update(of=("self",))
    return rows.select_related("candidature__service__organisation").get(pk=entrusted.pk)


def _refuse_if_taken(entrusted: EntrustedDraft) -> None:
    if entrusted.taken_at is not None:
        raise NotEntrusted("L'éditeur a déjà repris ce brouillon : il est à lui.")
    if entrusted.candidature.stage != Stage.DRAFT:
        raise NotEntrusted("Ce brouillon n'est plus en préparation.")
