"""The grid: every criterion to judge, what is on file for it, the verdict that holds and where it stands.

What is judged is what was filed (acts of dépôt and of return of complements), never what the éditeur is still typing.
Milestones of the technical tests are not judged here: their acts prove them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from django.db.models import F, Max

from evaluation import double
from evaluation.double import Opinion, Seconds, is_double, needs_second
from evaluation.freshness import Changes, OnFile, changes_since, last_asked, state_of
from evaluation.models import Assignment, Verdict
from evaluation.values import LEFT_TO_DO, State, Value
from questionnaires.models import Answer
from referencing.kinds import ActKind
from referencing.models import Act, Candidature
from referencing.stages import Stage

GIVEN_BY_EDITOR = (ActKind.FILING, ActKind.COMPLEMENT_RETURN)
# Notes between evaluators stay in the database until someone who may read them asks.
NOT_READ = ("private_note", "settlement")
PEOPLE = ("expert", "second_expert", "settled_by")
# What tells where each criterion stands; the page of one criterion reads nothing else of the others.
STANDING = ("candidature_id", "criterion_id", "expert_id", "round", "value", "pins", "answer_edition", "edition")


@dataclass(frozen=True)
class Line:
    """One criterion. `filed` is its entry in the snapshot on file (questionnaires.sheets.snapshot).

    `double_evaluation` is what the référentiel asks, unless support `is_waived` it; `opinions` says who gave theirs.
    Read for one expert (`as_judged_by`), `state` is theirs, `reader` their key, and `is_theirs` says that what is
    left is left to them.
    """

    code: str
    questionnaire: str
    filed: dict[str, Any]
    verdict: Verdict | None
    state: State
    on_file: OnFile
    double_evaluation: bool = False
    is_waived: bool = False
    opinions: tuple[Opinion, ...] = ()
    reader: int = 0
    is_theirs: bool = True

    @property
    def is_left(self) -> bool:
        return self.state in LEFT_TO_DO and self.is_theirs

    @property
    def edition(self) -> int:
        """What a form must send back to prove that it was filled on the latest verdict, or on one's latest opinion."""
        if needs_second(self):
            return self.own.edition if self.own else 0
        return self.verdict_edition

    @property
    def verdict_edition(self) -> int:
        return self.verdict.edition if self.verdict else 0

    @property
    def own(self) -> Opinion | None:
        """The opinion of the expert it is read for."""
        return next((one for one in self.opinions if one.expert_id == self.reader), None)

    @property
    def fresh_opinions(self) -> list[Opinion]:
        return [opinion for opinion in self.opinions if opinion.is_fresh]

    @property
    def is_paired(self) -> bool:
        """Whether both opinions are given, and may be read by those who evaluate."""
        return len(self.fresh_opinions) >= double.ENOUGH

    def as_judged_by(self, assignment: Assignment) -> "Line":
        """Return the line as one expert has it: what the other did leaves them with their own work."""
        if not needs_second(self):
            return self
        line = replace(self, reader=assignment.expert_id)
        if self.state == State.DIVERGENT:
            return replace(line, is_theirs=assignment.is_lead)
        if self.state != State.SECOND_AWAITED:
            return line
        if line.own and line.own.is_fresh:
            return replace(line, is_theirs=False)
        return replace(line, state=State.TO_REVIEW if line.own or line.verdict else State.TO_JUDGE)

    @property
    def is_settled(self) -> bool:
        """Whether the verdict may stand in a report: a complement still to ask for settles nothing."""
        return self.state == State.JUDGED and self.verdict is not None and self.verdict.value != Value.COMPLEMENT_NEEDED

    @property
    def answer_label(self) -> str:
        return dict(Answer.Value.choices).get(self.filed["value"], "Pas de réponse")

    @property
    def reason(self) -> str:
        """The reason given for « Non applicable »; "" otherwise, and in the acts filed before it was asked."""
        return (self.filed.get("na_reason") or {}).get("text", "")

    @cached_property
    def changes(self) -> Changes:
        return changes_since(self.verdict, self.on_file) if self.verdict else Changes()

    @property
    def added(self) -> list[dict[str, Any]]:
        """The proofs given since the verdict, as in `filed`."""
        return [proof for proof in self.filed["proofs"] if proof["sha256"] in self.changes.added]


@dataclass(frozen=True)
class Progress:
    """How many criteria are judged, waiting ones included (nobody can judge them now), among all."""

    done: int
    total: int

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Progress":
        states = [line.is_left for line in lines]
        return cls(states.count(False), len(states))

    @property
    def left(self) -> int:
        return self.total - self.done

    @property
    def percent(self) -> int:
        """Whole percent, rounded down: 100 means that nothing is left."""
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True)
class Group:
    """The criteria of one questionnaire, and the experts it is entrusted to."""

    code: str
    title: str
    lines: tuple[Line, ...]
    experts: tuple[Assignment, ...]

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.lines)

    @property
    def sections(self) -> list[tuple[str, list[Line]]]:
        return [(title, list(lines)) for title, lines in groupby(self.lines, key=lambda line: line.filed["section"])]


