"""Certificates, reasons and examples in a spreadsheet: they go out and come back, and every fault is placed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from questionnaires.drafts import DraftVersion
from questionnaires.lint import lint
from questionnaires.publishing.archive import zipped
from questionnaires.publishing.spreadsheet import workbook_of
from questionnaires.publishing.writing import draft_of, written
from questionnaires.sources import texts_of
from tests.questionnaires.folders import another, change
from tests.questionnaires.test_publishing import cell, imported, said, sheets_of

pytestmark = pytest.mark.django_db
GUIDANCE = "        guidance:"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One of everything: a part covered, one not yet, a criterion with its own reason and its examples."""
    folder = another(tmp_path)
    change(folder, "couverture.yaml", "essai suivant\n", "essai suivant\n    without:\n      - SEC-GOV-01\n")
    change(
        folder,
        "demande.yaml",
        GUIDANCE,
        "        na_reasons:\n          - fonction-absente\n"
        "        examples:\n"
        "          enough:\n            - Le contrat signé.\n            - '=1 ; ou son avenant.'\n"
        f"          not_enough:\n            - Un modèle.\n{GUIDANCE}",
    )
    return folder


@pytest.fixture
def draft(folder: Path) -> DraftVersion:
    linted = lint(folder)
    assert linted.faults == []
    assert linted.draft is not None
    return linted.draft


def advice(draft: DraftVersion) -> object:
    """All that the sheets of certificates and reasons say, without where it was written."""
    return (
        [
            (one.kind, one.code, one.title, [row[:2] for row in one.partial], names(one.without))
            for one in draft.editions
        ],
        [(one.code, one.text, one.needs_text, one.needs_proof) for one in draft.reasons],
        [names(one.na_reasons) for one in draft.questionnaires],
        [(one.code, names(one.na_reasons), one.never_na, one.examples) for one in draft.criteria],
    )


def names(named: list) -> list[str]:
    return [code for code, _ in named]


def test_a_spreadsheet_holds_all_of_it(draft: DraftVersion):
    received = imported(workbook_of(draft))
    assert said(received) == []
    assert received.draft is not None
    assert advice(received.draft) == advice(draft)
    again = draft_of(received.texts)
    assert again is not None
    assert advice(again) == advice(draft)


def test_an_archive_holds_all_of_it(folder: Path, draft: DraftVersion):
    received = imported(zipped(texts_of(folder)), "a.zip")
    assert said(received) == []
    assert {"couverture.yaml", "motifs.yaml"} <= set(received.texts)
    assert received.draft is not None
    assert written(received.draft) == written(draft)


def test_a_fault_of_a_table_in_an_archive_is_placed(folder: Path):
    change(folder, "couverture.yaml", "kind: TLC", "kind: HDS")
    assert "couverture.yaml:12 : le certificat « HDS » est inconnu ; attendu : DMN, TLC" in said(
        imported(zipped(texts_of(folder)), "a.zip")
    )


