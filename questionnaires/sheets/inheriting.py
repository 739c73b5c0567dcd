"""Filling a new sheet with the answers of a former one, as a plan says. Nothing of the former changes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from questionnaires.applicability import Verdict, complete_facts
from questionnaires.carrying import Former, Lineage, Plan, Proof, Target
from questionnaires.certificates import Holding
from questionnaires.lineage import descent
from questionnaires.models import Answer, Certificate, Criterion, EvidenceRevision, EvidenceUse, Sheet, Version
from questionnaires.orientation import contradictions, is_blank, unanswered, value_fault
from questionnaires.plain import stages_of
from questionnaires.sheets.covering import judged
from questionnaires.sheets.opening import locked
from questionnaires.sheets.settling import settle

LONGEST = 20_000  # of a comment
# What a certificate says of itself, and its file.
OF_CERTIFICATE = (
    "kind", "number", "issuer", "product", "product_version", "edition", "issued_on", "valid_until", "revision",
)  # fmt: skip


def former_answers(snapshot: Mapping[str, Any]) -> list[Former]:
    """Return the answers of a snapshot (questionnaires.sheets.snapshot) with the proofs still in the vault. One query."""
    criteria = [one for view in snapshot["questionnaires"] if view["is_answered"] for one in view["criteria"]]
    named = {proof["public_id"] for one in criteria for proof in one["proofs"]}
    revisions = EvidenceRevision.objects.filter(public_id__in=named).select_related("evidence")
    by_id = {str(revision.public_id): revision for revision in revisions}
    return [
        Former(
            code=one["code"],
            text=one["text"],
            value=one["value"],
            comment=one["comment"],
            proofs=tuple(
                _proof(by_id[given["public_id"]], given["note"])
                for given in one["proofs"]
                if given["public_id"] in by_id
            ),
        )
        for one in criteria
    ]


def targets_of(version: Version, facts: dict[str, Any], holding: Holding) -> list[Target]:
    """Return the criteria of a version that are answered, as they would be asked of a service. One query."""
    criteria = version.criteria.filter(section__questionnaire__is_answered=True)
    return [_target(criterion, *judged(criterion, facts, holding)) for criterion in criteria]


def lineage_to(old: str, new: str) -> Lineage:
    """Return what the criteria of one version became in another, by their codes."""
    stages = {stage.code: stage for stage in stages_of(Version.objects.all())}
    if old == new or old not in stages or new not in stages:
        return Lineage()
    return Lineage.of(descent(stages[old], stages[new], stages.values()))


def orient_as(sheet: Sheet, given: Mapping[str, Any], user: User | None = None) -> Sheet:
    """Take over former answers to the orientation, those that still have a question and a choice. Nothing is saved."""
    variables = list(sheet.version.variables.all())
    by_code = {variable.code: variable for variable in variables}
    kept = {
        code: value
        for code, value in given.items()
        if code in by_code and not is_blank(value) and not value_fault(by_code[code], value)
    }
    sheet.given, sheet.facts, sheet.oriented_by = kept, complete_facts(variables, kept), user
    broken = contradictions(sheet.version.rules, variables, kept, blocking=True)
    sheet.orientation_done = not broken and not unanswered(variables, kept)
    return sheet


@transaction.atomic
def inherit(sheet: Sheet, plan: Plan, *, origin: str, user: User, certificates: Iterable[Certificate] = ()) -> None:
    """Write the answers of a plan in a new sheet, each with where it came from and why it must be confirmed.

    `certificates` are those of `certificates_for`.
    """
    row = locked(sheet)
    criteria = {criterion.code: criterion for criterion in row.version.criteria.all()}
    answers = Answer.objects.bulk_create(
        Answer(
            sheet=row,
            criterion=criteria[one.code],
            value=one.value,
            comment=one.comment[:LONGEST],
            edition=1,
            to_confirm=one.to_confirm,
            carried_from={"origin": origin, "codes": list(one.sources), "reasons": list(one.reasons)},
            updated_by=user,
        )
        for one in plan.carried
    )
    EvidenceUse.objects.bulk_create(
        EvidenceUse(answer=answer, revision_id=proof.key, note=proof.note, added_by=user)
        for answer, one in zip(answers, plan.carried, strict=True)
        for proof in one.proofs
    )
    for certificate in certificates:
        certificate.sheet, certificate.entered_by = row, user
        certificate.save()
    settle(row)


def certificates_for(version: Version, certificates: Iterable[Certificate]) -> list[Certificate]:
    """Return copies, not saved yet, of those that support did not refuse and whose edition the version knows.

    Support checks them again: what it said of a former candidature does not hold for another.
    """
    editions = {(one["kind"], one["code"]) for one in version.certifications}
    return [
        Certificate(**{name: getattr(one, name) for name in OF_CERTIFICATE})
        for one in certificates
        if (one.kind, one.edition) in editions and not one.is_refused
    ]


def _target(criterion: Criterion, verdict: Verdict, points: list[tuple[dict[str, Any], Verdict]]) -> Target:
    why_not = "" if verdict.applies else verdict.because
    return Target(criterion.code, criterion.text, tuple(point["code"] for point, _ in points), why_not)


def _proof(revision: EvidenceRevision, note: str) -> Proof:
    return Proof(
        key=revision.pk,
        title=revision.evidence.title,
        dated=_day(revision),
        note=note,
        expires_on=revision.expires_on,
        is_infected=revision.is_infected,
    )


def _day(revision: EvidenceRevision) -> date:
    """The day a proof speaks of: when it was issued, else collected, else deposited."""
    return revision.issued_on or revision.collected_on or timezone.localtime(revision.deposited_at).date()