@dataclass(frozen=True)
class Grid:
    """What is judged, and what is not: the criteria that the `certificates` filed dispense of."""

    candidature: Candidature
    titles: dict[str, str]
    lines: tuple[Line, ...]
    assignments: tuple[Assignment, ...]
    certificates: tuple[dict[str, Any], ...] = ()
    dispensed: tuple[dict[str, Any], ...] = ()

    @cached_property
    def progress(self) -> Progress:
        return Progress.of(self.lines)

    def line(self, code: str) -> Line | None:
        """Return the line of a criterion; None when it is unknown, does not apply, or is dispensed."""
        return next((line for line in self.lines if line.code == code), None)

    def line_for(self, code: str, assignment: Assignment | None) -> Line | None:
        """Return the line of a criterion as an expert has it; as everybody has it without assignment."""
        line = self.line(code)
        return line.as_judged_by(assignment) if line and assignment else line

    def assignment_of(self, user: object) -> Assignment | None:
        return next((one for one in self.assignments if one.expert == user), None)

    def entrusted_to(self, assignment: Assignment | None) -> tuple[Line, ...]:
        """Return the lines an expert judges; none without assignment."""
        if assignment is None:
            return ()
        mine = (line for line in self.lines if assignment.covers(line.questionnaire))
        return tuple(line.as_judged_by(assignment) for line in mine)

    def only(self, lines: tuple[Line, ...]) -> "Grid":
        """Return the same grid with these lines only."""
        return replace(self, lines=lines)

    def groups(self, *states: str) -> list[Group]:
        """Return the questionnaires in order, with their lines in these states; all of them when none is named."""
        shown = [line for line in self.lines if not states or line.state in states]
        return [
            Group(code, self.titles[code], tuple(lines), tuple(one for one in self.assignments if one.covers(code)))
            for code, lines in groupby(shown, key=lambda line: line.questionnaire)
        ]


def grid(candidature: Candidature) -> Grid:
    """Read the grid of one candidature: four queries, six where two experts judge, whatever its size."""
    return grids([candidature])[candidature.pk]


def grid_around(candidature: Candidature) -> Grid:
    """Read the same grid for the page of one criterion: of each verdict, what tells its state, without its texts."""
    return grids([candidature], with_texts=False)[candidature.pk]


def grids(candidatures: Iterable[Candidature], *, with_texts: bool = True) -> dict[int, Grid]:
    """Read the grids of several candidatures, by primary key: four queries for all, six where two experts judge."""
    files = {candidature.pk: candidature for candidature in candidatures}
    snapshots = _snapshots(files)
    asked = _asked(files)
    verdicts: dict[tuple[int, str], Verdict] = {}
    said = Verdict.objects.filter(candidature__in=files).annotate(code=F("criterion__code"))
    rows = said.select_related(*PEOPLE).defer(*NOT_READ) if with_texts else said.only(*STANDING)
    for verdict in rows.order_by("round"):  # the latest round takes the place of the former
        verdicts[verdict.candidature_id, verdict.code] = verdict
    seconds = double.seconds_of(pk for pk, given in snapshots.items() if any(map(is_double, _criteria(given))))
    assigned = list(Assignment.objects.filter(candidature__in=files).select_related("expert"))
    return {
        pk: Grid(
            candidature=candidature,
            titles={view["code"]: view["title"] for view in _judged(snapshots.get(pk))},
            lines=tuple(_lines(candidature, snapshots.get(pk), verdicts, asked.get(pk, {}), seconds)),
            assignments=tuple(one for one in assigned if one.candidature_id == pk),
            certificates=tuple(snapshots.get(pk, {}).get("certificates", ())),
            dispensed=tuple(snapshots.get(pk, {}).get("dispensed", ())),
        )
        for pk, candidature in files.items()
    }


def filed_in(candidature: Candidature, code: str, number: int) -> dict[str, Any] | None:
    """Return what was on file for a criterion in a past round, as `Line.filed`; None when it was not asked then."""
    given = (
        Act.objects.filter(candidature=candidature, kind__in=GIVEN_BY_EDITOR, round__lte=number).order_by("-pk").first()
    )
    views = _judged(given.payload["sheet"]) if given else []
    return next((filed for view in views for filed in view["criteria"] if filed["code"] == code), None)


def _snapshots(files: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The sheet as last given by each éditeur."""
    given = Act.objects.filter(candidature__in=files, kind__in=GIVEN_BY_EDITOR)
    latest = given.order_by().values("candidature").annotate(last=Max("pk")).values("last")
    return {act.candidature_id: act.payload["sheet"] for act in Act.objects.filter(pk__in=latest)}


def _asked(files: Iterable[int]) -> dict[int, dict[str, int]]:
    requests: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    acts = Act.objects.filter(candidature__in=files, kind=ActKind.COMPLEMENT_REQUEST)
    for pk, number, payload in acts.values_list("candidature", "round", "payload"):
        requests.setdefault(pk, []).append((number, payload))
    return {pk: last_asked(of_file) for pk, of_file in requests.items()}


def _judged(snapshot: dict[str, Any] | None) -> list[dict[str, Any]]:
    return [view for view in snapshot["questionnaires"] if view["is_answered"]] if snapshot else []


def _criteria(snapshot: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (filed for view in _judged(snapshot) for filed in view["criteria"])


def _lines(
    candidature: Candidature,
    snapshot: dict[str, Any] | None,
    verdicts: dict[tuple[int, str], Verdict],
    asked: dict[str, int],
    seconds: Seconds,
) -> Iterator[Line]:
    with_editor = candidature.stage == Stage.COMPLEMENTS_REQUESTED
    for view in _judged(snapshot):
        for filed in view["criteria"]:
            code = filed["code"]
            verdict = verdicts.get((candidature.pk, code))
            on_file = OnFile(tuple(sorted(proof["sha256"] for proof in filed["proofs"])), filed["edition"])
            state = state_of(
                verdict, on_file, now=candidature.round, asked_in=asked.get(code, 0), with_editor=with_editor
            )
            line = Line(code, view["code"], filed, verdict, state, on_file)
            yield seconds.told_on(line, candidature, asked.get(code, 0))
