"""A published version of the criteria: rows written once by the loader, pinned by a hash of the text files."""

from typing import ClassVar

from django.db import models

from accounts.roles import Profile
from kit.constraints import one_of
from questionnaires.models.published import Published, PublishedQuerySet
from questionnaires.na_reasons import Reason


class VersionQuerySet(PublishedQuerySet):
    def open_for_filing(self) -> "VersionQuerySet":
        """Versions a new candidature may be pinned to, the newest first."""
        return self.filter(is_open=True).order_by("-effective_on", "-pk")


class Version(Published):
    """One edition of the référentiel. `content_sha256` is that of its text files, in a fixed order.

    Reloading the same code with other content is refused: a change is a new code. Only `is_open` may change
    later (`save(update_fields=["is_open"])`): a version closes to new candidatures without changing.
    """

    code = models.SlugField("code", max_length=60, unique=True)
    title = models.CharField("titre", max_length=200)
    summary = models.TextField("présentation", blank=True)
    source = models.TextField("origine", help_text="D'où viennent les critères, et ce qu'ils ne sont pas.")
    effective_on = models.DateField("en vigueur le")
    is_open = models.BooleanField("ouverte aux nouvelles candidatures", default=True)
    content_sha256 = models.CharField(max_length=64, unique=True)
    rules = models.JSONField(
        default=list,
        help_text="Rapports à contrôler entre les réponses d'orientation, chacun {when, then, sentence, blocking}.",
    )
    lineage = models.JSONField(
        default=dict,
        help_text="Ce que la version précédente est devenue, comme l'écrit questionnaires.lineage.Lineage.",
    )
    scale = models.JSONField(
        "barème",
        default=dict,
        help_text="Ce que vaut chaque verdict et les seuils, comme les écrit questionnaires.scales.Scale.",
    )
    certifications = models.JSONField(
        "éditions des certificats", default=list, help_text="Éditions connues des certificats, {kind, code, title}."
    )
    loaded_at = models.DateTimeField(auto_now_add=True)

    changeable: ClassVar[frozenset[str]] = frozenset({"is_open"})
    objects: ClassVar = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version du référentiel"
        ordering = ("-effective_on", "-pk")

    def __str__(self) -> str:
        return self.title


class SourceText(Published):
    """One of the text files that a version was loaded from, to the byte: together they have its hash."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="texts")
    name = models.CharField("nom du fichier", max_length=60)
    content = models.TextField("contenu")

    class Meta:
        verbose_name = "texte d'origine"
        ordering = ("version", "name")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "name"), name="source_text_once_per_version")
        ]

    def __str__(self) -> str:
        return self.name


class VariableKind(models.TextChoices):
    BOOLEAN = "boolean", "oui ou non"
    CHOICE = "choice", "un choix"
    MULTIPLE = "multiple", "plusieurs choix"


class Variable(Published):
    """A question of the orientation questionnaire. Its value in `Sheet.facts` is a bool, a code, or a list of codes."""

    Kind = VariableKind

    version = models.ForeignKey(Version, models.CASCADE, related_name="variables")
    code = models.SlugField(max_length=60)
    step = models.CharField("étape", max_length=120)
    label = models.CharField("question", max_length=300)
    help = models.TextField("aide", blank=True)
    statement = models.CharField(
        max_length=300,
        help_text="La réponse « oui » dite en une phrase, pour expliquer pourquoi un critère s'applique.",
    )
    negation = models.CharField(
        max_length=300, blank=True, help_text="La réponse « non » dite en une phrase ; vide pour un choix."
    )
    kind = models.CharField(max_length=10, choices=VariableKind)
    choices = models.JSONField(default=list, help_text="Paires [code, libellé].")
    derived_from = models.CharField(
        max_length=300, blank=True, help_text="Condition sur d'autres variables ; la question n'est alors pas posée."
    )
    asked_if = models.CharField(max_length=300, blank=True, help_text="Condition pour poser la question.")
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "question d'orientation"
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "code"), name="variable_once_per_version"),
            one_of("kind", VariableKind, "variable_kind_known"),
        ]

    def __str__(self) -> str:
        return self.label


class Questionnaire(Published):
    """A group of sections. `is_answered` is false for the milestones of the technical tests, proven otherwise."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="questionnaires")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    intro = models.TextField(blank=True)
    is_answered = models.BooleanField(default=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "questionnaire"
        ordering = ("version", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "code"), name="questionnaire_once_per_version")
        ]

    def __str__(self) -> str:
        return self.title


