"""What may be done with people and organisations; views, commands and the demonstration all come here."""

from django.contrib.auth.models import Group
from django.db import transaction

from accounts.models import Membership, Organisation, User
from accounts.roles import GLOBAL_ROLES, POOLS, Role


def role_group(role: Role) -> Group:
    """Return the group that carries a role held everywhere."""
    return Group.objects.get_or_create(name=str(role.value))[0]


def give_role(user: User, role: Role) -> None:
    if role not in (*GLOBAL_ROLES, *POOLS):
        raise ValueError(f"{role} vient d'un lien avec un dossier, pas d'un groupe")
    user.groups.add(role_group(role))


@transaction.atomic
def create_organisation(name: str, siren: str, *, address: str = "") -> Organisation:
    return Organisation.objects.create(
        name=name,
        siren=siren,
        address=address,
        members_group=Group.objects.create(name=f"organisation {siren}"),
        mandated_group=Group.objects.create(name=f"mandataires {siren}"),
    )


@transaction.atomic
def join(user: User, organisation: Organisation, *, profiles: list[str], mandated: bool = False) -> Membership:
    """Make a person a member, or change how they are one; the groups follow."""
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
    membership.user.groups.remove(membership.organisation.members_group, membership.organisation.mandated_group)
    membership.delete()


def roles_of(user: User) -> list[Role]:
    """Return the capacities of a person, most used first for choosing their home."""
    names = set(user.groups.values_list("name", flat=True))
    order = (Role.SUPPORT, Role.SECRETARY, Role.MINISTRY, Role.MEMBER, Role.EXPERT, Role.AUDITOR)
    held = [role for role in order if role.value in names]
    if user.memberships.exists():
        held.append(Role.EDITOR)
    return held
