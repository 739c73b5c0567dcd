"""Double evaluation: two opinions, blind until both are given, then one verdict or a divergence that the lead settles."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import join
from evaluation.assignments import assign, unassign
from evaluation.complements import asked_for
from evaluation.diverging import notes_on, say, settle, waive
from evaluation.double import lacking_experts, needs_second, own, pair
from evaluation.grid import grid
from evaluation.judging import Conflict, Unfinished, judge, next_left
from evaluation.models import Appraisal, Assignment, DivergenceNote, SecondWaiver, Verdict
from evaluation.reports import conclude, draft_of, report_payload, save_draft, why_not_conclude
from evaluation.values import MOTIVE_MAX, State, Value
from evaluation.workload import files_of
from journal.models import Event
from questionnaires.models import Criterion
from referencing.door import Refused
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps

DOUBLE = "URB-HEB-01"
SETTLED = {"value": Value.MAJOR_RESERVE, "motive": "Deux activités sur six.", "settlement": "Le contrat fait foi."}


def sentences(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.sentence for refusal in refused.value.refusals]


def state(candidature: Candidature, expert: User | None = None, code: str = DOUBLE) -> tuple[State, bool]:
    """Where a criterion stands, and whether something is left, for everybody or for one expert."""
    whole = grid(candidature)
    line = whole.line_for(code, whole.assignment_of(expert) if expert else None)
    assert line is not None
    return line.state, line.is_left


def diverge(candidature: Candidature, emile: User, eva: User, code: str = DOUBLE) -> None:
    steps.say(candidature, code, emile, Value.NOT_MET, motive="Certificat échu.", private_note="Vu au registre.")
    steps.say(candidature, code, eva, Value.MINOR_RESERVE, motive="Renouvellement en cours.")


def test_the_criteria_that_two_experts_judge_are_those_of_the_referential(shared: Candidature):
    assert [line.code for line in grid(shared).lines if needs_second(line)] == ["SEC-GOV-01", DOUBLE]
    flagged = [one.code for one in Criterion.objects.filter(version=shared.sheet.version) if needs_second(one)]
    assert flagged == ["SEC-GOV-01", DOUBLE, "SEX-01"]


def test_a_first_opinion_is_no_verdict(shared: Candidature, emile: User, eva: User):
    given = steps.say(shared, DOUBLE, emile, Value.NOT_MET, motive="Certificat échu.")
    assert (type(given), given.edition, given.round, given.pins) == (
        Appraisal,
        1,
        1,
        list(grid(shared).line(DOUBLE).on_file.pins),
    )
    assert Verdict.objects.count() == 0
    assert state(shared) == (State.SECOND_AWAITED, True)
    assert state(shared, emile) == (State.SECOND_AWAITED, False)
    assert state(shared, eva) == (State.TO_JUDGE, True)
    assert Event.objects.filter(kind__startswith="evaluation.").exclude(kind="evaluation.assigned").count() == 0


def test_its_author_alone_reads_it(shared: Candidature, emile: User, eva: User):
    steps.say(shared, DOUBLE, emile, Value.NOT_MET, motive="Certificat échu.")
    line = steps.line(shared, DOUBLE)
    assert pair(shared, line) == []
    assert own(shared, DOUBLE, emile).motive == "Certificat échu."
    assert own(shared, DOUBLE, eva) is None
    assert "échu" not in str(grid(shared))


def test_what_each_has_left_is_their_own_work(shared: Candidature, emile: User, eva: User):
    for code in steps.CODES:
        steps.say(shared, code, emile)
    assert [(file.progress.left, file.first_left) for file in files_of(emile)] == [(0, "")]
    assert [(file.progress.left, file.first_left) for file in files_of(eva)] == [(2, "SEC-GOV-01")]
    whole = grid(shared)
    assert next_left(whole, whole.assignment_of(emile), "") is None
    assert (whole.progress.done, whole.progress.total) == (3, 5)


def test_its_author_changes_it_until_the_other_is_given(shared: Candidature, emile: User, eva: User):
    steps.say(shared, DOUBLE, emile, Value.NOT_MET, motive="Certificat échu.")
    again = steps.say(shared, DOUBLE, emile)
    assert (again.value, again.edition, Appraisal.objects.count()) == (Value.MET, 2, 1)
    with pytest.raises(Conflict) as stale:
        judge(shared, DOUBLE, value=Value.MET, edition=1, expert=emile)
    assert stale.value.current == again


def test_two_who_agree_make_the_verdict_together(shared: Candidature, emile: User, eva: User):
    steps.say(shared, DOUBLE, emile, Value.NOT_MET, motive="Échu.")
    steps.say(shared, DOUBLE, eva, Value.NOT_MET, motive="Périmé depuis mai.")
    verdict = Verdict.objects.get()
    assert (verdict.value, verdict.motive, verdict.expert, verdict.second_expert) == (
        Value.NOT_MET,
        "Échu.\n\nPérimé depuis mai.",
        emile,
        eva,
    )
    assert (verdict.settled_by, verdict.signature) == (None, "Émile Roux et Eva Noël")
    assert state(shared) == (State.JUDGED, False)
    assert report_payload(shared)["verdicts"][DOUBLE]["value"] == Value.NOT_MET


def test_texts_too_long_to_hold_together_are_left_to_the_lead(shared: Candidature, emile: User, eva: User):
    steps.say(shared, DOUBLE, emile, Value.NOT_MET, motive="a" * MOTIVE_MAX)
    steps.say(shared, DOUBLE, eva, Value.NOT_MET, motive="b" * MOTIVE_MAX)
    assert (Verdict.objects.count(), state(shared)[0]) == (0, State.DIVERGENT)


def test_two_who_ask_for_a_complement_ask_for_both(shared: Candidature, emile: User, eva: User):
    steps.ask(shared, DOUBLE, emile, expected="Le certificat.")
    assert asked_for(grid(shared)) == []
    steps.ask(shared, DOUBLE, eva, expected="Le contrat.")
    assert asked_for(grid(shared)) == [{"criterion": DOUBLE, "expected": "Le certificat.\n\nLe contrat."}]


def test_two_who_differ_wait_for_the_lead(shared: Candidature, emile: User, eva: User):
    diverge(shared, emile, eva)
    assert Verdict.objects.count() == 0
    assert [state(shared, one) for one in (None, emile, eva)] == [
        (State.DIVERGENT, True),
        (State.DIVERGENT, True),
        (State.DIVERGENT, False),
    ]
    assert [one.expert for one in pair(shared, steps.line(shared, DOUBLE))] == [emile, eva]
    assert Event.objects.get(kind="evaluation.diverged").data == {"criterion": DOUBLE}


def test_opinions_given_change_no_more(shared: Candidature, emile: User, eva: User):
    diverge(shared, emile, eva)
    with pytest.raises(Refused) as refused:
        steps.say(shared, DOUBLE, eva)
    assert sentences(refused) == [
        "Les deux appréciations de ce critère sont rendues : elles ne changent plus, l'expert coordonnateur tranche."
    ]


def test_the_lead_settles_with_a_motive(shared: Candidature, emile: User, eva: User):
    diverge(shared, emile, eva)
    verdict = settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    assert (verdict.value, verdict.motive, verdict.settlement) == (
        Value.MAJOR_RESERVE,
        "Deux activités sur six.",
        "Le contrat fait foi.",
    )
    assert verdict.signature == "Émile Roux et Eva Noël ; tranché par Émile Roux"
    assert (verdict.is_settled_by_author, verdict.people) == (True, [emile, eva])
    assert state(shared) == (State.JUDGED, False)
    assert Event.objects.get(kind="evaluation.settled").data == {"criterion": DOUBLE}


def test_a_lead_who_gave_no_opinion_settles_too(shared: Candidature, emile: User, eva: User, ada: User, sophie: User):
    assign(shared, ada, actor=sophie)
    diverge(shared, ada, eva)
    with pytest.raises(Refused) as refused:
        steps.say(shared, DOUBLE, emile)
    assert len(sentences(refused)) == 1
    verdict = settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    assert (verdict.is_settled_by_author, len(verdict.people)) == (False, 3)
    assert "Émile Roux, expert évaluateur" in report_payload(shared)["experts"]


def test_nobody_else_settles(shared: Candidature, emile: User, eva: User, sophie: User):
    diverge(shared, emile, eva)
    for actor in (eva, sophie):
        with pytest.raises(Refused) as refused:
            settle(shared, DOUBLE, edition=0, actor=actor, **SETTLED)
        assert sentences(refused) == ["Trancher revient à l'expert coordonnateur."]
    join(emile, shared.organisation, profiles=[])
    with pytest.raises(Refused) as refused:
        settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    assert sentences(refused) == ["Vous faites partie de l'équipe de l'éditeur : vous ne pouvez pas l'évaluer."]
    assert Verdict.objects.count() == 0


def test_nothing_is_settled_before_both_opinions(shared: Candidature, emile: User):
    steps.say(shared, DOUBLE, emile)
    with pytest.raises(Refused) as refused:
        settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    assert sentences(refused) == ["Les deux appréciations ne sont pas encore rendues."]
    with pytest.raises(Refused) as refused:
        settle(shared, "ADM-02", edition=0, actor=emile, **SETTLED)
    assert sentences(refused) == ["Ce critère n'est pas en double évaluation."]


@pytest.mark.parametrize(
    ("texts", "problems"),
    [
        ({"settlement": " "}, {"settlement": "Écrivez le motif."}),
        ({"motive": ""}, {"motive": "Écrivez le motif : le verdict « Réserve majeure » doit être motivé."}),
        (
            {"settlement": "x" * 200_000},
            {"settlement": "Ce texte compte 200\u00a0000 caractères ; il ne doit pas en dépasser 20\u00a0000."},
        ),
    ],
)
def test_a_decision_without_its_motive_is_not_recorded(
    shared: Candidature, emile: User, eva: User, texts: dict[str, str], problems: dict[str, str]
):
    diverge(shared, emile, eva)
    with pytest.raises(Unfinished) as unfinished:
        settle(shared, DOUBLE, edition=0, actor=emile, **(SETTLED | texts))
    assert unfinished.value.problems == problems


def test_the_lead_goes_back_on_a_decision_knowingly(shared: Candidature, emile: User, eva: User):
    diverge(shared, emile, eva)
    settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    with pytest.raises(Conflict):
        settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    again = settle(shared, DOUBLE, edition=1, actor=emile, **(SETTLED | {"value": Value.NOT_MET}))
    assert (again.value, again.edition, Verdict.objects.count()) == (Value.NOT_MET, 2, 1)


def test_a_replaced_proof_reopens_both(shared: Candidature, emile: User, eva: User, alice: User):
    diverge(shared, emile, eva)
    steps.ask(shared, "ADM-02", emile)
    settle(
        shared, DOUBLE, edition=0, actor=emile, value=Value.COMPLEMENT_NEEDED, motive="x", expected="y", settlement="z"
    )
    back = _given_back(shared, emile, alice)
    line = steps.line(back, DOUBLE)
    assert (line.state, line.fresh_opinions, pair(back, line)) == (State.TO_REVIEW, [], [])
    assert [state(back, one) for one in (emile, eva)] == [(State.TO_REVIEW, True), (State.TO_REVIEW, True)]
    steps.say(back, DOUBLE, emile)
    assert state(back, eva) == (State.TO_REVIEW, True)
    assert pair(back, steps.line(back, DOUBLE)) == []
    steps.say(back, DOUBLE, eva)
    verdict = Verdict.objects.get(round=2)
    assert (verdict.value, verdict.settled_by, verdict.edition) == (Value.MET, None, 2)


def _given_back(candidature: Candidature, lead: User, editor: User) -> Candidature:
    asked = steps.send(candidature, lead)
    for code in ("ADM-02", DOUBLE):
        steps.replace_proof(asked, code, editor, b"Autre chose " + code.encode())
    return steps.give_back(asked, editor)


def test_an_opinion_holds_when_another_criterion_is_asked_for(shared: Candidature, emile: User, eva: User, alice: User):
    steps.say(shared, DOUBLE, emile)
    steps.ask(shared, "ADM-02", emile)
    asked = steps.send(shared, emile)
    steps.replace_proof(asked, "ADM-02", alice, b"Signe")
    back = steps.give_back(asked, alice)
    assert state(back) == (State.SECOND_AWAITED, True)
    steps.say(back, DOUBLE, eva)
    assert Verdict.objects.get(criterion__code=DOUBLE).round == 2


def test_the_opinion_of_an_expert_who_left_stays_on_file(shared: Candidature, emile: User, eva: User, sophie: User):
    steps.say(shared, DOUBLE, eva)
    unassign(Assignment.objects.get(expert=eva), actor=sophie)
    steps.say(shared, DOUBLE, emile)
    assert Verdict.objects.get().people == [eva, emile]


def test_it_says_which_criteria_lack_a_second_expert(shared: Candidature, eva: User, sophie: User):
    assert lacking_experts(grid(shared)) == []
    assign(shared, eva, actor=sophie, questionnaires=["demande"])
    assert [line.code for line in lacking_experts(grid(shared))] == ["SEC-GOV-01", DOUBLE]
    waive(shared, DOUBLE, motive="Un seul spécialiste.", actor=sophie)
    assert [line.code for line in lacking_experts(grid(shared))] == ["SEC-GOV-01"]


def test_support_waives_the_second_opinion_with_a_motive(shared: Candidature, emile: User, sophie: User):
    steps.say(shared, DOUBLE, emile, Value.NOT_MET, motive="Échu.", private_note="Vu.")
    waive(shared, DOUBLE, motive=" Un seul spécialiste. ", actor=sophie)
    verdict = Verdict.objects.get()
    assert (verdict.value, verdict.motive, verdict.private_note, verdict.people) == (
        Value.NOT_MET,
        "Échu.",
        "Vu.",
        [emile],
    )
    event = Event.objects.get(kind="evaluation.second_waived")
    assert (event.data, event.actor) == ({"criterion": DOUBLE, "motive": "Un seul spécialiste."}, sophie)
    assert state(shared) == (State.JUDGED, False)
    assert steps.say(shared, DOUBLE, emile).edition == 2
    assert not needs_second(steps.line(shared, DOUBLE))


def test_a_waiver_is_supports_with_a_motive_and_in_time(shared: Candidature, emile: User, eva: User, sophie: User):
    with pytest.raises(Refused) as refused:
        waive(shared, DOUBLE, motive="Pressé.", actor=emile)
    assert sentences(refused) == ["Lever une double évaluation revient au support."]
    with pytest.raises(Unfinished) as unfinished:
        waive(shared, DOUBLE, motive=" ", actor=sophie)
    assert unfinished.value.problems == {"motive": "Écrivez le motif."}
    diverge(shared, emile, eva)
    with pytest.raises(Refused) as refused:
        waive(shared, DOUBLE, motive="Trop tard.", actor=sophie)
    assert sentences(refused) == ["Les deux appréciations sont rendues : il n'y a plus rien à lever."]
    with pytest.raises(Refused):
        waive(shared, "ADM-02", motive="Sans objet.", actor=sophie)
    assert SecondWaiver.objects.count() == 0


def test_those_who_evaluate_talk_it_over_once_both_are_given(
    shared: Candidature, emile: User, eva: User, sophie: User, alice: User
):
    with pytest.raises(Refused) as refused:
        say(shared, DOUBLE, text="Alors ?", author=eva)
    assert sentences(refused) == ["Les deux appréciations ne sont pas encore rendues."]
    diverge(shared, emile, eva)
    say(shared, DOUBLE, text="<b>Échu</b> depuis mai.", author=emile)
    say(shared, DOUBLE, text="Le renouvellement est joint.", author=eva)
    assert [(note.author, note.text) for note in notes_on(shared, DOUBLE)] == [
        (emile, "<b>Échu</b> depuis mai."),
        (eva, "Le renouvellement est joint."),
    ]
    with pytest.raises(Refused) as refused:
        say(shared, DOUBLE, text="Et moi ?", author=alice)
    assert sentences(refused) == ["Cette discussion est celle de ceux qui évaluent."]
    with pytest.raises(Unfinished):
        say(shared, DOUBLE, text="\n", author=sophie)
    assert DivergenceNote.objects.count() == 2


def test_a_report_names_what_two_experts_have_not_settled(shared: Candidature, emile: User, eva: User):
    for code in ("ADM-02", "ADM-04", "RGPD-FIN-04", "SEC-GOV-01"):
        steps.say(shared, code, emile)
    diverge(shared, emile, eva)
    edition = draft_of(shared).edition
    save_draft(shared, synthesis="Bien.", recommendation="", edition=edition, actor=emile)
    expected = [
        ("SEC-GOV-01 : un second expert doit encore donner son appréciation.", "evaluation/SEC-GOV-01/"),
        (
            "URB-HEB-01 : les deux experts divergent, l'expert coordonnateur n'a pas encore tranché.",
            "double-evaluation/URB-HEB-01/",
        ),
    ]
    reasons = why_not_conclude(shared, emile)
    assert [(one.sentence, one.url.partition(f"{shared.reference}/")[2]) for one in reasons] == expected
    with pytest.raises(Refused) as refused:
        conclude(shared, actor=emile)
    assert sentences(refused) == [sentence for sentence, _ in expected]
    steps.say(shared, "SEC-GOV-01", eva)
    settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    assert conclude(shared, actor=emile).stage == "evaluated"


def test_verdicts_are_frozen_once_the_report_is_filed(shared: Candidature, emile: User, eva: User, sophie: User):
    for expert in (emile, eva):
        for code in ("SEC-GOV-01", DOUBLE):
            steps.say(shared, code, expert)
    play.judge_all(shared, emile)
    save_draft(shared, synthesis="Bien.", recommendation="", edition=0, actor=emile)
    done = conclude(shared, actor=emile)
    with pytest.raises(Refused) as refused:
        settle(done, DOUBLE, edition=1, actor=emile, **SETTLED)
    assert sentences(refused) == ["La candidature est à l'étape « Évaluée » : les verdicts sont figés."]


@pytest.mark.parametrize("fields", [{"settlement": ""}, {"motive": ""}])
def test_the_database_refuses_a_decision_without_motive(
    shared: Candidature, emile: User, eva: User, fields: dict[str, str]
):
    diverge(shared, emile, eva)
    settle(shared, DOUBLE, edition=0, actor=emile, **SETTLED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.update(**fields)
