"""A version as plain values, published or still a draft: what is compared, simulated and exported reads this."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from questionnaires.certificates import covered_kinds
from questionnaires.drafts import DraftCriterion, DraftQuestionnaire, DraftReason, DraftVariable, DraftVersion
from questionnaires.evolving import lineage_of
from questionnaires.lineage import Descent, Lineage, descent
from questionnaires.models import Criterion, ExpectedProof, Variable, Version
from questionnaires.models.referential import WRITTEN_KINDS
from questionnaires.na_reasons import Reason


@dataclass(frozen=True)
class Requirement:
    """A criterion of an edition. `points` and `proofs` are said in words, `kinds` are the natures of the proofs."""

    code: str
    text: str
    questionnaire: str
    section: str
    is_answered: bool
    level: str
    condition: str
    profile: str
    dispensed_by: tuple[str, ...]
    guidance: str
    points: tuple[str, ...]
    proofs: tuple[str, ...]
    kinds: tuple[str, ...]
    reasons: tuple[Reason, ...] = ()
    double_evaluation: bool = False
    weight: int = 1

    @property
    def is_mandatory(self) -> bool:
        return self.level == Criterion.Level.MANDATORY

    @property
    def is_written(self) -> bool:
        """Whether the comment of an answer is enough."""
        return all(kind in WRITTEN_KINDS for kind in self.kinds)


@dataclass
class Question:
    """An orientation variable of an edition, of the shape that questionnaires.orientation reads."""

    code: str
    step: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...]
    statement: str
    negation: str
    asked_if: str
    derived_from: str
    help: str = ""


@dataclass(frozen=True)
class Edition:
    """One version. `titles` are those of its questionnaires, by code, in their order."""

    code: str
    title: str
    requirements: tuple[Requirement, ...]
    questions: tuple[Question, ...]
    rules: tuple[Mapping[str, Any], ...]
    titles: Mapping[str, str]
    lineage: Lineage = field(default_factory=Lineage)

    @cached_property
    def by_code(self) -> dict[str, Requirement]:
        return {requirement.code: requirement for requirement in self.requirements}

    @property
    def codes(self) -> Sequence[str]:
        return tuple(self.by_code)

    @cached_property
    def variables(self) -> Sequence[str]:
        return tuple(question.code for question in self.questions)

    @cached_property
    def grounds(self) -> dict[str, tuple[str, str]]:
        """The sentences of each question, by code: what a verdict explains itself with."""
        return {question.code: (question.statement, question.negation) for question in self.questions}


@dataclass(frozen=True)
class Stage:
    """A version between two others: its codes alone are needed to follow a criterion through it."""

    code: str
    codes: Sequence[str]
    variables: Sequence[str]
    lineage: Lineage


def edition_of(version: Version) -> Edition:
    """Read a published version whole. Four queries."""
    criteria = version.criteria.select_related("section__questionnaire").prefetch_related("expected_proofs")
    titles = {row.code: row.title for row in version.questionnaires.all()}
    return Edition(
        code=version.code,
        title=version.title,
        requirements=tuple(_requirement(criterion) for criterion in criteria),
        questions=tuple(_question(variable) for variable in version.variables.all()),
        rules=tuple(version.rules),
        titles=titles,
        lineage=Lineage.of(version.lineage),
    )


def edition_of_draft(draft: DraftVersion) -> Edition:
    """Read a draft without faults as the version it would be."""
    return Edition(
        code=draft.code,
        title=draft.title,
        requirements=tuple(
            _drafted(criterion, questionnaire, section.title, draft.admitted_by(questionnaire, criterion))
            for questionnaire in draft.questionnaires
            for section in questionnaire.sections
            for criterion in section.criteria
        ),
        questions=tuple(_question(variable) for variable in draft.variables),
        rules=tuple(
            {"when": rule.when, "then": rule.then, "sentence": rule.sentence, "blocking": rule.blocking}
            for rule in draft.rules
        ),
        titles={questionnaire.code: questionnaire.title for questionnaire in draft.questionnaires},
        lineage=lineage_of(draft),
    )


def descent_between(older: Edition, newer: Edition) -> Descent:
    """Follow the criteria of one edition to another, through the published versions that stand between them."""
    return descent(older, newer, stages_of(Version.objects.exclude(code__in=[older.code, newer.code])))


def stages_of(versions: models.QuerySet[Version]) -> list[Stage]:
    """Read versions as steps of a descent. Three queries."""
    return [
        Stage(
            version.code,
            [criterion.code for criterion in version.criteria.all()],
            [variable.code for variable in version.variables.all()],
            Lineage.of(version.lineage),
        )
        for version in versions.prefetch_related("criteria", "variables")
    ]


def _requirement(row: Criterion) -> Requirement:
    expected = row.expected_proofs.all()
    return Requirement(
        code=row.code,
        text=row.text,
        questionnaire=row.section.questionnaire.code,
        section=row.section.title,
        is_answered=row.section.questionnaire.is_answered,
        level=row.level,
        condition=row.condition,
        profile=row.profile,
        dispensed_by=tuple(row.dispensed_by),
        guidance=row.guidance,
        points=tuple(_published_point(point) for point in row.points),
        proofs=tuple(str(proof) for proof in expected),
        kinds=tuple(proof.kind for proof in expected),
        reasons=tuple(row.reasons),
        double_evaluation=row.double_evaluation,
        weight=row.weight,
    )


def _published_point(point: Mapping[str, Any]) -> str:
    kinds = covered_kinds(point["coverage"])
    return _point(point["code"], point["text"], point["level"], point["condition"], kinds)


def _drafted(
    draft: DraftCriterion, questionnaire: DraftQuestionnaire, section: str, reasons: Sequence[DraftReason]
) -> Requirement:
    points = [
        _point(point.code, point.text, point.level, point.condition, point.dispensed_by) for point in draft.points
    ]
    return Requirement(
        code=draft.code,
        text=draft.text,
        questionnaire=questionnaire.code,
        section=section,
        is_answered=questionnaire.is_answered,
        level=draft.level,
        condition=draft.condition,
        profile=draft.profile,
        dispensed_by=tuple(draft.dispensed_by),
        guidance=draft.guidance,
        points=tuple(points),
        proofs=tuple(str(ExpectedProof(kind=kind, detail=detail)) for kind, detail in draft.proofs),
        kinds=tuple(kind for kind, _ in draft.proofs),
        reasons=tuple(
            Reason(reason.code, reason.text, needs_text=reason.needs_text, needs_proof=reason.needs_proof)
            for reason in reasons
        ),
        double_evaluation=draft.double_evaluation,
        weight=draft.weight,
    )


def _point(code: str, text: str, level: str, condition: str, dispensed_by: Sequence[str]) -> str:
    words = [str(Criterion.Level(level).label).lower(), condition]
    if dispensed_by:
        words.append(f"dispensé par {', '.join(dispensed_by)}")
    return f"{code} : {text} ({' ; '.join(words)})"


def _question(row: Variable | DraftVariable) -> Question:
    return Question(
        code=row.code,
        step=row.step,
        label=row.label,
        kind=row.kind,
        choices=tuple((code, label) for code, label in row.choices),
        statement=row.statement,
        negation=row.negation,
        asked_if=row.asked_if,
        derived_from=row.derived_from,
        help=row.help,
    )
