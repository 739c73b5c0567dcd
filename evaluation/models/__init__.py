"""Who evaluates, what they found on each criterion, what is asked of the éditeur, and the report being written."""

from evaluation.models.assignment import Assignment
from evaluation.models.complement import ComplementDraft, RequestFile
from evaluation.models.report import DraftReport
from evaluation.models.verdict import Verdict

__all__ = ["Assignment", "ComplementDraft", "DraftReport", "RequestFile", "Verdict"]
