"""Who evaluates, what they found on each criterion, and the report being written."""

from evaluation.models.assignment import Assignment
from evaluation.models.report import DraftReport, Origin, ReportVersion
from evaluation.models.verdict import Verdict

__all__ = ["Assignment", "DraftReport", "Origin", "ReportVersion", "Verdict"]
