"""What an expert types is theirs until they record it, and never lost meanwhile."""

from typing import Any

import pytest

from accounts.models import User
from evaluation.assignments import assign, unassign
from evaluation.judging import Moved, judge
from evaluation.keeping import draft_of
from evaluation.models import Assignment, DraftVerdict, Verdict
from evaluation.values import Value
from questionnaires.models import Version
from referencing.models import Candidature
from tests import play
from tests.evaluation import steps

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \u202eesrevni \u202c«\u00a0é\u00a0»"
SHOWN = "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7*7 }} \u202eesrevni \u202c«\u00a0é\u00a0»"


def typed(**said: Any) -> dict[str, Any]:
    return {"value": "", "motive": "", "expected": "", "private_note": "", "edition": 0, **said}


@pytest.fixture
def page(file: Candidature) -> str:
    return steps.url("judge", file, "ADM-02")


@pytest.fixture
def address(file: Candidature) -> str:
    return steps.url("draft", file, "ADM-02")


def test_a_draft_comes_back_in_the_form_and_counts_for_nothing(
    client_of: steps.ClientOf, file: Candidature, emile: User, page: str, address: str
):
    kept = client_of(emile).post(address, typed(value=Value.NOT_MET, motive=HOSTILE))
    assert (kept.status_code, kept.url) == (302, f"{page}#id_motive")
    shown = client_of(emile).get(page)
    assert (shown.context["form"]["value"].value(), shown.context["form"]["motive"].value()) == ("not_met", HOSTILE)
    assert (SHOWN in shown.text, "<script>alert" in shown.text) == (True, False)
    assert "est repris ci-dessous" in shown.text
    assert set(steps.states(file).values()) == {"to_judge"}


def test_a_draft_is_read_by_its_author_alone(
    client_of: steps.ClientOf, file: Candidature, emile: User, eva: User, sophie: User, page: str, address: str
):
    assign(file, eva, actor=sophie)
    client_of(emile).post(address, typed(motive="MOTIF-EN-COURS"))
    pages = [client_of(person).get(page).text for person in (emile, eva, sophie)]
    assert ["MOTIF-EN-COURS" in text for text in pages] == [True, False, False]


def test_a_script_is_told_the_hour(client_of: steps.ClientOf, emile: User, address: str):
    answer = client_of(emile).post(address, typed(motive="Un."), headers={"Accept": "application/json"})
    assert (answer.status_code, list(answer.json())) == (200, ["at"])


def test_recording_the_verdict_ends_its_draft(
    client_of: steps.ClientOf, file: Candidature, emile: User, page: str, address: str
):
    client_of(emile).post(address, typed(motive="Presque."))
    client_of(emile).post(page, typed(value=Value.MET))
    assert draft_of(file, "ADM-02", emile) is None


def test_a_draft_that_arrives_after_its_verdict_is_dropped(
    client_of: steps.ClientOf, file: Candidature, emile: User, page: str, address: str
):
    client_of(emile).post(page, typed(value=Value.MET))
    client_of(emile).post(address, typed(motive="En retard.", edition=0))
    assert draft_of(file, "ADM-02", emile) is None
    client_of(emile).post(address, typed(motive="Je reviens dessus.", edition=1))
    assert DraftVerdict.objects.get().motive == "Je reviens dessus."


def test_emptying_the_form_or_asking_for_it_forgets_the_draft(
    client_of: steps.ClientOf, file: Candidature, emile: User, address: str
):
    client = client_of(emile)
    for last in (typed(), typed(motive="Un.", forget="1")):
        client.post(address, typed(motive="Un."))
        assert DraftVerdict.objects.count() == 1
        client.post(address, last)
        assert DraftVerdict.objects.count() == 0


def test_a_draft_of_200_000_characters_is_refused_and_given_back(client_of: steps.ClientOf, emile: User, address: str):
    text = "é" * 200_000
    answer = client_of(emile).post(address, typed(motive=text))
    assert answer.status_code == 422
    assert "Ce texte compte 200\u00a0000 caractères ; il ne doit pas en dépasser 20\u00a0000." in answer.text
    assert text in answer.text
    assert DraftVerdict.objects.count() == 0
    told = client_of(emile).post(address, typed(motive=text), headers={"Accept": "application/json"})
    assert (told.status_code, "200\u00a0000" in told.json()["sentence"]) == (422, True)


def test_a_proposed_motive_is_added_without_script(
    client_of: steps.ClientOf, file: Candidature, emile: User, page: str, address: str
):
    first = client_of(emile).get(page).context["desk"].proposals[0]
    client_of(emile).post(
        address, typed(value=Value.COMPLEMENT_NEEDED, motive="Vu.", expected="Et ceci.", insert=first.key)
    )
    draft = DraftVerdict.objects.get()
    assert (draft.motive, draft.expected) == (f"Vu.\n{first.motive}", f"Et ceci.\n{first.complement}")
    client_of(emile).post(address, typed(motive="Vu.", insert="inconnu"))
    assert DraftVerdict.objects.get().motive == "Vu."


