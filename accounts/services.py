"""What may be done with people and organisations; views, commands and the demonstration all come here."""

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import Membership, Organisation, User
from accounts.roles import GLOBAL_ROLES, POOLS, Role


def role_group(role: Role) -> Group:
    """Return the group that carries a role held everywhere."""
    return Group.objects.get_or_create(name=str(role.value))[0]


class LastMandated(Exception):
    """A team keeps at least one mandated person: without one, nobody could file, nor add anybody."""

    def __init__(self, membership: Membership) -> None:
        super().__init__(
            f"{membership.user} est la seule personne mandatée de « {membership.organisation} » : "
            "mandatez d'abord une autre personne."
        )


def give_role(user: User, role: Role) -> None:
    if role not in (*GLOBAL_ROLES, *POOLS):
        raise ValueError(f"{role} vient d'un lien avec un dossier, pas d'un groupe")
    user.groups.add(role_group(role))


@transaction.atomic
def create_organisation(name: str, siren: str, *, siret: str = "", address: str = "") -> Organisation:
    return Organisation.objects.create(
        name=name,
        siren=siren,
        siret=siret,
        address=address,
        members_group=Group.objects.create(name=f"organisation {siren}"),
        mandated_group=Group.objects.create(name=f"mandataires {siren}"),
    )


@transaction.atomic
def join(user: User, organisation: Organisation, *, profiles: list[str], mandated: bool = False) -> Membership:
    """Make a person a member, or change how they are one; the groups follow.

    Raises `LastMandated` rather than take its mandate from the only mandated person.
    """
    known = Membership.objects.filter(user=user, organisation=organisation).first()
    if known and not mandated:
        _refuse_the_last_mandated(known)
    membership, _ = Membership.objects.update_or_create(
        user=user, organisation=organisation, defaults={"profiles": profiles, "is_mandated": mandated}
    )
    user.groups.add(organisation.members_group)
    if mandated:
        user.groups.add(organisation.mandated_group)
    else:
        user.groups.remove(organisation.mandated_group)
    return membership


@transaction.atomic
def leave(membership: Membership) -> None:
    """Take a person off a team, with all it opened to them, at once. Raises `LastMandated`."""
    _refuse_the_last_mandated(membership)
    membership.user.groups.remove(membership.organisation.members_group, membership.organisation.mandated_group)
    membership.delete()


def _refuse_the_last_mandated(membership: Membership) -> None:
    """The organisation is locked: of two mandated people who remove each other at once, one stays."""
    organisation = Organisation.objects.select_for_update(of=("self",)).get(pk=membership.organisation_id)
    mandated = set(organisation.memberships.filter(is_mandated=True).values_list("pk", flat=True))
    if mandated == {membership.pk}:
        raise LastMandated(membership)


def acts_for_the_state(user: User) -> bool:
    """Say whether a person acts for the administration or the commission: they never belong to an éditeur's team."""
    names = [role.value for role in (*GLOBAL_ROLES, *POOLS)]
    return user.is_staff or user.is_superuser or user.groups.filter(name__in=names).exists()


def roles_of(user: User) -> list[Role]:
    """Return the capacities of a person, most used first for choosing their home."""
    names = set(user.groups.values_list("name", flat=True))
    order = (Role.SUPPORT, Role.SECRETARY, Role.MINISTRY, Role.MEMBER, Role.EXPERT, Role.AUDITOR)
    held = [role for role in order if role.value in names]
    if user.memberships.exists():
        held.append(Role.EDITOR)
    return held
