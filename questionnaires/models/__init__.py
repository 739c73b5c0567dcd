"""The référentiels (immutable), the sheets that answer them, and the vault of proofs."""

from questionnaires.models.imports import ReferentialImport
from questionnaires.models.published import PublishedVersionError
from questionnaires.models.referential import (
    Criterion,
    ExpectedProof,
    Questionnaire,
    Section,
    SourceText,
    Variable,
    Version,
)
from questionnaires.models.sheet import Answer, EvidenceUse, Reopening, Sheet
from questionnaires.models.vault import Evidence, EvidenceRevision

__all__ = [
    "Answer",
    "Criterion",
    "Evidence",
    "EvidenceRevision",
    "EvidenceUse",
    "ExpectedProof",
    "PublishedVersionError",
    "Questionnaire",
    "ReferentialImport",
    "Reopening",
    "Section",
    "Sheet",
    "SourceText",
    "Variable",
    "Version",
]
