"""A section on one page, without scripts: each answer is saved alone, and everything typed is kept."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Version
from referencing.models import Candidature
from tests import play
from tests.client import HouseClient

ClientOf = Callable[[User], HouseClient]


@pytest.fixture
def draft(alice: User, simple_version: Version) -> Candidature:
    return play.draft(alice, simple_version)


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, *parts, ""])


def page(candidature: Candidature) -> str:
    return url(candidature, "questionnaires", "demande", "administratif")


def said(**answers: tuple[str, str, int]) -> dict[str, Any]:
    form: dict[str, Any] = {}
    for name, (value, comment, edition) in answers.items():
        code = name.replace("_", "-")
        form |= {f"{code}-value": value, f"{code}-comment": comment, f"{code}-edition": edition, f"{code}-base": ""}
    return form


def on_file() -> dict[str, str]:
    return dict(Answer.objects.values_list("criterion__code", "comment"))


def test_one_button_saves_the_whole_section(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    form = said(ADM_02=("met", "Signé.", 0), ADM_04=("met", "En mai.", 0))
    response = client_of(alice).post(page(draft), form, follow=True)
    assert "2 réponses enregistrées." in response.content.decode().replace("\xa0", " ")
    assert on_file() == {"ADM-02": "Signé.", "ADM-04": "En mai."}


def test_what_did_not_change_is_not_written(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    form = said(ADM_02=("met", "Signé.", 0), ADM_04=("", "", 0))
    client_of(alice).post(page(draft), form)
    response = client_of(alice).post(page(draft), form, follow=True)
    assert "Aucune réponse n&#x27;avait changé." in response.content.decode()
    assert Answer.objects.get().edition == 1


def test_the_trouble_of_one_takes_nothing_from_the_others(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf
) -> None:
    client_of(bob).post(page(draft), said(ADM_02=("met", "De Bob.", 0)))
    form = said(ADM_02=("not_met", "D'Alice.", 0), ADM_04=("met", "En mai.", 0))
    response = client_of(alice).post(page(draft), form)
    shown = response.content.decode()
    assert response.status_code == 409
    assert "Enregistrées : ADM-04." in shown
    assert "Une autre personne a répondu entre-temps : choisissez ce que vous gardez." in shown
    assert 'name="ADM-02-keep" value="merge"' in shown
    assert "D&#x27;Alice.</textarea>" in shown
    assert on_file() == {"ADM-02": "De Bob.", "ADM-04": "En mai."}


@pytest.mark.parametrize(
    ("keep", "status", "kept"), [("mine", 302, "D'Alice."), ("theirs", 302, "De Bob."), ("merge", 409, "De Bob.")]
)
def test_of_two_texts_one_is_chosen(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf, keep: str, status: int, kept: str
) -> None:
    client_of(bob).post(page(draft), said(ADM_02=("met", "De Bob.", 0)))
    form = said(ADM_02=("met", "D'Alice.", 1)) | {"ADM-02-keep": keep}
    response = client_of(alice).post(page(draft), form)
    assert (response.status_code, on_file()["ADM-02"]) == (status, kept)
    if keep == "merge":
        assert "De Bob D&#x27;Alice.</textarea>" in response.content.decode()


def test_a_wrong_answer_comes_back_as_typed(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    form = said(ADM_02=("met", "x" * 20_001, 0), ADM_04=("met", "En mai.", 0))
    response = client_of(alice).post(page(draft), form)
    assert response.status_code == 409
    assert "x" * 20_001 in response.content.decode()
    assert on_file() == {"ADM-04": "En mai."}


def test_a_section_sent_after_the_depot_gives_every_text_back(
    alice: User, client_of: ClientOf, simple_version: Version
) -> None:
    candidature = play.submitted(alice, simple_version)
    form = said(ADM_02=("met", "Trop tard.", 9), ADM_04=("met", "Aussi.", 9))
    shown = client_of(alice).post(page(candidature), form).content.decode()
    assert shown.count("La candidature est déposée : les réponses ne peuvent plus changer.") == 4
    assert "Trop tard.</textarea>" in shown
    assert "Aussi.</textarea>" in shown


def test_the_merge_is_offered_on_the_page_of_one_criterion(
    draft: Candidature, alice: User, bob: User, client_of: ClientOf
) -> None:
    client_of(bob).post(url(draft, "criteres", "ADM-02"), {"value": "met", "comment": "De Bob.", "edition": 0})
    form = {"value": "met", "comment": "D'Alice.", "edition": 1, "keep": "merge"}
    response = client_of(alice).post(url(draft, "criteres", "ADM-02"), form)
    assert "De Bob D&#x27;Alice.</textarea>" in response.content.decode()
    assert on_file() == {"ADM-02": "De Bob."}


def test_a_person_chooses_how_to_answer(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    client, choice = client_of(alice), url(draft, "criteres", "ADM-02", "presentation")
    response = client.post(choice, {"layout": "section"})
    assert response.headers["Location"] == f"{page(draft)}#c-ADM-02"
    assert f'href="{page(draft)}"' in client.get(url(draft, "questionnaires")).content.decode()
    assert client.post(choice, {"layout": "criterion"}).headers["Location"] == url(draft, "criteres", "ADM-02")
    client.post(choice, {"layout": "autre"})
    alice.refresh_from_db()
    assert alice.answers_by == "criterion"


@pytest.mark.parametrize("parts", [("tests", "unitaires"), ("demande", "autre"), ("autre", "administratif")])
def test_a_section_that_is_not_answered_has_no_page(
    draft: Candidature, alice: User, client_of: ClientOf, parts: tuple[str, str]
) -> None:
    assert client_of(alice).get(url(draft, "questionnaires", *parts)).status_code == 404


@pytest.mark.parametrize(
    ("facts", "parts", "criteria"),
    [
        (play.SIMPLE, ("securite", "gouvernance"), 1),
        (play.EXCHANGE, ("securite", "donnees"), 3),
    ],
)
def test_the_same_queries_whatever_the_criteria(
    alice: User,
    client_of: ClientOf,
    simple_version: Version,
    django_assert_num_queries: Any,
    facts: dict[str, object],
    parts: tuple[str, str],
    criteria: int,
) -> None:
    candidature = play.answered(alice, simple_version, facts=facts)
    client = client_of(alice)
    client.get(url(candidature))
    with django_assert_num_queries(18):
        shown = client.get(url(candidature, "questionnaires", *parts)).content.decode()
    assert shown.count("data-autosave=") == criteria


# --- The task list --------------------------------------------------------------------------------


def test_the_task_list_says_where_to_go_on(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    client = client_of(alice)
    client.post(page(draft), said(ADM_02=("met", "Signé.", 0)))
    shown = client.get(url(draft, "questionnaires")).content.decode().replace("\xa0", " ")
    assert "1 réponse à donner, 1 réponse à compléter (preuve ou explication)" in shown
    assert f'href="{url(draft, "criteres", "ADM-02")}">Reprendre' in shown
    assert [label for label in ("À faire", "En cours") if label in shown] == ["À faire", "En cours"]


def test_a_complement_comes_first(draft: Candidature, alice: User, client_of: ClientOf) -> None:
    play.answer_all(draft, alice)
    sheets.freeze(draft.sheet)
    sheets.reopen(draft.sheet, ["RGPD-FIN-04"])
    shown = client_of(alice).get(url(draft, "questionnaires")).content.decode()
    assert "Complément demandé" in shown
    assert f'href="{url(draft, "criteres", "RGPD-FIN-04")}">Reprendre' in shown
    item = sheets.overview(draft.sheet).item("RGPD-FIN-04")
    assert item is not None
    sheets.save_answer(draft.sheet, item.criterion, value="met", comment="Complété.", edition=item.edition, user=alice)
    assert (
        "Tous les compléments ont reçu une réponse."
        in client_of(alice).get(url(draft, "questionnaires")).content.decode()
    )
