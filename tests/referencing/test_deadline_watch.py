"""The clock: which reminder on which day, once each, and the expiry when it is allowed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from journal.models import Event, Letter
from referencing import filing, letters, tasks
from referencing.models import Candidature
from referencing.reminders import due_step, offsets, step_name, watch
from referencing.stages import Stage
from tests import play

DEADLINE = date(2026, 6, 30)
ASKED = date(2026, 6, 1)
DAYS = (-7, -2, 1)
TODAY = timezone.localdate()


def day(days: int) -> date:
    return DEADLINE + timedelta(days=days)


@pytest.mark.parametrize(
    ("today", "step"),
    [
        (day(-8), None),
        (day(-7), -7),
        (day(-3), -7),  # the clock was stopped for a while: the reminder still leaves
        (day(-2), -2),
        (day(0), -2),
        (day(1), 1),
        (day(40), 1),
    ],
)
def test_the_last_step_reached_is_due(today, step):
    assert due_step(DEADLINE, ASKED, today, DAYS) == step


@pytest.mark.parametrize(
    ("asked", "today", "step"),
    [(day(-7), day(-7), None), (day(-5), day(-5), None), (day(-5), day(-2), -2), (day(0), day(1), 1)],
)
def test_what_was_past_on_the_day_of_the_request_is_skipped(asked, today, step):
    assert due_step(DEADLINE, asked, today, DAYS) == step


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)), st.integers(0, 60), st.integers(0, 90))
def test_each_step_comes_at_most_once_and_in_order(asked, length, elapsed):
    deadline = asked + timedelta(days=length)
    days = [asked + timedelta(days=n) for n in range(elapsed)]
    steps = [step for step in (due_step(deadline, asked, today, DAYS) for today in days) if step]
    assert steps == sorted(steps)


def test_the_days_are_settings_told_as_people_say_them(settings):
    assert [step_name(offset) for offset in offsets()] == ["J-7", "J-2", "J+1"]
    settings.PROCEDURE = settings.PROCEDURE | {"reminder_days_before": [15, 3], "reminder_days_after": [1, 10]}
    assert [step_name(offset) for offset in offsets()] == ["J-15", "J-3", "J+1", "J+10"]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (
            datetime(2026, 10, 24, 22, 30, tzinfo=UTC),
            date(2026, 10, 25),
        ),  # half past midnight, before the hour repeated
        (datetime(2026, 10, 25, 22, 30, tzinfo=UTC), date(2026, 10, 25)),  # half past eleven, after it
        (datetime(2027, 3, 27, 22, 59, tzinfo=UTC), date(2027, 3, 27)),  # a minute to midnight, before the hour lost
        (datetime(2027, 3, 28, 21, 59, tzinfo=UTC), date(2027, 3, 28)),
        (datetime(2028, 2, 28, 23, 30, tzinfo=UTC), date(2028, 2, 29)),
    ],
)
def test_a_night_when_the_clocks_change_moves_no_reminder(moment, day):
    today = timezone.localdate(moment)
    assert today == day
    for offset in DAYS:
        assert due_step(today - timedelta(days=offset), today - timedelta(days=30), today, DAYS) == offset


@pytest.fixture
def incomplete(alice, sophie, simple_version) -> Candidature:
    return filing.declare_incomplete(
        play.submitted(alice, simple_version),
        missing=[{"what": "Kbis", "basis": "ADM-01"}],
        deadline=TODAY + timedelta(days=30),
        actor=sophie,
    )


def reminders() -> list[str]:
    return [event.data["step"] for event in Event.objects.filter(kind="candidature.reminder").order_by("seq")]


def test_three_reminders_around_the_deadline_each_once(incomplete):
    for elapsed in range(45):
        watch(TODAY + timedelta(days=elapsed))
        watch(TODAY + timedelta(days=elapsed))
    assert reminders() == ["J-7", "J-2", "J+1"]
    first = Event.objects.filter(kind="candidature.reminder").earliest("seq")
    assert (first.subject, first.actor) == (incomplete.reference, None)
    assert first.data == {
        "stage": "incomplete",
        "step": "J-7",
        "late": False,
        "deadline": incomplete.deadline.isoformat(),
        "version": incomplete.version,
    }


def test_a_second_request_is_reminded_again(incomplete, alice, sophie):
    deadline = incomplete.deadline
    assert watch(deadline) == (1, 0)
    filing.submit(incomplete, actor=alice)
    assert watch(deadline) == (0, 0)
    filing.declare_incomplete(incomplete, missing=[{"what": "Mandat", "basis": ""}], deadline=deadline, actor=sophie)
    assert watch(deadline) == (1, 0)
    assert reminders() == ["J-2", "J-2"]


def test_only_those_who_wait_for_the_editor_are_watched(alice, sophie, simple_version):
    play.in_evaluation(alice, simple_version, sophie)
    assert watch(TODAY + timedelta(days=365)) == (0, 0)


@pytest.mark.parametrize("waiting", [1, 3])
def test_one_query_finds_who_is_watched(alice, sophie, simple_version, waiting, django_assert_num_queries):
    for number in range(waiting):
        filing.declare_incomplete(
            play.submitted(alice, simple_version, name=f"Service {number}"),
            missing=[{"what": "Kbis", "basis": ""}],
            deadline=TODAY + timedelta(days=30),
            actor=sophie,
        )
    with django_assert_num_queries(1):
        assert watch(TODAY) == (0, 0)


def test_the_task_reads_the_calendar_of_paris(incomplete, monkeypatch):
    watched: list[date] = []
    monkeypatch.setattr(tasks, "watch", watched.append)
    tasks.watch_deadlines()
    assert watched == [timezone.localdate()]


# --- Expiry ---------------------------------------------------------------------------------


@pytest.fixture
def late(incomplete) -> Candidature:
    """Its deadline passed ten days ago; the request is older."""
    Candidature.objects.filter(pk=incomplete.pk).update(
        deadline=TODAY - timedelta(days=10), stage_since=timezone.now() - timedelta(days=60)
    )
    incomplete.refresh_from_db()
    return incomplete


def send_reminders(late) -> None:
    for elapsed in (-7, -2, 1):
        watch(late.deadline + timedelta(days=elapsed))
    for event in Event.objects.filter(kind="candidature.reminder"):
        letters.remind(event.pk)
    Letter.objects.filter(kind="reminder").update(sent_at=timezone.now())


@pytest.fixture
def allowed(settings):
    settings.PROCEDURE = {**settings.PROCEDURE, "expiry_enabled": True}


def test_nothing_expires_unless_it_is_allowed(late):
    send_reminders(late)
    assert watch(TODAY) == (0, 0)
    late.refresh_from_db()
    assert late.stage == Stage.INCOMPLETE


def test_a_candidature_expires_after_reminders_really_sent(late, allowed):
    send_reminders(late)
    assert watch(TODAY) == (0, 1)
    late.refresh_from_db()
    assert late.stage == Stage.WITHDRAWN
    act = late.acts.get(kind="expiry")
    assert act.payload == {"deadline": (TODAY - timedelta(days=10)).isoformat(), "reminders": 3}
    assert act.filed_by is None
    assert watch(TODAY) == (0, 0)


def test_it_does_not_expire_while_reminders_wait_in_the_post(late, allowed):
    send_reminders(late)
    Letter.objects.filter(kind="reminder").update(sent_at=None)
    assert watch(TODAY) == (0, 0)
    late.refresh_from_db()
    assert late.stage == Stage.INCOMPLETE


def test_it_does_not_expire_on_the_last_day(late, allowed):
    send_reminders(late)
    Candidature.objects.update(deadline=TODAY)
    assert watch(TODAY)[1] == 0
