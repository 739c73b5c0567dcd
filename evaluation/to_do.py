"""The éditeur's to-do list: what was asked, criterion by criterion, and where each one stands."""

from dataclasses import dataclass
from datetime import date

from django.db import models

from accounts.models import User
from evaluation.complements import ComplementRequest
from questionnaires import sheets
from questionnaires.completeness import missing
from questionnaires.sheets import Overview
from referencing import acts, extensions
from referencing.kinds import ActKind
from referencing.models import Candidature, Extension
from referencing.refusals import Refusal
from referencing.tasklist import answer_url


class TaskState(models.TextChoices):
    """Where one complement stands while the éditeur answers."""

    WAITING = "complement", "Attendu"
    LACKING = "in_progress", "À compléter"
    DONE = "done", "Répondu"


@dataclass(frozen=True)
class Task:
    """One criterion asked for; `lacks` says what its new answer is still without, `url` where to answer ("" in a preview)."""

    code: str
    text: str
    expected: str
    state: TaskState
    lacks: tuple[str, ...] = ()
    url: str = ""


@dataclass(frozen=True)
class ToDo:
    """What the page shows. `asks` are the asks for more time made about this request, the latest first."""

    request: ComplementRequest
    tasks: tuple[Task, ...]
    deadline: date
    asks: tuple[Extension, ...] = ()
    why_not_ask: tuple[Refusal, ...] = ()

    @property
    def done(self) -> int:
        return sum(task.state == TaskState.DONE for task in self.tasks)

    @property
    def total(self) -> int:
        return len(self.tasks)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0


def to_do(candidature: Candidature, whole: Overview, reader: User, today: date) -> ToDo | None:
    """Return what is left to do for the request that waits now; None when there is none. `whole` is the sheet, read."""
    payload = acts.latest(candidature, ActKind.COMPLEMENT_REQUEST)
    if payload is None or candidature.deadline is None:
        return None
    request = ComplementRequest.of_act(payload)
    waiting = {criterion.code for criterion in sheets.unanswered_reopenings(candidature.sheet)}
    lacks: dict[str, list[str]] = {}
    for lack in missing(whole):
        lacks.setdefault(lack.code, []).append(lack.sentence)
    tasks = []
    for asked in request.items:
        code, item = asked["criterion"], whole.item(asked["criterion"])
        state = TaskState.WAITING if code in waiting else TaskState.LACKING if code in lacks else TaskState.DONE
        text, url = (item.criterion.text, answer_url(reader, candidature, item)) if item else ("", "")
        tasks.append(Task(code, text, asked["expected"], state, tuple(lacks.get(code, ())), url))
    asks = candidature.extensions.filter(round=candidature.round).order_by("-pk").select_related("asked_by")
    return ToDo(
        request, tuple(tasks), candidature.deadline, tuple(asks), tuple(extensions.why_not_ask(candidature, today))
    )


def preview(request: ComplementRequest, texts: dict[str, str]) -> ToDo:
    """Return the list as the éditeur will see it first: nothing answered yet. `texts` are the criteria, by code."""
    tasks = [
        Task(item["criterion"], texts.get(item["criterion"], ""), item["expected"], TaskState.WAITING)
        for item in request.items
    ]
    return ToDo(request, tuple(tasks), request.deadline)
