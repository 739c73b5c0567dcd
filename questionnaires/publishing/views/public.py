"""The référentiels that everybody may read, compare and take away."""

import io

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from kit.files import attachment
from kit.paging import page_of
from questionnaires.comparison import compare_editions
from questionnaires.models import Criterion, Questionnaire, Version
from questionnaires.plain import descent_between, edition_of
from questionnaires.publishing import rights
from questionnaires.publishing.archive import zipped
from questionnaires.publishing.forms import ComparisonForm
from questionnaires.publishing.spreadsheet import workbook_of
from questionnaires.publishing.writing import draft_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_not_required
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    mandatory = Q(criteria__level=Criterion.Level.MANDATORY)
    rows = Version.objects.annotate(total=Count("criteria"), mandatory=Count("criteria", filter=mandatory))
    context = {"versions": list(rows), "form": ComparisonForm(None, versions=list(rows))}
    if request.user.is_authenticated:
        context["may_import"] = rights.may(request.user, "read_imports")
    return render(request, "referentials/list.html", context)


@login_not_required
@require_safe
def version(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Version, code=code)
    mandatory = Q(sections__criteria__level=Criterion.Level.MANDATORY)
    context = {
        "version": found,
        "questionnaires": found.questionnaires.annotate(
            total=Count("sections__criteria"), mandatory=Count("sections__criteria", filter=mandatory)
        ),
        "variables": found.variables.all(),
        "has_texts": found.texts.exists(),
        "others": Version.objects.exclude(pk=found.pk),
    }
    if request.user.is_authenticated:
        context["may_publish"] = rights.may(request.user, "publish_referential")
    return render(request, "referentials/version.html", context)


@login_not_required
@require_safe
def questionnaire(request: HttpRequest, code: str, questionnaire: str) -> HttpResponse:
    rows = Questionnaire.objects.select_related("version").prefetch_related("sections__criteria__expected_proofs")
    found = get_object_or_404(rows, version__code=code, code=questionnaire)
    return render(request, "referentials/questionnaire.html", {"questionnaire": found, "version": found.version})


@login_not_required
@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    known = list(Version.objects.all())
    form = ComparisonForm(request.GET or None, versions=known)
    context: dict[str, object] = {"form": form, "versions": known}
    if form.is_valid():
        older, newer = edition_of(form.older), edition_of(form.newer)
        comparison = compare_editions(older, newer, descent_between(older, newer))
        rows = [row for row in comparison.rows if form.keeps(row)]
        context |= {
            "older": form.older,
            "newer": form.newer,
            "comparison": comparison,
            "counts": [(fate, number) for fate, number in comparison.counts.items() if number],
            "questions": [row for row in comparison.questions if row.fate != "inchange"],
            "found": len(rows),
            "page": page_of(request, rows, size=form.page_size),
        }
    return render(request, "referentials/compare.html", context)


@login_not_required
@require_safe
def texts(request: HttpRequest, code: str) -> FileResponse:
    """The text files that the version was loaded from, to the byte: whoever unpacks them finds its hash again."""
    found = get_object_or_404(Version.objects.prefetch_related("texts"), code=code)
    files = {text.name: text.content.encode() for text in found.texts.all()}
    if not files:
        raise Http404(code)
    return attachment(io.BytesIO(zipped(files)), name=f"{code}.zip", media_type="application/zip")


@login_not_required
@require_safe
def spreadsheet(request: HttpRequest, code: str) -> FileResponse:
    found = get_object_or_404(Version.objects.prefetch_related("texts"), code=code)
    draft = draft_of({text.name: text.content.encode() for text in found.texts.all()})
    if draft is None:
        raise Http404(code)
    return attachment(io.BytesIO(workbook_of(draft)), name=f"{code}.xlsx", media_type=XLSX)
