from collections.abc import Callable

import pytest
from pytest_django import Settings

from accounts.models import Organisation, User
from questionnaires import sheets
from questionnaires.fields import EvidenceFileField
from questionnaires.forms import AnswerForm, EvidenceForm, OrientationForm
from questionnaires.models import Criterion, EvidenceRevision, Sheet, Version
from questionnaires.sheets import Item
from tests.play import SIMPLE
from tests.questionnaires import samples

pytestmark = pytest.mark.django_db


def item(sheet: Sheet, code: str) -> Item:
    found = sheets.overview(sheet).item(code)
    assert found is not None
    return found


# --- Answering -------------------------------------------------------------------------------


def test_the_form_of_an_answer_opens_on_what_is_on_file(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User
):
    sheets.save_answer(sheet, criterion("ADM-02"), value="not_met", comment="En mai.", edition=0, user=alice)
    on_file = {"value": "not_met", "na_reason": "", "comment": "En mai.", "edition": 1, "base": "En mai."}
    nothing = {"value": "", "na_reason": "", "comment": "", "edition": 0, "base": ""}
    assert AnswerForm.of(item(sheet, "ADM-02")).initial == on_file
    assert AnswerForm.of(item(sheet, "ADM-04")).initial == nothing


def test_not_applicable_is_offered_with_the_reasons_of_the_criterion_only(sheet: Sheet):
    governance, administrative = (AnswerForm.of(item(sheet, code)) for code in ("SEC-GOV-01", "ADM-02"))
    assert [code for code, _ in governance.fields["value"].widget.choices] == ["met", "not_met", "not_applicable"]
    assert governance.fields["na_reason"].widget.choices == [
        ("fonction-absente", "La fonction visée n'existe pas."),
        ("porte-par-prestataire", "Un prestataire porte la mesure. (une pièce est demandée)"),
    ]
    assert [code for code, _ in administrative.fields["value"].widget.choices] == ["met", "not_met"]
    assert administrative.fields["na_reason"].widget.is_hidden


def test_an_answer_may_be_left_blank():
    form = AnswerForm({"value": "", "comment": "", "edition": "0"})
    assert form.is_valid()
    assert form.said == {"value": "", "na_reason": "", "comment": "", "edition": 0}


def test_the_ends_of_lines_count_once_whoever_sends_them():
    form = AnswerForm({"comment": "x\r\n" * 9_999 + "xx", "edition": "0"})
    assert form.is_valid()
    assert form.said["comment"] == "x\n" * 9_999 + "xx"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"value": "peut-être", "edition": "0"}, "value"),
        ({"value": "met"}, "edition"),
        ({"value": "met", "edition": "-1"}, "edition"),
        ({"value": "met", "edition": "0", "comment": "x" * 20_001}, "comment"),
        ({"value": "met", "edition": "0", "comment": "a\x00b"}, "comment"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(data: dict[str, str], field: str):
    assert list(AnswerForm(data).errors) == [field]


# --- Giving a proof --------------------------------------------------------------------------


def evidence_form(
    organisation: Organisation, data: dict[str, object], file: tuple[str, bytes] | None = None
) -> EvidenceForm:
    files = {"file": samples.uploaded(*file)} if file else {}
    return EvidenceForm({"kind": "DOC"} | data, files, organisation=organisation)


def test_a_new_file_is_taken(glyco: Organisation):
    form = evidence_form(glyco, {"title": "PSSI", "note": "p. 4"}, ("pssi.pdf", samples.pdf()))
    assert form.is_valid()
    assert (form.cleaned_data["file"].name, form.cleaned_data["title"]) == ("pssi.pdf", "PSSI")


def test_a_known_proof_is_taken(glyco: Organisation, proof: EvidenceRevision):
    form = evidence_form(glyco, {"existing": proof.pk})
    assert form.is_valid()
    assert form.cleaned_data["existing"] == proof


def test_the_proofs_of_others_are_not_offered(concurrent: Organisation, proof: EvidenceRevision):
    form = evidence_form(concurrent, {"existing": proof.pk})
    assert list(form.errors) == ["existing"]
    assert list(form["existing"].subwidgets)[1:] == []


def test_one_of_the_two_must_be_chosen(glyco: Organisation):
    assert evidence_form(glyco, {}).errors == {"file": ["Choisissez un fichier, ou une preuve déjà déposée."]}


def test_the_two_cannot_be_chosen(glyco: Organisation, proof: EvidenceRevision):
    form = evidence_form(glyco, {"existing": proof.pk}, ("pssi.pdf", samples.pdf()))
    assert form.errors == {"existing": ["Choisissez un nouveau fichier ou une preuve déjà déposée, pas les deux."]}


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("vide.pdf", b"", "Le fichier « vide.pdf » est vide."),
        (
            "secret.pdf",
            samples.locked_pdf(),
            "Le PDF « secret.pdf » est protégé par un mot de passe : déposez-en une version sans protection.",
        ),
        (
            "gros.txt",
            b"x" * 3000,
            "Le fichier « gros.txt » pèse 2,9\xa0ko : la limite est de 2\xa0ko.",
        ),
    ],
)
def test_a_bad_file_is_refused_with_one_sentence_and_the_rest_is_kept(
    glyco: Organisation, settings: Settings, name: str, content: bytes, sentence: str
):
    settings.EVIDENCE_MAX_BYTES = 2048
    form = evidence_form(glyco, {"title": "PSSI", "note": "p. 4"}, (name, content))
    assert form.errors == {"file": [sentence]}
    assert (form["title"].value(), form["note"].value()) == ("PSSI", "p. 4")


