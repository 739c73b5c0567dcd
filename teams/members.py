"""Changing what a member does, and leaving a team, with the trace of it."""

from django.db import transaction

from accounts.models import Membership, User
from accounts.services import join, leave
from journal.record import record
from teams.models import NudgeDismissal


@transaction.atomic
def change(membership: Membership, *, profiles: list[str], mandated: bool, actor: User) -> None:
    """Change the profiles and the mandate of a member. Raises `LastMandated`, or DoesNotExist for who left meanwhile."""
    before = _locked(membership)
    join(membership.user, membership.organisation, profiles=profiles, mandated=mandated)
    if mandated == before.is_mandated:
        return
    if mandated:
        NudgeDismissal.objects.filter(membership__organisation=membership.organisation_id).delete()
    data = {"person": membership.user_id, "mandated": mandated}
    record("team.mandate_changed", membership.organisation.siren, actor=actor, data=data)


@transaction.atomic
def remove(membership: Membership, *, actor: User) -> None:
    """Take a member off a team: a colleague, or oneself. Raises `LastMandated`, or DoesNotExist as above."""
    before = _locked(membership)
    leave(membership)
    data = {"person": before.user_id, "mandated": before.is_mandated}
    record("team.left", membership.organisation.siren, actor=actor, data=data)


def _locked(membership: Membership) -> Membership:
    return Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
