"""The page « Réponses en tableur »: who takes out what, and the way back from the dry run to the confirmation."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from accounts.models import User
from journal.models import Event
from questionnaires import sheets
from questionnaires.models import Answer, PendingImport
from questionnaires.workbooks.columns import NEVER_ANSWERED
from referencing.models import Candidature
from tests import axe, play
from tests.client import HouseClient
from tests.questionnaires import workbooks
from tests.referencing.post import House

ClientOf = Callable[[User], HouseClient]
Change = dict[str, tuple[str, str]]


def url(candidature: Candidature, *parts: str) -> str:
    return "/".join(["", "candidatures", candidature.reference, "tableur", *parts, ""])


def taken_out(client: HouseClient, candidature: Candidature, kind: str = "xlsx") -> bytes:
    response = client.get(f"/candidatures/{candidature.reference}/tableur/reponses.{kind}")
    assert response.status_code == 200
    return bytes(response.getvalue())


def cells(content: bytes) -> dict[str, tuple[str, str]]:
    rows = load_workbook(BytesIO(content))["Exigences"].iter_rows(values_only=True)
    heading = next(rows)
    places = [heading.index(name) for name in ("ID", "Réponse", "Explication")]
    return {str(row[places[0]]): (str(row[places[1]] or ""), str(row[places[2]] or "")) for row in rows}


def changed(content: bytes, change: Change) -> bytes:
    """Fill the workbook as a person would."""
    book = load_workbook(BytesIO(content))
    sheet = book["Exigences"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        code = sheet.cell(row, place["ID"]).value
        if code in change:
            sheet.cell(row, place["Réponse"]).value, sheet.cell(row, place["Explication"]).value = change[code]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def send(client: HouseClient, candidature: Candidature, content: bytes, name: str = "reponses.xlsx") -> Any:
    return client.post(url(candidature), {"file": workbooks.uploaded(content, name)}, follow=True)


def confirm(client: HouseClient, candidature: Candidature, **choices: str) -> Any:
    seal = client.get(url(candidature, "essai")).context["plan"].seal
    named = {f"keep-{code.replace('_', '-')}": choice for code, choice in choices.items()}
    return client.post(url(candidature, "essai"), {"seal": seal, **named})


def answer(candidature: Candidature, code: str) -> tuple[str, str]:
    found = Answer.objects.get(sheet=candidature.sheet, criterion__code=code)
    return found.value, found.comment


def text(response: Any) -> str:
    return str(response.content.decode().replace("\u00a0", " "))


def test_out_and_back_with_two_answers_changed(house: House, client_of: ClientOf) -> None:
    candidature, client = play.draft(house.people["alice"], house.version), client_of(house.people["alice"])
    filled = changed(taken_out(client, candidature), {"ADM-02": ("Conforme", "Signé."), "ADM-04": ("", "À voir.")})
    page = send(client, candidature, filled)
    assert page.redirect_chain[-1][0] == url(candidature, "essai")
    assert "<strong>2 réponses changeraient</strong>" in text(page)
    assert not Answer.objects.filter(edition__gt=0).exists()
    response = confirm(client, candidature)
    assert response.headers["Location"] == f"/candidatures/{candidature.reference}/questionnaires/"
    assert (answer(candidature, "ADM-02"), answer(candidature, "ADM-04")) == (("met", "Signé."), ("", "À voir."))
    event = Event.objects.get(kind="answers.imported")
    assert (event.actor, event.data["answers"]) == (house.people["alice"], 2)
    assert not PendingImport.objects.exists()


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_comes_back_untouched_changes_nothing(house: House, client_of: ClientOf, kind: str) -> None:
    candidature, client = play.answered(house.people["alice"], house.version), client_of(house.people["alice"])
    page = text(send(client, candidature, taken_out(client, candidature, kind), f"reponses.{kind}"))
    assert "rien ne changerait." in page
    assert "Écrire ces réponses" not in page


def test_each_takes_out_what_they_may_read(house: House, client_of: ClientOf) -> None:
    candidature, people = house.asked(), house.people
    play.answer_all(candidature, people["alice"], comment="Nouveau texte.")
    seen = {
        name: cells(taken_out(client_of(people[name]), candidature))["SEC-GOV-01"]
        for name in ("bob", "sophie", "emile")
    }
    filed = ("Conforme", "C'est en place.")
    assert seen == {"bob": ("Conforme", "Nouveau texte."), "sophie": filed, "emile": filed}


def test_nobody_brings_back_the_answers_of_others(house: House, client_of: ClientOf) -> None:
    candidature = house.asked()
    for name, status in (("sophie", 404), ("emile", 404), ("charlie", 404), ("bob", 422)):
        client = client_of(house.people[name])
        assert client.post(url(candidature)).status_code == status
    assert client_of(house.people["sophie"]).get(url(candidature, "essai")).status_code == 404
    assert "Rapporter les réponses" not in text(client_of(house.people["sophie"]).get(url(candidature)))
    assert (
        client_of(house.people["charlie"])
        .get(f"/candidatures/{candidature.reference}/tableur/reponses.xlsx")
        .status_code
        == 404
    )


def test_a_colleague_does_not_see_the_workbook_that_waits(house: House, client_of: ClientOf) -> None:
    candidature, client = play.draft(house.people["alice"], house.version), client_of(house.people["alice"])
    send(client, candidature, taken_out(client, candidature))
    response = client_of(house.people["bob"]).get(url(candidature, "essai"))
    assert response.headers["Location"] == url(candidature)


def test_an_unknown_format_is_not_found(house: House, client_of: ClientOf) -> None:
    candidature = house.submitted()
    response = client_of(house.people["alice"]).get(f"/candidatures/{candidature.reference}/tableur/reponses.csv")
    assert response.status_code == 404


def test_a_workbook_is_sent_as_a_file_to_save(house: House, client_of: ClientOf) -> None:
    candidature = house.submitted()
    response = client_of(house.people["sophie"]).get(f"/candidatures/{candidature.reference}/tableur/reponses.ods")
    assert response.headers["Content-Type"] == "application/vnd.oasis.opendocument.spreadsheet"
    assert f'filename="{candidature.reference}-reponses.ods"' in response.headers["Content-Disposition"]
    response.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("reponses.xlsx", b"", "Le fichier « reponses.xlsx » est vide."),
        ("reponses.csv", b"ID", "pas un classeur .xlsx ou .ods"),
        ("reponses.xlsx", workbooks.sheet(("ID", "Réponse"), ("ADM-02", "")), "Il manque les colonnes"),
    ],
)
def test_a_bad_file_is_refused_beside_its_field(
    house: House, client_of: ClientOf, name: str, content: bytes, sentence: str
) -> None:
    candidature, client = play.draft(house.people["alice"], house.version), client_of(house.people["alice"])
    response = send(client, candidature, content, name)
    assert (response.status_code, sentence in text(response)) == (422, True)
    assert not PendingImport.objects.exists()


def test_what_is_wrong_is_listed_and_cannot_be_confirmed(house: House, client_of: ClientOf) -> None:
    candidature, client = play.draft(house.people["alice"], house.version), client_of(house.people["alice"])
    rows = (("ADM-02", "Conforme", "Signé.", NEVER_ANSWERED), ("ADM-99", "Oui", "", NEVER_ANSWERED))
    page = text(send(client, candidature, workbooks.sheet(workbooks.HEAD, *rows)))
    assert "<strong>1 ligne est à corriger</strong>" in page
    assert "Ligne 3, ADM-99" in page
    assert "Écrire ces réponses" not in page
    assert confirm(client, candidature).status_code == 422
    assert not Answer.objects.filter(edition__gt=0).exists()


def test_a_conflict_shows_both_texts_and_waits_for_a_choice(house: House, client_of: ClientOf) -> None:
    candidature, client = play.draft(house.people["alice"], house.version), client_of(house.people["alice"])
    filled = changed(taken_out(client, candidature), {"ADM-02": ("Conforme", "Texte d'Alice.")})
    item = sheets.overview(candidature.sheet).item("ADM-02")
    assert item is not None
    sheets.save_answer(
        candidature.sheet, item.criterion, value="met", comment="Texte de Bob.", edition=0, user=house.people["bob"]
    )
    page = text(send(client, candidature, filled))
    assert "Garder la réponse en place, de Bob Durand" in page
    assert "Texte de Bob." in page
    assert "Texte d&#x27;Alice." in page
    refused = confirm(client, candidature)
    assert refused.status_code == 422
    assert "Choisissez, pour chaque réponse modifiée entre-temps, le texte à garder." in text(refused)
    assert answer(candidature, "ADM-02") == ("met", "Texte de Bob.")
    confirm(client, candidature, ADM_02="mine")
    assert answer(candidature, "ADM-02") == ("met", "Texte d'Alice.")


def test_an_answer_changed_after_the_dry_run_shows_the_new_one(house: House, client_of: ClientOf) -> None:
    candidature, client = play.draft(house.people["alice"], house.version), client_of(house.people["alice"])
    page = send(client, candidature, changed(taken_out(client, candidature), {"ADM-02": ("Conforme", "D'Alice.")}))
    item = sheets.overview(candidature.sheet).item("ADM-02")
    assert item is not None
    sheets.save_answer(
        candidature.sheet, item.criterion, value="met", comment="De Bob.", edition=0, user=house.people["bob"]
    )
    response = client.post(url(candidature, "essai"), {"seal": page.context["plan"].seal})
    assert response.status_code == 409
    assert "Les réponses ont changé depuis cet essai" in text(response)
    assert answer(candidature, "ADM-02") == ("met", "De Bob.")


def test_a_workbook_may_be_forgotten(house: House, client_of: ClientOf) -> None:
    candidature, client = play.draft(house.people["alice"], house.version), client_of(house.people["alice"])
    send(client, candidature, taken_out(client, candidature))
    assert client.post(url(candidature, "essai", "abandonner")).headers["Location"] == url(candidature)
    assert not PendingImport.objects.exists()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.django_db(transaction=True)
def test_the_way_back_is_accessible(house: House, open_page: Callable[..., Page], width: int) -> None:
    alice = house.people["alice"]
    candidature = play.answered(alice, house.version)
    filled = changed(
        taken_out(HouseClient.of(alice), candidature),
        {"ADM-02": ("Oui", ""), "ADM-04": ("Non conforme", "Pas encore.")},
    )
    page = open_page(alice, width=width)
    page.goto(url(candidature))
    assert axe.violations(page) == []
    page.set_input_files("input[type=file]", {"name": "a.xlsx", "mimeType": "", "buffer": filled})
    page.get_by_role("button", name="Faire l'essai").click()
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
