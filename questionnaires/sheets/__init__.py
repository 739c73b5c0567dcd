"""What may be done with a sheet. The hall and the pages above come here, never to the models directly."""

from questionnaires.sheets.answering import (
    AnswerRefused,
    Conflict,
    Said,
    Sending,
    attach,
    detach,
    move_use,
    said_of,
    save_answer,
)
from questionnaires.sheets.certifying import (
    Given,
    certificates_of,
    check_certificate,
    editions_of,
    kinds_asked,
    remove_certificate,
    save_certificate,
)
from questionnaires.sheets.confirming import confirm, to_confirm
from questionnaires.sheets.covering import holding_of
from questionnaires.sheets.explaining import explain, explainer, search
from questionnaires.sheets.foreseeing import foresee
from questionnaires.sheets.marking import mark
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
from questionnaires.sheets.overview import Aside, Item, Overview, Point, Progress, SectionView, overview
from questionnaires.sheets.overviews import overviews, unanswered
from questionnaires.sheets.shortfalls import ItemState
from questionnaires.sheets.snapshot import snapshot
from questionnaires.sheets.standing import Standing, standing
from questionnaires.sheets.upgrading import drawn_on, open_upgraded, simulate_upgrade

__all__ = [
    "AnswerRefused",
    "Aside",
    "Conflict",
    "Foreseen",
    "Given",
    "Item",
    "ItemState",
    "OrientationOvertaken",
    "OrientationRefused",
    "Overview",
    "Point",
    "Progress",
    "Said",
    "SectionView",
    "Sending",
    "Standing",
    "advice",
    "answer_orientation",
    "attach",
    "certificates_of",
    "check_certificate",
    "confirm",
    "detach",
    "drawn_on",
    "editions_of",
    "explain",
    "explainer",
    "foresee",
    "foresee_change",
    "freeze",
    "holding_of",
    "kinds_asked",
    "mark",
    "move_use",
    "open_sheet",
    "open_upgraded",
    "orientation_questions",
    "orientation_steps",
    "overview",
    "overviews",
    "remove_certificate",
    "reopen",
    "reopen_all",
    "said_of",
    "save_answer",
    "save_certificate",
    "search",
    "simulate_upgrade",
    "snapshot",
    "standing",
    "to_confirm",
    "unanswered",
    "unanswered_reopenings",
]
