"""Complements: what is asked, what reopens, and which verdicts survive the return."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from evaluation.complements import asked_for, default_deadline, send_complement_request
from evaluation.grid import Progress, filed_in, grid
from evaluation.models import Verdict
from evaluation.values import State, Value
from referencing import acts
from referencing.door import Overtaken, Refused
from referencing.kinds import ActKind
from referencing.models import Candidature
from referencing.stages import Stage
from referencing.working_days import next_working_day
from tests import play
from tests.evaluation import steps


@pytest.fixture
def returned(file: Candidature, emile: User, alice: User) -> Candidature:
    """Second round: a new proof for URB-HEB-01, ADM-02 rewritten, the three others as they were."""
    steps.ask(file, "URB-HEB-01", emile)
    steps.ask(file, "ADM-02", emile)
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    steps.replace_proof(asked, "URB-HEB-01", alice, b"Contrat signe.")
    steps.rewrite(asked, "ADM-02", alice, "Signé par la présidente.")
    return steps.give_back(asked, alice)


def test_the_request_gathers_what_the_verdicts_ask_in_the_order_of_the_referential(file: Candidature, emile: User):
    steps.ask(file, "URB-HEB-01", emile, expected="Le contrat.")
    steps.ask(file, "ADM-02", emile, expected="La signature.")
    steps.say(file, "ADM-04", emile)
    expected = [
        {"criterion": "ADM-02", "expected": "La signature."},
        {"criterion": "URB-HEB-01", "expected": "Le contrat."},
    ]
    assert asked_for(grid(file)) == expected
    moved = steps.send(file, emile)
    assert acts.latest(moved, ActKind.COMPLEMENT_REQUEST) == {
        "items": expected,
        "deadline": steps.soon().isoformat(),
        "message": "Bonjour,",
        "files": [],
    }
    assert (moved.stage, moved.deadline) == (Stage.COMPLEMENTS_REQUESTED, steps.soon())
    assert asked_for(grid(moved)) == []


def test_nothing_of_the_verdicts_leaves_with_the_request(file: Candidature, emile: User):
    say = {"motive": "MOTIF-SECRET", "expected": "Le contrat.", "private_note": "NOTE-SECRETE"}
    steps.say(file, "ADM-02", emile, Value.COMPLEMENT_NEEDED, **say)
    payload = str(acts.latest(steps.send(file, emile), ActKind.COMPLEMENT_REQUEST))
    assert ("SECRET" in payload, "Le contrat." in payload) == (False, True)


def test_a_request_without_any_complement_is_refused(file: Candidature, emile: User):
    with pytest.raises(Refused) as refused:
        steps.send(file, emile)
    assert [r.sentence for r in refused.value.refusals] == ["Désignez au moins un critère et dites ce qui est attendu."]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "L'échéance ne peut pas être aujourd'hui"),
        (-1, "Cette échéance est passée"),
        (5_000, "à plus d'un an"),
    ],
)
def test_the_deadline_must_be_one_that_can_be_kept(file: Candidature, emile: User, days: int, words: str):
    steps.ask(file, "ADM-02", emile)
    asked = steps.request_of(file, timezone.localdate() + timedelta(days=days))
    with pytest.raises(Refused) as refused:
        send_complement_request(file, asked, actor=emile)
    (reason,) = refused.value.refusals
    assert words in reason.sentence


def test_the_list_that_was_read_is_the_list_that_is_sent(file: Candidature, emile: User):
    steps.ask(file, "ADM-02", emile)
    read = steps.request_of(file)
    steps.ask(file, "ADM-04", emile)
    with pytest.raises(Refused) as refused:
        send_complement_request(file, read, actor=emile)
    assert [r.code for r in refused.value.refusals] == ["items"]
    assert read.mark != steps.request_of(file).mark
    assert Candidature.objects.get(pk=file.pk).stage == Stage.IN_EVALUATION


def test_the_second_to_send_is_told_that_someone_was_faster(file: Candidature, emile: User, sophie: User):
    steps.ask(file, "ADM-02", emile)
    read = steps.request_of(file)
    send_complement_request(file, read, actor=sophie, seen=file.version)
    with pytest.raises(Overtaken):
        send_complement_request(file, read, actor=emile, seen=file.version)


def test_an_expert_who_does_not_lead_does_not_send(file: Candidature, emile: User, eva: User, sophie: User):
    play.assign(file, eva, actor=sophie)
    steps.ask(file, "ADM-02", eva)
    with pytest.raises(Refused) as refused:
        steps.send(file, eva)
    assert refused.value.refusals[0].code == "right"


def test_the_usual_deadline_is_a_setting(settings):
    settings.PROCEDURE = settings.PROCEDURE | {"complement_reply_days": 12}
    assert default_deadline() == next_working_day(timezone.localdate() + timedelta(days=12))


def test_what_the_editor_is_writing_is_neither_shown_nor_judged(file: Candidature, emile: User, alice: User):
    steps.ask(file, "ADM-02", emile)
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    steps.rewrite(asked, "ADM-02", alice, "Brouillon de réponse.")
    whole = grid(asked)
    assert steps.states(asked) == dict.fromkeys(steps.CODES, State.JUDGED) | {"ADM-02": State.WAITING}
    assert [line.filed["comment"] for line in whole.lines] == ["C'est en place."] * 5
    assert whole.progress == Progress(5, 5)
    with pytest.raises(Refused):
        steps.say(asked, "ADM-02", emile)


def test_only_what_was_reopened_goes_back_to_review(returned: Candidature):
    assert returned.round == 2
    assert steps.states(returned) == dict.fromkeys(steps.CODES, State.JUDGED) | {
        "ADM-02": State.TO_REVIEW,
        "URB-HEB-01": State.TO_REVIEW,
    }
    assert asked_for(grid(returned)) == []


def test_it_says_what_changed_since_the_verdict(returned: Candidature):
    proof, words = steps.line(returned, "URB-HEB-01"), steps.line(returned, "ADM-02")
    assert [item["title"] for item in proof.added] == ["Nouveau contrat"]
    assert (proof.changes.removed, proof.changes.answer) == (1, True)
    assert (words.added, words.changes.removed, words.changes.answer) == ([], 0, True)
    before = filed_in(returned, "ADM-02", 1) or {}
    assert (before["comment"], words.filed["comment"]) == ("C'est en place.", "Signé par la présidente.")
    assert filed_in(returned, "SEX-01", 1) is None


def test_a_new_verdict_keeps_the_one_of_the_past_round(returned: Candidature, emile: User):
    steps.say(returned, "URB-HEB-01", emile)
    kept = Verdict.objects.filter(criterion__code="URB-HEB-01").order_by("round")
    assert [(v.round, v.value, v.edition) for v in kept] == [(1, Value.COMPLEMENT_NEEDED, 1), (2, Value.MET, 2)]
    assert steps.states(returned)["URB-HEB-01"] == State.JUDGED
    assert kept[0].pins != kept[1].pins


def test_a_criterion_given_back_as_it_was_is_reviewed_all_the_same(file: Candidature, emile: User, alice: User):
    steps.ask(file, "ADM-02", emile)
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    steps.rewrite(asked, "ADM-02", alice, "Autre chose.")
    steps.rewrite(asked, "ADM-02", alice, "C'est en place.")
    back = steps.give_back(asked, alice)
    assert steps.states(back)["ADM-02"] == State.TO_REVIEW


def test_a_third_round_asks_again_only_for_what_it_names(returned: Candidature, emile: User, alice: User):
    steps.say(returned, "URB-HEB-01", emile)
    steps.ask(returned, "ADM-02", emile)
    asked = steps.send(returned, emile)
    assert steps.states(asked)["ADM-02"] == State.WAITING
    steps.rewrite(asked, "ADM-02", alice, "Encore une fois.")
    third = steps.give_back(asked, alice)
    assert third.round == 3
    assert [code for code, state in steps.states(third).items() if state == State.TO_REVIEW] == ["ADM-02"]
