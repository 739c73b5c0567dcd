"""A draft written back as text files, always in the same way: what two drafts share, their texts show."""

from collections.abc import Mapping
from typing import Any

import yaml

from questionnaires.conditions import ALWAYS
from questionnaires.drafting import EVOLUTION, HEAD, LEVELS, ORIENTATION
from questionnaires.drafting_reasons import REASONS
from questionnaires.drafting_scale import SCALE
from questionnaires.drafts import (
    DraftCriterion,
    DraftEdition,
    DraftEvolution,
    DraftPoint,
    DraftQuestionnaire,
    DraftReason,
    DraftScale,
    DraftVariable,
    DraftVersion,
    Named,
)
from questionnaires.editions import COVERAGE
from questionnaires.lint import lint_source
from questionnaires.sources import Texts

WORDS = {level: word for word, level in LEVELS.items()}
Mapped = dict[str, Any]


def draft_of(files: Mapping[str, bytes]) -> DraftVersion | None:
    """Read text files known to be without faults; None when there are none."""
    return lint_source(Texts(files)).draft if files else None


def written(draft: DraftVersion) -> dict[str, bytes]:
    """Return the text files of a draft. Reading them gives the same draft again."""
    files = {HEAD: _head(draft), ORIENTATION: _orientation(draft)}
    if draft.evolution:
        files[EVOLUTION] = _evolution(draft.evolution)
    if draft.editions:
        files[COVERAGE] = {"editions": [_edition(edition) for edition in draft.editions]}
    if draft.reasons:
        files[REASONS] = {"reasons": [_reason(reason) for reason in draft.reasons]}
    if draft.scale:
        files[SCALE] = _scale(draft.scale)
    files |= {f"{questionnaire.code}.yaml": _questionnaire(questionnaire) for questionnaire in draft.questionnaires}
    return {name: _text(content) for name, content in files.items()}


def _text(content: Mapped) -> bytes:
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=110).encode()


def _filled(**values: Any) -> Mapped:
    """Keep what says something."""
    return {name: value for name, value in values.items() if value not in ("", [], {}, None)}


def _head(draft: DraftVersion) -> Mapped:
    return {
        "code": draft.code,
        "title": draft.title,
        "summary": draft.summary,
        "source": draft.source,
        "effective_on": draft.effective_on,
        "is_open": draft.is_open,
        "questionnaires": [questionnaire.code for questionnaire in draft.questionnaires],
    }


def _orientation(draft: DraftVersion) -> Mapped:
    steps: list[Mapped] = []
    for variable in draft.variables:
        if not steps or steps[-1]["title"] != variable.step:
            steps.append({"title": variable.step, "variables": []})
        steps[-1]["variables"].append(_variable(variable))
    rules = [
        {"when": rule.when, "then": rule.then, "sentence": rule.sentence, "blocking": rule.blocking}
        for rule in draft.rules
    ]
    return _filled(steps=steps, rules=rules)


def _variable(draft: DraftVariable) -> Mapped:
    return _filled(
        code=draft.code,
        label=draft.label,
        help=draft.help,
        statement=draft.statement,
        negation=draft.negation,
        kind=draft.kind,
        choices=dict(draft.choices),
        derived_from=draft.derived_from,
        asked_if=draft.asked_if,
    )


def _evolution(said: DraftEvolution) -> Mapped:
    carried = [
        {"code": code, "keep_answer": answer, "keep_proofs": proofs}
        for code, answer, proofs, _ in sorted(said.set_aside, key=lambda one: one[0])
    ]
    return _filled(
        version=said.version,
        renamed={old: new for old, new, _ in sorted(said.renamed, key=lambda one: one[0])},
        merged={old: new for old, new, _ in sorted(said.merged, key=lambda one: one[0])},
        split={old: [code for code, _ in new] for old, new, _ in sorted(said.split, key=lambda one: one[0])},
        removed=_codes(said.removed),
        carried=carried,
        renamed_variables={old: new for old, new, _ in sorted(said.renamed_variables, key=lambda one: one[0])},
    )


def _edition(draft: DraftEdition) -> Mapped:
    return _filled(
        kind=draft.kind,
        code=draft.code,
        title=draft.title,
        partial={code: remaining for code, remaining, _ in sorted(draft.partial, key=lambda one: one[0])},
        without=_codes(draft.without),
    )


def _reason(draft: DraftReason) -> Mapped:
    return {
        "code": draft.code,
        "text": draft.text,
        "needs_text": draft.needs_text,
        "needs_proof": draft.needs_proof,
    }


def _scale(draft: DraftScale) -> Mapped:
    return {
        "points": {name: number for name, number, _ in draft.points},
        "mandatory": draft.mandatory,
        "whole": draft.whole,
        **_filled(questionnaires={code: number for code, number, _ in draft.questionnaires}),
    }


def _codes(named: Named) -> list[str]:
    return sorted(code for code, _ in named)


def _questionnaire(draft: DraftQuestionnaire) -> Mapped:
    return {
        "code": draft.code,
        "title": draft.title,
        "intro": draft.intro,
        "is_answered": draft.is_answered,
        **_filled(na_reasons=_codes(draft.na_reasons)),
        "sections": [
            _filled(
                code=section.code,
                title=section.title,
                advice=section.advice,
                criteria=[_criterion(criterion) for criterion in section.criteria],
            )
            for section in draft.sections
        ],
    }


def _criterion(draft: DraftCriterion) -> Mapped:
    return _filled(
        code=draft.code,
        text=draft.text,
        condition=draft.condition if draft.condition != ALWAYS else "",
        level=WORDS[draft.level],  # type: ignore[index]
        profile=draft.profile,
        proofs=[f"{kind} {detail}".strip() for kind, detail in draft.proofs],
        dispensed_by=sorted(draft.dispensed_by),
        guidance=draft.guidance,
        examples=draft.examples,
        na_reasons=_codes(draft.na_reasons),
        never_na=draft.never_na or None,
        double_evaluation=draft.double_evaluation or None,
        weight=draft.weight if draft.weight != 1 else None,
        points=[_point(point) for point in draft.points],
    )


def _point(draft: DraftPoint) -> Mapped:
    return _filled(
        code=draft.code,
        text=draft.text,
        condition=draft.condition if draft.condition != ALWAYS else "",
        level=WORDS[draft.level],  # type: ignore[index]
        dispensed_by=sorted(draft.dispensed_by),
    )
