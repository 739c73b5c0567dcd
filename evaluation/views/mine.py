"""The expert's home: what is left to judge, file by file; then what they said before, and what to judge by."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from evaluation.said import latest_of, verdicts_of
from evaluation.values import Value
from evaluation.workload import files_of
from kit.paging import page_of


@require_safe
def mine(request: SignedRequest) -> HttpResponse:
    files = files_of(request.user)
    active = [file for file in files if not file.is_waiting]
    context = {
        "active": active,
        "waiting": [file for file in files if file.is_waiting],
        "left": sum(file.progress.left for file in active),
        "divergences": [(file, code) for file in active for code in file.divergent],
        "said": latest_of(request.user),
        "guides": list(dict.fromkeys(file.candidature.sheet.version for file in files)),
    }
    return render(request, "evaluation/mine.html", context)


@require_safe
def verdicts(request: SignedRequest) -> HttpResponse:
    """What this expert said on the files they may still read."""
    value, words = request.GET.get("verdict", ""), request.GET.get("mots", "").strip().replace("\x00", "")
    found = verdicts_of(request.user, value=value, words=words)
    context = {"page": page_of(request, found, 20), "value": value, "words": words, "values": Value}
    return render(request, "evaluation/verdicts.html", context)