@pytest.mark.parametrize(("code", "kind"), [("SEX-01", "CERT"), ("ADM-02", "DOC"), ("ADM-04", "DOC")])
def test_the_nature_expected_is_proposed_first(glyco: Organisation, sheet: Sheet, code: str, kind: str):
    assert EvidenceForm(organisation=glyco, item=item(sheet, code))["kind"].initial == kind


def test_a_file_is_never_a_link_nor_an_access(glyco: Organisation):
    assert [str(option.choice_label) for option in EvidenceForm(organisation=glyco)["kind"].subwidgets] == [
        "Déclaration",
        "Document",
        "Capture d'écran",
        "Certificat",
        "Rapport",
        "Contrat",
        "Résultat de test",
        "Mesure",
        "Registre",
        "Analyse d'impact (AIPD)",
        "Attestation",
    ]


def test_the_field_tells_its_limits(glyco: Organisation, settings: Settings):
    field = EvidenceForm(organisation=glyco).fields["file"]
    assert isinstance(field, EvidenceFileField)
    assert field.widget.attrs["accept"] == ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.odt,.ods,.csv,.txt,.zip,.mp4,.webm"
    assert field.max_bytes == settings.EVIDENCE_MAX_BYTES


# --- The orientation -------------------------------------------------------------------------


@pytest.fixture
def questions(full_version: Version):
    sheet = sheets.open_sheet(full_version)
    return sheets.orientation_steps(sheet)[0].questions


def test_a_screen_asks_its_questions(questions):
    form = OrientationForm(questions=questions, given={})
    assert {name: field.label for name, field in form.fields.items()} == {
        "type_solution": "Sous quelle forme le service est-il proposé ?",
        "donnees_sante": "Le service traite-t-il des données de santé ?",
    }
    assert form.fields["type_solution"].help_text == "Chaque forme est évaluée."
    assert [str(choice.choice_label) for choice in form["donnees_sante"].subwidgets] == ["Oui", "Non"]


def test_a_screen_opens_on_the_answers_on_file(questions):
    form = OrientationForm(questions=questions, given=SIMPLE)
    assert (form["type_solution"].initial, form["donnees_sante"].initial) == (["ios"], "oui")


def test_answers_come_back_as_facts(questions, full_version: Version, alice: User):
    form = OrientationForm({"type_solution": ["ios", "site"], "donnees_sante": "non"}, questions=questions, given={})
    assert form.is_valid()
    assert form.cleaned_data == {"type_solution": ["ios", "site"], "donnees_sante": False}
    sheet = sheets.answer_orientation(sheets.open_sheet(full_version), form.cleaned_data, alice)
    assert sheet.given == form.cleaned_data


def test_every_question_of_a_screen_wants_an_answer(questions):
    form = OrientationForm({}, questions=questions, given={})
    assert form.errors == {
        "type_solution": ["Répondez à cette question."],
        "donnees_sante": ["Répondez à cette question."],
    }
