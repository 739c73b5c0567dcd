"""The sheets of a référentiel in a spreadsheet. The columns of the criteria are those that the trade exchanges."""

from typing import Final

from questionnaires.models import Criterion, Variable

VERSION: Final = "Version"
QUESTIONNAIRES: Final = "Questionnaires"
SECTIONS: Final = "Sections"
CRITERIA: Final = "Critères"
ORIENTATION: Final = "Orientation"
RULES: Final = "Règles"
EVOLUTION: Final = "Évolution"
CERTIFICATES: Final = "Certificats"
COVERAGE: Final = "Couverture"
REASONS: Final = "Motifs"
SCALE: Final = "Barème"

COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    VERSION: ("information", "valeur"),
    QUESTIONNAIRES: ("code", "titre", "présentation", "réponses attendues", "motifs"),
    SECTIONS: ("questionnaire", "section", "conseils"),
    CRITERIA: (
        "domaine",
        "section",
        "section_titre",
        "questionnaire",
        "id",
        "exigence",
        "condition",
        "niveau",
        "preuves",
        "simplification",
        "dispense",
        "profil",
        "base",
        "conseils",
        "motifs",
        "jamais non applicable",
        "suffit",
        "ne suffit pas",
        "double évaluation",
        "poids",
    ),
    ORIENTATION: (
        "étape",
        "code",
        "question",
        "aide",
        "nature",
        "oui",
        "non",
        "choix",
        "se déduit de",
        "posée si",
    ),
    RULES: ("si", "alors", "phrase", "bloquante"),
    EVOLUTION: ("ancien", "devenir", "vers", "garder la réponse", "garder les preuves"),
    CERTIFICATES: ("nature", "édition", "titre"),
    COVERAGE: ("nature", "édition", "critère", "étendue", "reste à prouver"),
    REASONS: ("code", "motif", "explication demandée", "pièce demandée"),
    SCALE: ("nature", "nom", "valeur"),
}
REQUIRED: Final = {
    VERSION: ("information", "valeur"),
    QUESTIONNAIRES: ("code", "titre"),
    SECTIONS: ("questionnaire", "section", "conseils"),
    CRITERIA: ("section", "questionnaire", "id", "exigence", "niveau", "preuves", "profil"),
    ORIENTATION: ("étape", "code", "question", "nature"),
    RULES: ("si", "alors", "phrase"),
    EVOLUTION: ("ancien", "devenir"),
    CERTIFICATES: ("nature", "édition", "titre"),
    COVERAGE: ("nature", "édition", "critère", "étendue"),
    REASONS: ("code", "motif"),
    SCALE: ("nature", "nom", "valeur"),
}
NEEDED_SHEETS: Final = (VERSION, CRITERIA, ORIENTATION)

# « information » of the sheet Version → key of referentiel.yaml; the version followed goes elsewhere.
HEAD_KEYS: Final = {
    "code": "code",
    "titre": "title",
    "présentation": "summary",
    "origine": "source",
    "en vigueur le": "effective_on",
    "ouverte": "is_open",
}
FOLLOWS: Final = "version précédente"

# Key of the text files → column that people read, for the sentences of the faults.
NAMES: Final = {
    **{key: name for name, key in HEAD_KEYS.items()},
    "text": "exigence",
    "level": "niveau",
    "profile": "profil",
    "proofs": "preuves",
    "dispensed_by": "dispense",
    "guidance": "conseils",
    "label": "question",
    "help": "aide",
    "kind": "nature",
    "statement": "oui",
    "negation": "non",
    "choices": "choix",
    "derived_from": "se déduit de",
    "asked_if": "posée si",
    "when": "si",
    "then": "alors",
    "sentence": "phrase",
    "blocking": "bloquante",
    "keep_answer": "garder la réponse",
    "keep_proofs": "garder les preuves",
    "intro": "présentation",
    "na_reasons": "motifs",
    "never_na": "jamais non applicable",
    "enough": "suffit",
    "not_enough": "ne suffit pas",
    "needs_text": "explication demandée",
    "needs_proof": "pièce demandée",
    "double_evaluation": "double évaluation",
    "weight": "poids",
    "points": "points",
    "mandatory": "seuil de chaque critère obligatoire",
    "whole": "seuil de l'ensemble",
    "bareme.yaml": f"la feuille « {SCALE} »",
    "couverture.yaml": f"la feuille « {CERTIFICATES} »",
    "motifs.yaml": f"la feuille « {REASONS} »",
}
# The same, where a file calls its columns otherwise.
NAMES_OF: Final[dict[str, dict[str, str]]] = {
    "couverture.yaml": {**NAMES, "code": "édition"},
    "motifs.yaml": {**NAMES, "text": "motif"},
}

LEVELS: Final = {"O": "obligatoire", "R": "recommandé"}
LEVEL_LETTERS: Final = {Criterion.Level.MANDATORY.value: "O", Criterion.Level.RECOMMENDED.value: "R"}
DISPENSATIONS: Final = {"-": [], "": [], "D": ["DMN"], "T": ["TLC"], "DT": ["DMN", "TLC"]}
KINDS: Final = {str(kind.label): str(kind.value) for kind in Variable.Kind}
KEPT, MERGED, DROPPED = "K", "F:", "S"

# « devenir » of the sheet Évolution → key of evolution.yaml.
FATES: Final = {
    "renommé": "renamed",
    "fusionné": "merged",
    "scindé": "split",
    "retiré": "removed",
    "question renommée": "renamed_variables",
}
SAME: Final = "gardé"
"""« devenir » of a criterion that goes on under its code, but whose answer or proofs are not all carried over."""

WHOLE_ONLY: Final = ("motifs", "jamais non applicable", "suffit", "ne suffit pas", "double évaluation", "poids")
"""Columns of a criterion that a requirement merged into another has not."""

POINTS, THRESHOLD = "points", "seuil"
EACH_MANDATORY, ALL_OF_IT = "chaque critère obligatoire", "ensemble"
"""Names of the two thresholds of the sheet Barème that aim at no questionnaire."""

PARTIAL, NOT_YET = "partielle", "pas encore"
