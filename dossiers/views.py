"""Papers of a candidature, and the public page that recognises one."""

import io

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from dossiers import reporting
from dossiers.forms import VerifyForm
from dossiers.papers import file_name
from dossiers.verification import HashingHandler, paper_with
from dossiers.workshop import papers_being_made
from kit import files
from kit.methods import read_or_write
from referencing import access
from referencing.models import Document
from referencing.stages import Stage

PDF = "application/pdf"


@require_safe
def papers(request: HttpRequest, reference: str) -> HttpResponse:
    candidature = access.get_visible(request.user, reference)
    context = {
        "candidature": candidature,
        "papers": access.readable_documents(request.user, candidature),
        "making": papers_being_made(request.user, candidature),
    }
    return render(request, "dossiers/papers.html", context)


@require_safe
def download(request: HttpRequest, public_id: str) -> FileResponse:
    """Send a paper to be saved, or to be read in the browser with `?lire`."""
    document = get_object_or_404(Document.objects.select_related("candidature"), public_id=public_id)
    candidature = access.get_visible(request.user, document.candidature.reference)
    if document not in access.readable_documents(request.user, candidature):
        raise Http404("document")
    send = files.preview if "lire" in request.GET else files.attachment
    return send(document.file.open("rb"), name=file_name(document), media_type=PDF)


@require_safe
def report_project(request: HttpRequest, reference: str) -> FileResponse:
    """Show the report as it would be handed in now, to those who write it; nothing is kept."""
    candidature = access.get_for(request.user, reference, "write_report")
    if candidature.stage != Stage.IN_EVALUATION:
        raise Http404("projet")
    project = reporting.report_project(candidature)
    name = f"{candidature.reference} - Projet de rapport.pdf"
    return files.preview(io.BytesIO(project.print()), name=name, media_type=PDF)


@csrf_exempt  # asks nothing of a session and changes nothing: anyone may ask whether a file is one of ours
@login_not_required
@read_or_write
def verify(request: HttpRequest) -> HttpResponse:
    """Say whether a PDF is, to the byte, one of the papers on file."""
    request.upload_handlers = [HashingHandler(request)]
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        given = form.cleaned_data["paper"]
        context |= {"given": given, "paper": paper_with(given.sha256)}
    return render(request, "dossiers/verify.html", context, status=422 if form.errors else 200)
