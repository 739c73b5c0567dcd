"""The answers to the orientation, said in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from questionnaires.models import Version
from questionnaires.orientation import asked_now, said


@dataclass(frozen=True)
class Step:
    """A screen of the orientation: `answers` are (question, answer) pairs."""

    title: str
    answers: tuple[tuple[str, str], ...]


def in_words(version: Version, facts: Mapping[str, Any]) -> list[Step]:
    """Return the questions that were asked and what was answered, step by step. One query."""
    asked: list[Any] = asked_now(list(version.variables.all()), facts)
    return [
        Step(title, tuple((question.label, said(question, facts.get(question.code))) for question in group))
        for title, group in groupby(asked, key=lambda question: question.step)
    ]
