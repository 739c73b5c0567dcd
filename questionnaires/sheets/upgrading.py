"""The simulation of an upgrade read from the database, and the sheet that it makes."""

import hashlib
import json
from typing import Any

from django.db.models import Prefetch

from accounts.models import User
from questionnaires.models import Answer, Certificate, Criterion, EvidenceUse, Sheet, Version
from questionnaires.na_reasons import find
from questionnaires.plain import descent_between, edition_of
from questionnaires.sheets.inheriting import certificates_for
from questionnaires.sheets.settling import settle
from questionnaires.upgrade import Carried, Proof, Said, Simulation, simulate


def simulate_upgrade(sheet: Sheet, version: Version) -> Simulation:
    """Return what the sheet would become on another version. Nothing is written."""
    older, newer = edition_of(sheet.version), edition_of(version)
    said = {answer.criterion.code: _said(answer) for answer in _answers(sheet)}
    return simulate(older, newer, descent_between(older, newer), sheet.given, said, oriented=sheet.orientation_done)


def drawn_on(sheet: Sheet, version: Version) -> str:
    """Return the mark of what a simulation was drawn on: it changes with any answer, proof or orientation."""
    answers = sheet.answers.order_by("criterion").values_list("criterion", "edition", "to_confirm", "carried_from")
    seen = [sheet.pk, sheet.revision, sheet.orientation_done, sheet.given, list(answers), version.content_sha256]
    return hashlib.sha256(json.dumps(seen, sort_keys=True).encode()).hexdigest()


def open_upgraded(sheet: Sheet, version: Version, simulation: Simulation, user: User) -> Sheet:
    """Write the sheet that a simulation describes. The caller holds the lock of the former one, and freezes it."""
    upgraded = Sheet.objects.create(
        version=version,
        given=dict(simulation.given),
        facts=dict(simulation.facts),
        revision=sheet.revision + 1,
        orientation_done=simulation.orientation_done,
        oriented_by=sheet.oriented_by,
    )
    criteria = {criterion.code: criterion for criterion in version.criteria.all()}
    authors = {answer.criterion.code: answer.updated_by for answer in _answers(sheet)}
    kept = [one for one in simulation.carried if one.row.newer and one.after.edition]
    answers = Answer.objects.bulk_create(
        Answer(
            sheet=upgraded,
            criterion=criteria[one.code],
            value=one.after.value,
            comment=one.after.comment,
            edition=one.after.edition,
            to_confirm=one.after.to_confirm,
            carried_from=_origin_of(one, sheet) if one.after.to_confirm else {},
            na_reason=one.after.na_reason if _admits(criteria[one.code], one.after.na_reason) else "",
            updated_by=next((authors[code] for code, _ in one.before if authors.get(code)), user),
        )
        for one in kept
    )
    EvidenceUse.objects.bulk_create(
        EvidenceUse(answer=answer, revision_id=proof.revision, note=proof.note, added_by=user)
        for one, answer in zip(kept, answers, strict=True)
        for proof in one.after.proofs
    )
    for certificate in certificates_for(version, Certificate.objects.filter(sheet=sheet.pk)):
        certificate.sheet, certificate.entered_by = upgraded, user
        certificate.save()
    settle(upgraded)
    return upgraded


def _origin_of(one: Carried, sheet: Sheet) -> dict[str, Any]:
    """Where an answer comes from, as `Answer.carried_from` says it."""
    return {"origin": sheet.version.title, "codes": [code for code, _ in one.before], "reasons": [one.why]}


def _admits(criterion: Criterion, reason: str) -> bool:
    return find(criterion.reasons, reason) is not None


def _answers(sheet: Sheet) -> list[Answer]:
    uses = EvidenceUse.objects.select_related("revision__evidence")
    rows = Answer.objects.filter(sheet=sheet).select_related("criterion", "updated_by")
    return list(rows.prefetch_related(Prefetch("uses", queryset=uses)))


def _said(answer: Answer) -> Said:
    return Said(
        value=answer.value,
        comment=answer.comment,
        proofs=tuple(Proof(use.revision_id, use.note, use.revision.evidence.title) for use in answer.uses.all()),
        edition=answer.edition,
        to_confirm=answer.to_confirm,
        carried_from=answer.carried_from.get("origin", ""),
        na_reason=answer.na_reason,
    )
