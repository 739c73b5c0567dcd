"""The ready-made texts, kept by the support. Anybody else gets 404."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from conversation import sides, templating, variables
from conversation.forms import TemplateForm
from conversation.models import MessageTemplate
from conversation.refusing import MessageRefused
from kit.methods import read_or_write
from kit.paging import page_of


@require_safe
def index(request: SignedRequest) -> HttpResponse:
    _support_only(request)
    rows = MessageTemplate.objects.select_related("updated_by")
    return render(request, "conversation/templates.html", {"page_obj": page_of(request, rows)})


@read_or_write
def create(request: SignedRequest) -> HttpResponse:
    _support_only(request)
    return _edit(request, None)


@read_or_write
def change(request: SignedRequest, pk: int) -> HttpResponse:
    _support_only(request)
    return _edit(request, get_object_or_404(MessageTemplate, pk=pk))


def _support_only(request: SignedRequest) -> None:
    if not sides.is_support(request.user):
        raise Http404("modèles")


def _edit(request: SignedRequest, template: MessageTemplate | None) -> HttpResponse:
    sent = request.POST.copy()
    form = TemplateForm(sent) if request.method == "POST" else TemplateForm.of(template)
    context: dict[str, Any] = {"form": form, "template": template, "variables": variables.VARIABLES}
    if form.is_bound and form.is_valid():
        if "preview" in sent:
            context["preview"] = variables.fill(form.cleaned_data["body"], variables.sample())
        elif kept := _save(request, template, form):
            messages.success(request, f"Modèle « {kept.title} » enregistré.")
            return redirect("conversation:templates")
        elif template is not None:  # what another agent wrote meanwhile is shown, and may be replaced knowingly
            template.refresh_from_db()
            sent["edition"] = str(template.edition)
    return render(request, "conversation/template.html", context, status=422 if form.errors else 200)


def _save(request: SignedRequest, template: MessageTemplate | None, form: TemplateForm) -> MessageTemplate | None:
    """Keep the text; None when it is refused, which becomes an error of the form."""
    asked = form.cleaned_data
    try:
        return templating.save(template, actor=request.user, **{**asked, "edition": asked["edition"] or 0})
    except MessageRefused as refused:
        form.add_error(refused.field or None, refused.sentence)
        return None
