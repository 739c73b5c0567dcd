"""The report written, checked, handed in."""

from typing import Any

from accounts.models import User
from evaluation.models import DraftReport
from evaluation.reports import save_draft
from referencing.models import Candidature
from referencing.stages import Stage
from tests import play
from tests.evaluation import steps


def typed(edition: int = 0, **more: Any) -> dict[str, Any]:
    return {"synthesis": "Tout va bien.", "recommendation": "", "edition": edition, **more}


def test_it_is_saved_then_checked(client_of: steps.ClientOf, file: Candidature, emile: User):
    client = client_of(emile)
    assert client.post(steps.url("report", file), typed()).url == steps.url("report", file)
    answer = client.post(steps.url("report", file), typed(1, check="1"), follow=True)
    assert answer.redirect_chain == [(steps.url("hand_in", file), 302)]
    assert f'<a href="{steps.url("judge", file, "ADM-02")}">ADM-02</a>' in answer.text
    assert "5\u00a0critères ne sont pas tranchés" in answer.text
    assert "Remettre le rapport d'évaluation</button>" not in answer.text


def test_two_people_writing_see_both_texts(client_of: steps.ClientOf, file: Candidature, emile: User, sophie: User):
    save_draft(file, synthesis="Texte de Sophie.", recommendation="", edition=0, actor=sophie)
    answer = client_of(emile).post(steps.url("report", file), typed(synthesis="Texte d'Émile."))
    assert answer.status_code == 409
    assert ("Texte de Sophie." in answer.text, "Texte d&#x27;Émile." in answer.text) == (True, True)
    assert DraftReport.objects.get().synthesis == "Texte de Sophie."


def test_a_text_too_long_is_refused_and_kept(client_of: steps.ClientOf, file: Candidature, emile: User):
    answer = client_of(emile).post(steps.url("report", file), typed(synthesis="x" * 200_000))
    assert answer.status_code == 422
    assert "x" * 200_000 in answer.text


def test_an_expert_reads_it_without_writing(client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User):
    play.assign(file, eva, actor=sophie)
    client = client_of(eva)
    assert "Le rapport est en cours de rédaction." in client.get(steps.url("report", file)).text
    assert client.post(steps.url("report", file), typed()).status_code == 404


def test_a_whole_report_is_handed_in(client_of: steps.ClientOf, file: Candidature, emile: User):
    client = client_of(emile)
    play.judge_all(file, emile)
    client.post(steps.url("report", file), typed())
    assert "Remettre le rapport d'évaluation</button>" in client.get(steps.url("hand_in", file)).text
    answer = client.post(steps.url("hand_in", file), {"seen": file.version})
    assert (answer.status_code, steps.stage_of(file)) == (302, Stage.EVALUATED)
    after = client.get(steps.url("report", file)).text
    assert ("Tout va bien." in after, "Émile Roux, expert évaluateur" in after) == (True, True)


def test_an_unfinished_report_is_refused_with_every_reason(client_of: steps.ClientOf, file: Candidature, emile: User):
    answer = client_of(emile).post(steps.url("hand_in", file), {"seen": file.version})
    assert answer.status_code == 422
    assert [reason.code for reason in answer.context["refusals"]] == [
        "synthesis",
        *[f"verdict:{code}" for code in steps.CODES],
    ]


def test_a_stale_page_hands_in_nothing(client_of: steps.ClientOf, file: Candidature, emile: User):
    answer = client_of(emile).post(steps.url("hand_in", file), {"seen": file.version + 1})
    assert (answer.status_code, steps.stage_of(file)) == (409, Stage.IN_EVALUATION)
