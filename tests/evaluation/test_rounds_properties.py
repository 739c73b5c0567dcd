"""Whatever the sequence of requests, extensions and returns: the criteria named can change, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from evaluation.rounds import rounds_of
from questionnaires import sheets
from referencing import acts, extensions
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.working_days import next_working_day
from tests import play
from tests.evaluation import steps

CODES = st.sampled_from(steps.CODES)


@dataclass(frozen=True)
class Plan:
    """One round: the criteria named, those that somebody tries to rewrite meanwhile, and what becomes of a delay."""

    named: frozenset[str]
    tried: tuple[str, ...]
    delay: str


PLANS = st.lists(
    st.builds(
        Plan,
        named=st.frozensets(CODES, min_size=1, max_size=3),
        tried=st.lists(CODES, max_size=4).map(tuple),
        delay=st.sampled_from(["none", "granted", "refused", "unanswered"]),
    ),
    min_size=1,
    max_size=3,
)


@contextmanager
def undone() -> Iterator[None]:
    """Play, then leave the database as it was: each example starts from the same file."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=PLANS)
def test_exactly_the_named_criteria_can_change(
    file: Candidature, alice: User, emile: User, sophie: User, plans: list[Plan]
):
    with undone():
        current = Candidature.objects.select_related("sheet", "service__organisation").get(pk=file.pk)
        assert open_to_change(current) == set()
        for rank, plan in enumerate(plans):
            current = play_round(current, plan, rank, alice=alice, emile=emile, sophie=sophie)
            assert open_to_change(current) == set()
        changed = [
            {item.code for item in one.items if item.change and item.change.changed}
            for one in rounds_of(current, emile)
        ]
        assert changed == [set(plan.named) for plan in reversed(plans)]
        assert [one.others for one in rounds_of(current, emile)] == [0] * len(plans)


def play_round(file: Candidature, plan: Plan, rank: int, **people: User) -> Candidature:
    alice, emile = people["alice"], people["emile"]
    before = comments(acts.filed_sheets(file)[0])
    for code in plan.named:
        steps.ask(file, code, emile)
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    for code in plan.tried:
        assert rewrites(asked, code, alice, f"essai {rank}") == (code in plan.named)
    asked = delayed(asked, plan.delay, **people)
    assert open_to_change(asked) == set(plan.named)
    for code in plan.named:
        assert rewrites(asked, code, alice, f"Réponse du tour {rank + 1}.")
    back = steps.give_back(asked, alice)
    assert (back.stage, back.round) == (Stage.IN_EVALUATION, file.round + 1)
    after = comments(acts.filed_sheets(back)[0])
    assert {code for code in after if after[code] != before[code]} == set(plan.named)
    return back


def delayed(file: Candidature, delay: str, *, alice: User, emile: User, sophie: User) -> Candidature:
    if delay == "none":
        return file
    until = next_working_day(steps.soon() + timedelta(days=10))
    wanted = extensions.ask(file, until=until, motive="Congés.", actor=alice)
    if delay == "granted":
        return extensions.grant(file, until=until, answer="", actor=sophie, asked=wanted)
    if delay == "refused":
        extensions.refuse(wanted, answer="Une séance approche.", actor=emile)
    return file


def open_to_change(file: Candidature) -> set[str]:
    file.sheet.refresh_from_db()
    return {item.code for item in sheets.overview(file.sheet).items if item.may_change}


def rewrites(file: Candidature, code: str, editor: User, comment: str) -> bool:
    """Say whether the éditeur could write this explanation."""
    try:
        steps.rewrite(file, code, editor, comment)
    except sheets.AnswerRefused:
        return False
    return True


def comments(sheet: dict[str, Any]) -> dict[str, str]:
    return {one["code"]: one["comment"] for view in sheet["questionnaires"] for one in view["criteria"]}


@pytest.mark.parametrize("code", ["ADM-04", "SEC-GOV-01"])
def test_what_is_not_named_refuses_with_a_sentence(file: Candidature, alice: User, emile: User, code: str):
    steps.ask(file, "ADM-02", emile)
    asked = steps.send(file, emile)
    with pytest.raises(sheets.AnswerRefused) as refused:
        steps.rewrite(asked, code, alice, "Autre chose.")
    assert refused.value.sentence
