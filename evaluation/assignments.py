"""Assigning experts: the row says what they judge, the rights given with it say what they may open."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from accounts.services import role_group
from evaluation.models import Assignment
from journal.record import record
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage

ASSIGNABLE = (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED)


@dataclass(frozen=True)
class Available:
    """An expert who may be assigned. `files` counts the candidatures they are evaluating now."""

    expert: User
    files: int
    is_recused: bool


@transaction.atomic
def assign(
    candidature: Candidature, expert: User, *, actor: User, lead: bool = False, questionnaires: Iterable[str] = ()
) -> Assignment:
    """Put an expert on a candidature, or change what they judge there. No questionnaire means all of them.

    A new lead takes the place of the former, who stays as an expert. Raises `door.Refused`.
    """
    locked = Candidature.objects.locked().select_related("service__organisation", "sheet").get(pk=candidature.pk)
    codes = sorted(set(questionnaires))
    _refuse_unless_possible(locked, expert, actor, codes)
    if lead:
        _demote(locked, expert)
    assignment, _ = Assignment.objects.update_or_create(
        candidature=locked,
        expert=expert,
        defaults={"is_lead": lead, "questionnaires": codes, "assigned_by": actor},
    )
    _give_rights(assignment)
    data = {"expert": expert.pk, "lead": lead, "questionnaires": codes}
    record("evaluation.assigned", locked.reference, actor=actor, data=data)
    return assignment


@transaction.atomic
def unassign(assignment: Assignment, *, actor: User) -> None:
    """Take an expert off a candidature, with every right on it, at once. Their verdicts stay on file."""
    candidature = assignment.candidature
    if not access.may(actor, "assign", candidature):
        raise Refused([_not_theirs()])
    _take_rights(assignment)
    record("evaluation.unassigned", candidature.reference, actor=actor, data={"expert": assignment.expert_id})
    assignment.delete()


def assignment_of(user: User, candidature: Candidature) -> Assignment | None:
    return Assignment.objects.filter(candidature=candidature, expert=user).first()


def available_experts(candidature: Candidature) -> list[Available]:
    """Return the pool of experts, the least loaded first. Members of the éditeur's team are recused. Three queries."""
    files: dict[int, int] = {}
    under_way = Assignment.objects.filter(candidature__stage__in=ASSIGNABLE)
    for expert in under_way.values_list("expert", flat=True):
        files[expert] = files.get(expert, 0) + 1
    team = set(candidature.organisation.memberships.values_list("user", flat=True))
    pool = User.objects.filter(is_active=True, groups__name=Role.EXPERT.value)
    found = [Available(expert, files.get(expert.pk, 0), expert.pk in team) for expert in pool]
    return sorted(found, key=lambda one: (one.files, one.expert.full_name))


def _refuse_unless_possible(candidature: Candidature, expert: User, actor: User, codes: list[str]) -> None:
    reasons = []
    if not access.may(actor, "assign", candidature):
        reasons.append(_not_theirs())
    if candidature.stage not in ASSIGNABLE:
        reasons.append(Refusal("stage", "On n'affecte des experts que pendant l'évaluation.", "le support"))
    if not expert.is_active or not expert.groups.filter(pk=role_group(Role.EXPERT).pk).exists():
        reasons.append(Refusal("expert", f"{expert} ne fait pas partie des experts évaluateurs.", "le support"))
    if candidature.organisation.memberships.filter(user=expert).exists():
        reasons.append(
            Refusal(
                "conflict", f"{expert} fait partie de l'équipe de l'éditeur : cette personne ne peut pas l'évaluer."
            )
        )
    known = set(candidature.sheet.version.questionnaires.filter(is_answered=True).values_list("code", flat=True))
    if unknown := [code for code in codes if code not in known]:
        reasons.append(Refusal("questionnaires", f"Questionnaire inconnu de ce référentiel : {', '.join(unknown)}."))
    if reasons:
        raise Refused(reasons)


def _not_theirs() -> Refusal:
    return Refusal("right", "L'affectation des experts revient au support.", "le support")


def _demote(candidature: Candidature, successor: User) -> None:
    former = Assignment.objects.filter(candidature=candidature, is_lead=True).exclude(expert=successor).first()
    if former is not None:
        former.is_lead = False
        former.save(update_fields=["is_lead"])
        _give_rights(former)


def _give_rights(assignment: Assignment) -> None:
    _take_rights(assignment)
    access.grant(assignment.expert, assignment.candidature, Role.LEAD if assignment.is_lead else Role.EXPERT)


def _take_rights(assignment: Assignment) -> None:
    """Rights of a lead include those of an expert."""
    access.revoke(assignment.expert, assignment.candidature, Role.LEAD)
