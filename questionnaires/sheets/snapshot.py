"""A sheet as plain JSON: what was filed, kept in the act of dépôt and printed in the dossier."""

from typing import Any

from questionnaires.applicability import State
from questionnaires.models import EvidenceUse, Sheet
from questionnaires.sheets.overview import Item, QuestionnaireView, overview


def snapshot(sheet: Sheet) -> dict[str, Any]:
    """Return what the sheet says now.

    {version: {code, title, content_sha256}, revision, facts, questionnaires: [{code, title, is_answered, criteria}],
    not_applicable and dispensed: [{code, text, because}]}. A criterion is {code, section, text, points, level,
    profile, because, value, comment, edition, proofs}; a proof is {public_id, evidence (the key that its
    revisions share), title, kind, note, original_name, sha256, size (bytes), media_type}.
    """
    whole = overview(sheet)
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
        "points": [{"code": point.code, "text": point.text, "level": point.level} for point in item.points],
        "level": item.criterion.level,
        "profile": item.criterion.profile,
        "because": item.verdict.because,
        "value": item.answer.value if item.answer else "",
        "comment": item.answer.comment if item.answer else "",
        "edition": item.edition,
        "proofs": [_proof(use) for use in item.uses],
    }


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
    }


def _left_out(item: Item) -> dict[str, str]:
    return {"code": item.code, "text": item.criterion.text, "because": item.verdict.because}
