"""The pool of experts: what they know, what they carry, what stands between them and an éditeur."""

from collections.abc import Iterable

from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import GLOBAL_ROLES, Role
from evaluation.conflicts import Company, Conflict, Standing, Tie, conflicts
from evaluation.models import ExpertProfile, Interest, Reply
from referencing.models import Candidature


def pool() -> list[User]:
    """Return the people who may be proposed a candidature, by name."""
    people = User.objects.filter(is_active=True, groups__name=Role.EXPERT.value).select_related("expert_profile")
    people = people.prefetch_related("interests")
    return list(people.order_by("full_name", "pk"))


def profile_of(user: User) -> ExpertProfile:
    """Return the profile of an expert, or a blank one, not saved, that is theirs."""
    return getattr(user, "expert_profile", None) or ExpertProfile(user=user)


def conflicts_with(expert: User, candidature: Candidature) -> list[Conflict]:
    """Return what is seen between one expert and the éditeur of a candidature."""
    return seen_conflicts([expert], candidature)[expert.pk]


def seen_conflicts(experts: Iterable[User], candidature: Candidature) -> dict[int, list[Conflict]]:
    """Return the conflicts of each expert with the éditeur of a candidature, by primary key.

    Three queries for people of the pool, whose profiles and interests come with them.
    """
    people = {expert.pk: expert for expert in experts}
    organisation = candidature.organisation
    editor, today = Company(organisation.name, organisation.siren), timezone.localdate()
    return {pk: conflicts(standing, editor, today) for pk, standing in _standings(people, candidature).items()}


def _standings(people: dict[int, User], candidature: Candidature) -> dict[int, Standing]:
    team = set(
        Membership.objects.filter(organisation=candidature.organisation, user__in=people).values_list("user", flat=True)
    )
    recused = _recused_from(people, candidature)
    roles = {role.value: str(role.label) for role in GLOBAL_ROLES}
    held = User.objects.filter(pk__in=people, groups__name__in=roles).values_list("pk", "groups__name")
    others = {pk: roles[name] for pk, name in held if name in roles}
    return {
        pk: Standing(
            employer=_employer(profile_of(user)),
            in_team=pk in team,
            has_recused=candidature.reference in recused.get(pk, ()),
            recused_from=tuple(one for one in recused.get(pk, ()) if one != candidature.reference),
            reads_everything_as=others.get(pk, ""),
            ties=tuple(_tie(interest) for interest in user.interests.all()),
        )
        for pk, user in people.items()
    }


def _recused_from(people: Iterable[int], candidature: Candidature) -> dict[int, list[str]]:
    """The candidatures of this éditeur, this one included, from which each expert withdrew."""
    replies = Reply.objects.recusals().filter(
        expert__in=people, candidature__service__organisation=candidature.organisation
    )
    found: dict[int, list[str]] = {}
    for expert, reference in replies.order_by("pk").values_list("expert", "candidature__reference"):
        found.setdefault(expert, []).append(reference)
    return found


def _tie(interest: Interest) -> Tie:
    return Tie(Company(interest.name, interest.siren), str(interest.get_nature_display()), interest.until)


def _employer(profile: ExpertProfile) -> Company:
    return Company(profile.employer, profile.employer_siren)
