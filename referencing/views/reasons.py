"""« Pourquoi ces critères »: every criterion of a candidature with its reason."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from questionnaires import sheets
from questionnaires.models import Sheet
from referencing import access
from referencing.forms_reasons import ReasonsFilter


@require_safe
def reasons(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    sheet, may_answer = candidature.sheet, access.may(request.user, "answer", candidature)
    whole = sheets.overview(sheet)
    found = ReasonsFilter(request.GET, whole=whole, with_aside=may_answer)
    explainer = sheets.explainer(sheet)
    explained = sheets.explain(explainer, whole)
    context = {
        "candidature": candidature,
        "form": found,
        "rows": sheets.search(explained, **found.wanted),
        "total": len(explained),
        "applicable": sum(row.reason.verdict.applies for row in explained),
        "places": explainer.places,
        "may_answer": may_answer,
        "may_orient": may_answer and sheet.writing == Sheet.Writing.OPEN,
    }
    return render(request, "referencing/reasons.html", context)
