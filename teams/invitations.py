"""Inviting somebody, sending again, taking back, accepting. Every one of them is a fact in the journal.

The journal never forgets: it keeps the number of an invitation, not the address it was sent to.
"""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Membership, Organisation, User
from accounts.services import acts_for_the_state, join
from journal.record import record
from teams.models import Invitation, NudgeDismissal
from teams.objections import UNKNOWN, Objection, Visitor, barred, ended
from teams.tokens import fingerprint, token_of

ALREADY_INVITED = "Une invitation attend déjà cette adresse : renvoyez-la, ou annulez-la pour en changer les profils."


class NotInvited(Exception):
    """An invitation that cannot be sent; the text is the sentence to show."""


class NotAccepted(Exception):
    """An invitation that cannot be accepted."""

    def __init__(self, objection: Objection) -> None:
        super().__init__(objection.sentence)
        self.objection = objection


@transaction.atomic
def invite(organisation: Organisation, email: str, *, profiles: list[str], mandated: bool, actor: User) -> Invitation:
    """Offer a place in a team to whoever reads an address. Raises `NotInvited`.

    Nothing depends on whether the address has an account: the answer would tell it.
    """
    email, now = email.lower(), timezone.now()
    if _belongs_to_a_member(email, organisation):
        raise NotInvited("Cette adresse est celle d'une personne qui fait déjà partie de l'équipe.")
    if organisation.invitations.pending().count() >= settings.PROCEDURE["invitations_pending"]:
        raise NotInvited("Trop d'invitations attendent une réponse : annulez celles qui ne servent plus.")
    invitation = Invitation(
        organisation=organisation,
        email=email,
        profiles=profiles,
        is_mandated=mandated,
        invited_by=actor,
        invited_at=now,
        expires_at=now + timedelta(days=settings.PROCEDURE["invitation_days"]),
    )
    invitation.token_sha256 = fingerprint(token_of(invitation.public_id))
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError:
        raise NotInvited(ALREADY_INVITED) from None
    _tell("team.invited", invitation, actor)
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, actor: User) -> Invitation:
    """Send the same link once more, good for the whole delay again. Raises `NotInvited`."""
    invitation = _locked(invitation)
    now, wait = timezone.now(), timedelta(minutes=settings.PROCEDURE["invitation_resend_minutes"])
    if invitation.accepted_at or invitation.revoked_at:
        raise NotInvited("Cette invitation n'attend plus de réponse.")
    if invitation.posted_at and invitation.posted_at + wait > now:
        raise NotInvited("Cette invitation vient de partir : laissez-lui le temps d'arriver avant de la renvoyer.")
    invitation.expires_at = now + timedelta(days=settings.PROCEDURE["invitation_days"])
    invitation.token_sha256 = fingerprint(token_of(invitation.public_id))  # the secret key may have changed meanwhile
    invitation.posted_at = None
    invitation.save(update_fields=["expires_at", "token_sha256", "posted_at"])
    _tell("team.invited_again", invitation, actor)
    return invitation


@transaction.atomic
def revoke(invitation: Invitation, *, actor: User) -> None:
    """Take an invitation back: its link opens nothing any more. Raises `NotInvited`."""
    invitation = _locked(invitation)
    if invitation.accepted_at or invitation.revoked_at:
        raise NotInvited("Cette invitation n'attend plus de réponse.")
    invitation.revoked_at, invitation.revoked_by = timezone.now(), actor
    invitation.save(update_fields=["revoked_at", "revoked_by"])
    _tell("team.invitation_revoked", invitation, actor)


def find(token: str) -> Invitation | None:
    rows = Invitation.objects.select_related("organisation", "invited_by")
    return rows.filter(token_sha256=fingerprint(token)).first()


def objection_to(invitation: Invitation, user: User) -> Objection | None:
    """Return why a person may not accept an invitation, None when they may."""
    over = ended(invitation, timezone.now(), reader=user.pk)
    return over or barred(invitation, _visitor(user, invitation.organisation))


@transaction.atomic
def accept(token: str, *, user: User) -> Membership:
    """Join the team. Raises `NotAccepted`.

    The invitation, then the organisation, are locked: of two acceptances at once, the second finds the first.
    """
    known = find(token)
    if known is None:
        raise NotAccepted(Objection(UNKNOWN, 404))
    invitation = _locked(known)
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=invitation.organisation_id)
    if objection := objection_to(invitation, user):
        raise NotAccepted(objection)
    membership = join(user, organisation, profiles=invitation.profiles, mandated=invitation.is_mandated)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if membership.is_mandated:  # the advice to mandate somebody is worth giving again the day one remains alone
        NudgeDismissal.objects.filter(membership__organisation=organisation).delete()
    _tell("team.joined", invitation, user)
    return membership


def waiting_for(user: User) -> list[Invitation]:
    """Return the invitations sent to the verified addresses of a person, in one query."""
    verified = EmailAddress.objects.filter(user=user, verified=True)
    rows = Invitation.objects.live(timezone.now()).filter(email__in=verified.values("email"))
    return list(rows.exclude(organisation__memberships__user=user).select_related("organisation", "invited_by"))


def addresses_of(user: User) -> frozenset[str]:
    """Return the addresses proven to be a person's: the one they sign in with, and those they verified."""
    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return frozenset(address.lower() for address in (user.email, *verified))


def _visitor(user: User, organisation: Organisation) -> Visitor:
    return Visitor(
        number=user.pk,
        addresses=addresses_of(user),
        acts_for_the_state=acts_for_the_state(user),
        is_member=user.memberships.filter(organisation=organisation).exists(),
    )


def _belongs_to_a_member(email: str, organisation: Organisation) -> bool:
    team = User.objects.filter(memberships__organisation=organisation)
    return (
        team.filter(email=email).exists()
        or EmailAddress.objects.filter(user__in=team, email=email, verified=True).exists()
    )


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "invited_by")
    return rows.get(pk=invitation.pk)


def _tell(kind: str, invitation: Invitation, actor: User) -> None:
    data = {"invitation": invitation.pk, "profiles": invitation.profiles, "mandated": invitation.is_mandated}
    record(kind, invitation.organisation.siren, actor=actor, data=data)
