"""What waits for one expert: their files under evaluation, the most pressing first."""

from dataclasses import dataclass

from accounts.models import User
from evaluation.assignments import ASSIGNABLE
from evaluation.grid import Grid, Progress, grids
from evaluation.models import Assignment
from evaluation.values import State
from referencing import access
from referencing.models import Candidature
from referencing.stages import Stage


@dataclass(frozen=True)
class File:
    """One candidature as this expert sees it: `progress` and `to_review` count their own criteria only.

    `divergent` names the criteria on which their opinion and another's differ: the lead settles, both may discuss.
    """

    candidature: Candidature
    assignment: Assignment
    progress: Progress
    to_review: int
    first_left: str
    questionnaires: list[str]
    divergent: list[str]

    @property
    def is_waiting(self) -> bool:
        """Whether the éditeur is answering a complement request: nothing to do until they send it back."""
        return self.candidature.stage == Stage.COMPLEMENTS_REQUESTED


def files_of(expert: User) -> list[File]:
    """Return the candidatures an expert is evaluating, late ones first. A constant number of queries."""
    mine = access.visible_to(expert).at(*ASSIGNABLE).filter(assignments__expert=expert)
    candidatures = list(mine.with_names().select_related("sheet__version").soonest_first())
    read = grids(candidatures)
    return [_file(read[candidature.pk], expert) for candidature in candidatures]


def _file(whole: Grid, expert: User) -> File:
    assignment = whole.assignment_of(expert)
    if assignment is None:  # the list was made of the candidatures assigned to them
        raise LookupError(f"{whole.candidature} n'est pas confiée à {expert.pk}")
    lines = whole.entrusted_to(assignment)
    return File(
        candidature=whole.candidature,
        assignment=assignment,
        progress=Progress.of(lines),
        to_review=sum(line.state == State.TO_REVIEW for line in lines),
        first_left=next((line.code for line in lines if line.is_left), ""),
        divergent=[line.code for line in lines if line.state == State.DIVERGENT],
        questionnaires=[group.title for group in whole.groups() if assignment.covers(group.code)],
    )
