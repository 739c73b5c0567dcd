"""The coverage table of a référentiel: every fault with its file and line."""

from pathlib import Path

import pytest

from tests.questionnaires.folders import change, copied, faults

FILE = "couverture.yaml"
PARTIAL = "      SEC-GOV-02: Nommez le responsable sécurité de ce service.\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("kind: TLC", "kind: HDS", ["couverture.yaml:10 : le certificat « HDS » est inconnu ; attendu : DMN, TLC"]),
        ("code: dmn-2", "code: dmn-1", ["couverture.yaml:8 : l'édition « dmn-1 » du certificat DMN existe déjà"]),
        ("SEC-GOV-02:", "SEC-GOV-99:", ["couverture.yaml:6 : le critère « SEC-GOV-99 » n'existe pas"]),
        (
            "SEC-GOV-02:",
            "ADM-02:",
            [
                "couverture.yaml:6 : ADM-02 n'est pas dispensé par DMN : ajoutez-le à « dispensed_by », ou ôtez-le d'ici",
            ],
        ),
        (
            "SEC-GOV-02: Nommez le responsable sécurité de ce service.",
            "SEC-GOV-02: ''",
            ["couverture.yaml:6 : « SEC-GOV-02 » est vide"],
        ),
        (PARTIAL, PARTIAL * 2, ["couverture.yaml:7 : la clé « SEC-GOV-02 » figure deux fois"]),
        (
            PARTIAL,
            f"{PARTIAL}    without:\n      - SEC-GOV-02\n",
            ["couverture.yaml:8 : SEC-GOV-02 figure deux fois dans l'édition « dmn-1 »"],
        ),
        (
            PARTIAL,
            f"{PARTIAL}    without:\n      - SEC-GOV-77\n",
            ["couverture.yaml:8 : le critère « SEC-GOV-77 » n'existe pas"],
        ),
        ("    partial:\n", "    partiel:\n", ["couverture.yaml:6 : la clé « partiel » est inconnue"]),
    ],
    ids=["kind", "edition twice", "dangling", "not covered", "nothing left", "twice", "both", "dangling too", "key"],
)
def test_a_fault_of_the_table_is_said_with_its_line(tmp_path: Path, old: str, new: str, expected: list[str]):
    folder = copied(tmp_path)
    change(folder, FILE, old, new)
    found = [fault for fault in faults(folder) if fault.startswith(FILE)]
    assert found == expected


def test_a_dispensation_without_any_edition_is_refused(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / FILE).unlink()
    assert faults(folder) == [
        "securite.yaml:15 : SEC-GOV-01 est dispensé par DMN, dont couverture.yaml ne décrit aucune édition",
        "securite.yaml:15 : SEC-GOV-01 est dispensé par TLC, dont couverture.yaml ne décrit aucune édition",
        "securite.yaml:24 : SEC-GOV-02 est dispensé par DMN, dont couverture.yaml ne décrit aucune édition",
    ]
