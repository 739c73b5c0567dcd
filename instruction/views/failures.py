"""What did not leave after every attempt: support sees it and puts it back to work."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from instruction.views.doors import for_support
from journal import failures
from kit.paging import page_of

RETRIES = {"suite": failures.retry_delivery, "courrier": failures.retry_letter}


@require_safe
@for_support
def every(request: SignedRequest) -> HttpResponse:
    context = {
        "page_obj": page_of(request, failures.failed_deliveries()),
        "letters": failures.failed_letters()[:100],
        "may_act": True,
    }
    return render(request, "instruction/failures.html", context)


@require_POST
@for_support
def retry(request: SignedRequest, kind: str, pk: int) -> HttpResponse:
    if kind not in RETRIES:
        raise Http404(kind)
    if RETRIES[kind](pk, actor=request.user) is None:
        messages.info(request, "Il n'y avait plus rien à relancer : un collègue l'a fait, ou l'effet a eu lieu.")
    else:
        messages.success(request, "Remis au travail : l'effet sera tenté de nouveau dans un instant.")
    return redirect("instruction:failures")
