"""The hall: services, candidatures, and the acts and documents on file."""

from referencing.models.act import Act, Document
from referencing.models.candidature import (
    Candidature,
    CandidatureGroupPermission,
    CandidatureUserPermission,
)
from referencing.models.claim import Claim, EntrustedDraft
from referencing.models.clock import ClockFact
from referencing.models.counter import Counter
from referencing.models.decision import Convention, Decision, Signature
from referencing.models.discussion import Mention, Reading, Remark, Thread
from referencing.models.duration import StepDuration
from referencing.models.extension import Extension
from referencing.models.reading import ReadingMark
from referencing.models.service import Service
from referencing.models.sharing import SectionAssignment
from referencing.models.upgrade import Upgrade

__all__ = [
    "Act",
    "Candidature",
    "CandidatureGroupPermission",
    "CandidatureUserPermission",
    "Claim",
    "ClockFact",
    "Convention",
    "Counter",
    "Decision",
    "Document",
    "EntrustedDraft",
    "Extension",
    "Mention",
    "Reading",
    "ReadingMark",
    "Remark",
    "SectionAssignment",
    "Service",
    "Signature",
    "StepDuration",
    "Thread",
    "Upgrade",
]
