"""The référentiels (immutable), the sheets that answer them, and the vault of proofs."""

from questionnaires.models.certificate import Certificate
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
from questionnaires.models.scanned import ScannedFile
from questionnaires.models.sheet import Answer, EvidenceUse, Reopening, Sheet
from questionnaires.models.upload import Upload, UploadPart
from questionnaires.models.vault import Evidence, EvidenceRevision
from questionnaires.models.workbook import PendingImport

__all__ = [
    "Answer",
    "Certificate",
    "Criterion",
    "Evidence",
    "EvidenceRevision",
    "EvidenceUse",
    "ExpectedProof",
    "PendingImport",
    "PublishedVersionError",
    "Questionnaire",
    "ReferentialImport",
    "Reopening",
    "ScannedFile",
    "Section",
    "Sheet",
    "SourceText",
    "Upload",
    "UploadPart",
    "Variable",
    "Version",
]
