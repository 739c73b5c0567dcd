"""Support brings a version in: the file, its faults or its preview, the second look, the archive of all that came."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.files import attachment
from kit.methods import read_or_write
from kit.paging import page_of
from questionnaires.comparison import compare_editions
from questionnaires.models import ReferentialImport, Version
from questionnaires.plain import Edition, descent_between, edition_of, edition_of_draft
from questionnaires.publishing import preview, rights, services
from questionnaires.publishing.forms import ImportForm, PublicationForm, TrialForm
from questionnaires.publishing.writing import draft_of


def _get(request: SignedRequest, pk: int, right: str = "read_imports") -> ReferentialImport:
    rights.require(request.user, right)
    rows = ReferentialImport.objects.select_related("uploaded_by", "published_by", "version")
    return get_object_or_404(rows, pk=pk)


@read_or_write
def archive(request: SignedRequest) -> HttpResponse:
    rights.require(request.user, "read_imports" if request.method != "POST" else "publish_referential")
    form = ImportForm(request.POST or None, request.FILES or None) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        received = services.keep(form.received, form.cleaned_data["file"], request.user)
        return redirect("referentials:import", received.pk)
    rows = ReferentialImport.objects.select_related("uploaded_by", "published_by").defer("texts", "faults")
    context = {
        "form": form,
        "page": page_of(request, rows),
        "may_publish": rights.may(request.user, "publish_referential"),
    }
    return render(request, "referentials/imports.html", context, status=422 if form.errors else 200)


@require_safe
def received(request: SignedRequest, pk: int) -> HttpResponse:
    row = _get(request, pk)
    context: dict[str, Any] = {
        "received": row,
        "may_publish": rights.may(request.user, "publish_referential"),
        "taken": _taken(row),
    }
    edition = _edition(row)
    if edition is not None:
        context |= _preview(edition)
    return render(request, "referentials/import.html", context)


def _taken(row: ReferentialImport) -> str:
    if row.state != ReferentialImport.State.READY or not Version.objects.filter(code=row.code).exists():
        return ""
    return services.taken(row.code)


def _edition(row: ReferentialImport) -> Edition | None:
    draft = draft_of(services.texts_in(row))
    return edition_of_draft(draft) if draft else None


def _preview(edition: Edition) -> dict[str, Any]:
    """What a version would be, and what it changes to the one it follows, else to the newest one."""
    others = Version.objects.exclude(code=edition.code)
    current = others.filter(code=edition.lineage.version).first() or others.first()
    context: dict[str, Any] = {
        "parts": preview.parts(edition),
        "profiles": preview.by_profile(edition),
        "examples": preview.examples(edition),
        "never": preview.never_asked(edition),
        "total": len(edition.requirements),
        "mandatory": sum(requirement.is_mandatory for requirement in edition.requirements),
        "current": current,
    }
    if current is not None:
        before = edition_of(current)
        comparison = compare_editions(before, edition, descent_between(before, edition))
        context["comparison"] = comparison
        context["counts"] = [(fate, number) for fate, number in comparison.counts.items() if number]
        context["changed"] = [row for row in comparison.rows if row.fate != "inchange"]
        context["questions"] = [row for row in comparison.questions if row.fate != "inchange"]
    return context


@require_safe
def trial(request: SignedRequest, pk: int) -> HttpResponse:
    """Try the orientation of a version that is not published: who would be asked what, and why. Nothing is kept."""
    row = _get(request, pk)
    edition = _edition(row)
    if edition is None:
        return redirect("referentials:import", pk)
    form = TrialForm(request.GET or None, edition=edition)
    found = preview.judged(edition, form.given())
    context = {
        "received": row,
        "form": form,
        "applicable": [one for one in found if one.verdict.applies],
        "others": [one for one in found if not one.verdict.applies],
    }
    return render(request, "referentials/trial.html", context)


@read_or_write
def publish(request: SignedRequest, pk: int) -> HttpResponse:
    row = _get(request, pk, "publish_referential")
    if row.state != ReferentialImport.State.READY:
        return redirect("referentials:import", pk)
    form = PublicationForm(request.POST if request.method == "POST" else None, received=row)
    if request.method == "POST" and form.is_valid():
        try:
            version = services.publish(row, actor=request.user)
        except services.PublicationRefused as refused:
            form.add_error(None, refused.sentence)
        else:
            messages.success(request, f"La version « {version.title} » est publiée.")
            return redirect("referentials:version", version.code)
    context = {"received": row, "form": form, "taken": _taken(row)}
    return render(request, "referentials/publish.html", context, status=422 if form.errors else 200)


@require_safe
def download(request: SignedRequest, pk: int) -> FileResponse:
    row = _get(request, pk)
    return attachment(row.file.open("rb"), name=row.original_name, media_type="application/octet-stream")


@require_POST
def openness(request: SignedRequest, code: str) -> HttpResponse:
    rights.require(request.user, "publish_referential")
    version = get_object_or_404(Version, code=code)
    is_open = request.POST.get("open") == "1"
    try:
        services.set_open(version, is_open=is_open, actor=request.user)
    except services.PublicationRefused as refused:
        messages.error(request, refused.sentence)
    else:
        state = "ouverte aux" if is_open else "fermée aux nouvelles"
        messages.success(request, f"La version « {version.title} » est {state} candidatures.")
    return redirect("referentials:version", code)
