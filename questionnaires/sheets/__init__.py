"""What may be done with a sheet. The hall and the pages above come here, never to the models directly."""

from questionnaires.sheets.answering import AnswerRefused, Conflict, attach, detach, save_answer
from questionnaires.sheets.opening import freeze, open_sheet, reopen, reopen_all, unanswered_reopenings
from questionnaires.sheets.orienting import OrientationRefused, advice, answer_orientation, orientation_steps
from questionnaires.sheets.overview import Item, ItemState, Overview, Point, Progress, SectionView, overview
from questionnaires.sheets.overviews import overviews, unanswered
from questionnaires.sheets.snapshot import snapshot

__all__ = [
    "AnswerRefused",
    "Conflict",
    "Item",
    "ItemState",
    "OrientationRefused",
    "Overview",
    "Point",
    "Progress",
    "SectionView",
    "advice",
    "answer_orientation",
    "attach",
    "detach",
    "freeze",
    "open_sheet",
    "orientation_steps",
    "overview",
    "overviews",
    "reopen",
    "reopen_all",
    "save_answer",
    "snapshot",
    "unanswered",
    "unanswered_reopenings",
]
