"""The ministry's pile, the draft of a decision and its signature by another person."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from accounts.roles import Role
from kit.methods import read_or_write
from kit.paging import page_of
from referencing import access, acts, piles
from referencing import decisions as services
from referencing.door import Refused, refusals
from referencing.forms import DecisionForm
from referencing.kinds import ActKind, Opinion
from referencing.models import Candidature, Decision
from referencing.views.answers_to import seen_version, try_move


@require_safe
def decisions(request: SignedRequest) -> HttpResponse:
    if Role.MINISTRY not in access.global_roles(request.user):
        raise Http404("decisions")
    context = {"to_decide": piles.to_decide(request.user), "page_obj": page_of(request, piles.decided(request.user))}
    return render(request, "referencing/decisions.html", context)


@read_or_write
def decision(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "prepare_decision")
    draft = Decision.objects.filter(candidature=candidature).select_related("prepared_by", "signed_by").first()
    form = DecisionForm(request.POST or None, instance=draft)
    if request.method == "POST" and form.is_valid():
        try:
            services.prepare(candidature, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Projet de décision enregistré. Une autre personne peut maintenant le signer.")
            return redirect("referencing:decision", reference)
    return render(request, "referencing/decision.html", _desk_of(request, candidature, draft, form))


def _desk_of(
    request: SignedRequest, candidature: Candidature, draft: Decision | None, form: DecisionForm
) -> dict[str, object]:
    """Everything the person who decides needs beside the draft: avis, réserves, reasons not to sign."""
    opinion = acts.latest(candidature, ActKind.OPINION) or {}
    reasons = refusals(candidature, draft.outcome, request.user) if draft else []
    return {
        "candidature": candidature,
        "draft": draft,
        "form": form,
        "opinion": opinion,
        "opinion_label": Opinion(opinion["opinion"]).label if opinion else "",
        "pending": acts.pending_reserves(candidature),
        "report": acts.latest(candidature, ActKind.REPORT),
        "reasons": reasons,
        "is_author": bool(draft and draft.prepared_by_id == request.user.pk),
    }


@require_POST
def sign(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "accept")
    answer = try_move(
        request,
        lambda: services.sign(
            candidature, actor=request.user, seen=seen_version(request), read=request.POST.get("read", "")
        ),
        done="Décision signée ; elle est notifiée à l'éditeur.",
    )
    return answer or redirect("referencing:show", reference)
