"""What follows two opinions: the lead settles, those who evaluate talk, support waives, the report waits."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services import join
from evaluation.diverging import notes_on, say, settle, waive
from evaluation.double import lacking_experts, needs_second
from evaluation.grid import grid
from evaluation.judging import Conflict, Unfinished
from evaluation.models import DivergenceNote, SecondWaiver, Verdict
from evaluation.reports import conclude, draft_of, report_payload, save_draft, why_not_conclude
from evaluation.values import State, Value
from journal.models import Event
from referencing.door import Refused
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps

SETTLED = {"value": Value.MAJOR_RESERVE, "motive": "Deux activités sur six.", "settlement": "Le contrat fait foi."}


def sentences(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [refusal.sentence for refusal in refused.value.refusals]


def test_the_lead_settles_with_a_motive(shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)
    verdict = settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
    assert (verdict.value, verdict.motive, verdict.settlement) == (
        Value.MAJOR_RESERVE,
        "Deux activités sur six.",
        "Le contrat fait foi.",
    )
    assert verdict.signature == "Émile Roux et Eva Noël ; tranché par Émile Roux"
    assert (verdict.is_settled_by_author, verdict.people) == (True, [emile, eva])
    assert steps.state(shared) == (State.JUDGED, False)
    assert Event.objects.get(kind="evaluation.settled").data == {"criterion": steps.DOUBLE}


def test_a_lead_who_gave_no_opinion_settles_too(shared: Candidature, emile: User, eva: User, ada: User, sophie: User):
    play.assign(shared, ada, actor=sophie)
    steps.diverge(shared, ada, eva)
    with pytest.raises(Refused) as refused:
        steps.say(shared, steps.DOUBLE, emile)
    assert len(sentences(refused)) == 1
    verdict = settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
    assert (verdict.is_settled_by_author, len(verdict.people)) == (False, 3)
    assert "Émile Roux, expert évaluateur" in report_payload(shared)["experts"]


def test_nobody_else_settles(shared: Candidature, emile: User, eva: User, sophie: User):
    steps.diverge(shared, emile, eva)
    for actor in (eva, sophie):
        with pytest.raises(Refused) as refused:
            settle(shared, steps.DOUBLE, edition=0, actor=actor, **SETTLED)
        assert sentences(refused) == ["Trancher revient à l'expert coordonnateur."]
    join(emile, shared.organisation, profiles=[])
    with pytest.raises(Refused) as refused:
        settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
    assert sentences(refused) == ["Vous faites partie de l'équipe de l'éditeur : vous ne pouvez pas l'évaluer."]
    assert Verdict.objects.count() == 0


def test_nothing_is_settled_before_both_opinions(shared: Candidature, emile: User):
    steps.say(shared, steps.DOUBLE, emile)
    with pytest.raises(Refused) as refused:
        settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
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
    steps.diverge(shared, emile, eva)
    with pytest.raises(Unfinished) as unfinished:
        settle(shared, steps.DOUBLE, edition=0, actor=emile, **(SETTLED | texts))
    assert unfinished.value.problems == problems


def test_the_lead_goes_back_on_a_decision_knowingly(shared: Candidature, emile: User, eva: User):
    steps.diverge(shared, emile, eva)
    settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
    with pytest.raises(Conflict):
        settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
    again = settle(shared, steps.DOUBLE, edition=1, actor=emile, **(SETTLED | {"value": Value.NOT_MET}))
    assert (again.value, again.edition, Verdict.objects.count()) == (Value.NOT_MET, 2, 1)


def test_it_says_which_criteria_lack_a_second_expert(shared: Candidature, eva: User, sophie: User):
    assert lacking_experts(grid(shared)) == []
    play.assign(shared, eva, actor=sophie, domains=["administratif"])
    assert [line.code for line in lacking_experts(grid(shared))] == ["SEC-GOV-01", steps.DOUBLE]
    waive(shared, steps.DOUBLE, motive="Un seul spécialiste.", actor=sophie)
    assert [line.code for line in lacking_experts(grid(shared))] == ["SEC-GOV-01"]


def test_support_waives_the_second_opinion_with_a_motive(shared: Candidature, emile: User, sophie: User):
    steps.say(shared, steps.DOUBLE, emile, Value.NOT_MET, motive="Échu.", private_note="Vu.")
    waive(shared, steps.DOUBLE, motive=" Un seul spécialiste. ", actor=sophie)
    verdict = Verdict.objects.get()
    assert (verdict.value, verdict.motive, verdict.private_note, verdict.people) == (
        Value.NOT_MET,
        "Échu.",
        "Vu.",
        [emile],
    )
    event = Event.objects.get(kind="evaluation.second_waived")
    assert (event.data, event.actor) == ({"criterion": steps.DOUBLE, "motive": "Un seul spécialiste."}, sophie)
    assert steps.state(shared) == (State.JUDGED, False)
    assert steps.say(shared, steps.DOUBLE, emile).edition == 2
    assert not needs_second(steps.line(shared, steps.DOUBLE))


def test_a_waiver_is_supports_with_a_motive_and_in_time(shared: Candidature, emile: User, eva: User, sophie: User):
    with pytest.raises(Refused) as refused:
        waive(shared, steps.DOUBLE, motive="Pressé.", actor=emile)
    assert sentences(refused) == ["Lever une double évaluation revient au support."]
    with pytest.raises(Unfinished) as unfinished:
        waive(shared, steps.DOUBLE, motive=" ", actor=sophie)
    assert unfinished.value.problems == {"motive": "Écrivez le motif."}
    steps.diverge(shared, emile, eva)
    with pytest.raises(Refused) as refused:
        waive(shared, steps.DOUBLE, motive="Trop tard.", actor=sophie)
    assert sentences(refused) == ["Les deux appréciations sont rendues : il n'y a plus rien à lever."]
    with pytest.raises(Refused):
        waive(shared, "ADM-02", motive="Sans objet.", actor=sophie)
    assert SecondWaiver.objects.count() == 0


def test_those_who_evaluate_talk_it_over_once_both_are_given(
    shared: Candidature, emile: User, eva: User, sophie: User, alice: User
):
    with pytest.raises(Refused) as refused:
        say(shared, steps.DOUBLE, text="Alors ?", author=eva)
    assert sentences(refused) == ["Les deux appréciations ne sont pas encore rendues."]
    steps.diverge(shared, emile, eva)
    say(shared, steps.DOUBLE, text="<b>Échu</b> depuis mai.", author=emile)
    say(shared, steps.DOUBLE, text="Le renouvellement est joint.", author=eva)
    assert [(note.author, note.text) for note in notes_on(shared, steps.DOUBLE)] == [
        (emile, "<b>Échu</b> depuis mai."),
        (eva, "Le renouvellement est joint."),
    ]
    with pytest.raises(Refused) as refused:
        say(shared, steps.DOUBLE, text="Et moi ?", author=alice)
    assert sentences(refused) == ["Cette discussion est celle de ceux qui évaluent."]
    with pytest.raises(Unfinished):
        say(shared, steps.DOUBLE, text="\n", author=sophie)
    assert DivergenceNote.objects.count() == 2


def test_a_report_names_what_two_experts_have_not_settled(shared: Candidature, emile: User, eva: User):
    for code in ("ADM-02", "ADM-04", "RGPD-FIN-04", "SEC-GOV-01"):
        steps.say(shared, code, emile)
    steps.diverge(shared, emile, eva)
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
    settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
    assert conclude(shared, actor=emile).stage == "evaluated"


def test_verdicts_are_frozen_once_the_report_is_filed(shared: Candidature, emile: User, eva: User, sophie: User):
    for expert in (emile, eva):
        for code in ("SEC-GOV-01", steps.DOUBLE):
            steps.say(shared, code, expert)
    play.judge_all(shared, emile)
    save_draft(shared, synthesis="Bien.", recommendation="", edition=0, actor=emile)
    done = conclude(shared, actor=emile)
    with pytest.raises(Refused) as refused:
        settle(done, steps.DOUBLE, edition=1, actor=emile, **SETTLED)
    assert sentences(refused) == ["La candidature est à l'étape « Évaluée » : les verdicts sont figés."]


@pytest.mark.parametrize("fields", [{"settlement": ""}, {"motive": ""}])
def test_the_database_refuses_a_decision_without_motive(
    shared: Candidature, emile: User, eva: User, fields: dict[str, str]
):
    steps.diverge(shared, emile, eva)
    settle(shared, steps.DOUBLE, edition=0, actor=emile, **SETTLED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Verdict.objects.update(**fields)
