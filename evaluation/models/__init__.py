"""Who evaluates, what they found on each criterion, and the report being written."""

from evaluation.models.appraisal import Appraisal, DivergenceNote, SecondWaiver
from evaluation.models.assignment import Assignment
from evaluation.models.judgement import Judgement
from evaluation.models.report import DraftReport
from evaluation.models.verdict import Verdict

__all__ = ["Appraisal", "Assignment", "DivergenceNote", "DraftReport", "Judgement", "SecondWaiver", "Verdict"]
