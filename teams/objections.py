"""Why an invitation cannot be accepted, in one sentence each. Pure: nothing here reads the database."""

from dataclasses import dataclass
from datetime import datetime

from kit.templatetags.french import long_date
from teams.models import Invitation

UNKNOWN = (
    "Ce lien d'invitation n'existe pas : ouvrez-le depuis le courriel reçu, sans en couper la fin, ou demandez à "
    "votre équipe de vous inviter de nouveau."
)


@dataclass(frozen=True)
class Objection:
    """What to say, and the HTTP status that says it to a program."""

    sentence: str
    status: int


@dataclass(frozen=True)
class Visitor:
    """Who holds the link: their number and the addresses proven theirs, in lower case."""

    number: int
    addresses: frozenset[str]
    acts_for_the_state: bool
    is_member: bool


def ended(invitation: Invitation, now: datetime, *, reader: int | None = None) -> Objection | None:
    """Say why an invitation is over, whoever reads; `reader` is the number of the person signed in, if any."""
    team = f"« {invitation.organisation} »"
    if invitation.accepted_at and invitation.accepted_by_id == reader:
        return Objection(f"Vous avez déjà accepté cette invitation le {long_date(invitation.accepted_at)}.", 410)
    if invitation.accepted_at:
        return Objection(
            f"Cette invitation a déjà servi le {long_date(invitation.accepted_at)} et ne vaut qu'une fois. "
            f"Si ce n'était pas vous, prévenez une personne mandatée de {team}.",
            410,
        )
    if invitation.revoked_at:
        return Objection(
            f"Cette invitation a été annulée le {long_date(invitation.revoked_at)} par l'équipe de {team}.", 410
        )
    if invitation.expires_at <= now:
        return Objection(
            f"Cette invitation a expiré le {long_date(invitation.expires_at)} : "
            f"demandez à une personne mandatée de {team} de vous la renvoyer.",
            410,
        )
    return None


def barred(invitation: Invitation, visitor: Visitor) -> Objection | None:
    """Say why this person may not accept an invitation that is still good."""
    if invitation.email not in visitor.addresses:
        return Objection(
            f"Cette invitation est adressée à {masked(invitation.email)}, qui n'est pas une adresse vérifiée de votre "
            "compte. Elle ne vaut que pour cette adresse : si elle est à vous, ajoutez-la à votre compte ; sinon, "
            "demandez une invitation à votre nom.",
            403,
        )
    if visitor.acts_for_the_state:
        return Objection(
            "Votre compte agit pour l'administration, l'évaluation ou la commission : il ne peut pas faire partie de "
            "l'équipe d'un éditeur.",
            403,
        )
    if visitor.is_member:
        return Objection(f"Vous faites déjà partie de l'équipe de « {invitation.organisation} ».", 409)
    return None


def masked(email: str) -> str:
    """Show enough of an address for its owner to know it: « z•••@exemple.fr »."""
    name, _, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"
