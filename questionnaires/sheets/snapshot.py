"""A sheet as plain JSON: what was filed, kept in the act of dépôt and printed in the dossier."""

from datetime import date
from typing import Any

from questionnaires.applicability import State
from questionnaires.models import EvidenceUse, Sheet
from questionnaires.sheets.certifying import filed_certificates
from questionnaires.sheets.overview import Item, Overview, Point, QuestionnaireView, overview


def snapshot(sheet: Sheet, whole: Overview | None = None) -> dict[str, Any]:
    """Return what the sheet says now; `whole` is its overview, when it has just been read.

    {version: {code, title, content_sha256}, revision, facts, questionnaires: [{code, title, is_answered, criteria}],
    not_applicable and dispensed: [{code, text, because}], certificates}. A criterion is {code, section, text, points,
    level, double_evaluation, weight, profile, because, remaining, value, na_reason, comment, edition, proofs}; `remaining` is what a certificate
    leaves to prove, "" when none covers a part; `na_reason` is None but for « Non applicable », where it is
    {code, text}. A certificate is as certifying.filed_certificates; a proof is {public_id, evidence (the key
    that its revisions share), title, kind, note, original_name, sha256, size (bytes), media_type, address, issued_on, collected_on, expires_on} (dates in ISO form,
    or empty).
    """
    whole = whole or overview(sheet)
    return {
        "version": {
            "code": sheet.version.code,
            "title": sheet.version.title,
            "content_sha256": sheet.version.content_sha256,
        },
        "revision": sheet.revision,
        "facts": sheet.facts,
        "questionnaires": [_questionnaire(view) for view in whole.questionnaires if view.applies],
        "not_applicable": [_left_out(item) for item in whole.items if item.verdict.state == State.NOT_APPLICABLE],
        "dispensed": [_left_out(item) for item in whole.items if item.verdict.state == State.DISPENSED],
        "certificates": filed_certificates(sheet),
    }


def _questionnaire(view: QuestionnaireView) -> dict[str, Any]:
    return {
        "code": view.code,
        "title": view.title,
        "is_answered": view.is_answered,
        "criteria": [_criterion(item, section.title) for section in view.sections for item in section.asked],
    }


def _criterion(item: Item, section: str) -> dict[str, Any]:
    return {
        "code": item.code,
        "section": section,
        "text": item.criterion.text,
        "points": [_point(point) for point in item.points],
        "level": item.criterion.level,
        "double_evaluation": item.criterion.double_evaluation,
        "weight": item.criterion.weight,
        "profile": item.criterion.profile,
        "because": item.verdict.because,
        "remaining": item.verdict.remaining,
        "value": item.answer.value if item.answer else "",
        "na_reason": {"code": item.reason.code, "text": item.reason.text} if item.reason else None,
        "comment": item.answer.comment if item.answer else "",
        "edition": item.edition,
        "proofs": [_proof(use) for use in item.uses],
    }


def _point(point: Point) -> dict[str, str]:
    return {"code": point.code, "text": point.text, "level": point.level, "remaining": point.remaining}


def _proof(use: EvidenceUse) -> dict[str, Any]:
    revision = use.revision
    return {
        "public_id": str(revision.public_id),
        "evidence": revision.evidence_id,
        "title": revision.evidence.title,
        "kind": revision.evidence.kind,
        "note": use.note,
        "original_name": revision.original_name,
        "sha256": revision.sha256,
        "size": revision.size,
        "media_type": revision.media_type,
        "address": revision.address,
        "issued_on": _iso(revision.issued_on),
        "collected_on": _iso(revision.collected_on),
        "expires_on": _iso(revision.expires_on),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _left_out(item: Item) -> dict[str, str]:
    return {"code": item.code, "text": item.criterion.text, "because": item.verdict.because}
