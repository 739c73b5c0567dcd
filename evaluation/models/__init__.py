"""Who evaluates, what they found on each criterion, what is asked of the éditeur, and the report being written."""

from evaluation.models.appraisal import Appraisal, DivergenceNote, SecondWaiver
from evaluation.models.assignment import Assignment
from evaluation.models.complement import ComplementDraft, RequestFile
from evaluation.models.draft import DraftVerdict
from evaluation.models.expert import ExpertProfile, Interest
from evaluation.models.judgement import Judgement
from evaluation.models.reply import Reply
from evaluation.models.report import DraftReport, Origin, ReportVersion
from evaluation.models.verdict import Verdict

__all__ = [
    "Appraisal",
    "Assignment",
    "ComplementDraft",
    "DivergenceNote",
    "DraftReport",
    "DraftVerdict",
    "ExpertProfile",
    "Interest",
    "Judgement",
    "Origin",
    "Reply",
    "ReportVersion",
    "RequestFile",
    "SecondWaiver",
    "Verdict",
]
