"""A section on one page: all its criteria as forms, each saved alone; and the choice between this page and the other."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.preferences import Layout
from accounts.requests import SignedRequest
from kit.methods import read_or_write
from kit.templatetags.french import plural
from questionnaires import sheets
from questionnaires.forms import AnswerForm
from questionnaires.sheets import Item
from questionnaires.sheets.overview import QuestionnaireView, SectionView
from referencing import access
from referencing.clashes import Clash
from referencing.models import Candidature
from referencing.replies import Kind, Reply, receive
from referencing.tasklist import answer_url


@dataclass(frozen=True)
class Line:
    """One criterion of the page: its form when it may be answered, and what became of what was just sent."""

    item: Item
    form: AnswerForm
    reply: Reply | None = None

    @property
    def clash(self) -> Clash | None:
        return self.reply.clash if self.reply else None


@read_or_write
def section(request: SignedRequest, reference: str, code: str, section: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    if request.method == "POST" and not access.may(request.user, "answer", candidature):
        raise Http404(section)
    view, found = _section(candidature, code, section)
    if request.method != "POST":
        return _page(request, candidature, view, found, {})
    sent = [item for item in found.asked if f"{item.code}-edition" in request.POST]
    replies = {item.code: receive(candidature, item, request.POST, request.user, prefix=item.code) for item in sent}
    if all(reply.is_settled for reply in replies.values()):
        _say_how_many(request, sum(reply.kind == Kind.SAVED for reply in replies.values()))
        return redirect("referencing:section", reference, code, section)
    return _page(request, candidature, *_section(candidature, code, section), replies, status=409)


def _say_how_many(request: SignedRequest, saved: int) -> None:
    if saved:
        messages.success(request, f"{plural(saved, 'réponse enregistrée,réponses enregistrées')}.")
    else:
        messages.info(request, "Aucune réponse n'avait changé.")


@require_POST
def layout(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    """Keep how a person prefers to answer, and bring them to this criterion, shown so."""
    candidature = access.get_for(request.user, reference, "answer")
    item = sheets.overview(candidature.sheet).item(code)
    if item is None:
        raise Http404(code)
    wanted = request.POST.get("layout", "")
    if wanted in Layout.values:
        request.user.answers_by = wanted
        request.user.save(update_fields=["answers_by"])
    else:
        messages.error(request, "Choisissez l'une des deux présentations : un critère ou une section par page.")
    return redirect(answer_url(request.user, candidature, item))


def _section(candidature: Candidature, code: str, section: str) -> tuple[QuestionnaireView, SectionView]:
    view = sheets.overview(candidature.sheet).questionnaire(code)
    found = next((one for one in view.sections if one.code == section), None) if view else None
    if view is None or found is None or not view.is_answered or not found.asked:
        raise Http404(section)
    return view, found


def _page(
    request: SignedRequest,
    candidature: Candidature,
    view: QuestionnaireView,
    found: SectionView,
    replies: dict[str, Reply],
    *,
    status: int = 200,
) -> HttpResponse:
    lines = [_line(item, replies.get(item.code)) for item in found.asked]
    sections = [one for one in view.sections if one.asked]
    rank = sections.index(found)
    context = {
        "candidature": candidature,
        "questionnaire": view,
        "section": found,
        "lines": lines,
        "saved": [line for line in lines if line.reply and line.reply.kind == Kind.SAVED],
        "unsettled": [line for line in lines if line.reply and not line.reply.is_settled],
        "may_answer": access.may(request.user, "answer", candidature),
        "may_save": access.may(request.user, "answer", candidature) and any(line.item.may_change for line in lines),
        "previous": sections[rank - 1] if rank else None,
        "next": sections[rank + 1] if rank + 1 < len(sections) else None,
    }
    return render(request, "referencing/section.html", context, status=status)


def _line(item: Item, reply: Reply | None) -> Line:
    if reply and not reply.is_settled:
        return Line(item, reply.form, reply)
    return Line(item, AnswerForm.of(item, prefix=item.code), reply)
