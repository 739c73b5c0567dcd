"""Who may, and who sees. Lists and checks read the same rules, so they cannot disagree.

Object permissions (guardian, direct-FK tables) carry what a person may on one file; membership of the group of a
global role carries the rest. Nobody else writes these rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import Organisation, User
from accounts.roles import GLOBAL_ROLES, Role
from accounts.services import role_group
from referencing import acts
from referencing.models import (
    Candidature,
    CandidatureGroupPermission,
    CandidatureUserPermission,
    Document,
)
from referencing.rights import OBJECT_ROLES, READS, RIGHTS, rights_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from referencing.queries import CandidatureQuerySet

    AnyUser = User | AnonymousUser


def may(user: AnyUser, right: str, candidature: Candidature) -> bool:
    """Say whether a person holds a right on this file, by a link with it or by a global role that may read it."""
    if not user.is_authenticated:
        return False
    name = f"referencing.{right}"
    if user.has_perm(name, candidature):
        return True
    return user.has_perm(name) and _global_reading(user, candidature)


def _global_reading(user: AnyUser, candidature: Candidature) -> bool:
    return candidature.submitted_at is not None and any(candidature.stage in READS[role] for role in global_roles(user))


def global_roles(user: AnyUser) -> list[Role]:
    """Return the global roles of a person (one query, remembered for the life of the object).

    Also notes whether they may have links with single files: whoever belongs to a team or to a pool, or to no group
    at all, or to the support while it prepares a draft for an éditeur. The others, the staff who read everything,
    spare the database the search of links they cannot have.
    """
    if not hasattr(user, "_global_roles"):
        lent = Exists(CandidatureGroupPermission.objects.filter(group=OuterRef("pk")))
        groups = dict(user.groups.annotate(lent=lent).values_list("name", "lent")) if user.is_authenticated else {}
        names = set(groups)
        user._global_roles = [role for role in GLOBAL_ROLES if role.value in names]  # type: ignore[union-attr]
        staff_only = names and names <= {role.value for role in GLOBAL_ROLES}
        user._may_have_links = not staff_only or any(groups.values())  # type: ignore[union-attr]
    return user._global_roles  # type: ignore[union-attr]


def visible_to(user: AnyUser) -> CandidatureQuerySet:
    """Return every candidature this person may read: the start of every list, page, search and export."""
    if not user.is_authenticated:
        return Candidature.objects.none()
    seen = Q(pk__in=[])
    stages = {stage for role in global_roles(user) for stage in READS[role]}
    if stages:
        seen = Q(stage__in=sorted(stages), submitted_at__isnull=False)
    if user._may_have_links:  # type: ignore[attr-defined]
        seen |= _linked_to(user)
    return Candidature.objects.filter(seen)


def _linked_to(user: User, right: str = "read") -> Q:
    links = {"permission__codename": right, "permission__content_type__app_label": "referencing"}
    by_person = CandidatureUserPermission.objects.filter(user=user, **links)
    by_team = CandidatureGroupPermission.objects.filter(group__user=user, **links)
    return Q(pk__in=by_person.values("content_object_id")) | Q(pk__in=by_team.values("content_object_id"))


def get_organisation(user: AnyUser, siren: str) -> Organisation:
    """Return an organisation whose vault this person may open, as a member of its team; 404 for any other."""
    own = Organisation.objects.filter(memberships__user=user) if user.is_authenticated else Organisation.objects.none()
    return get_object_or_404(own, siren=siren)


def get_visible(user: AnyUser, reference: str) -> Candidature:
    """Return one readable candidature with its service and sheet; 404 alike for unknown and forbidden."""
    try:
        return (
            visible_to(user)
            .select_related("service__organisation", "sheet__version", "origin")
            .get(reference=reference)
        )
    except Candidature.DoesNotExist:
        raise Http404("candidature") from None


def get_for(user: AnyUser, reference: str, right: str) -> Candidature:
    """Return a candidature on which the person holds a right; 404 otherwise, as for an unknown one."""
    candidature = get_visible(user, reference)
    if not may(user, right, candidature):
        raise Http404(right)
    return candidature


def get_linked(user: User, reference: str, right: str) -> Candidature:
    """Do as `get_for` in one query, for a right that no global role carries and whose holders all may read."""
    try:
        return Candidature.objects.select_related("sheet").get(_linked_to(user, right), reference=reference)
    except Candidature.DoesNotExist:
        raise Http404(right) from None


def get_readable_answers(user: AnyUser, reference: str) -> Candidature:
    """Return a candidature whose answers this person may read as they are now; 404 otherwise.

    What the éditeur is still writing is read by their team alone.
    """
    candidature = get_visible(user, reference)
    if not may(user, "answer", candidature) and not acts.answers_are_filed(candidature):
        raise Http404("réponses")
    return candidature


def readable_documents(user: AnyUser, candidature: Candidature) -> list[Document]:
    """Return the papers of a candidature that this person may open."""
    papers = candidature.documents.all()
    if not may(user, "read_evaluation", candidature):
        papers = papers.filter(audience=Document.Audience.EDITOR)
    return list(papers)


def open_to_team(candidature: Candidature) -> None:
    """Give the éditeur's team its rights; done once, when the candidature is opened."""
    organisation = candidature.organisation
    for role, group in ((Role.EDITOR, organisation.members_group), (Role.MANDATED, organisation.mandated_group)):
        for right in rights_of(role):
            assign_perm(right, group, candidature)


def lend_to_support(candidature: Candidature) -> None:
    """Let support write a draft that it opens for an éditeur, as the éditeur's people would, without filing it."""
    for right in rights_of(Role.EDITOR):
        assign_perm(right, role_group(Role.SUPPORT), candidature)


def take_from_support(candidature: Candidature) -> None:
    """Take the draft back from support; effective at the next request on every channel."""
    for right in rights_of(Role.EDITOR):
        remove_perm(right, role_group(Role.SUPPORT), candidature)


def grant(user: User, candidature: Candidature, role: Role) -> None:
    """Give a person the object rights of a role (expert, lead, member)."""
    _check_object_role(role)
    for right in rights_of(role):
        assign_perm(right, user, candidature)


def revoke(user: User, candidature: Candidature, role: Role) -> None:
    """Take them back; effective at the next request on every channel."""
    _check_object_role(role)
    for right in rights_of(role):
        remove_perm(right, user, candidature)


def holders(right: str, candidature: Candidature) -> list[User]:
    """Return the active people who hold a right on this file, by link or by global role."""
    roles = [role.value for role in RIGHTS[right] if role in GLOBAL_ROLES]
    linked = Q(
        pk__in=CandidatureUserPermission.objects.filter(content_object=candidature, permission__codename=right).values(
            "user"
        )
    ) | Q(
        groups__in=CandidatureGroupPermission.objects.filter(
            content_object=candidature, permission__codename=right
        ).values("group")
    )
    return list(User.objects.filter(is_active=True).filter(linked | Q(groups__name__in=roles)).distinct())


def install_roles() -> None:
    """Create the groups of the global roles and give them exactly the rights of the table; run after migrations."""
    permissions = {p.codename: p for p in Permission.objects.filter(content_type__app_label="referencing")}
    for role in GLOBAL_ROLES:
        role_group(role).permissions.set([permissions[name] for name in rights_of(role) if name in permissions])


def _check_object_role(role: Role) -> None:
    if role not in OBJECT_ROLES:
        raise ValueError(f"{role} est un rôle global : il se donne par un groupe")
