"""Proposing a candidature to experts, changing what they judge, taking them off.

The row says what they judge; the rights given with it say what they may open. A proposition gives none: see
`invitations.py` for what the expert answers.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from accounts.services import role_group
from evaluation import experts
from evaluation.domains import Domain
from evaluation.grid import grid
from evaluation.models import Assignment
from journal import letters
from journal.record import record
from questionnaires.models import Criterion
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal
from referencing.stages import Stage
from referencing.working_days import add_working_days

ASSIGNABLE = (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED)


@transaction.atomic
def propose(
    candidature: Candidature,
    expert: User,
    *,
    actor: User,
    lead: bool = False,
    domains: Iterable[str] = (),
    criteria: Iterable[str] = (),
    motive: str = "",
) -> Assignment:
    """Propose a candidature to an expert, or change what they judge there. Neither domain nor criterion means all.

    Who has already accepted is not asked again: they declared on the éditeur, not on the criteria. Raises
    `door.Refused`; a conflict that does not forbid asks for a `motive`.
    """
    locked = Candidature.objects.locked().select_related("service__organisation", "sheet").get(pk=candidature.pk)
    known = Assignment.objects.filter(candidature=locked, expert=expert).first()
    before = (known.scope, known.motive) if known else None
    was_lead = bool(known and known.is_lead)
    one = known or Assignment(candidature=locked, expert=expert)
    one.is_lead, one.domains, one.criteria = lead, _ordered(domains), sorted(set(criteria))
    one.motive, one.assigned_by = motive.strip(), actor
    _refuse_unless_possible(one, actor)
    if before == (one.scope, one.motive):
        return one
    one.size = size_of(one)
    if not known:
        one.answer_by = add_working_days(timezone.localdate(), settings.PROCEDURE["expert_reply_days"])
    if lead and not was_lead:
        demote_others(one)
    one.save()
    if one.is_active:
        give_rights(one)
    kind = "evaluation.changed" if one.is_active else "evaluation.proposed"
    record(kind, locked.reference, actor=actor, data={"expert": expert.pk, **one.scope})
    return one


@transaction.atomic
def unassign(assignment: Assignment, *, actor: User) -> None:
    """Take an expert off a candidature, with every right on it, at once. Their verdicts stay on file."""
    candidature = assignment.candidature
    if not access.may(actor, "assign", candidature):
        raise Refused([_not_theirs()])
    Candidature.objects.locked().get(pk=candidature.pk)
    one = Assignment.objects.filter(pk=assignment.pk).select_related("candidature", "expert").first()
    if one is None:
        return  # they left by themselves meanwhile
    data = {"expert": one.expert_id, "was_active": one.is_active}
    close(one)
    record("evaluation.unassigned", candidature.reference, actor=actor, data=data)


def close(assignment: Assignment) -> None:
    """Leave nothing of a candidature to an expert: rights, row, letters sent or waiting."""
    _take_rights(assignment)
    letters.withdraw(assignment.expert, assignment.candidature.reference)
    assignment.delete()


def size_of(assignment: Assignment) -> int:
    """Return how many criteria of the file an assignment makes its own: a lead with a scope answers for that one."""
    lines = grid(assignment.candidature).lines
    by_name = sum(assignment.is_charged_with(line) for line in lines)
    return by_name or sum(assignment.judges(line) for line in lines)


def assignment_of(user: User, candidature: Candidature) -> Assignment | None:
    """Return the assignment of who may read and judge; None for a proposition."""
    return Assignment.objects.active().filter(candidature=candidature, expert=user).first()


def demote_others(lead: Assignment) -> None:
    """One person coordinates. A former lead stays as an expert until the new one has accepted."""
    others = Assignment.objects.filter(candidature=lead.candidature, is_lead=True).exclude(expert=lead.expert_id)
    for former in others if lead.is_active else others.proposed():
        former.is_lead = False
        former.save(update_fields=["is_lead"])
        if former.is_active:
            give_rights(former)


def give_rights(assignment: Assignment) -> None:
    _take_rights(assignment)
    access.grant(assignment.expert, assignment.candidature, Role.LEAD if assignment.is_lead else Role.EXPERT)


def _take_rights(assignment: Assignment) -> None:
    """Rights of a lead include those of an expert."""
    access.revoke(assignment.expert, assignment.candidature, Role.LEAD)


def _ordered(domains: Iterable[str]) -> list[str]:
    """Keep what is unknown, to refuse it by name."""
    asked = set(domains)
    return [*(value for value in Domain.values if value in asked), *sorted(asked - set(Domain.values))]


def _refuse_unless_possible(one: Assignment, actor: User) -> None:
    candidature, expert = one.candidature, one.expert
    reasons = []
    if not access.may(actor, "assign", candidature):
        reasons.append(_not_theirs())
    if candidature.stage not in ASSIGNABLE:
        reasons.append(Refusal("stage", "On n'affecte des experts que pendant l'évaluation.", "le support"))
    if not expert.is_active or not expert.groups.filter(pk=role_group(Role.EXPERT).pk).exists():
        reasons.append(Refusal("expert", f"{expert} ne fait pas partie des experts évaluateurs.", "le support"))
    for conflict in experts.conflicts_with(expert, candidature):
        if conflict.forbids:
            reasons.append(Refusal("conflict", f"{expert} ne peut pas évaluer cette candidature. {conflict.sentence}"))
        elif not one.motive:
            reasons.append(
                Refusal(
                    "motive",
                    f"{expert} : conflit d'intérêts possible. {conflict.sentence} Écrivez le motif qui permet de passer outre.",
                )
            )
    reasons += _unknown_scope(one)
    if reasons:
        raise Refused(reasons)


def _unknown_scope(one: Assignment) -> Iterable[Refusal]:
    if unknown := [value for value in one.domains if value not in Domain.values]:
        yield Refusal("domains", f"Domaine inconnu : {', '.join(unknown)}.")
    answered = Criterion.objects.filter(
        version=one.candidature.sheet.version_id, code__in=one.criteria, section__questionnaire__is_answered=True
    )
    if unknown := sorted(set(one.criteria) - set(answered.values_list("code", flat=True))):
        yield Refusal("criteria", f"Critère inconnu de ce référentiel : {', '.join(unknown)}.")


def _not_theirs() -> Refusal:
    return Refusal("right", "L'affectation des experts revient au support.", "le support")
