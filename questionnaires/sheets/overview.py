"""A sheet read whole, in four queries whatever its size: criteria, expected proofs, answers, proofs given.

A fifth reads its certificates, when the orientation declares some.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch

from questionnaires.applicability import Verdict
from questionnaires.certificates import Holding
from questionnaires.lapse import NOTHING
from questionnaires.matching import Matching, match
from questionnaires.models import Answer, Criterion, EvidenceUse, ExpectedProof, Reopening, Sheet
from questionnaires.na_reasons import Reason, find
from questionnaires.sheets.covering import PointJudged, holding_of, judged
from questionnaires.sheets.shortfalls import ItemState, lacks, lapse_now, state_of


@dataclass(frozen=True)
class Point:
    """A requirement merged into a criterion, that applies to this service; `remaining` when a part is covered."""

    code: str
    text: str
    level: str
    remaining: str = ""

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
class Aside:
    """What is kept for a criterion that is not asked: never counted, never shown but to the team that wrote it."""

    answer: Answer
    uses: tuple[EvidenceUse, ...]


@dataclass(frozen=True)
class Item:
    """One criterion for one service: why it applies, what was answered, what is missing, what soon will be.

    `answer` and `uses` are those of a criterion that is asked; what is kept for another is in `aside` alone.
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
    aside: Aside | None = None

    @property
    def to_reread(self) -> bool:
        """Whether the answer came back with its criterion and nobody read it again since."""
        return self.answer is not None and self.answer.standing == Answer.Standing.BACK

    warnings: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def to_confirm(self) -> bool:
        """Whether its answer was carried from elsewhere, and waits for someone to read it again."""
        return self.state != ItemState.NOT_ASKED and bool(self.answer and self.answer.to_confirm)

    @property
    def reason(self) -> Reason | None:
        """The reason given for « Non applicable », None for any other answer."""
        return find(self.criterion.reasons, self.answer.na_reason) if self.answer and self.answer.na_reason else None

    @cached_property
    def matching(self) -> Matching:
        """The expected proofs, each with the files given for it."""
        return match(self.expected, self.uses, self.answer.comment if self.answer else "")

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

    @property
    def set_aside(self) -> list[Item]:
        """The criteria that are not asked and for which something is kept."""
        return [item for item in self.items if item.aside]

    @property
    def to_reread(self) -> list[Item]:
        return [item for item in self.items if item.to_reread]

    @cached_property
    def to_confirm(self) -> int:
        """How many answers carried from elsewhere wait to be read again."""
        return sum(item.to_confirm for item in self.items)

    def questionnaire(self, code: str) -> QuestionnaireView | None:
        return next((view for view in self.questionnaires if view.code == code), None)

    def item(self, code: str) -> Item | None:
        """Return the item of a criterion, None when the version has no such criterion."""
        return next((item for item in self.items if item.code == code), None)


def overview(sheet: Sheet) -> Overview:
    """Read a sheet whole. Four queries, five with certificates."""
    holding = holding_of(sheet)
    answers = {answer.criterion_id: answer for answer in answers_of([sheet])}
    reopening = Reopening.objects.filter(sheet=sheet, criterion=OuterRef("pk"))
    criteria = list(criteria_of([sheet]).annotate(is_reopened=Exists(reopening)))
    return compose(sheet, criteria, answers, {row.pk for row in criteria if row.is_reopened}, holding)


def compose(
    sheet: Sheet, criteria: Iterable[Criterion], answers: dict[int, Answer], reopened: set[int], holding: Holding
) -> Overview:
    """Put together a sheet whose rows were read: the criteria of its version in order, answers by criterion."""
    return assemble(criteria, lambda row: _item(sheet, row, answers.get(row.pk), holding, reopened=row.pk in reopened))


def assemble(criteria: Iterable[Criterion], item_of: Callable[[Criterion], Item]) -> Overview:
    """Group criteria, which come in order, by section and questionnaire."""
    views = []
    for questionnaire, of_questionnaire in groupby(criteria, key=lambda criterion: criterion.section.questionnaire):
        sections = [
            SectionView(
                section.code,
                section.title,
                section.advice,
                tuple(item_of(criterion) for criterion in of_section),
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


def criteria_of(sheets: Iterable[Sheet]) -> models.QuerySet[Criterion]:
    """Return the criteria of the versions that sheets answer, in order, with the proofs that they expect."""
    rows = Criterion.objects.filter(version__in={sheet.version_id for sheet in sheets})
    return rows.select_related("section__questionnaire").prefetch_related("expected_proofs")


def answers_of(sheets: Iterable[Sheet]) -> models.QuerySet[Answer]:
    """Return the answers of sheets with their proofs."""
    uses = EvidenceUse.objects.select_related("revision__evidence", "added_by")
    return (
        Answer.objects.filter(sheet__in=list(sheets))
        .select_related("updated_by", "marked_by")
        .prefetch_related(Prefetch("uses", queryset=uses))
    )


def _item(sheet: Sheet, criterion: Criterion, answer: Answer | None, holding: Holding, *, reopened: bool) -> Item:
    verdict, points = judged(criterion, sheet.facts, holding)
    expected = tuple(criterion.expected_proofs.all())
    uses = tuple(answer.uses.all()) if answer else ()
    asked = verdict.applies and criterion.section.questionnaire.is_answered
    aside = None if asked or answer is None or not (answer.value or answer.comment or uses) else Aside(answer, uses)
    answer, uses = (answer, uses) if asked else (None, ())
    targeted = sheet.writing == Sheet.Writing.TARGETED and reopened
    may_change = asked and (sheet.writing == Sheet.Writing.OPEN or targeted)
    lapse = lapse_now(answer, uses) if may_change else NOTHING  # what is filed stays as it was filed
    missing = (*lacks(criterion, answer, expected, len(uses)), *lapse.shortages) if asked else ()
    return Item(
        criterion=criterion,
        verdict=verdict,
        points=points_of(points),
        expected=expected,
        answer=answer,
        uses=uses,
        state=state_of(answer, asked=asked, complete=not missing),
        missing=missing,
        reopened=reopened,
        may_change=may_change,
        warnings=lapse.warnings,
        aside=aside,
    )


def points_of(judged_points: Iterable[PointJudged]) -> tuple[Point, ...]:
    """Return the points asked, as a page shows them."""
    return tuple(Point(one["code"], one["text"], one["level"], said.remaining) for one, said in judged_points)
