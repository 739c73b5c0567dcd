"""What is missing before the dépôt. Pure: the check page, the guard and the progress bars all read it here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.roles import Profile

if TYPE_CHECKING:
    from questionnaires.sheets.overview import Overview

MET, NOT_MET, NOT_APPLICABLE = "met", "not_met", "not_applicable"


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


def shortcomings(value: str, comment: str, *, proofs: int, is_written: bool, carried_from: str = "") -> list[str]:
    """Return what one answer lacks, in French; an empty list when it is complete.

    `proofs` counts the files given. `is_written` says that every expected proof is a declaration, a link, a
    measure or a demonstration access, for which the comment is enough. `carried_from` names what the answer was
    carried over from, as long as nobody has confirmed it.
    """
    lacks = _lacks(value, has_comment=bool(comment.strip()), has_proof=bool(proofs), is_written=is_written)
    if carried_from and value:
        lacks.append(f"Confirmez cette réponse reprise de {carried_from}.")
    return lacks


def _lacks(value: str, *, has_comment: bool, has_proof: bool, is_written: bool) -> list[str]:
    if not value:
        return ["Choisissez une réponse."]
    if value == MET and is_written and not (has_comment or has_proof):
        return ["Donnez en commentaire la déclaration, le lien, la mesure ou l'accès attendu."]
    if value == MET and not is_written and not has_proof:
        return ["Joignez au moins une preuve."]
    if value == NOT_MET and not has_comment:
        return ["Expliquez en commentaire l'écart, et ce que vous prévoyez pour le corriger."]
    if value == NOT_APPLICABLE and not has_comment:
        return ["Expliquez en commentaire pourquoi ce critère ne concerne pas le service."]
    return []


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
