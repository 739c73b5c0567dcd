"""What must hold of the reasons for « Non applicable »: known, named once, of use, and never both given and denied."""

from questionnaires.drafting_reasons import REASONS
from questionnaires.drafts import DraftCriterion, DraftVersion, Named


def check_reasons(draft: DraftVersion) -> None:
    """Refuse the reasons that are unknown, repeated, useless, or given to a criterion that denies them all."""
    known = [reason.code for reason in draft.reasons]
    expected = ", ".join(known) or f"aucun, faute de {draft.words.called(REASONS)}"
    for questionnaire in draft.questionnaires:
        _check_list(questionnaire.na_reasons, known, expected)
        if questionnaire.na_reasons and not questionnaire.is_answered:
            questionnaire.na_reasons[0][1].refuse("ce questionnaire ne se répond pas : il n'admet aucun motif")
        for section in questionnaire.sections:
            for criterion in section.criteria:
                _check_criterion(criterion, known, expected)
    used = {code for questionnaire in draft.questionnaires for code, _ in questionnaire.na_reasons}
    used |= {code for criterion in draft.criteria for code, _ in criterion.na_reasons}
    for reason in draft.reasons:
        if reason.code and reason.code not in used:
            reason.row.at("code").refuse(f"le motif « {reason.code} » ne sert à aucun critère")


def _check_criterion(criterion: DraftCriterion, known: list[str], expected: str) -> None:
    _check_list(criterion.na_reasons, known, expected)
    if criterion.never_na and criterion.na_reasons:
        criterion.row.at("never_na").refuse(f"{criterion.code} donne des motifs et dit n'en admettre aucun")


def _check_list(named: Named, known: list[str], expected: str) -> None:
    seen: set[str] = set()
    for code, place in named:
        if code not in known:
            place.refuse(f"le motif « {code} » est inconnu ; attendu : {expected}")
        elif code in seen:
            place.refuse(f"le motif « {code} » figure deux fois")
        seen.add(code)
