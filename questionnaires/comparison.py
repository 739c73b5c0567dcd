"""Two editions side by side: what each criterion became, and what changed in it. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db import models

from accounts.roles import Profile
from questionnaires.lineage import Descent
from questionnaires.models import Criterion
from questionnaires.na_reasons import Reason
from questionnaires.plain import Edition, Question, Requirement
from questionnaires.wording import Piece, compare


class Fate(models.TextChoices):
    """What a criterion became. The value is what an address says."""

    REWORDED = "reformule", "Reformulé"
    ADJUSTED = "ajuste", "Même énoncé, autre règle"
    SPLIT = "scinde", "Scindé"
    MERGED = "fusionne", "Fusionné"
    RENAMED = "renomme", "Renommé"
    NEW = "nouveau", "Nouveau"
    REMOVED = "retire", "Retiré"
    UNCHANGED = "inchange", "Inchangé"


class Aspect(models.TextChoices):
    """What may change in a criterion, beside its words."""

    TEXT = "enonce", "Énoncé"
    POINTS = "points", "Points à vérifier"
    CONDITION = "condition", "Condition"
    LEVEL = "niveau", "Niveau"
    PROOFS = "preuves", "Preuves attendues"
    PROFILE = "profil", "Profil"
    DISPENSATION = "dispense", "Dispense"
    REASONS = "motifs", "Motifs de « Non applicable »"
    GUIDANCE = "conseils", "Conseils"
    EVALUATION = "evaluation", "Évaluation"
    PLACE = "place", "Place"


@dataclass(frozen=True)
class Difference:
    """One aspect that changed, its words before and after, and where they differ."""

    aspect: Aspect
    before: str
    after: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return compare(self.before, self.after)


@dataclass(frozen=True)
class Row:
    """One line of the comparison: the older criteria, the newer one (None when removed), and what changed.

    What changed is said against the older criterion that bears the closest name; a removed one has no difference.
    """

    fate: Fate
    older: tuple[Requirement, ...]
    newer: Requirement | None
    differences: tuple[Difference, ...]

    @property
    def code(self) -> str:
        return self.newer.code if self.newer else self.older[0].code

    @property
    def questionnaire(self) -> str:
        return self.newer.questionnaire if self.newer else self.older[0].questionnaire

    @property
    def text(self) -> str:
        return self.newer.text if self.newer else self.older[0].text

    @property
    def others(self) -> tuple[Requirement, ...]:
        """The older criteria, when this one does not simply go on under its own code."""
        return () if [requirement.code for requirement in self.older] == [self.code] else self.older

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        return tuple(difference.aspect for difference in self.differences)


@dataclass(frozen=True)
class QuestionRow:
    """What became of an orientation question; `differences` are (what, before, after)."""

    code: str
    label: str
    fate: Fate
    differences: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Comparison:
    rows: tuple[Row, ...]
    questions: tuple[QuestionRow, ...]
    related: bool

    @cached_property
    def counts(self) -> dict[Fate, int]:
        """How many lines of each fate, in the order of `Fate`."""
        found = Counter(row.fate for row in self.rows)
        return {fate: found[fate] for fate in Fate}

    @cached_property
    def aspects(self) -> dict[Aspect, int]:
        """How many lines change in each aspect."""
        found = Counter(aspect for row in self.rows for aspect in row.aspects)
        return {aspect: found[aspect] for aspect in Aspect}

    @property
    def is_empty(self) -> bool:
        return all(row.fate == Fate.UNCHANGED for row in self.rows) and not any(
            row.fate != Fate.UNCHANGED for row in self.questions
        )


def compare_editions(older: Edition, newer: Edition, descent: Descent) -> Comparison:
    """Return one row per newer criterion, in their order, then one per criterion removed."""
    rows = [_row(older, requirement, descent) for requirement in newer.requirements]
    rows += [
        Row(Fate.REMOVED, (requirement,), None, ())
        for requirement in older.requirements
        if not descent.heirs[requirement.code].codes
    ]
    return Comparison(tuple(rows), tuple(_questions(older, newer, descent)), descent.related)


def fate_of(code: str, descent: Descent) -> Fate:
    """Say how a newer criterion descends from older ones, whatever its words."""
    origins = descent.origins(code)
    if not origins:
        return Fate.NEW
    if len(origins) > 1:
        return Fate.MERGED
    if len(descent.heirs[origins[0]].codes) > 1:
        return Fate.SPLIT
    return Fate.UNCHANGED if origins[0] == code else Fate.RENAMED


def differences_between(older: Requirement, newer: Requirement) -> tuple[Difference, ...]:
    """Return every aspect in which two criteria differ."""
    before, after = _said(older), _said(newer)
    return tuple(
        Difference(aspect, before[aspect], after[aspect]) for aspect in Aspect if before[aspect] != after[aspect]
    )


def _row(older: Edition, newer: Requirement, descent: Descent) -> Row:
    origins = tuple(older.by_code[code] for code in descent.origins(newer.code))
    fate = fate_of(newer.code, descent)
    if not origins:
        return Row(fate, (), newer, ())
    closest = next((origin for origin in origins if origin.code == newer.code), origins[0])
    differences = differences_between(closest, newer)
    if fate == Fate.UNCHANGED and differences:
        words = {Aspect.TEXT, Aspect.POINTS}
        fate = Fate.REWORDED if words & {change.aspect for change in differences} else Fate.ADJUSTED
    return Row(fate, origins, newer, differences)


def _said(requirement: Requirement) -> dict[Aspect, str]:
    return {
        Aspect.TEXT: requirement.text,
        Aspect.POINTS: "\n".join(requirement.points),
        Aspect.CONDITION: requirement.condition,
        Aspect.LEVEL: str(Criterion.Level(requirement.level).label),
        Aspect.PROOFS: " ; ".join(requirement.proofs),
        Aspect.PROFILE: str(Profile(requirement.profile).label),
        Aspect.DISPENSATION: ", ".join(requirement.dispensed_by),
        Aspect.REASONS: "\n".join(_reason(reason) for reason in requirement.reasons),
        Aspect.GUIDANCE: requirement.guidance,
        Aspect.EVALUATION: _evaluated(requirement),
        Aspect.PLACE: f"{requirement.questionnaire} › {requirement.section}",
    }


def _evaluated(requirement: Requirement) -> str:
    return f"{'deux experts' if requirement.double_evaluation else 'un expert'}, poids {requirement.weight}"


def _reason(reason: Reason) -> str:
    asked = {"explication demandée": reason.needs_text, "pièce demandée": reason.needs_proof}
    words = ", ".join(word for word, is_asked in asked.items() if is_asked)
    return f"{reason.text} ({words})" if words else reason.text


def _questions(older: Edition, newer: Edition, descent: Descent) -> Iterator[QuestionRow]:
    before = {question.code: question for question in older.questions}
    for question in newer.questions:
        origin = before.get(descent.origin_of_variable(question.code))
        if origin is None:
            yield QuestionRow(question.code, question.label, Fate.NEW)
            continue
        changes = tuple(_question_changes(origin, question))
        renamed = Fate.RENAMED if origin.code != question.code else Fate.UNCHANGED
        yield QuestionRow(question.code, question.label, Fate.REWORDED if changes else renamed, changes)
    for question in older.questions:
        if question.code not in descent.variables:
            yield QuestionRow(question.code, question.label, Fate.REMOVED)


def _question_changes(older: Question, newer: Question) -> Iterable[tuple[str, str, str]]:
    before, after = _asked(older), _asked(newer)
    return ((name, before[name], after[name]) for name in before if before[name] != after[name])


def _asked(question: Question) -> dict[str, str]:
    return {
        "Question": question.label,
        "Nature": question.kind,
        "Choix": " ; ".join(label for _, label in question.choices),
        "Posée si": question.asked_if,
        "Se déduit de": question.derived_from,
    }
