"""What the éditeur's people read of their own work on a criterion: states, discussion. Others get none of it."""

from typing import Any

from accounts.requests import SignedRequest
from questionnaires import sheets
from questionnaires.models import Answer
from questionnaires.sheets import Item
from questionnaires.sheets.filters import choices, filter_named, kept
from questionnaires.sheets.overview import QuestionnaireView
from referencing import access, discussions
from referencing.discussion_forms import MarkForm
from referencing.models import Candidature


def beside(request: SignedRequest, candidature: Candidature, item: Item) -> dict[str, Any]:
    """Return what the page of a criterion shows the team beside the answer; nothing for anybody else."""
    if not access.may(request.user, "answer", candidature):
        return {}
    threads = discussions.threads_of(candidature, request.user)
    sent = "mark_was" in request.POST
    return {
        "talk": threads.filter(criterion=item.criterion).first(),
        "marks": MarkForm(request.POST) if sent else MarkForm.of(item),
    }


def keep_mark(request: SignedRequest, candidature: Candidature, item: Item) -> None:
    """Give the answer that was just saved the state sent with it, unless the form carried none."""
    if "mark_was" not in request.POST:
        return
    answer = candidature.sheet.answers.filter(criterion=item.criterion).first() or Answer()
    wanted = MarkForm(request.POST).wanted(answer)
    if wanted is not None:
        sheets.mark(candidature.sheet, item.criterion, wanted, request.user)


def listed(request: SignedRequest, candidature: Candidature, view: QuestionnaireView) -> dict[str, Any]:
    """Return the list of a questionnaire that the address asks for, and the other ones on offer."""
    team = access.may(request.user, "answer", candidature)
    chosen = filter_named(request.GET.get("voir", ""), team=team)
    threads = discussions.threads_of(candidature, request.user) if team else []
    shown = {item.code for item in (kept(view.items, chosen) if chosen else view.items)}
    return {
        "team": team,
        "chosen": chosen,
        "filters": choices(view.items, chosen, team=team) if view.is_answered else [],
        "shown": shown,
        "sections": [section for section in view.sections if any(item.code in shown for item in section.asked)],
        "talks": {thread.criterion_id: thread for thread in threads},
    }
