"""The dry run says what would change and what is wrong; the confirmation writes all of it or nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from questionnaires import sheets
from questionnaires.models import Answer, Criterion, EvidenceRevision, PendingImport, Sheet
from questionnaires.workbooks import applying
from questionnaires.workbooks.applying import NotSettled, Outdated
from questionnaires.workbooks.book import book_of
from questionnaires.workbooks.columns import COLUMNS, mark_of
from questionnaires.workbooks.intake import Line, Reading
from questionnaires.workbooks.planning import Fate, Plan, plan
from tests.play import EXCHANGE
from tests.questionnaires import workbooks

pytestmark = pytest.mark.django_db
Find = Callable[[str], Criterion]
Count = Callable[[int], Any]
NEVER = mark_of(0, "", "")
MET = mark_of(1, "met", "Signé.")


@pytest.fixture
def answered(sheet: Sheet, criterion: Find, alice: User) -> Sheet:
    """ADM-02 is answered: « Conforme », « Signé. »."""
    sheets.save_answer(sheet, criterion("ADM-02"), value="met", comment="Signé.", edition=0, user=alice)
    return sheet


def reading(*lines: Line) -> Reading:
    return Reading("reponses.xlsx", "0" * 64, lines)


def line(code: str, value: str = "Conforme", comment: str = "", mark: str = NEVER, *, number: int = 2) -> Line:
    return Line(number, code, value, comment, mark)


def fates(found: Plan) -> list[tuple[str, str]]:
    return [(one.code, one.fate.value) for one in found.lines]


def reasons(sheet: Sheet, *lines: Line) -> list[str]:
    return [reason.replace("\u00a0", " ") for one in plan(reading(*lines), sheet).wrong for reason in one.reasons]


def said(sheet: Sheet) -> dict[str, tuple[str, str]]:
    return {one.criterion.code: (one.value, one.comment) for one in sheet.answers.select_related("criterion")}


def exported(sheet: Sheet, kind: str = "xlsx") -> Reading:
    book = book_of(sheets.snapshot(sheet), reference="MES-2026-0001", service="Glyco", made_at=timezone.localtime())
    return workbooks.read(book, kind)


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_comes_back_untouched_changes_nothing(answered: Sheet, alice: User, criterion: Find, kind: str):
    odd = "=1+1\r\n\tdeux  blancs\x0b _x000D_"
    sheets.save_answer(answered, criterion("ADM-04"), value="not_met", comment=odd, edition=0, user=alice)
    found = plan(exported(answered, kind), answered)
    assert {one.fate for one in found.lines} == {Fate.SAME}
    assert [(one.code, one.now.value) for one in found.lines][:2] == [("ADM-02", "met"), ("ADM-04", "not_met")]
    assert not found.may_be_confirmed


def test_the_export_holds_what_is_asked_and_nothing_else(
    answered: Sheet, alice: User, criterion: Find, proof: EvidenceRevision
):
    sheets.attach(answered, criterion("ADM-02"), proof, alice, note="p. 1")
    sheets.save_answer(answered, criterion("SEX-01"), value="met", comment="Caché.", edition=0, user=alice)
    sheets.answer_orientation(answered, EXCHANGE | {"api_mesures": False}, alice)
    book = book_of(sheets.snapshot(answered), reference="MES-2026-0001", service="Glyco", made_at=timezone.localtime())
    first = dict(zip([column.name for column in COLUMNS], book.requirements[0], strict=True))
    assert (first["ID"], first["Réponse"], first["Explication"], first["État"], first["Ordre"]) == (
        "ADM-02",
        "Conforme",
        "Signé.",
        "Complet",
        1,
    )
    assert (first["Périmètre"], first["Criticité"]) == ("Petit référentiel complet", "Obligatoire")
    assert "SEX-01" not in [row[1] for row in book.requirements]
    assert book.proofs == (
        (
            "ADM-02",
            "Politique de sécurité",
            "Document",
            "preuve.txt",
            "p. 1",
            proof.sha256,
            timezone.localtime(proof.deposited_at).strftime("%d/%m/%Y"),
            "",
        ),
    )


def test_the_book_costs_the_same_whatever_its_size(answered: Sheet, django_assert_num_queries: Count):
    shot = sheets.snapshot(answered)
    with django_assert_num_queries(2):
        book_of(shot, reference="MES-2026-0001", service="Glyco", made_at=timezone.localtime())


def test_the_dry_run_costs_four_queries_and_writes_nothing(answered: Sheet, django_assert_num_queries: Count):
    lines = [line("ADM-02", "Non conforme", "Plus.", MET), line("ADM-04", "Conforme", "Oui.")]
    with django_assert_num_queries(4):
        plan(reading(*lines), answered)
    with django_assert_num_queries(4):
        plan(reading(*lines[:1]), answered)
    assert said(answered) == {"ADM-02": ("met", "Signé.")}


@pytest.mark.parametrize(
    ("back", "fate"),
    [
        (line("ADM-02", "conforme ", "Signé.", MET), Fate.SAME),
        (line("adm-02", "Conforme", "Signé en 2026.", MET), Fate.CHANGED),
        (line("ADM-02", "", "", MET), Fate.CHANGED),
        (line("SEC-GOV-07", "NON APPLICABLE", "Sans objet.", ""), Fate.CHANGED),
        (line("ADM-04", "NON APPLICABLE", "Sans objet.", ""), Fate.WRONG),
        (line("ADM-04", "", "", ""), Fate.SAME),
        (line("ADM-02", "Conforme", "Autre.", mark_of(1, "met", "Signé.").replace("1-", "9-")), Fate.CHANGED),
        (line("ADM-02", "Conforme", "Autre.", mark_of(1, "met", "Avant.")), Fate.CONFLICT),
        (line("ADM-02", "Conforme", "Avant.", mark_of(1, "met", "Avant.")), Fate.SAME),
        (line("ADM-02", "Conforme", "Signé.", mark_of(1, "met", "Avant.")), Fate.SAME),
        (line("ADM-02", "Conforme", "Autre.", "abîmée"), Fate.WRONG),
        (line("ADM-02", "Conforme", "Autre.", ""), Fate.WRONG),
    ],
)
def test_a_line_is_compared_with_what_was_exported_and_with_what_is_on_file(answered: Sheet, back: Line, fate: Fate):
    assert fates(plan(reading(back), answered)) == [(back.code.upper(), fate.value)]


def test_a_proof_given_meanwhile_is_no_conflict(answered: Sheet, criterion: Find, alice: User, proof: EvidenceRevision):
    sheets.attach(answered, criterion("ADM-02"), proof, alice)
    found = plan(reading(line("ADM-02", "Conforme", "Signé en 2026.", MET)), answered)
    assert fates(found) == [("ADM-02", "changed")]


@pytest.mark.parametrize(
    ("back", "sentence"),
    [
        (line("ADM-99"), "Le critère « ADM-99 » n'existe pas dans la version du référentiel de cette candidature."),
        (line(""), "La ligne n'a pas d'ID : on ne sait pas de quel critère elle parle."),
        (
            line("ADM-02", "Oui"),
            "La réponse « Oui » n'est pas l'une de celles admises (Conforme, Non conforme, Non applicable).",
        ),
        (line("ADM-02", comment="x" * 20_001), "L'explication compte 20001 caractères : la limite est de 20000."),
        (line("SEC-GOV-01"), ""),
        (line("TST-U-01"), "Ce jalon est constaté par les tests techniques ; il n'appelle pas de réponse ici."),
        (
            line("ADM-04", mark="?"),
            "La colonne « Édition » ne dit plus à quelle réponse cette ligne fait suite : repartez d'un nouvel export.",
        ),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(answered: Sheet, back: Line, sentence: str):
    assert reasons(answered, back) == ([sentence] if sentence else [])


def test_a_criterion_that_no_longer_applies_says_why(answered: Sheet, alice: User):
    sheets.answer_orientation(answered, EXCHANGE | {"api_mesures": False}, alice)
    assert reasons(answered, line("SEX-01")) == [
        "Ne s'applique pas : le service n'échange pas de données avec Mon espace santé."
    ]
    assert reasons(answered, line("SEX-01", "")) == []


def test_a_criterion_given_twice_names_the_first_line(answered: Sheet):
    assert reasons(answered, line("ADM-04", number=5), line("adm-04", number=9)) == [
        "Le critère ADM-04 est déjà donné à la ligne 5 : gardez une seule des deux."
    ]


def test_frozen_answers_cannot_change(answered: Sheet):
    back = line("ADM-02", "Non conforme", "Plus.", MET)
    sheets.freeze(answered)
    assert reasons(answered, back) == ["La candidature est déposée : les réponses ne peuvent plus changer."]
    sheets.reopen(answered, ["ADM-04"])
    assert reasons(answered, back) == ["Seuls les critères nommés par la demande de compléments peuvent changer."]
    assert reasons(answered, line("ADM-02", "Conforme", "Signé.", MET), line("ADM-04", "Conforme", "Oui.")) == []


def test_a_fault_of_a_cell_makes_the_line_wrong(answered: Sheet):
    back = Line(2, "ADM-02", "", "", MET, ("La cellule C2 contient une date.",))
    assert reasons(answered, back) == ["La cellule C2 contient une date."]


def confirm(sheet: Sheet, user: User, back: Reading, **choices: str) -> list[str]:
    named = {code.replace("_", "-"): choice for code, choice in choices.items()}
    return applying.apply(back, sheet, user, seal=plan(back, sheet).seal, choices=named)


def test_what_is_confirmed_is_written_whole(answered: Sheet, bob: User):
    back = reading(
        line("ADM-02", "Non conforme", "Périmé.", MET), line("ADM-04", "Conforme", "Oui."), line("SEC-GOV-01", "")
    )
    applying.keep(back, answered, bob)
    assert confirm(answered, bob, back) == ["ADM-02", "ADM-04"]
    assert said(answered) == {"ADM-02": ("not_met", "Périmé."), "ADM-04": ("met", "Oui.")}
    assert Answer.objects.get(criterion__code="ADM-02").updated_by == bob
    assert not PendingImport.objects.exists()


def test_one_wrong_line_and_nothing_is_written(answered: Sheet, bob: User):
    back = reading(line("ADM-02", "Non conforme", "Périmé.", MET), line("ADM-99"))
    with pytest.raises(NotSettled):
        confirm(answered, bob, back)
    assert said(answered) == {"ADM-02": ("met", "Signé.")}


def test_a_refusal_half_way_undoes_what_was_written(answered: Sheet, bob: User, monkeypatch: pytest.MonkeyPatch):
    back = reading(line("ADM-02", "Non conforme", "Périmé.", MET), line("ADM-04", "Conforme", "Oui."))
    save = applying.save_answer

    def refuse_the_second(sheet: Sheet, criterion: Criterion, **given: Any) -> Answer:
        if criterion.code == "ADM-04":
            raise sheets.AnswerRefused("Trop tard.")
        return save(sheet, criterion, **given)

    monkeypatch.setattr(applying, "save_answer", refuse_the_second)
    with pytest.raises(sheets.AnswerRefused):
        confirm(answered, bob, back)
    assert said(answered) == {"ADM-02": ("met", "Signé.")}


def test_a_conflict_waits_for_a_choice(answered: Sheet, bob: User):
    back = reading(line("ADM-02", "Non conforme", "De Bob.", mark_of(0, "", "")))
    with pytest.raises(NotSettled) as left:
        confirm(answered, bob, back)
    assert left.value.codes == ["ADM-02"]
    assert confirm(answered, bob, back, ADM_02="theirs") == []
    assert said(answered) == {"ADM-02": ("met", "Signé.")}
    assert confirm(answered, bob, back, ADM_02="mine") == ["ADM-02"]
    assert said(answered) == {"ADM-02": ("not_met", "De Bob.")}


def test_an_answer_changed_after_the_dry_run_stops_everything(answered: Sheet, criterion: Find, alice: User, bob: User):
    back = reading(line("ADM-02", "Non conforme", "Périmé.", MET), line("ADM-04", "Conforme", "Oui."))
    seal = plan(back, answered).seal
    sheets.save_answer(answered, criterion("ADM-02"), value="met", comment="D'Alice.", edition=1, user=alice)
    with pytest.raises(Outdated) as outdated:
        applying.apply(back, answered, bob, seal=seal, choices={})
    assert fates(outdated.value.plan) == [("ADM-02", "conflict"), ("ADM-04", "changed")]
    assert said(answered) == {"ADM-02": ("met", "D'Alice.")}


def test_a_workbook_is_kept_for_one_person_on_one_sheet_and_an_hour(answered: Sheet, alice: User, bob: User):
    back = reading(line("ADM-04"))
    applying.keep(reading(line("ADM-02")), answered, alice)
    applying.keep(back, answered, alice)
    assert PendingImport.objects.count() == 1
    assert (applying.kept_by(answered, alice), applying.kept_by(answered, bob)) == (back, None)
    assert applying.kept_by(sheets.open_sheet(answered.version), alice) is None
    PendingImport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert applying.kept_by(answered, alice) is None
    applying.keep(back, answered, bob)
    assert [kept.user for kept in PendingImport.objects.all()] == [bob]
