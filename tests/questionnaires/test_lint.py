"""Every fault of a référentiel is said with its file and its line, and all of them at once."""

from pathlib import Path

import pytest

from tests.questionnaires.folders import SMALL, change, copied, faults


@pytest.mark.parametrize("name", ["complet", "simplifie"])
def test_the_small_ones_are_clean(name: str):
    assert faults(SMALL / name) == []


ORIENTATION, DEMANDE, SECURITE = "orientation.yaml", "demande.yaml", "securite.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            SECURITE,
            "condition: donnees_sante ET hebergement_externe",
            "condition: donnees_sante ET inconnue",
            ["securite.yaml:36 : la variable « inconnue » est inconnue"],
        ),
        (
            SECURITE,
            "condition: donnees_sante ET hebergement_externe",
            "condition: donnees_sante ET hebergement_externe OU echange_mes",
            [
                "securite.yaml:36 : la condition « donnees_sante ET hebergement_externe OU echange_mes » mêle ET et OU ; "
                "n'employez que l'un des deux"
            ],
        ),
        (
            SECURITE,
            "condition: echange_mes",
            "condition: type_solution:ios",
            [
                "securite.yaml:51 : SEX-01 dépend de « type_solution », qui est un choix ; passez par une variable déduite"
            ],
        ),
        (
            SECURITE,
            "condition: echange_mes",
            "condition: type_solution",
            [
                "securite.yaml:51 : SEX-01 dépend de « type_solution », qui est un choix ; passez par une variable déduite"
            ],
        ),
        (
            ORIENTATION,
            "derived_from: type_solution:ios OU type_solution:android",
            "derived_from: type_solution:ios OU type_solution:montre",
            ["orientation.yaml:17 : « type_solution » ne propose pas « montre »"],
        ),
        (
            ORIENTATION,
            "asked_if: donnees_sante",
            "asked_if: dispositif_medical",
            ["orientation.yaml:29 : « hebergement_externe » dépend de « dispositif_medical », demandée après elle"],
        ),
        (
            ORIENTATION,
            "then: donnees_sante",
            "then: donnees",
            ["orientation.yaml:79 : la variable « donnees » est inconnue"],
        ),
        (
            ORIENTATION,
            "kind: multiple",
            "kind: libre",
            ["orientation.yaml:7 : la nature « libre » est inconnue ; attendu : boolean, choice, multiple"],
        ),
        (
            ORIENTATION,
            "        kind: multiple\n",
            "        kind: boolean\n        statement: le service a une forme\n        negation: le service n'en a pas\n",
            ["orientation.yaml:4 : un choix a des « choices », une question oui ou non n'en a pas"],
        ),
        (
            ORIENTATION,
            "        derived_from: type_solution:ios OU type_solution:android\n",
            "        derived_from: type_solution:ios OU type_solution:android\n        asked_if: type_solution:ios\n",
            ["orientation.yaml:18 : « app_mobile » se déduit : elle n'est pas posée, « asked_if » est de trop"],
        ),
        (
            ORIENTATION,
            "code: donnees_sante",
            "code: Données",
            [
                "orientation.yaml:18 : « Données » n'est pas un nom de variable (minuscules, chiffres et _)",
                "orientation.yaml:29 : la variable « donnees_sante » est inconnue",
                "orientation.yaml:79 : la variable « donnees_sante » est inconnue",
                "orientation.yaml:82 : la variable « donnees_sante » est inconnue",
                "securite.yaml:36 : la variable « donnees_sante » est inconnue",
                "securite.yaml:44 : la variable « donnees_sante » est inconnue",
            ],
        ),
        (
            DEMANDE,
            "code: ADM-04",
            "code: ADM-02",
            ["demande.yaml:16 : le critère « ADM-02 » existe déjà (demande.yaml, ligne 9)"],
        ),
        (
            SECURITE,
            "code: SEC-GOV-01",
            "code: ADM-02",
            ["securite.yaml:8 : le critère « ADM-02 » existe déjà (demande.yaml, ligne 9)"],
        ),
        (
            SECURITE,
            "code: donnees\n",
            "code: gouvernance\n",
            ["securite.yaml:31 : la section « gouvernance » existe déjà (securite.yaml, ligne 5)"],
        ),
        (
            DEMANDE,
            "level: obligatoire",
            "level: O",
            ["demande.yaml:11 : le niveau « O » est inconnu ; attendu : obligatoire, recommandé"],
        ),
        (
            DEMANDE,
            "profile: MOA",
            "profile: DSI",
            ["demande.yaml:12 : le profil « DSI » est inconnu ; attendu : MOA, JUR, ARCHI, SSI, PASSI, ACC, IA, MED"],
        ),
        (
            DEMANDE,
            "- DOC formulaire signé",
            "- PAPIER formulaire signé",
            [
                "demande.yaml:14 : la preuve « PAPIER » est inconnue ; attendu : DECL, DOC, CAPT, URL, CERT, RAPP, CONTRAT, "
                "TEST, MESURE, DEMO, REGISTRE, AIPD, ATTEST"
            ],
        ),
        (
            SECURITE,
            "          - TLC\n",
            "          - HDS\n",
            ["securite.yaml:16 : le certificat « HDS » est inconnu ; attendu : DMN, TLC"],
        ),
        (DEMANDE, "        profile: MOA\n", "", ["demande.yaml:9 : il manque la clé « profile »"]),
        (
            DEMANDE,
            "        profile: MOA\n",
            "        profil: MOA\n        profile: MOA\n",
            ["demande.yaml:12 : la clé « profil » est inconnue"],
        ),
        (
            DEMANDE,
            "        level: obligatoire\n",
            "        level: obligatoire\n        level: obligatoire\n",
            ["demande.yaml:12 : la clé « level » figure deux fois"],
        ),
        (DEMANDE, "intro: Qui dépose, et pour quel service.", "intro: '  '", ["demande.yaml:3 : « intro » est vide"]),
        (
            DEMANDE,
            "intro: Qui dépose, et pour quel service.",
            "intro: true",
            ["demande.yaml:3 : « intro » attend un texte ; mettez-le entre guillemets si YAML y lit autre chose"],
        ),
        (
            DEMANDE,
            "        proofs:\n          - DOC formulaire signé\n",
            "        proofs: DOC formulaire signé\n",
            ["demande.yaml:13 : « proofs » attend une liste"],
        ),
        (
            DEMANDE,
            "        proofs:\n          - DOC formulaire signé\n",
            "        proofs: []\n",
            ["demande.yaml:13 : « proofs » est vide"],
        ),
        (
            DEMANDE,
            "- DOC formulaire signé",
            "- [DOC]",
            ["demande.yaml:14 : « proofs » attend une liste de textes"],
        ),
        (
            DEMANDE,
            "  - code: administratif",
            "  - rien\n  - code: administratif",
            ["demande.yaml:5 : on attend ici des clés et leurs valeurs (« clé: valeur »)"],
        ),
        (
            DEMANDE,
            "code: demande\n",
            "code: autre\n",
            ["demande.yaml:1 : le code doit être « demande », comme le nom du fichier"],
        ),
        (
            DEMANDE,
            "code: administratif",
            "code: Dossier administratif",
            [
                "demande.yaml:5 : « code » n'admet que des minuscules, des chiffres et des tirets, pas « Dossier administratif »"
            ],
        ),
        (
            DEMANDE,
            "title: Demande de référencement",
            f"title: {'x' * 201}",
            ["demande.yaml:2 : « title » dépasse 200 caractères"],
        ),
        (
            "tests.yaml",
            "is_answered: false",
            "is_answered: non",
            ["tests.yaml:4 : « is_answered » attend true ou false"],
        ),
        (
            "referentiel.yaml",
            "effective_on: 2023-10-01",
            "effective_on: octobre 2023",
            ["referentiel.yaml:5 : « effective_on » attend une date comme 2025-01-31"],
        ),
        (
            "referentiel.yaml",
            "  - tests\n",
            "  - tests\n  - absent\n",
            ["referentiel.yaml:10 : le questionnaire « absent » n'a pas de fichier absent.yaml"],
        ),
        (
            "referentiel.yaml",
            "  - tests\n",
            "",
            ["tests.yaml:1 : ce fichier n'est pas nommé dans referentiel.yaml"],
        ),
    ],
)
def test_a_fault_is_said_with_its_file_and_line(tmp_path: Path, file: str, old: str, new: str, expected: list[str]):
    folder = copied(tmp_path)
    change(folder, file, old, new)
    assert faults(folder) == expected