def test_what_is_blank_says_nothing(draft: DraftVersion):
    """Columns that are optional may be left out: a reason then asks for an explanation, and for no proof."""

    def strip(book: Workbook) -> None:
        book["Motifs"].delete_cols(3, 2)

    received = imported(sheets_of(workbook_of(draft), strip))
    assert said(received) == []
    assert received.draft is not None
    assert {(one.needs_text, one.needs_proof) for one in received.draft.reasons} == {(True, False)}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (cell("Certificats", "A4", "HDS"), "Certificats:4 : le certificat « HDS » est inconnu ; attendu : DMN, TLC"),
        (cell("Certificats", "B3", "dmn-1"), "Certificats:3 : l'édition « dmn-1 » du certificat DMN existe déjà"),
        (cell("Certificats", "B4", None), "Certificats:4 : il manque la valeur de « édition »"),
        (cell("Certificats", "C4", None), "Certificats:4 : il manque la valeur de « titre »"),
        (cell("Certificats", "C1", "nom"), "Certificats:1 : il manque la colonne « titre »"),
        (
            cell("Couverture", "B2", "dmn-9"),
            "Couverture:2 : l'édition « dmn-9 » du certificat DMN n'est pas dans la feuille « Certificats »",
        ),
        (cell("Couverture", "C2", None), "Couverture:2 : il manque la valeur de « critère »"),
        (cell("Couverture", "C2", "SEC-GOV-99"), "Couverture:2 : le critère « SEC-GOV-99 » n'existe pas"),
        (cell("Couverture", "C3", "SEC-GOV-99"), "Couverture:3 : le critère « SEC-GOV-99 » n'existe pas"),
        (
            cell("Couverture", "C2", "ADM-02"),
            "Couverture:2 : ADM-02 n'est pas dispensé par DMN : ajoutez-le à « dispense », ou ôtez-le d'ici",
        ),
        (
            cell("Couverture", "D2", "totale"),
            "Couverture:2 : « totale » n'est pas une étendue ; attendu : partielle, pas encore",
        ),
        (cell("Couverture", "E2", None), "Couverture:2 : il manque la valeur de « reste à prouver »"),
        (
            cell("Couverture", "E3", "Rien."),
            "Couverture:3 : « reste à prouver » ne se dit que d'une couverture partielle",
        ),
        (cell("Motifs", "A3", "fonction-absente"), "Motifs:3 : le motif « fonction-absente » existe déjà"),
        (cell("Motifs", "A3", "autre"), "Motifs:3 : le motif « autre » ne sert à aucun critère"),
        (cell("Motifs", "B2", None), "Motifs:2 : il manque la valeur de « motif »"),
        (cell("Motifs", "D2", "peut-être"), "Motifs:2 : « pièce demandée » attend oui ou non"),
        (
            cell("Questionnaires", "E3", "inconnu"),
            "Questionnaires:3 : le motif « inconnu » est inconnu ; attendu : fonction-absente, porte-par-prestataire",
        ),
        (
            cell("Critères", "O2", "fonction-absente ; inconnu"),
            "Critères:2 : le motif « inconnu » est inconnu ; attendu : fonction-absente, porte-par-prestataire",
        ),
        (cell("Critères", "O2", ";"), "Critères:2 : « motifs » est vide"),
        (cell("Critères", "P2", "oui"), "Critères:2 : ADM-02 donne des motifs et dit n'en admettre aucun"),
        (cell("Critères", "P2", "jamais"), "Critères:2 : « jamais non applicable » attend oui ou non"),
        (cell("Critères", "R2", None), "Critères:2 : il manque la valeur de « ne suffit pas »"),
        (cell("Critères", "Q2", "x" * 401), "Critères:2 : un exemple dépasse 400 caractères"),
        (
            cell("Critères", "J2", "F:SEX-01"),
            "Critères:2 : « motifs » ne se dit pas d'un critère réuni dans un autre",
        ),
    ],
)
def test_a_fault_says_its_sheet_and_its_line(draft: DraftVersion, change: Callable[[Workbook], None], expected: str):
    found = said(imported(sheets_of(workbook_of(draft), change)))
    assert any(fault.startswith(expected) for fault in found), found


def test_a_row_given_twice_is_placed_at_the_second(draft: DraftVersion):
    def repeat(book: Workbook) -> None:
        book["Couverture"].append([row.value for row in book["Couverture"][2]])

    assert said(imported(sheets_of(workbook_of(draft), repeat))) == [
        "Couverture:4 : la valeur de « SEC-GOV-02 » figure deux fois"
    ]


def test_without_its_sheets_a_spreadsheet_is_asked_for_them(draft: DraftVersion):
    def strip(book: Workbook) -> None:
        for name in ("Certificats", "Couverture", "Motifs"):
            book.remove(book[name])

    found = said(imported(sheets_of(workbook_of(draft), strip)))
    assert (
        "Critères:5 : SEC-GOV-02 est dispensé par DMN, dont la feuille « Certificats » ne décrit aucune édition"
        in found
    )
    assert (
        "Questionnaires:3 : le motif « fonction-absente » est inconnu ; attendu : aucun, faute de la feuille « Motifs »"
        in found
    )


def test_an_example_of_several_lines_is_refused_in_a_text(folder: Path):
    change(
        folder,
        "demande.yaml",
        "            - Un modèle.\n",
        "            - |\n              Un\n              modèle.\n",
    )
    found = [str(fault) for fault in lint(folder).faults]
    assert len(found) == 1
    assert found[0].endswith(" : un exemple tient sur une ligne")
