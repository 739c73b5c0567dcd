"""« Non applicable »: for a reason that the référentiel admits, with what the reason asks for."""

from collections.abc import Callable
from pathlib import Path

import pytest

from accounts.models import User
from questionnaires import sheets
from questionnaires.completeness import shortcomings
from questionnaires.models import Answer, Criterion, EvidenceRevision, Sheet
from questionnaires.na_reasons import NEVER, UNKNOWN, Reason, find, objection
from tests.questionnaires.folders import change, copied, faults

TOLD = Reason("absent", "Absent.")
PROVEN = Reason("porte", "Porté.", needs_text=False, needs_proof=True)
BOTH = Reason("deux", "Les deux.", needs_text=True, needs_proof=True)
ALL = (TOLD, PROVEN, BOTH)
CHOOSE = "Choisissez le motif pour lequel ce critère ne s'applique pas."
WHY = "Expliquez en commentaire pourquoi ce critère ne concerne pas le service."
JOIN = "Joignez la pièce qui établit le motif choisi."


@pytest.mark.parametrize(
    ("reasons", "code", "comment", "proofs", "lacks"),
    [
        ((), "", "Du texte", 3, [NEVER]),
        ((), "absent", "Du texte", 3, [NEVER]),
        (ALL, "", "Du texte", 3, [CHOOSE]),
        (ALL, "inconnu", "Du texte", 3, [CHOOSE]),
        (ALL, "absent", " \n", 0, [WHY]),
        (ALL, "absent", "Aucun serveur.", 0, []),
        (ALL, "porte", "", 0, [JOIN]),
        (ALL, "porte", "", 1, []),
        (ALL, "deux", "", 0, [WHY, JOIN]),
        (ALL, "deux", "Voici.", 0, [JOIN]),
        (ALL, "deux", "Voici.", 1, []),
    ],
)
def test_it_says_what_not_applicable_lacks(
    reasons: tuple[Reason, ...], code: str, comment: str, proofs: int, lacks: list[str]
):
    said = shortcomings("not_applicable", comment, proofs=proofs, is_written=False, reasons=reasons, na_reason=code)
    assert said == lacks


@pytest.mark.parametrize(
    ("reasons", "code", "sentence"),
    [((), "", NEVER), ((), "absent", NEVER), (ALL, "inconnu", UNKNOWN), (ALL, "", ""), (ALL, "porte", "")],
)
def test_it_objects_to_what_the_criterion_does_not_admit(reasons: tuple[Reason, ...], code: str, sentence: str):
    assert objection(reasons, code) == sentence


def test_a_reason_is_found_by_its_code_alone():
    assert (find(ALL, "porte"), find(ALL, ""), find((), "porte")) == (PROVEN, None, None)


# --- Answering -------------------------------------------------------------------------------


def say(sheet: Sheet, criterion: Criterion, user: User, reason: str, *, edition: int = 0, comment: str = "") -> Answer:
    return sheets.save_answer(
        sheet, criterion, value="not_applicable", na_reason=reason, comment=comment, edition=edition, user=user
    )


@pytest.mark.django_db
def test_the_reason_is_kept_with_the_answer(sheet: Sheet, criterion: Callable[[str], Criterion], alice: User):
    answer = say(sheet, criterion("SEC-GOV-07"), alice, "fonction-absente", comment="Aucun.")
    answer.refresh_from_db()
    assert (answer.value, answer.na_reason, answer.reason) == (
        "not_applicable",
        "fonction-absente",
        Reason("fonction-absente", "La fonction visée n'existe pas."),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["ADM-02", "SEX-01"])
def test_a_criterion_that_admits_no_reason_refuses_it_with_a_sentence(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, code: str
):
    with pytest.raises(sheets.AnswerRefused) as refusal:
        say(sheet, criterion(code), alice, "fonction-absente", comment="Non.")
    assert refusal.value.sentence == NEVER
    assert not Answer.objects.exists()


@pytest.mark.django_db
def test_a_reason_of_another_list_is_refused(sheet: Sheet, criterion: Callable[[str], Criterion], alice: User):
    with pytest.raises(sheets.AnswerRefused, match="Ce motif n'est pas admis pour ce critère"):
        say(sheet, criterion("SEC-GOV-07"), alice, "exception-legale")


@pytest.mark.django_db
def test_the_reason_goes_with_the_answer_that_it_explained(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User
):
    asked = criterion("SEC-GOV-07")
    say(sheet, asked, alice, "fonction-absente", comment="Aucun.")
    answer = sheets.save_answer(
        sheet, asked, value="met", na_reason="fonction-absente", comment="Si.", edition=1, user=alice
    )
    assert (answer.value, answer.na_reason, answer.edition) == ("met", "", 2)


