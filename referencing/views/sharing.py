"""The page « Répartition »: who answers each section of a candidature, and giving one to somebody else."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from referencing import access, assignments
from referencing.forms_sharing import ShareForm


@require_safe
def sharing(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    whole = assignments.sharing_of(candidature)
    context = {
        "candidature": candidature,
        "sharing": whole,
        "holders": whole.holders(),
        "mine": assignments.mine_in(whole, request.user),
        "may_share": assignments.may_be_shared(candidature),
        "may_invite": access.may(request.user, "submit", candidature),
        "lacking": [holder for holder in whole.holders() if holder.lacking and holder.left],
    }
    return render(request, "referencing/sharing.html", context)


@read_or_write
def share_section(request: SignedRequest, reference: str, code: str, section: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "answer")
    part = assignments.sharing_of(candidature).part(code, section)
    if part is None:
        raise Http404(section)
    form = ShareForm(request.POST or None, part=part, organisation=candidature.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            assignments.give(candidature, code, section, to=form.cleaned_data["to"], actor=request.user)
        except assignments.NotShared as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"La répartition de « {part.title} » est enregistrée.")
            return redirect("referencing:sharing", reference)
    return render(request, "referencing/share_section.html", {"candidature": candidature, "part": part, "form": form})
