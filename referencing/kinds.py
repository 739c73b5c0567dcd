"""Kinds of acts and of documents. Apart from the models, so that guards may name them."""

from django.db import models


class ActKind(models.TextChoices):
    """A fact that may be on file. What each payload holds is in `referencing/payloads.py`."""

    FILING = "filing", "Dépôt"
    INCOMPLETENESS = "incompleteness", "Constat d'incomplétude"
    INADMISSIBILITY = "inadmissibility", "Constat d'irrecevabilité"
    ADMISSION = "admission", "Recevabilité"
    UNIT_TESTS = "unit_tests", "Tests unitaires"
    TEST_BOOK = "test_book", "Cahier de tests final"
    COMPLEMENT_REQUEST = "complement_request", "Demande de compléments"
    EXTENSION = "extension", "Délai prolongé"
    COMPLEMENT_RETURN = "complement_return", "Réponse aux compléments"
    REPORT = "report", "Rapport d'évaluation"
    DOSSIER = "dossier", "Dossier scellé"
    SCHEDULING = "scheduling", "Inscription à l'ordre du jour"
    ADJOURNMENT = "adjournment", "Ajournement"
    OPINION = "opinion", "Avis de la commission"
    RESERVE_LIFTED = "reserve_lifted", "Levée de réserve"
    DECISION = "decision", "Décision"
    CONVENTION = "convention", "Convention"
    FICHE = "fiche", "Fiche du catalogue"
    WITHDRAWAL = "withdrawal", "Retrait"
    EXPIRY = "expiry", "Caducité"


class DocumentKind(models.TextChoices):
    RECEIPT = "receipt", "Accusé de réception"
    TESTS = "tests", "Preuve des tests techniques"
    DOSSIER = "dossier", "Dossier de candidature"
    REPORT = "report", "Rapport d'évaluation"
    REPORT_COPY = "report_copy", "Rapport d'évaluation communiqué"
    OPINION = "opinion", "Avis de la commission"
    MINUTES = "minutes", "Procès-verbal"
    DECISION = "decision", "Décision"
    CONVENTION = "convention", "Convention"


class Opinion(models.TextChoices):
    """The four values of an avis (domain/referencing: commission, confirmed by the guide)."""

    FAVOURABLE = "favourable", "Favorable"
    FAVOURABLE_RESERVES = "favourable_reserves", "Favorable avec réserves non suspensives"
    FAVOURABLE_SUSPENSIVE = "favourable_suspensive", "Favorable avec réserves suspensives"
    UNFAVOURABLE = "unfavourable", "Défavorable"


class Audience(models.TextChoices):
    """Who may open a document."""

    EDITOR = "editor", "éditeur et administration"
    INTERNAL = "internal", "administration"


class Outcome(models.TextChoices):
    """Sense of a decision; each value is also the verb that signs it."""

    ACCEPT = "accept", "Référencer le service"
    REJECT = "reject", "Refuser le référencement"


class Party(models.TextChoices):
    """The three parties to the convention (CSP, art. R. 1111-38)."""

    EDITOR = "editor", "Éditeur"
    MINISTER = "minister", "Ministre chargé de la santé"
    CNAM = "cnam", "Caisse nationale de l'assurance maladie"
