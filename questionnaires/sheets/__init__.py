"""What may be done with a sheet. The hall and the pages above come here, never to the models directly."""

from questionnaires.sheets.answering import AnswerRefused, Conflict, attach, confirm, detach, save_answer
from questionnaires.sheets.opening import freeze, open_sheet, reopen, reopen_all, unanswered_reopenings
from questionnaires.sheets.orienting import OrientationRefused, advice, answer_orientation, orientation_steps
from questionnaires.sheets.overview import Item, ItemState, Overview, Point, Progress, overview
from questionnaires.sheets.snapshot import snapshot
from questionnaires.sheets.upgrading import drawn_on, open_upgraded, simulate_upgrade

__all__ = [
    "AnswerRefused",
    "Conflict",
    "Item",
    "ItemState",
    "OrientationRefused",
    "Overview",
    "Point",
    "Progress",
    "advice",
    "answer_orientation",
    "attach",
    "confirm",
    "detach",
    "drawn_on",
    "freeze",
    "open_sheet",
    "open_upgraded",
    "orientation_steps",
    "overview",
    "reopen",
    "reopen_all",
    "save_answer",
    "simulate_upgrade",
    "snapshot",
    "unanswered_reopenings",
]
