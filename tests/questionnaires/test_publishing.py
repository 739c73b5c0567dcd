"""Files out and in: an archive gives the same hash again, a spreadsheet the same draft; bad files get one sentence."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from questionnaires.contents import FileRefused
from questionnaires.lint import lint
from questionnaires.loader import default_folders
from questionnaires.publishing.archive import unzipped, zipped
from questionnaires.publishing.spreadsheet import workbook_of
from questionnaires.publishing.uploads import Received, receive
from questionnaires.publishing.writing import draft_of, written
from questionnaires.sources import hash_of, texts_of
from tests.questionnaires import samples
from tests.questionnaires.folders import SMALL, orphan

pytestmark = pytest.mark.django_db
FOLDERS = [SMALL / "complet", SMALL / "simplifie", SMALL / "suite", *default_folders()]
NAMED = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sheets_of(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Change a spreadsheet as a person would."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def spreadsheet() -> bytes:
    draft = lint(SMALL / "complet").draft
    assert draft is not None
    return workbook_of(draft)


def imported(content: bytes, name: str = "essai.xlsx") -> Received:
    return receive(uploaded(name, content))


def said(received: Received) -> list[str]:
    return [str(fault) for fault in received.faults]


# --- Round trips -------------------------------------------------------------------------------


@NAMED
def test_an_archive_gives_the_same_hash_again(folder: Path):
    files = texts_of(folder)
    back = unzipped(uploaded("a.zip", zipped(files)), "a.zip")
    assert back == files
    assert hash_of(back) == hash_of(files)


@NAMED
def test_a_draft_written_and_read_again_is_the_same(folder: Path):
    draft = lint(folder).draft
    assert draft is not None
    again = draft_of(written(draft))
    assert again is not None
    assert written(again) == written(draft)


@NAMED
def test_a_spreadsheet_gives_the_same_draft_again(folder: Path):
    draft = lint(folder).draft
    assert draft is not None
    received = imported(workbook_of(draft))
    without_ancestor = [fault for fault in said(received) if "n'est pas publiée ici" not in fault]
    assert without_ancestor == []
    assert received.draft is not None
    assert written(received.draft) == written(draft)


def test_a_text_that_looks_like_a_formula_goes_out_and_comes_back_as_a_text():
    draft = lint(SMALL / "complet").draft
    assert draft is not None
    draft.criteria[0].text = "=1+1 est une addition"
    received = imported(workbook_of(draft))
    assert said(received) == []
    assert received.draft is not None
    assert received.draft.criteria[0].text == "=1+1 est une addition"


def test_the_columns_may_be_in_another_order(spreadsheet: bytes):
    def shuffle(book: Workbook) -> None:
        rows = [list(row) for row in book["Critères"].iter_rows(values_only=True)]
        book.remove(book["Critères"])
        sheet = book.create_sheet("Critères")
        for row in rows:
            sheet.append(row[::-1])

    received, plain = imported(sheets_of(spreadsheet, shuffle)), imported(spreadsheet)
    assert said(received) == []
    assert received.texts == plain.texts


def test_the_columns_of_the_trade_are_enough(spreadsheet: bytes):
    """Without the sheets of questionnaires, sections, rules and reasons, a version is still read."""

    def strip(book: Workbook) -> None:
        for name in ("Questionnaires", "Sections", "Règles", "Évolution", "Motifs"):
            book.remove(book[name])

    received = imported(sheets_of(spreadsheet, strip))
    assert said(received) == []
    assert received.draft is not None
    assert [(one.code, one.is_answered) for one in received.draft.questionnaires] == [
        ("demande-de-referencement", True),
        ("securite-et-protection-des-donnees", True),
        ("tests-techniques", False),
    ]


# --- Faults of a spreadsheet, with sheet and line ------------------------------------------------


def cell(sheet: str, place: str, value: str | None) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][place] = value

    return change


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (cell("Critères", "H2", "X"), "Critères:2 : le niveau « X » est inconnu ; attendu : obligatoire, recommandé"),
        (cell("Critères", "F3", None), "Critères:3 : il manque la valeur de « exigence »"),
        (cell("Critères", "F3", "=A1"), "Critères:3 : la case F3 contient une formule : mettez sa valeur"),
        (cell("Critères", "G3", "inconnue"), "Critères:3 : la variable « inconnue » est inconnue"),
        (cell("Critères", "E3", "ADM-02"), "Critères:3 : le critère « ADM-02 » existe déjà (Critères, ligne 2)"),
        (cell("Critères", "J3", "F:ADM-99"), "Critères:3 : « F:ADM-99 » : ce critère n'est pas dans la feuille"),
        (cell("Critères", "J3", "Z"), "Critères:3 : « Z » : attendu K, S, ou F: et un critère"),
        (cell("Critères", "J3", "S"), "Critères:3 : la feuille « Version » ne dit pas la « version précédente »"),
        (cell("Critères", "D3", "Autre"), "Critères:3 : le questionnaire « Autre » est inconnu"),
        (cell("Critères", "L3", "ABC"), "Critères:3 : le profil « ABC » est inconnu ; attendu : MOA, JUR, ARCHI, SSI"),
        (cell("Critères", "K3", "Q"), "Critères:3 : le certificat « Q » est inconnu ; attendu : DMN, TLC"),
        (cell("Critères", "E1", "ident"), "Critères:1 : il manque la colonne « id »"),
        (cell("Critères", "A1", "niveau"), "Critères:1 : la colonne « niveau » figure deux fois"),
        (cell("Orientation", "E3", "texte"), "Orientation:3 : la nature « texte » est inconnue"),
        (cell("Version", "B7", "bientôt"), "Version:7 : « ouverte » attend oui ou non"),
        (cell("Version", "A7", "prix"), "Version:7 : l'information « prix » est inconnue"),
        (cell("Version", "B6", "demain"), "Version:6 : « en vigueur le » attend une date comme 2025-01-31"),
        (cell("Règles", "D2", "peut-être"), "Règles:2 : « bloquante » attend oui ou non"),
    ],
)
def test_a_fault_says_its_sheet_and_its_line(spreadsheet: bytes, change: Callable[[Workbook], None], expected: str):
    found = said(imported(sheets_of(spreadsheet, change)))
    assert any(fault.startswith(expected) for fault in found), found


def test_a_missing_sheet_is_said(spreadsheet: bytes):
    found = said(imported(sheets_of(spreadsheet, lambda book: book.remove(book["Orientation"]))))
    assert "Orientation:1 : cette feuille manque" in found


def test_fifty_thousand_lines_are_not_read_to_the_end():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Critères")
    for _ in range(50_000):
        sheet.append(["x"])
    stream = io.BytesIO()
    book.save(stream)
    assert "Critères:2002 : la feuille dépasse 2000 lignes : ce n'est pas un référentiel" in said(
        imported(stream.getvalue())
    )


# --- Files that are nothing of the kind -----------------------------------------------------------


def with_entry(name: str, content: bytes) -> bytes:
    return samples.archive_of({**texts_of(SMALL / "complet"), name: content})


def twice() -> bytes:
    """Two entries of one name, as no tool writes them: the second name is changed afterwards."""
    return samples.archive_of({"a.yaml": b"a: 1", "b.yaml": b"a: 2"}).replace(b"b.yaml", b"a.yaml")


def entities() -> bytes:
    return samples.archive_of(
        {
            samples.OFFICE: b"<Types/>",
            "xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>',
        }
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.zip", b"", "Le fichier « vide.zip » est vide."),
        ("a.zip", samples.archive_of({}), "L'archive « a.zip » est vide."),
        ("a.pdf", b"%PDF", "Le fichier « a.pdf » n'est ni une archive ZIP ni un tableur XLSX."),
        ("a.zip", b"ceci n'est pas une archive", "Le fichier « a.zip » n'est pas une archive ZIP lisible."),
        (
            "a.zip",
            with_entry("gros.yaml", bytes(5 * 1024 * 1024)),
            "L'archive « a.zip » se décompresse en un volume démesuré : un fichier tient en 1 Mo, tous en 4 Mo.",
        ),
        (
            "a.zip",
            samples.crowded(),
            "L'archive « a.zip » contient plus de 60 fichiers : ce n'est pas un référentiel.",
        ),
        (
            "a.zip",
            with_entry("../dehors.yaml", b"a: 1"),
            "Le fichier « a.zip » contient une entrée qui sort de l'archive : il est refusé.",
        ),
        (
            "a.zip",
            samples.with_symlink(),
            "Le fichier « a.zip » contient une entrée qui sort de l'archive : il est refusé.",
        ),
        (
            "a.zip",
            with_entry("dossier/autre.yaml", b"a: 1"),
            "L'archive « a.zip » range « dossier/autre.yaml » dans un dossier : mettez tous les fichiers ensemble.",
        ),
        ("a.zip", twice(), "L'archive « a.zip » contient deux fois « a.yaml »."),
        ("a.xlsx", b"PK\x03\x04n'importe quoi", "Le fichier « a.xlsx » n'est pas un tableur XLSX lisible."),
        ("a.xlsx", samples.xlsx(), "Le fichier « a.xlsx » n'est pas un tableur XLSX lisible."),
        (
            "a.xlsx",
            samples.docx(),
            "Le contenu du fichier « a.xlsx » n'est pas celui d'un fichier XLSX.",
        ),
        (
            "a.xlsx",
            entities(),
            "Le tableur « a.xlsx » contient des définitions XML qu'aucun tableur n'écrit.",
        ),
        (
            "a.xlsx",
            samples.archive_of({samples.OFFICE: b"<Types/>", "xl/workbook.xml": b"<w/>", "xl/vbaProject.bin": b"x"}),
            "Le fichier « a.xlsx » contient des macros : enregistrez-le sans elles.",
        ),
        (
            "a.xlsx",
            samples.archive_of({"xl/workbook.xml": bytes(25 * 1024 * 1024)}),
            "Le tableur « a.xlsx » se décompresse en un volume démesuré : il est refusé.",
        ),
        (
            "ancien.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            "Le fichier « ancien.xlsx » est d'un ancien format d'Office : enregistrez-le en XLSX.",
        ),
    ],
)
def test_a_file_that_is_no_referential_gets_one_sentence(name: str, content: bytes, sentence: str):
    with pytest.raises(FileRefused) as refusal:
        receive(uploaded(name, content))
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("demande.yaml", "code: référencement".encode("latin-1"), "demande.yaml:1 : le fichier n'est pas en UTF-8"),
        (
            "demande.yaml",
            b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
            "demande.yaml:1 : les ancres et les alias de YAML sont interdits",
        ),
        ("demande.yaml", b"code: demande\ncode: demande", "demande.yaml:2 : la clé « code » figure deux fois"),
        ("lisez-moi.txt", b"bonjour", "lisez-moi.txt:1 : ce fichier n'est pas nommé dans referentiel.yaml"),
    ],
)
def test_a_bad_text_in_an_archive_is_placed(name: str, content: bytes, expected: str):
    assert expected in said(imported(with_entry(name, content), "a.zip"))


def test_a_folder_zipped_whole_is_read_as_its_files():
    files = {f"mon-dossier/{name}": content for name, content in texts_of(SMALL / "complet").items()}
    files["__MACOSX/._a"] = b"x"
    received = imported(samples.archive_of(files), "a.zip")
    assert said(received) == []
    assert received.texts == texts_of(SMALL / "complet")


def test_a_version_that_follows_an_unknown_one_is_refused(tmp_path: Path):
    found = said(imported(zipped(texts_of(orphan(tmp_path))), "a.zip"))
    assert found == ["evolution.yaml:1 : la version précédente « petit-autre » n'est pas publiée ici"]
