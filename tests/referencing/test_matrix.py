"""Every stage × verb × role, generated from the tables, asked of the real door. The golden file is docs/lifecycle.md."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from journal.record import record
from questionnaires.models import Version
from referencing import access, payloads
from referencing.clocks import ClockKind
from referencing.door import Refused, move
from referencing.drawing import lifecycle_document, outcome
from referencing.models import Candidature, ClockFact
from referencing.rights import MOVES
from referencing.stages import Stage
from referencing.verbs import all_verbs
from tests import play


def test_the_document_says_what_the_code_does() -> None:
    written = (Path(settings.BASE_DIR) / "docs" / "lifecycle.md").read_text(encoding="utf-8")
    assert written == lifecycle_document()


def test_every_verb_has_its_right_and_nothing_else_has() -> None:
    assert list(all_verbs()) == list(MOVES)


class Undone(Exception):
    """Raised to roll a successful move back."""


@pytest.fixture
def staff(sophie: User, marc: User, aude: User) -> dict[Role, User]:
    return {Role.SUPPORT: sophie, Role.MINISTRY: marc, Role.AUDITOR: aude}


@pytest.fixture
def one_of_each(
    alice: User, bob: User, emile: User, eva: User, members: list[User], simone: User, staff: dict[Role, User]
) -> dict[Role, User]:
    return {
        Role.EDITOR: bob,
        Role.MANDATED: alice,
        Role.EXPERT: eva,
        Role.LEAD: emile,
        Role.MEMBER: members[0],
        Role.SECRETARY: simone,
        **staff,
    }


def _at(stage: Stage, candidature: Candidature) -> Candidature:
    """Put a row at a stage as no service would: the door is what is being asked, not the way there."""
    later = timezone.localdate() + timedelta(days=10)
    Candidature.objects.filter(pk=candidature.pk).update(stage=stage, submitted_at=timezone.now(), deadline=later)
    if stage == Stage.COMPLEMENTS_REQUESTED:  # a deadline is put off only where the clocks know of one
        _suspended(candidature, later)
    return Candidature.objects.get(pk=candidature.pk)


def _suspended(candidature: Candidature, later: date) -> None:
    event = record("candidature.request_complements", candidature.reference, actor=None, data={})
    for rank, kind in enumerate((ClockKind.RECEPTION, ClockKind.ADMISSION, ClockKind.SUSPENSION), start=1):
        until = later if kind == ClockKind.SUSPENSION else None
        ClockFact.objects.create(
            candidature=candidature,
            rank=rank,
            kind=kind,
            on=timezone.localdate(),
            until=until,
            entered_on=timezone.localdate(),
            event=event,
        )


def _ask(candidature: Candidature, verb: str, user: User | None) -> str:
    """Return the stage reached, or the code of the first reason: « stage », « right », or that of a guard."""
    blank: dict[str, object] = dict.fromkeys(payloads.REQUIRED[all_verbs()[verb].files], "") | {
        "items": [],
        "missing": [],
    }
    try:
        with transaction.atomic():
            move(candidature, verb, actor=user, payload=blank | {"deadline": "2999-01-01", "date": "2999-01-01"})
            raise Undone
    except Refused as refused:
        return refused.refusals[0].code
    except Undone:
        return "moved"


@pytest.mark.parametrize("stage", list(Stage))
def test_the_door_agrees_with_the_tables(
    stage: Stage, alice: User, simple_version: Version, one_of_each: dict[Role, User]
) -> None:
    candidature = play.draft(alice, simple_version)
    for role in (Role.EXPERT, Role.LEAD, Role.MEMBER):
        access.grant(one_of_each[role], candidature, role)
    candidature = _at(stage, candidature)
    wrong = []
    for verb in all_verbs().values():
        for role, user in one_of_each.items():
            expected, answer = outcome(stage, verb, role), _ask(candidature, verb.name, user)
            allowed = expected not in ("stage", "right")
            if allowed != (answer not in ("stage", "right")) or (not allowed and answer != expected):
                wrong.append((verb.name, role.value, expected, answer))
    assert wrong == []


def test_the_clock_alone_may_expire_and_may_nothing_else(alice: User, simple_version: Version) -> None:
    candidature = _at(Stage.INCOMPLETE, play.draft(alice, simple_version))
    answers = {
        verb: _ask(candidature, verb, None) for verb in all_verbs() if Stage.INCOMPLETE in all_verbs()[verb].sources
    }
    assert answers == {"submit": "right", "withdraw": "right", "expire": "deadline"}


@pytest.fixture
def readers(one_of_each: dict[Role, User], charlie: User) -> Callable[[Candidature], set[str]]:
    def who_reads(candidature: Candidature) -> set[str]:
        people = {role.value: user for role, user in one_of_each.items()} | {"stranger": charlie}
        return {name for name, user in people.items() if access.visible_to(user).filter(pk=candidature.pk).exists()}

    return who_reads


def test_a_draft_is_read_by_its_team_alone(
    alice: User, simple_version: Version, readers: Callable[[Candidature], set[str]]
) -> None:
    assert readers(play.draft(alice, simple_version)) == {"editor", "mandated"}


@pytest.mark.parametrize(
    ("stage", "others"),
    [
        (Stage.SUBMITTED, {"support", "auditor"}),
        (Stage.IN_EVALUATION, {"support", "auditor"}),
        (Stage.EVALUATED, {"support", "auditor", "secretary"}),
        (Stage.IN_COMMISSION, {"support", "auditor", "secretary"}),
        (Stage.OPINION_GIVEN, {"support", "auditor", "secretary", "ministry"}),
        (Stage.PUBLISHED, {"support", "auditor", "secretary", "ministry"}),
        (Stage.WITHDRAWN, {"support", "auditor"}),
    ],
)
def test_who_reads_follows_the_stage(
    stage: Stage,
    others: set[str],
    alice: User,
    simple_version: Version,
    readers: Callable[[Candidature], set[str]],
) -> None:
    assert readers(_at(stage, play.draft(alice, simple_version))) == {"editor", "mandated"} | others


def test_a_right_taken_back_is_gone_at_once(alice: User, eva: User, simple_version: Version) -> None:
    candidature = play.draft(alice, simple_version)
    access.grant(eva, candidature, Role.EXPERT)
    assert access.visible_to(eva).get() == candidature
    access.revoke(eva, candidature, Role.EXPERT)
    assert not access.visible_to(eva).exists()


def test_a_global_role_is_not_given_file_by_file(alice: User, sophie: User, simple_version: Version) -> None:
    with pytest.raises(ValueError, match="rôle global"):
        access.grant(sophie, play.draft(alice, simple_version), Role.SUPPORT)
