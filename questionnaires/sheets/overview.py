"""A sheet read whole, in four queries whatever its size: criteria, expected proofs, answers, proofs given."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from questionnaires.applicability import Verdict, certificates_held, judge
from questionnaires.completeness import shortcomings
from questionnaires.models import Answer, Criterion, EvidenceUse, ExpectedProof, Reopening, Sheet


class ItemState(models.TextChoices):
    NOT_ASKED = "not_asked", "Non demandé"
    TO_DO = "to_do", "À faire"
    IN_PROGRESS = "in_progress", "En cours"
    DONE = "done", "Complet"


@dataclass(frozen=True)
class Point:
    """A requirement merged into a criterion, that applies to this service."""

    code: str
    text: str
    level: str

    @property
    def level_label(self) -> str:
        return str(Criterion.Level(self.level).label)


@dataclass(frozen=True)
class Progress:
    """How many items are complete, among those asked."""

    done: int
    total: int

    @classmethod
    def of(cls, items: Iterable["Item"]) -> "Progress":
        asked = [item for item in items if item.state != ItemState.NOT_ASKED]
        return cls(sum(item.state == ItemState.DONE for item in asked), len(asked))

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 means complete. Nothing to do is complete."""
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True)
class Item:
    """One criterion for one service: why it applies, what was answered, what is missing.

    `reopened` says that the criterion was named by a complement request; `may_change` that it may be answered now.
    """

    criterion: Criterion
    verdict: Verdict
    points: tuple[Point, ...]
    expected: tuple[ExpectedProof, ...]
    answer: Answer | None
    uses: tuple[EvidenceUse, ...]
    state: ItemState
    missing: tuple[str, ...]
    reopened: bool
    may_change: bool

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def edition(self) -> int:
        """What a form must send back to prove that it was filled on the latest answer."""
        return self.answer.edition if self.answer else 0


@dataclass(frozen=True)
class SectionView:
    code: str
    title: str
    advice: str
    items: tuple[Item, ...]

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.items)

    @property
    def asked(self) -> list[Item]:
        """The items of the section that apply to this service."""
        return [item for item in self.items if item.verdict.applies]


@dataclass(frozen=True)
class QuestionnaireView:
    """`is_answered` is false for the milestones of the technical tests, which are proven elsewhere."""

    code: str
    title: str
    intro: str
    is_answered: bool
    sections: tuple[SectionView, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for section in self.sections for item in section.items)

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.items)

    @property
    def applies(self) -> bool:
        """Whether at least one of its criteria applies to this service."""
        return any(item.verdict.applies for item in self.items)


@dataclass(frozen=True)
class Overview:
    questionnaires: tuple[QuestionnaireView, ...]

    @cached_property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for questionnaire in self.questionnaires for item in questionnaire.items)

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.items)

    def questionnaire(self, code: str) -> QuestionnaireView | None:
        return next((view for view in self.questionnaires if view.code == code), None)

    def item(self, code: str) -> Item | None:
        """Return the item of a criterion, None when the version has no such criterion."""
        return next((item for item in self.items if item.code == code), None)


def overview(sheet: Sheet) -> Overview:
    """Read a sheet whole. Four queries."""
    answers = {answer.criterion_id: answer for answer in _answers(sheet)}
    criteria = (
        Criterion.objects.filter(version=sheet.version_id)
        .select_related("section__questionnaire")
        .prefetch_related("expected_proofs")
        .annotate(is_reopened=Exists(Reopening.objects.filter(sheet=sheet, criterion=OuterRef("pk"))))
    )
    views = []
    for questionnaire, of_questionnaire in groupby(criteria, key=lambda criterion: criterion.section.questionnaire):
        sections = [
            SectionView(
                section.code,
                section.title,
                section.advice,
                tuple(_item(sheet, criterion, answers.get(criterion.pk)) for criterion in of_section),
            )
            for section, of_section in groupby(of_questionnaire, key=lambda criterion: criterion.section)
        ]
        views.append(
            QuestionnaireView(
                questionnaire.code,
                questionnaire.title,
                questionnaire.intro,
                questionnaire.is_answered,
                tuple(sections),
            )
        )
    return Overview(tuple(views))


def _answers(sheet: Sheet) -> models.QuerySet[Answer]:
    """The answers of a sheet with their proofs."""
    uses = EvidenceUse.objects.select_related("revision__evidence", "added_by")
    return (
        Answer.objects.filter(sheet=sheet)
        .select_related("updated_by")
        .prefetch_related(Prefetch("uses", queryset=uses))
    )


def _item(sheet: Sheet, criterion: Criterion, answer: Answer | None) -> Item:
    held = certificates_held(sheet.facts)
    verdict = judge(criterion.condition, criterion.dispensed_by, sheet.facts, criterion.grounds, held)
    expected = tuple(criterion.expected_proofs.all())
    uses = tuple(answer.uses.all()) if answer else ()
    asked = verdict.applies and criterion.section.questionnaire.is_answered
    lacks = _lacks(answer, expected, len(uses)) if asked else ()
    reopened = criterion.is_reopened  # type: ignore[attr-defined]  # annotated by `overview`
    targeted = sheet.writing == Sheet.Writing.TARGETED and reopened
    return Item(
        criterion=criterion,
        verdict=verdict,
        points=tuple(_points(criterion, sheet.facts, held)),
        expected=expected,
        answer=answer,
        uses=uses,
        state=_state(answer, asked=asked, complete=not lacks),
        missing=lacks,
        reopened=reopened,
        may_change=asked and (sheet.writing == Sheet.Writing.OPEN or targeted),
    )


def _lacks(answer: Answer | None, expected: tuple[ExpectedProof, ...], proofs: int) -> tuple[str, ...]:
    value, comment = (answer.value, answer.comment) if answer else ("", "")
    carried_from = answer.carried_from if answer and answer.to_confirm else ""
    is_written = all(proof.is_written for proof in expected)
    return tuple(shortcomings(value, comment, proofs=proofs, is_written=is_written, carried_from=carried_from))


def _state(answer: Answer | None, *, asked: bool, complete: bool) -> ItemState:
    if not asked:
        return ItemState.NOT_ASKED
    if complete:
        return ItemState.DONE
    return ItemState.IN_PROGRESS if answer and answer.edition else ItemState.TO_DO


def _points(criterion: Criterion, facts: dict[str, object], held: frozenset[str]) -> Iterator[Point]:
    for point in criterion.points:
        if judge(point["condition"], point["dispensed_by"], facts, criterion.grounds, held).applies:
            yield Point(point["code"], point["text"], point["level"])
