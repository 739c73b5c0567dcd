"""What there is to do on a candidature, stage by stage: the pages of the house where each piece of work is done.

A page belongs to the room that draws it; only its URL name is known here, as data.
"""

from dataclasses import dataclass

from referencing.stages import OPEN, WITH_EDITOR, Stage


@dataclass(frozen=True)
class Work:
    """A page where someone works: `right` opens it, `label` names it, `page` is its URL name (taking the reference)."""

    right: str
    label: str
    page: str
    stages: tuple[Stage, ...]
    icon: str = "fr-icon-edit-line"


FROM_EVALUATION = (
    Stage.IN_EVALUATION,
    Stage.COMPLEMENTS_REQUESTED,
    Stage.EVALUATED,
    Stage.IN_COMMISSION,
    Stage.OPINION_GIVEN,
    Stage.ACCEPTED,
    Stage.REJECTED,
    Stage.PUBLISHED,
)

WORKS: tuple[Work, ...] = (
    Work("answer", "Questionnaire d'orientation", "referencing:orientation", (Stage.DRAFT, Stage.INCOMPLETE)),
    Work(
        "answer",
        "Mes certificats ANS",
        "referencing:certificates",
        (Stage.DRAFT, Stage.INCOMPLETE),
        "fr-icon-award-line",
    ),
    Work(
        "answer",
        "Compléments demandés : à faire",
        "evaluation:to_do",
        (Stage.COMPLEMENTS_REQUESTED,),
        "fr-icon-list-ordered",
    ),
    Work("answer", "Répondre aux questionnaires", "referencing:answers", WITH_EDITOR),
    Work("answer", "Répartition dans l'équipe", "referencing:sharing", WITH_EDITOR, "fr-icon-team-line"),
    Work(
        "answer", "Vérifier avant de déposer ou de renvoyer", "referencing:check", WITH_EDITOR, "fr-icon-checkbox-line"
    ),
    Work(
        "answer",
        "Confirmation du dépôt",
        "referencing:filed",
        tuple(s for s in Stage if s != Stage.DRAFT),
        "fr-icon-check-line",
    ),
    Work(
        "read",
        "Lire les réponses et les preuves",
        "referencing:answers",
        tuple(s for s in Stage if s not in WITH_EDITOR),
    ),
    Work(
        "read",
        "Certificats ANS",
        "referencing:certificates",
        tuple(s for s in Stage if s not in (Stage.DRAFT, Stage.INCOMPLETE)),
        "fr-icon-award-line",
    ),
    Work(
        "read",
        "Comparer les réponses déposées",
        "referencing:compare",
        tuple(s for s in Stage if s != Stage.DRAFT),
        "fr-icon-arrow-left-right-line",
    ),
    Work("read", "Réponses en tableur", "referencing:spreadsheet", tuple(Stage), "fr-icon-table-line"),
    Work("read", "Tests techniques", "exchange:tests", OPEN, "fr-icon-test-tube-line"),
    Work("admit", "Examiner la recevabilité", "referencing:admissibility", (Stage.SUBMITTED,), "fr-icon-search-line"),
    Work("read", "Tours de compléments", "evaluation:rounds", FROM_EVALUATION, "fr-icon-refresh-line"),
    Work(
        "assign",
        "Affecter les experts",
        "evaluation:assign",
        (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED),
        "fr-icon-team-line",
    ),
    Work("judge", "Juger les critères", "evaluation:grid", (Stage.IN_EVALUATION,), "fr-icon-checkbox-line"),
    Work(
        "read_evaluation",
        "Lire l'évaluation",
        "evaluation:grid",
        tuple(s for s in FROM_EVALUATION if s != Stage.IN_EVALUATION),
        "fr-icon-eye-line",
    ),
    Work(
        "write_report",
        "Rédiger le rapport d'évaluation",
        "evaluation:report",
        (Stage.IN_EVALUATION,),
        "fr-icon-draft-line",
    ),
    Work(
        "read_evaluation",
        "Lire le rapport d'évaluation",
        "evaluation:report",
        tuple(s for s in FROM_EVALUATION if s not in (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED)),
        "fr-icon-draft-line",
    ),
    Work(
        "answer",
        "Lire le rapport d'évaluation",
        "evaluation:communicated",
        (*(s for s in FROM_EVALUATION if s not in (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED)), Stage.WITHDRAWN),
        "fr-icon-draft-line",
    ),
    Work(
        "read",
        "Réserves de la commission",
        "referencing:reserves",
        (Stage.OPINION_GIVEN, Stage.ACCEPTED, Stage.PUBLISHED),
        "fr-icon-error-warning-line",
    ),
    Work(
        "prepare_decision",
        "Préparer la décision",
        "referencing:decision",
        (Stage.OPINION_GIVEN,),
        "fr-icon-quill-pen-line",
    ),
    Work(
        "record_convention",
        "Convention et signatures",
        "referencing:convention",
        (Stage.ACCEPTED, Stage.PUBLISHED),
        "fr-icon-quill-pen-line",
    ),
    Work(
        "write_fiche",
        "Fiche du catalogue",
        "catalogue:fiche",
        (Stage.DRAFT, Stage.INCOMPLETE, Stage.ACCEPTED),
        "fr-icon-file-text-line",
    ),
    Work("read", "Documents", "dossiers:papers", tuple(s for s in Stage if s != Stage.DRAFT), "fr-icon-file-pdf-line"),
    Work(
        "answer", "Renouveler ou décliner ce service", "referencing:renew", (Stage.PUBLISHED,), "fr-icon-refresh-line"
    ),
    Work("answer", "Version du référentiel", "referencing:version", (Stage.DRAFT,), "fr-icon-git-branch-line"),
    Work("read", "Délais", "referencing:clocks", tuple(s for s in Stage if s != Stage.DRAFT), "fr-icon-timer-line"),
    Work("read_journal", "Journal", "referencing:history", tuple(Stage), "fr-icon-time-line"),
)