class Section(Published):
    """A group of criteria shown together, with advice that holds for all of them."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=200)
    advice = models.TextField("conseils", blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "section"
        ordering = ("questionnaire__order", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("questionnaire", "code"), name="section_once_per_questionnaire")
        ]

    def __str__(self) -> str:
        return self.title


class CriterionLevel(models.TextChoices):
    MANDATORY = "O", "Obligatoire"
    RECOMMENDED = "R", "Recommandé"


class Criterion(Published):
    """One requirement. `condition` says when it applies (questionnaires/applicability.py reads it).

    `grounds` copies the sentences of the variables that its condition and its points name,
    {variable: [statement, negation]}, so that a criterion can say why it applies without another read; `na_reasons`
    copies in the same way the reasons for which it admits « Non applicable », none when it never does.
    """

    Level = CriterionLevel

    version = models.ForeignKey(Version, models.CASCADE, related_name="criteria")
    section = models.ForeignKey(Section, models.CASCADE, related_name="criteria")
    code = models.CharField(max_length=30)
    text = models.TextField("exigence")
    points = models.JSONField(
        "points à vérifier",
        default=list,
        help_text="Exigences fusionnées dans celle-ci, chacune {code, text, level, condition, coverage}.",
    )
    guidance = models.TextField("conseils", blank=True)
    examples = models.JSONField(
        "exemples",
        default=dict,
        help_text="Ce qui convainc et ce qui ne suffit pas : {enough, not_enough}, des textes.",
    )
    na_reasons = models.JSONField(
        "motifs de « Non applicable »",
        default=list,
        help_text="Motifs admis, chacun {code, text, needs_text, needs_proof}.",
    )
    condition = models.CharField(max_length=300, default="toujours")
    grounds = models.JSONField(default=dict)
    level = models.CharField(max_length=1, choices=CriterionLevel)
    profile = models.CharField(max_length=8, choices=Profile)
    coverage = models.JSONField(
        "couverture par les certificats",
        default=list,
        help_text="Ce que chaque édition d'un certificat en couvre, {kind, edition, extent, remaining}.",
    )
    double_evaluation = models.BooleanField(
        "double évaluation", default=False, help_text="Deux experts le jugent, sans se lire avant d'avoir jugé."
    )
    weight = models.PositiveSmallIntegerField(
        "poids", default=1, help_text="Ce qu'il pèse dans la note d'aide à la décision ; 0 : il n'y compte pas."
    )
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "critère"
        ordering = ("version", "section__questionnaire__order", "section__order", "order")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("version", "code"), name="criterion_once_per_version"),
            one_of("level", CriterionLevel, "criterion_level_known"),
            one_of("profile", Profile, "criterion_profile_known"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def dispensed_by(self) -> list[str]:
        """The certificates that cover it, in whole or in part: "DMN", "TLC"."""
        return list(dict.fromkeys(row["kind"] for row in self.coverage))

    @property
    def is_mandatory(self) -> bool:
        return self.level == self.Level.MANDATORY

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons for which « Non applicable » may be answered."""
        return tuple(Reason(**reason) for reason in self.na_reasons)


class ProofKind(models.TextChoices):
    DECLARATION = "DECL", "Déclaration"
    DOCUMENT = "DOC", "Document"
    CAPTURE = "CAPT", "Capture d'écran"
    LINK = "URL", "Lien public"
    CERTIFICATE = "CERT", "Certificat"
    REPORT = "RAPP", "Rapport"
    CONTRACT = "CONTRAT", "Contrat"
    TEST = "TEST", "Résultat de test"
    MEASURE = "MESURE", "Mesure"
    DEMO = "DEMO", "Accès de démonstration"
    REGISTER = "REGISTRE", "Registre"
    DPIA = "AIPD", "Analyse d'impact (AIPD)"
    ATTESTATION = "ATTEST", "Attestation"


class ExpectedProof(Published):
    """A kind of proof that a criterion expects. Declarations and measures are written, the others deposited."""

    Kind = ProofKind

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="expected_proofs")
    kind = models.CharField(max_length=10, choices=ProofKind)
    detail = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "preuve attendue"
        ordering = ("criterion", "order")
        constraints: ClassVar = [one_of("kind", ProofKind, "expected_proof_kind_known")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.detail}".strip()

    @property
    def is_written(self) -> bool:
        """Whether the comment of the answer is enough: a declaration, a link, a measure, a demonstration access."""
        return self.kind in WRITTEN_KINDS


WRITTEN_KINDS = frozenset({ProofKind.DECLARATION, ProofKind.LINK, ProofKind.MEASURE, ProofKind.DEMO})
