"""What may be done with a sheet. The hall and the pages above come here, never to the models directly."""

from questionnaires.sheets.answering import AnswerRefused, Conflict, attach, detach, save_answer
from questionnaires.sheets.explaining import explain, explainer, search
from questionnaires.sheets.foreseeing import foresee
from questionnaires.sheets.opening import freeze, open_sheet, reopen, reopen_all, unanswered_reopenings
from questionnaires.sheets.orienting import (
    Foreseen,
    OrientationOvertaken,
    OrientationRefused,
    advice,
    answer_orientation,
    foresee_change,
    orientation_questions,
    orientation_steps,
)
from questionnaires.sheets.overview import Aside, Item, ItemState, Overview, Point, Progress, overview
from questionnaires.sheets.snapshot import snapshot

__all__ = [
    "AnswerRefused",
    "Aside",
    "Conflict",
    "Foreseen",
    "Item",
    "ItemState",
    "OrientationOvertaken",
    "OrientationRefused",
    "Overview",
    "Point",
    "Progress",
    "advice",
    "answer_orientation",
    "attach",
    "detach",
    "explain",
    "explainer",
    "foresee",
    "foresee_change",
    "freeze",
    "open_sheet",
    "orientation_questions",
    "orientation_steps",
    "overview",
    "reopen",
    "reopen_all",
    "save_answer",
    "search",
    "snapshot",
    "unanswered_reopenings",
]