# verb → page where it is done.
VERB_PAGES = {
    "submit": "referencing:check",
    "return_complements": "evaluation:to_do",
    "extend_deadline": "referencing:answer_time",
    "declare_incomplete": "referencing:admissibility",
    "declare_inadmissible": "referencing:admissibility",
    "admit": "referencing:admissibility",
    "request_complements": "evaluation:complements",
    "conclude_evaluation": "evaluation:report",
    "schedule": "commission:put_on_agenda",
    "adjourn": "commission:item_of",
    "give_opinion": "commission:item_of",
    "accept": "referencing:decision",
    "reject": "referencing:decision",
    "publish": "catalogue:publish",
    "withdraw": "referencing:withdraw",
}

# Verbs that may be the one main action of the page; the others are reached through the work they end.
MAIN_VERBS = frozenset({"submit", "return_complements", "schedule", "publish"})

# stage → (who acts, what is awaited), in the words the éditeur reads too.
AWAITED: dict[Stage, tuple[str, str]] = {
    Stage.DRAFT: ("L'éditeur", "complète les questionnaires puis dépose la candidature"),
    Stage.SUBMITTED: ("Le support du GIE SESAM-Vitale", "vérifie que la candidature est complète et recevable"),
    Stage.INCOMPLETE: ("L'éditeur", "fournit les pièces manquantes"),
    Stage.IN_EVALUATION: ("Les experts évaluateurs", "jugent les réponses et les preuves"),
    Stage.COMPLEMENTS_REQUESTED: (
        "L'éditeur",
        "répond à la demande de compléments",
    ),
    Stage.EVALUATED: ("Le support du GIE SESAM-Vitale", "inscrit la candidature à une séance de la commission"),
    Stage.IN_COMMISSION: ("La commission de référencement", "examine le dossier en séance et rend son avis"),
    Stage.OPINION_GIVEN: ("Le ministère", "prépare et signe la décision"),
    Stage.ACCEPTED: ("Les trois parties", "signent la convention, puis le support publie le service"),
}

# stage → what the éditeur reads on their own card when it is their turn.
YOURS = {
    Stage.DRAFT: "complétez les questionnaires, puis déposez la candidature",
    Stage.INCOMPLETE: "fournissez les pièces manquantes",
    Stage.COMPLEMENTS_REQUESTED: "répondez à la demande de compléments",
}

# stage → rights that make it « your turn ».
TURN: dict[Stage, tuple[str, ...]] = {
    Stage.DRAFT: ("answer",),
    Stage.SUBMITTED: ("admit",),
    Stage.INCOMPLETE: ("answer",),
    Stage.IN_EVALUATION: ("judge", "assign"),
    Stage.COMPLEMENTS_REQUESTED: ("answer",),
    Stage.EVALUATED: ("schedule",),
    Stage.IN_COMMISSION: ("give_opinion",),
    Stage.OPINION_GIVEN: ("prepare_decision",),
    Stage.ACCEPTED: ("record_convention", "write_fiche"),
}
