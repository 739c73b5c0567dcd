"""What is missing before the dépôt. Pure: the check page, the guard and the progress bars all read it here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.roles import Profile
from questionnaires.na_reasons import Reason, lacks

if TYPE_CHECKING:
    from questionnaires.sheets.overview import Overview

MET, NOT_MET, NOT_APPLICABLE = "met", "not_met", "not_applicable"
CONFIRM = "Relisez cette réponse, reprise d'une autre candidature ou d'une autre version, puis confirmez-la."


@dataclass(frozen=True)
class Missing:
    """One thing to do before the dépôt: where, what, and whose trade it is."""

    code: str
    sentence: str
    questionnaire: str
    profile: str

    @property
    def profile_label(self) -> str:
        return str(Profile(self.profile).label)


def shortcomings(
    value: str,
    comment: str,
    *,
    proofs: int,
    is_written: bool,
    reasons: Sequence[Reason] = (),
    na_reason: str = "",
) -> list[str]:
    """Return what one answer lacks, in French; an empty list when it is complete.

    `proofs` counts the files given. `is_written` says that every expected proof is a declaration, a link, a
    measure or a demonstration access, for which the comment is enough. `reasons` are those for which the criterion
    admits « Non applicable », `na_reason` the code of the one chosen.
    """
    has_comment = bool(comment.strip())
    if not value:
        return ["Choisissez une réponse."]
    if value == MET and is_written and not (has_comment or proofs):
        return ["Donnez en commentaire la déclaration, le lien, la mesure ou l'accès attendu."]
    if value == MET and not is_written and not proofs:
        return ["Joignez au moins une preuve."]
    if value == NOT_MET and not has_comment:
        return ["Expliquez en commentaire l'écart, et ce que vous prévoyez pour le corriger."]
    return lacks(reasons, na_reason, comment, proofs=proofs) if value == NOT_APPLICABLE else []


def missing(overview: Overview) -> list[Missing]:
    """Return what forbids the dépôt: the shortcomings of the obligatory criteria that apply, in their order.

    Recommended criteria and the milestones of the technical tests never block.
    """
    return [
        Missing(item.code, sentence, questionnaire.code, item.criterion.profile)
        for questionnaire in overview.questionnaires
        if questionnaire.is_answered
        for item in questionnaire.items
        if item.verdict.applies and item.criterion.is_mandatory
        for sentence in item.missing
    ]
