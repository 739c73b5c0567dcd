"""What an expert answers to a proposition: accept and declare no interest, decline, or declare one and withdraw.

Until they accept, they hold no right at all on the candidature. The declaration is theirs: what the file shows of a
conflict only helps support to choose (`conflicts.py`).
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from evaluation.assignments import ASSIGNABLE, close, demote_others, give_rights
from evaluation.experts import conflicts_with
from evaluation.models import Assignment, Reply
from evaluation.values import MOTIVE_MAX, too_long
from journal.record import record
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal

STATEMENT = (
    "Je déclare n'avoir, et n'avoir eu dans les cinq dernières années, aucun lien d'intérêt direct ou indirect avec "
    "{editor} : ni emploi, ni mandat, ni prestation, ni financement, ni participation, ni lien familial ou proche."
)


class AnsweredMeanwhile(Exception):
    """The proposition is no longer there: answered already, or taken back by support."""


def statement_for(candidature: Candidature) -> str:
    """Return the sentence that an expert attests when they accept."""
    return STATEMENT.format(editor=f"« {candidature.organisation.name} » (SIREN {candidature.organisation.siren})")


@transaction.atomic
def accept(assignment: Assignment) -> Assignment:
    """Accept, declaring no interest; the file opens at once. Raises `AnsweredMeanwhile` or `door.Refused`."""
    one = _locked(assignment)
    reasons = [
        Refusal("conflict", f"Vous ne pouvez pas évaluer cette candidature. {conflict.sentence}")
        for conflict in conflicts_with(one.expert, one.candidature)
        if conflict.forbids
    ]
    if one.candidature.stage not in ASSIGNABLE:
        reasons.append(Refusal("stage", "L'évaluation de cette candidature est terminée."))
    if reasons:
        raise Refused(reasons)
    one.accepted_at = timezone.now()
    demote = one.is_lead
    if demote:
        demote_others(one)
    one.save(update_fields=["accepted_at"])
    give_rights(one)
    _reply(one, Reply.Kind.ACCEPTED, statement=statement_for(one.candidature))
    for kind in ("evaluation.declared", "evaluation.accepted"):
        record(kind, one.candidature.reference, actor=one.expert, data={"expert": one.expert_id})
    return one


@transaction.atomic
def decline(assignment: Assignment, *, motive: str) -> None:
    """Say no, and why; support is told. Raises `AnsweredMeanwhile` or `door.Refused` (no motive)."""
    one = _locked(assignment)
    text = _written(motive, "Dites en une phrase pourquoi vous déclinez : le support vous remplacera mieux.")
    _leave(one, Reply.Kind.DECLINED, text)


@transaction.atomic
def recuse(assignment: Assignment, *, interest: str) -> None:
    """Declare an interest with the éditeur: the expert is off the candidature at once and for good, active or not.

    Raises `AnsweredMeanwhile` or `door.Refused` (nothing said of the interest).
    """
    one = _locked(assignment, answered=True)
    text = _written(interest, "Dites en une phrase quel lien vous avez avec l'éditeur.")
    _leave(one, Reply.Kind.RECUSED, text)


def waiting_for(user: User) -> QuerySet[Assignment]:
    """Return the propositions that await an answer of this person, with the names they may see."""
    rows = Assignment.objects.proposed().filter(expert=user, candidature__stage__in=ASSIGNABLE)
    return rows.select_related("expert", "candidature__service__organisation").order_by("answer_by", "pk")


def _leave(one: Assignment, kind: str, text: str) -> None:
    """The words stay in the row of the reply: the journal, which never forgets, keeps the fact alone."""
    _reply(one, kind, text=text)
    candidature, expert = one.candidature, one.expert
    close(one)
    record(f"evaluation.{kind}", candidature.reference, actor=expert, data={"expert": expert.pk})


def _reply(one: Assignment, kind: str, *, text: str = "", statement: str = "") -> None:
    Reply.objects.create(
        candidature=one.candidature,
        expert=one.expert,
        kind=kind,
        text=text,
        statement=statement,
        at=timezone.now(),
    )


def _locked(assignment: Assignment, *, answered: bool = False) -> Assignment:
    """Lock the candidature, then read the proposition again as it is now."""
    file = Candidature.objects.locked().select_related("service__organisation").get(pk=assignment.candidature_id)
    rows = Assignment.objects.filter(pk=assignment.pk, candidature=file).select_related("expert")
    one = rows.first() if answered else rows.proposed().first()
    if one is None:
        raise AnsweredMeanwhile
    one.candidature = file
    return one


def _written(text: str, sentence: str) -> str:
    if not text.strip():
        raise Refused([Refusal("motive", sentence)])
    if len(text) > MOTIVE_MAX:
        raise Refused([Refusal("motive", too_long(text))])
    return text.strip()