def test_an_expert_taken_off_while_typing_is_given_their_text_back(
    client_of: steps.ClientOf, file: Candidature, emile: User, sophie: User, page: str, address: str
):
    unassign(Assignment.objects.get(), actor=sophie)
    for where in (page, address):
        answer = client_of(emile).post(where, typed(value=Value.NOT_MET, motive=HOSTILE, private_note="Pour Eva."))
        assert answer.status_code == 404
        assert [words in answer.text for words in (SHOWN, "Pour Eva.", "Non conforme")] == [True, True, True]
        assert "Glyco" not in answer.text
    assert (Verdict.objects.count(), DraftVerdict.objects.count()) == (0, 0)


def test_a_criterion_no_longer_asked_says_so_and_gives_the_text_back(
    client_of: steps.ClientOf, file: Candidature, emile: User
):
    answer = client_of(emile).post(
        steps.url("judge", file, "SEX-01"), typed(value=Value.NOT_MET, motive="Ce que j'avais écrit.")
    )
    assert answer.status_code == 422
    assert "SEX-01 : ce critère ne s&#x27;applique pas à ce service, il n&#x27;est pas à juger." in answer.text
    assert "Ce que j&#x27;avais écrit." in answer.text


def test_nobody_judges_proofs_that_their_page_did_not_show(
    client_of: steps.ClientOf, file: Candidature, emile: User, alice: User, page: str
):
    seen = client_of(emile).get(page).context["form"]["seen"].value()
    steps.ask(file, "ADM-02", emile)
    play.judge_all(file, emile)
    asked = steps.send(file, emile)
    steps.replace_proof(asked, "ADM-02", alice, b"Signe")
    returned = steps.give_back(asked, alice)
    with pytest.raises(Moved):
        judge(returned, "ADM-02", value=Value.MET, edition=1, expert=emile, seen=seen)
    stale = client_of(emile).post(page, typed(value=Value.MET, motive="Lu.", edition=1, seen=seen))
    assert stale.status_code == 409
    assert "La réponse ou les preuves ont changé depuis l&#x27;affichage de la page" in stale.text
    assert stale.context["form"]["motive"].value() == "Lu."
    again = typed(value=Value.MET, edition=1, seen=stale.context["form"]["seen"].value())
    assert client_of(emile).post(page, again).status_code == 302


def test_a_draft_overtaken_by_a_verdict_shows_both(
    client_of: steps.ClientOf, file: Candidature, emile: User, eva: User, sophie: User, page: str, address: str
):
    assign(file, eva, actor=sophie)
    client_of(emile).post(address, typed(motive="Motif d'Émile."))
    steps.say(file, "ADM-02", eva, Value.NOT_MET, motive="Motif d'Eva.")
    shown = client_of(emile).get(page)
    assert shown.context["form"]["motive"].value() == "Motif d'Émile."
    assert "Ce critère vient d'être jugé par Eva Noël" in shown.text


def test_the_shortcuts_are_turned_off_by_each_person_for_themselves(
    client_of: steps.ClientOf, file: Candidature, emile: User, page: str
):
    off = client_of(emile).post(steps.url("shortcuts", file, "ADM-02"), {"shortcuts": "0"}, follow=True)
    assert off.redirect_chain == [(page, 302)]
    emile.refresh_from_db()
    assert (emile.shortcuts, 'data-shortcuts=""' in off.text) == (False, True)
    client_of(emile).post(steps.url("shortcuts", file, "ADM-02"), {"shortcuts": "1"})
    assert 'data-shortcuts="1"' in client_of(emile).get(page).text


@pytest.mark.parametrize(
    ("query", "shown", "place"),
    [
        ("", 5, "Critère 1 sur 5"),
        ("?etat=judged", 1, "Critère 1 sur 5"),
        ("?etat=to_judge&pour=moi", 1, "Critère 1 sur 1"),
    ],
)
def test_the_list_follows_the_filter_of_the_address(
    client_of: steps.ClientOf, file: Candidature, eva: User, sophie: User, page: str, query: str, shown: int, place: str
):
    assign(file, eva, actor=sophie, questionnaires=["demande"])
    steps.say(file, "ADM-04", eva)
    found = client_of(eva).get(page + query)
    assert len(found.context["shown"]) == shown
    assert place in found.text


def test_going_on_stays_within_the_filter_while_it_holds_anything(
    client_of: steps.ClientOf, alice: User, sophie: User, emile: User, simple_version: Version
):
    file = play.assigned(alice, simple_version, sophie, emile)
    query = "?etat=to_judge"
    answer = client_of(emile).post(steps.url("judge", file, "ADM-02") + query, typed(value=Value.MET, next="1"))
    assert answer.url == steps.url("judge", file, "ADM-04") + query