@pytest.mark.django_db
def test_another_reason_is_another_answer(sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, bob: User):
    asked = criterion("SEC-GOV-07")
    say(sheet, asked, alice, "fonction-absente")
    assert say(sheet, asked, bob, "fonction-absente").edition == 1
    with pytest.raises(sheets.Conflict) as conflict:
        say(sheet, asked, bob, "porte-par-prestataire")
    assert (conflict.value.theirs.na_reason, conflict.value.mine.na_reason) == (
        "fonction-absente",
        "porte-par-prestataire",
    )


@pytest.mark.django_db
def test_a_reason_that_needs_a_piece_waits_for_it(
    sheet: Sheet, criterion: Callable[[str], Criterion], alice: User, proof: EvidenceRevision
):
    asked = criterion("SEC-GOV-01")
    say(sheet, asked, alice, "porte-par-prestataire")
    item = sheets.overview(sheet).item("SEC-GOV-01")
    assert item is not None
    assert item.missing == (JOIN,)
    sheets.attach(sheet, asked, proof, alice)
    item = sheets.overview(sheet).item("SEC-GOV-01")
    assert item is not None
    assert (item.missing, item.reason) == ((), asked.reasons[1])


# --- Writing them ----------------------------------------------------------------------------

SECURITE, DEMANDE, REASONS = "securite.yaml", "demande.yaml", "motifs.yaml"
LIST = "na_reasons:\n  - fonction-absente\n"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            SECURITE,
            LIST,
            "na_reasons:\n  - fonction-absente\n  - convenance\n",
            [
                "securite.yaml:59 : le motif « convenance » est inconnu ; "
                "attendu : fonction-absente, porte-par-prestataire"
            ],
        ),
        (
            SECURITE,
            LIST,
            "na_reasons:\n  - fonction-absente\n  - fonction-absente\n",
            ["securite.yaml:59 : le motif « fonction-absente » figure deux fois"],
        ),
        (
            SECURITE,
            "na_reasons:\n  - fonction-absente\n  - porte-par-prestataire\n",
            "na_reasons: []\n",
            [
                "motifs.yaml:2 : le motif « fonction-absente » ne sert à aucun critère",
                "motifs.yaml:4 : le motif « porte-par-prestataire » ne sert à aucun critère",
                "securite.yaml:57 : « na_reasons » est vide",
            ],
        ),
        (
            DEMANDE,
            "        guidance:",
            "        na_reasons: []\n        guidance:",
            ["demande.yaml:15 : « na_reasons » est vide"],
        ),
        (
            DEMANDE,
            "        guidance:",
            "        na_reasons:\n          - fonction-absente\n        never_na: true\n        guidance:",
            ["demande.yaml:17 : ADM-02 donne des motifs et dit n'en admettre aucun"],
        ),
        (
            DEMANDE,
            "        guidance:",
            "        never_na: jamais\n        guidance:",
            ["demande.yaml:15 : « never_na » attend true ou false"],
        ),
        (
            "tests.yaml",
            "is_answered: false",
            "is_answered: false\nna_reasons:\n  - fonction-absente",
            ["tests.yaml:6 : ce questionnaire ne se répond pas : il n'admet aucun motif"],
        ),
        (
            REASONS,
            "  - code: porte-par-prestataire",
            "  - code: fonction-absente",
            [
                "motifs.yaml:4 : le motif « fonction-absente » existe déjà (motifs.yaml, ligne 2)",
                "securite.yaml:59 : le motif « porte-par-prestataire » est inconnu ; "
                "attendu : fonction-absente, fonction-absente",
            ],
        ),
        (
            REASONS,
            "    text: La fonction visée n'existe pas.\n",
            "",
            ["motifs.yaml:2 : il manque la clé « text »"],
        ),
        (
            REASONS,
            "    needs_proof: true",
            "    preuve: true",
            ["motifs.yaml:7 : la clé « preuve » est inconnue"],
        ),
        (
            DEMANDE,
            "        guidance:",
            "        examples:\n          enough: []\n          not_enough:\n            - Un modèle.\n        guidance:",
            ["demande.yaml:16 : « enough » est vide"],
        ),
        (
            DEMANDE,
            "        guidance:",
            f"        examples:\n          enough:\n            - {'x' * 401}\n          autre: Rien.\n        guidance:",
            [
                "demande.yaml:16 : il manque la clé « not_enough »",
                "demande.yaml:17 : un exemple dépasse 400 caractères",
                "demande.yaml:18 : la clé « autre » est inconnue",
            ],
        ),
    ],
)
def test_a_fault_of_the_reasons_is_said_with_its_file_and_line(
    tmp_path: Path, file: str, old: str, new: str, expected: list[str]
):
    folder = copied(tmp_path)
    change(folder, file, old, new)
    assert faults(folder) == expected


def test_without_the_list_no_reason_may_be_named(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / REASONS).unlink()
    assert faults(folder) == [
        "securite.yaml:58 : le motif « fonction-absente » est inconnu ; attendu : aucun, faute de motifs.yaml",
        "securite.yaml:59 : le motif « porte-par-prestataire » est inconnu ; attendu : aucun, faute de motifs.yaml",
    ]
