"""What the judging page shows of one criterion: the requirement, what is on file, what was said before, what moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils import timezone

from accounts.models import User
from evaluation import motives, proofs
from evaluation.grid import PEOPLE, Grid, Line, filed_in
from evaluation.judging import next_left
from evaluation.models import Verdict
from evaluation.values import State
from questionnaires.differences import CriterionChange, Fate
from questionnaires.models import Criterion
from referencing.models import Candidature


@dataclass(frozen=True)
class Workspace:
    """One criterion on the desk of one reader. `verdict` is the one in force, `former` those before it, latest first."""

    line: Line
    criterion: Criterion
    verdict: Verdict | None
    former: tuple[Verdict, ...]
    before: dict[str, Any] | None

    @property
    def previous(self) -> Verdict | None:
        """The verdict that this criterion had before: the one to review, or the one of an earlier round."""
        if self.line.is_left:
            return self.verdict
        return self.former[0] if self.former else None

    @property
    def older(self) -> tuple[Verdict, ...]:
        return self.former if self.line.is_left else self.former[1:]

    @cached_property
    def change(self) -> CriterionChange | None:
        """What the éditeur changed since the verdict of before; None when nothing was on file then."""
        return CriterionChange(Fate.STAYED, self.before, self.line.filed, "") if self.before else None

    @cached_property
    def proofs(self) -> tuple[proofs.ShownProof, ...]:
        filed = self.line.filed["proofs"]
        known = self.previous.pins if self.previous else [proof["sha256"] for proof in filed]
        new = {proof["sha256"] for proof in filed} - set(known)
        return proofs.shown(filed, new=new, today=timezone.localdate())

    @cached_property
    def proposals(self) -> tuple[motives.Proposal, ...]:
        """Sentences that a motive may start from."""
        return motives.proposals(
            self.line.filed,
            list(self.criterion.expected_proofs.all()),
            self.criterion.examples.get("not_enough", []),
            today=timezone.localdate(),
        )


def workspace(candidature: Candidature, line: Line, *, reads_notes: bool) -> Workspace:
    """Read what the page of one criterion shows; the notes between evaluators only for whoever may read them."""
    verdicts = _verdicts(candidature, line, reads_notes=reads_notes)
    verdict, former = (verdicts[0], verdicts[1:]) if verdicts else (None, [])
    previous = verdict if line.is_left else former[0] if former else None
    return Workspace(
        line=line,
        criterion=criterion_of(candidature, line.code),
        verdict=verdict,
        former=tuple(former),
        before=filed_in(candidature, line.code, previous.round) if previous else None,
    )


def criterion_of(candidature: Candidature, code: str) -> Criterion:
    """The published criterion: what it advises, and the kinds of proof it expects."""
    return Criterion.objects.prefetch_related("expected_proofs").get(version=candidature.sheet.version_id, code=code)


def _verdicts(candidature: Candidature, line: Line, *, reads_notes: bool) -> list[Verdict]:
    """Every verdict on this criterion, the latest round first; none is asked for where the grid knows of none."""
    if line.verdict is None:
        return []
    said = Verdict.objects.filter(candidature=candidature, criterion__code=line.code).select_related(*PEOPLE)
    return list((said if reads_notes else said.defer("private_note")).order_by("-round"))


@dataclass(frozen=True)
class Steps:
    """Where this criterion stands among `lines`, and the ones to go on with: beside it, and left to judge by the reader."""

    place: int
    total: int
    before: Line | None
    after: Line | None
    next_left: Line | None
    previous_left: Line | None


def steps(whole: Grid, shown: Sequence[Line], line: Line, user: User) -> Steps:
    """Place a criterion among the lines shown; when a filter hides it, among all of them."""
    lines = shown if any(other.code == line.code for other in shown) else whole.lines
    place = [other.code for other in lines].index(line.code)
    assignment = whole.assignment_of(user)
    return Steps(
        place=place + 1,
        total=len(lines),
        before=lines[place - 1] if place else None,
        after=lines[place + 1] if place + 1 < len(lines) else None,
        next_left=next_left(whole.only(tuple(shown)), assignment, line.code),
        previous_left=next_left(whole.only(tuple(shown)[::-1]), assignment, line.code),
    )


def in_state(lines: Sequence[Line], state: str) -> tuple[Line, ...]:
    """Return the lines in a state; all of them when it names none."""
    return tuple(line for line in lines if line.state == state) if state in State.values else tuple(lines)
