"""The task list of a team that answers: section by section, where it stands, what remains, and where to go on."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import models
from django.urls import reverse

from accounts.models import User
from accounts.preferences import Layout
from questionnaires.sheets import Item, ItemState, Overview
from questionnaires.sheets.overview import QuestionnaireView, SectionView
from referencing.models import Candidature


class TaskState(models.TextChoices):
    TO_DO = "to_do", "À faire"
    IN_PROGRESS = "in_progress", "En cours"
    DONE = "done", "Complet"
    COMPLEMENT = "complement", "Complément demandé"


@dataclass(frozen=True)
class Task:
    """A section to answer. `to_answer` counts the criteria without an answer, `to_complete` those that lack a proof."""

    section: SectionView
    state: TaskState
    to_answer: int
    to_complete: int
    url: str


@dataclass(frozen=True)
class TaskGroup:
    questionnaire: QuestionnaireView
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Resume:
    """The criterion to go on with, and its page."""

    item: Item
    url: str


def task_groups(
    user: User, candidature: Candidature, whole: Overview, waiting: Collection[str]
) -> tuple[TaskGroup, ...]:
    """Return the sections that are asked; `waiting` are the codes whose complement is still expected."""
    return tuple(
        TaskGroup(
            view,
            tuple(
                _task(user, candidature, view, section, waiting) for section in view.sections if section.progress.total
            ),
        )
        for view in whole.questionnaires
        if view.is_answered and view.applies
    )


def resume(user: User, candidature: Candidature, whole: Overview, waiting: Collection[str]) -> Resume | None:
    """Return where to go on: the first complement expected, else the first criterion that is not complete."""
    item = next((item for item in whole.items if item.code in waiting), None) or next(
        (item for item in whole.items if item.may_change and item.state != ItemState.DONE), None
    )
    return Resume(item, answer_url(user, candidature, item)) if item else None


def answer_url(user: User, candidature: Candidature, item: Item) -> str:
    """Return the page where this person prefers to answer a criterion."""
    if user.answers_by == Layout.SECTION:
        section = item.criterion.section
        page = reverse("referencing:section", args=[candidature.reference, section.questionnaire.code, section.code])
        return f"{page}#c-{item.code}"
    return reverse("referencing:criterion", args=[candidature.reference, item.code])


def _task(
    user: User, candidature: Candidature, view: QuestionnaireView, section: SectionView, waiting: Collection[str]
) -> Task:
    asked = section.asked
    unanswered = [item for item in asked if not (item.answer and item.answer.value)]
    incomplete = [item for item in asked if item.state != ItemState.DONE]
    if user.answers_by == Layout.SECTION:
        url = reverse("referencing:section", args=[candidature.reference, view.code, section.code])
    else:
        url = reverse("referencing:questionnaire", args=[candidature.reference, view.code]) + f"#s-{section.code}"
    return Task(section, _state(asked, waiting), len(unanswered), len(incomplete) - len(unanswered), url)


def _state(asked: list[Item], waiting: Collection[str]) -> TaskState:
    if any(item.code in waiting for item in asked):
        return TaskState.COMPLEMENT
    states = {item.state for item in asked}
    if states == {ItemState.DONE}:
        return TaskState.DONE
    return TaskState.TO_DO if states == {ItemState.TO_DO} else TaskState.IN_PROGRESS
