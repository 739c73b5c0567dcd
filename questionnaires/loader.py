"""From text files to the immutable rows of a version, once, in one transaction."""

from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from questionnaires.conditions import parse
from questionnaires.drafting_scale import scale_of
from questionnaires.drafts import (
    DraftCriterion,
    DraftQuestionnaire,
    DraftReason,
    DraftSection,
    DraftVariable,
    DraftVersion,
)
from questionnaires.editions import coverage_of
from questionnaires.evolving import Ancestor, lineage_of
from questionnaires.lint import lint_source
from questionnaires.models import Criterion, ExpectedProof, Questionnaire, Section, SourceText, Variable, Version
from questionnaires.reading import Fault
from questionnaires.sources import Texts, hash_of, texts_of

REFERENTIALS = Path(__file__).parent / "referentials"
ALREADY_PUBLISHED = (
    "La version « {code} » est déjà publiée avec un autre contenu : une version publiée ne change jamais. "
    "Donnez un nouveau code à ces fichiers."
)


class LoadRefused(Exception):
    """The folder cannot become a version. `sentences` are « fichier:ligne : phrase », all of them."""

    def __init__(self, faults: list[Fault] | list[str]) -> None:
        self.sentences = [str(fault) for fault in faults]
        super().__init__("\n".join(self.sentences))


def default_folders() -> list[Path]:
    """Return the folders of the référentiels that the project publishes, in alphabetical order."""
    return sorted(path for path in REFERENTIALS.iterdir() if path.is_dir())


def content_hash(folder: Path) -> str:
    """Return the SHA-256 of the text files of a folder."""
    return hash_of(texts_of(folder))


def ancestors() -> dict[str, Ancestor]:
    """Return the published versions that a new one may follow, by code."""
    return {
        version.code: Ancestor(
            version.code,
            frozenset(criterion.code for criterion in version.criteria.all()),
            frozenset(point["code"] for criterion in version.criteria.all() for point in criterion.points),
            frozenset(variable.code for variable in version.variables.all()),
        )
        for version in Version.objects.prefetch_related("criteria", "variables")
    }


def load(folder: Path) -> Version:
    """Load a folder, or return the version it already is.

    Raises LoadRefused when the files have faults, or when the same code was loaded with other content.
    """
    if not folder.is_dir():
        raise LoadRefused([Fault(str(folder), 1, "ce dossier n'existe pas")])
    return load_texts({path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()})


def load_texts(files: Mapping[str, bytes]) -> Version:
    """Load text files as `load` does a folder, and keep them: a version can be given back as it was written."""
    sha256 = hash_of(files)
    known = Version.objects.filter(content_sha256=sha256).first()
    if known is not None:  # these very files, which had no fault then
        return known
    linted = lint_source(Texts(files), ancestors())
    if linted.faults or linted.draft is None:
        raise LoadRefused(linted.faults)
    draft = linted.draft
    with transaction.atomic():
        version = Version.objects.filter(code=draft.code).first() or _write(draft, sha256)
        if version.content_sha256 != sha256:
            raise LoadRefused([ALREADY_PUBLISHED.format(code=draft.code)])
        if not version.texts.exists():
            SourceText.objects.bulk_create(
                SourceText(version=version, name=name, content=content.decode()) for name, content in files.items()
            )
    return version


def _write(draft: DraftVersion, sha256: str) -> Version:
    version = Version.objects.create(
        code=draft.code,
        title=draft.title,
        summary=draft.summary,
        source=draft.source,
        effective_on=draft.effective_on,
        is_open=draft.is_open,
        content_sha256=sha256,
        rules=[
            {"when": rule.when, "then": rule.then, "sentence": rule.sentence, "blocking": rule.blocking}
            for rule in draft.rules
        ],
        certifications=[{"kind": one.kind, "code": one.code, "title": one.title} for one in draft.editions],
        scale=scale_of(draft),
        lineage=lineage_of(draft).as_json() if draft.evolution else {},
    )
    Variable.objects.bulk_create(
        _variable(version, rank, variable) for rank, variable in enumerate(draft.variables, start=1)
    )
    for rank, questionnaire in enumerate(draft.questionnaires, start=1):
        row = Questionnaire.objects.create(
            version=version,
            code=questionnaire.code,
            title=questionnaire.title,
            intro=questionnaire.intro,
            is_answered=questionnaire.is_answered,
            order=rank,
        )
        for number, section in enumerate(questionnaire.sections, start=1):
            _write_section(row, number, section, draft, questionnaire)
    return version


def _variable(version: Version, rank: int, draft: DraftVariable) -> Variable:
    return Variable(
        version=version,
        code=draft.code,
        step=draft.step,
        label=draft.label,
        help=draft.help,
        statement=draft.statement,
        negation=draft.negation,
        kind=draft.kind,
        choices=[list(choice) for choice in draft.choices],
        derived_from=draft.derived_from,
        asked_if=draft.asked_if,
        order=rank,
    )


def _write_section(
    row: Questionnaire, rank: int, draft: DraftSection, version: DraftVersion, questionnaire: DraftQuestionnaire
) -> None:
    section = Section.objects.create(
        questionnaire=row, code=draft.code, title=draft.title, advice=draft.advice, order=rank
    )
    criteria = Criterion.objects.bulk_create(
        _criterion(section, number, criterion, version, version.admitted_by(questionnaire, criterion))
        for number, criterion in enumerate(draft.criteria, start=1)
    )
    ExpectedProof.objects.bulk_create(
        ExpectedProof(criterion=row, kind=kind, detail=detail, order=number)
        for row, criterion in zip(criteria, draft.criteria, strict=True)
        for number, (kind, detail) in enumerate(criterion.proofs, start=1)
    )


def _criterion(
    section: Section, rank: int, draft: DraftCriterion, version: DraftVersion, reasons: list[DraftReason]
) -> Criterion:
    grounds = {variable.code: [variable.statement, variable.negation] for variable in version.variables}
    conditions = [draft.condition, *(point.condition for point in draft.points)]
    named = {name for condition in conditions for name in parse(condition).variables}
    return Criterion(
        version=section.questionnaire.version,
        section=section,
        code=draft.code,
        text=draft.text,
        points=[
            {
                "code": point.code,
                "text": point.text,
                "level": point.level,
                "condition": point.condition,
                "coverage": coverage_of(point, version.editions),
            }
            for point in draft.points
        ],
        guidance=draft.guidance,
        examples=draft.examples,
        na_reasons=[
            {
                "code": reason.code,
                "text": reason.text,
                "needs_text": reason.needs_text,
                "needs_proof": reason.needs_proof,
            }
            for reason in reasons
        ],
        condition=draft.condition,
        grounds={name: grounds[name] for name in sorted(named)},
        level=draft.level,
        profile=draft.profile,
        coverage=coverage_of(draft, version.editions),
        double_evaluation=draft.double_evaluation,
        weight=draft.weight,
        order=rank,
    )
