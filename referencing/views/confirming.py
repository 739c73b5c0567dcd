"""The answers carried from a former candidature that nobody has read again, and their confirmation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.templatetags.french import plural
from questionnaires import sheets
from referencing import access


@require_safe
def show(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    waiting = sheets.to_confirm(sheets.overview(candidature.sheet))
    context = {
        "candidature": candidature,
        "waiting": waiting,
        "may_answer": access.may(request.user, "answer", candidature) and any(item.may_change for item in waiting),
    }
    return render(request, "referencing/to_confirm.html", context)


@require_POST
def confirm(request: SignedRequest, reference: str) -> HttpResponse:
    """Confirm the answers named by the form: one, or those of a section; then go back where the person was."""
    candidature = access.get_for(request.user, reference, "answer")
    try:
        done = sheets.confirm(candidature.sheet, set(request.POST.getlist("code")), request.user)
    except sheets.AnswerRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, f"{plural(len(done), 'réponse confirmée,réponses confirmées')}.")
    back = request.POST.get("back", "")
    if back and sheets.overview(candidature.sheet).item(back):
        return redirect("referencing:criterion", reference, back)
    return redirect("referencing:to_confirm", reference)
