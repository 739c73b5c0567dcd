"""The stages of a candidature and the groups of them that the house speaks of. Named here once."""

from django.db import models


class Stage(models.TextChoices):
    """Stage as the staff names it; `PUBLIC_LABELS` has what the éditeur reads."""

    DRAFT = "draft", "Brouillon"
    SUBMITTED = "submitted", "Recevabilité à examiner"
    INCOMPLETE = "incomplete", "Incomplète"
    INADMISSIBLE = "inadmissible", "Irrecevable"
    IN_EVALUATION = "in_evaluation", "En évaluation"
    COMPLEMENTS_REQUESTED = "complements_requested", "Compléments demandés"
    EVALUATED = "evaluated", "Évaluée"
    IN_COMMISSION = "in_commission", "Inscrite en commission"
    OPINION_GIVEN = "opinion_given", "Avis rendu"
    ACCEPTED = "accepted", "Acceptée, convention à signer"
    REJECTED = "rejected", "Refusée"
    PUBLISHED = "published", "Publiée"
    WITHDRAWN = "withdrawn", "Retirée"


PUBLIC_LABELS = {
    Stage.DRAFT: "Brouillon — pas encore déposée",
    Stage.SUBMITTED: "Déposée — vérification en cours",
    Stage.INCOMPLETE: "Incomplète — des pièces manquent",
    Stage.INADMISSIBLE: "Irrecevable",
    Stage.IN_EVALUATION: "En évaluation",
    Stage.COMPLEMENTS_REQUESTED: "Compléments demandés",
    Stage.EVALUATED: "Évaluée — passage en commission à venir",
    Stage.IN_COMMISSION: "Inscrite à une séance de la commission",
    Stage.OPINION_GIVEN: "Avis rendu — décision du ministre attendue",
    Stage.ACCEPTED: "Acceptée — convention à signer",
    Stage.REJECTED: "Refusée",
    Stage.PUBLISHED: "Publiée au catalogue",
    Stage.WITHDRAWN: "Retirée",
}

FINAL = (Stage.INADMISSIBLE, Stage.REJECTED, Stage.PUBLISHED, Stage.WITHDRAWN)
OPEN = tuple(stage for stage in Stage if stage not in FINAL)
FILED = tuple(stage for stage in Stage if stage != Stage.DRAFT)
WITH_EDITOR = (Stage.DRAFT, Stage.INCOMPLETE, Stage.COMPLEMENTS_REQUESTED)
MINISTRY_READS = (Stage.OPINION_GIVEN, Stage.ACCEPTED, Stage.REJECTED, Stage.PUBLISHED)
# The seven steps a person sees at the top of the page, in order, and the stages each one gathers.
STEPS: tuple[tuple[str, tuple[Stage, ...]], ...] = (
    ("Dépôt", (Stage.DRAFT, Stage.INCOMPLETE)),
    ("Recevabilité", (Stage.SUBMITTED, Stage.INADMISSIBLE)),
    ("Évaluation", (Stage.IN_EVALUATION, Stage.COMPLEMENTS_REQUESTED)),
    ("Commission", (Stage.EVALUATED, Stage.IN_COMMISSION)),
    ("Décision", (Stage.OPINION_GIVEN, Stage.REJECTED)),
    ("Convention", (Stage.ACCEPTED,)),
    ("Publication", (Stage.PUBLISHED,)),
)
