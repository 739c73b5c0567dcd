"""What is typed of a verdict, kept as one goes: by the page itself, or by a button where scripts are off."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedRequest
from evaluation import keeping, motives
from evaluation.grid import grid_around
from evaluation.values import Value
from evaluation.views.kept import gives_back, kept
from evaluation.views.selection import Selection
from evaluation.workspace import criterion_of, workspace
from questionnaires.models import Criterion
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from referencing.refusals import Refusal


@require_POST
@gives_back
def draft(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    """Keep what is typed, with one more sentence when a motive is inserted; or forget it."""
    candidature = access.get_for(request.user, reference, "judge")
    if "forget" in request.POST:
        keeping.forget(candidature, code, request.user)
        messages.success(request, f"{code} : le brouillon est effacé.")
        return redirect(Selection.of(request).address(candidature, code))
    try:
        criterion = criterion_of(candidature, code)
    except Criterion.DoesNotExist:
        raise Http404(code) from None
    return _kept(request, candidature, criterion, _said(request, candidature, code))


def _said(request: SignedRequest, candidature: Candidature, code: str) -> dict[str, str]:
    said = {name: request.POST.get(name, "") for name in ("value", *keeping.TEXTS)}
    if "insert" not in request.POST:
        return said
    line = grid_around(candidature).line(code)
    found = workspace(candidature, line, reads_notes=False).proposals if line else ()
    chosen = motives.proposal(found, request.POST["insert"])
    if chosen is None:
        return said
    said["motive"] = motives.added_to(said["motive"], chosen.motive)
    if said["value"] == Value.COMPLEMENT_NEEDED:
        said["expected"] = motives.added_to(said["expected"], chosen.complement)
    return said


def _kept(request: SignedRequest, candidature: Candidature, criterion: Criterion, said: dict[str, str]) -> HttpResponse:
    number = request.POST.get("edition", "")
    edition = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0
    is_script = request.headers.get("Accept") == "application/json"
    try:
        keeping.keep(
            candidature, criterion, request.user, said=said, edition=edition, seen=request.POST.get("seen", "")
        )
    except Refused as refused:
        return _refused(request, refused.refusals, 409)
    except keeping.TooLong as problem:
        return _refused(request, [Refusal("length", sentence) for sentence in problem.problems.values()], 422)
    if is_script:
        at = timezone.localtime()
        return JsonResponse({"at": f"{at.hour} h {at.minute:02d}"})
    return redirect(f"{Selection.of(request).address(candidature, criterion.code)}#id_motive")


def _refused(request: SignedRequest, refusals: list[Refusal], status: int) -> HttpResponse:
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"sentence": " ".join(refusal.sentence for refusal in refusals)}, status=status)
    return kept(request, refusals, status=status)


@require_POST
def shortcuts(request: SignedRequest, reference: str, code: str) -> HttpResponse:
    """Turn the single-key shortcuts on or off for this person, on every file."""
    candidature = access.get_for(request.user, reference, "read_evaluation")
    request.user.shortcuts = request.POST.get("shortcuts") == "1"
    request.user.save(update_fields=["shortcuts"])
    said = "activés" if request.user.shortcuts else "désactivés"
    messages.success(request, f"Les raccourcis clavier sont {said}.")
    return redirect(Selection.of(request).address(candidature, code))
