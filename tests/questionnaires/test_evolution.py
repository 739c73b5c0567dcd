"""What a version says of the one before it: every contradiction is found, and placed."""

from pathlib import Path

import pytest

from questionnaires.evolving import Ancestor
from questionnaires.lint import lint
from tests.questionnaires.folders import change, copied

ANCESTOR = Ancestor(
    "petit-complet",
    frozenset(
        [
            "ADM-02",
            "ADM-04",
            "SEC-GOV-01",
            "SEC-GOV-02",
            "SEC-GOV-07",
            "URB-HEB-01",
            "RGPD-FIN-04",
            "SEX-01",
            "TST-U-01",
        ]
    ),
    frozenset(),
    frozenset({"hebergement_externe", "donnees_sante"}),
)


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in lint(folder, {"petit-complet": ANCESTOR}).faults]


def test_what_follows_the_full_one_has_no_fault(tmp_path: Path):
    assert faults(copied(tmp_path, "suite")) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "  SEC-GOV-02: SEC-RSSI-01",
            "  SEC-GOV-02: SEC-RSSI-99",
            ["evolution.yaml:3 : SEC-GOV-02 est renommé « SEC-RSSI-99 », qui n'existe pas"],
        ),
        (
            "  SEC-GOV-02: SEC-RSSI-01",
            "  SEC-GOV-02: SEX-01",
            [
                "evolution.yaml:3 : SEC-GOV-02 est renommé SEX-01, un identifiant que « petit-complet » donnait déjà",
            ],
        ),
        (
            "  SEC-GOV-02: SEC-RSSI-01",
            "  SEC-GOV-02: SEC-RSSI-01\n  SEX-01: SEC-RSSI-01",
            [
                "evolution.yaml:4 : SEX-01 est dit renommé, mais figure encore dans un questionnaire",
                "evolution.yaml:4 : SEX-01 et SEC-GOV-02 sont renommés SEC-RSSI-01 tous les deux : dites l'un fusionné",
            ],
        ),
        (
            "    - URB-HEB-03\n",
            "    - URB-HEB-99\n",
            ["evolution.yaml:9 : URB-HEB-01 est scindé en « URB-HEB-99 », qui n'existe pas"],
        ),
        (
            "    - URB-HEB-03\n",
            "",
            ["evolution.yaml:8 : URB-HEB-01 est scindé en un seul critère : dites-le renommé, ou nommez les autres"],
        ),
        (
            "    - URB-HEB-01\n",
            "    - SEX-01\n",
            [
                "evolution.yaml:8 : URB-HEB-01 est scindé sans se garder lui-même, "
                "mais figure encore dans un questionnaire"
            ],
        ),
        (
            "  - SEC-GOV-07",
            "  - SEC-GOV-07\n  - SEC-GOV-02",
            ["evolution.yaml:12 : SEC-GOV-02 est dit à la fois renommé et retiré"],
        ),
        (
            "  - SEC-GOV-07",
            "  - SEC-GOV-07\n  - SEC-GOV-07",
            ["evolution.yaml:12 : SEC-GOV-07 est dit deux fois retiré"],
        ),
        (
            "  - SEC-GOV-07",
            "  - SEC-GOV-08",
            [
                "evolution.yaml:1 : on ne sait pas ce que deviennent ces critères de « petit-complet » : SEC-GOV-07 ; "
                "dites-les renommés, fusionnés, scindés ou retirés",
                "evolution.yaml:11 : SEC-GOV-08 n'existe pas dans la version « petit-complet »",
            ],
        ),
        (
            "code: SEX-01",
            "code: SEC-GOV-07",
            ["evolution.yaml:13 : SEC-GOV-07 est dit retiré : il n'y a rien à reprendre de lui"],
        ),
        (
            "hebergement_externe: hebergement_tiers",
            "hebergement_externe: ailleurs",
            ["evolution.yaml:17 : la question « hebergement_externe » est renommée « ailleurs », qui n'existe pas"],
        ),
        (
            "hebergement_externe: hebergement_tiers",
            "donnees_sante: hebergement_tiers",
            ["evolution.yaml:17 : la question « donnees_sante » est dite renommée, mais elle est encore posée"],
        ),
        (
            "hebergement_externe: hebergement_tiers",
            "inconnue: hebergement_tiers",
            ["evolution.yaml:17 : la question « inconnue » n'existe pas dans la version « petit-complet »"],
        ),
        (
            "version: petit-complet",
            "version: petit-suite",
            ["evolution.yaml:1 : une version ne peut pas se suivre elle-même"],
        ),
        (
            "    keep_proofs: false",
            "    keep_proofs: non",
            ["evolution.yaml:15 : « keep_proofs » attend true ou false"],
        ),
    ],
)
def test_an_evolution_that_does_not_hold_is_refused(tmp_path: Path, old: str, new: str, expected: list[str]):
    folder = copied(tmp_path, "suite")
    change(folder, "evolution.yaml", old, new)
    assert faults(folder) == expected


def test_texts_that_nest_without_end_are_refused(tmp_path: Path):
    folder = copied(tmp_path)
    (folder / "demande.yaml").write_text("code: " + "[" * 5000, encoding="utf-8")
    assert faults(folder) == ["demande.yaml:1 : trop de niveaux s'emboîtent"]
