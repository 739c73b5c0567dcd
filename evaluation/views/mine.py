"""The expert's home: what is left to judge, file by file."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation.invitations import waiting_for
from evaluation.workload import files_of


@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    files = files_of(request.user)
    active = [file for file in files if not file.is_waiting]
    context = {
        "active": active,
        "waiting": [file for file in files if file.is_waiting],
        "invitations": list(waiting_for(request.user)),
        "left": sum(file.progress.left for file in active),
    }
    return render(request, "evaluation/mine.html", context)
