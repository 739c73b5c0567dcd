"""Faults that cross lines: circles, merges, files missing or unreadable, and the order in which all are said."""

from pathlib import Path

import pytest

from tests.questionnaires.folders import change, copied, faults

ORIENTATION, DEMANDE, SECURITE = "orientation.yaml", "demande.yaml", "securite.yaml"


def test_variables_that_derive_in_a_circle_are_refused(tmp_path: Path):
    folder = copied(tmp_path)
    change(folder, ORIENTATION, "derived_from: type_solution:ios OU type_solution:android", "derived_from: echange_mes")
    change(folder, ORIENTATION, "derived_from: api_mesures OU api_documents OU api_agenda", "derived_from: app_mobile")
    assert faults(folder) == [
        "orientation.yaml:12 : ces variables dépendent l'une de l'autre en rond : app_mobile → echange_mes → app_mobile"
    ]


def test_a_variable_that_asks_for_itself_is_refused(tmp_path: Path):
    folder = copied(tmp_path)
    change(folder, ORIENTATION, "asked_if: teleconsultation", "asked_if: tlc_certifie")
    assert faults(folder) == [
        "orientation.yaml:48 : ces variables dépendent l'une de l'autre en rond : tlc_certifie → tlc_certifie"
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "SEC-GOV-02: SEC-GOV-01",
            "SEC-GOV-02: SEC-GOV-99",
            ["evolution.yaml:3 : SEC-GOV-02 est fusionné dans « SEC-GOV-99 », qui n'existe pas"],
        ),
        (
            "SEC-GOV-02: SEC-GOV-01",
            "SEC-GOV-02: ADM-02",
            ["evolution.yaml:3 : SEC-GOV-02 est fusionné dans ADM-02, qui ne le porte pas parmi ses points"],
        ),
        (
            "- SEC-GOV-07",
            "- SEX-01",
            ["evolution.yaml:5 : SEX-01 est dit retiré, mais figure dans un questionnaire"],
        ),
        (
            "  SEC-GOV-02: SEC-GOV-01\n",
            "  SEC-GOV-03: SEC-GOV-01\n",
            [
                "evolution.yaml:3 : SEC-GOV-03 est fusionné dans SEC-GOV-01, qui ne le porte pas parmi ses points",
                "securite.yaml:18 : le point SEC-GOV-02 n'est pas déclaré dans « merged » d'evolution.yaml",
            ],
        ),
    ],
)
def test_a_merge_leads_somewhere(tmp_path: Path, old: str, new: str, expected: list[str]):
    folder = copied(tmp_path, "simplifie")
    change(folder, "evolution.yaml", old, new)
    assert faults(folder) == expected


def test_a_point_and_a_criterion_cannot_share_a_code(tmp_path: Path):
    folder = copied(tmp_path, "simplifie")
    change(folder, SECURITE, "- code: SEC-GOV-02", "- code: SEX-01")
    assert faults(folder)[-1] == "securite.yaml:41 : le critère « SEX-01 » existe déjà (securite.yaml, ligne 18)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "!!python/object/apply:os.system ['true']",
            "demande.yaml:1 : les étiquettes « ! » de YAML sont interdites",
        ),
        (
            "code: &x demande\ntitle: *x",
            "demande.yaml:1 : les ancres et les alias de YAML sont interdits",
        ),
        (
            "code: demande\n  title: mal placé",
            "demande.yaml:2 : ce n'est pas du YAML lisible (mapping values are not allowed here)",
        ),
        (
            "code: demande\n---\ncode: demande",
            "demande.yaml:2 : ce n'est pas du YAML lisible (but found another document)",
        ),
        ("code: 'demande", "demande.yaml:1 : ce n'est pas du YAML lisible (found unexpected end of stream)"),
        ("code: \x07", "demande.yaml:1 : le fichier contient un caractère interdit en YAML"),
        ("- une liste", "demande.yaml:1 : on attend ici des clés et leurs valeurs (« clé: valeur »)"),
        ("", "demande.yaml:1 : on attend ici des clés et leurs valeurs (« clé: valeur »)"),
    ],
)
def test_only_plain_safe_yaml_is_read(tmp_path: Path, text: str, expected: str):
    folder = copied(tmp_path)
    (folder / DEMANDE).write_text(text, encoding="utf-8")
    assert faults(folder) == [expected]


def test_a_file_in_another_encoding_is_refused(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / DEMANDE).write_bytes("code: référencement".encode("latin-1"))
    assert faults(folder) == ["demande.yaml:1 : le fichier n'est pas en UTF-8"]


def test_a_missing_head_stops_the_reading(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "referentiel.yaml").unlink()
    assert faults(folder) == ["referentiel.yaml:1 : le fichier manque"]


def test_a_missing_orientation_is_said(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / ORIENTATION).unlink()
    assert faults(folder)[0] == "orientation.yaml:1 : le fichier manque"


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path):
    assert faults(tmp_path / "absent") == [f"{tmp_path / 'absent'}:1 : ce dossier n'existe pas"]


def test_all_faults_are_said_at_once_in_the_order_of_files_and_lines(tmp_path: Path):
    folder = copied(tmp_path)
    change(folder, SECURITE, "profile: SSI", "profile: RSSI")
    change(folder, SECURITE, "condition: echange_mes", "condition: echange")
    change(folder, DEMANDE, "level: obligatoire", "level: moyen")
    change(folder, ORIENTATION, "then: donnees_sante", "then: sante")
    assert [fault.split(" : ")[0] for fault in faults(folder)] == [
        "demande.yaml:11",
        "orientation.yaml:79",
        "securite.yaml:11",
        "securite.yaml:51",
    ]
