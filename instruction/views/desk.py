"""The desk: the list of files, its export, and the lists kept under a name."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from accounts.roles import Role
from instruction import exports, listing, saved
from instruction.forms import ViewForm
from instruction.models import Gesture
from instruction.views.doors import for_staff
from kit.methods import read_or_write
from kit.paging import page_of
from referencing import access


@require_safe
@for_staff
def desk(request: SignedRequest) -> HttpResponse:
    if not request.GET and (first := saved.first_of(request.user)):
        return redirect(f"{request.path}?{first.query}")
    found = listing.read(request)
    here = listing.canonical(request.GET)
    context = {
        "filter": found,
        "page_obj": page_of(request, listing.with_line(found.qs)),
        "counters": listing.counters(request.user, timezone.localdate()),
        "columns": listing.columns(request.GET),
        "views": [(view, view.query == here) for view in saved.views_of(request.user)],
        "here": here,
        "active": listing.active(found),
        "gestures": Gesture.choices,
        "may_act": Role.SUPPORT in access.global_roles(request.user),
    }
    return render(request, "instruction/desk.html", context)


@require_safe
@for_staff
def export(request: SignedRequest, kind: str) -> HttpResponseBase:
    if kind not in exports.WRITERS:
        raise Http404(kind)
    found = listing.read(request)
    if found.form.errors:  # the whole list is not what was asked for: the desk says what is wrong
        return redirect(f"{_desk()}?{listing.canonical(request.GET)}")
    write, media_type = exports.WRITERS[kind]
    content = write(found.qs)
    reply: HttpResponseBase = (
        HttpResponse(content, content_type=media_type)
        if isinstance(content, bytes)
        else StreamingHttpResponse(content, content_type=media_type)
    )
    reply["Content-Disposition"] = f'attachment; filename="candidatures-{timezone.localdate():%Y-%m-%d}.{kind}"'
    reply["Cache-Control"] = "private, no-store"
    return reply


@read_or_write
@for_staff
def views(request: SignedRequest) -> HttpResponse:
    """Keep the list that the person comes from under a name, and put the views in order."""
    query = QueryDict(request.POST.get("query", "") if request.method == "POST" else request.GET.urlencode())
    form = ViewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = saved.save(request.user, form.cleaned_data["name"], query, shared=form.cleaned_data["is_shared"])
        except saved.NotSaved as refused:
            form.add_error(None, str(refused))
        else:
            if form.cleaned_data["is_first"]:
                saved.open_on(request.user, view)
            messages.success(request, f"La vue « {view} » est gardée.")
            return redirect(f"{_desk()}?{view.query}")
    return _views_page(request, form, listing.canonical(query))


def _views_page(request: SignedRequest, form: ViewForm, query: str) -> HttpResponse:
    context = {
        "form": form,
        "query": query,
        "views": saved.views_of(request.user),
        "first": saved.first_of(request.user),
        "may_share": Role.SUPPORT in access.global_roles(request.user),
    }
    return render(request, "instruction/views.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff
def open_on(request: SignedRequest, pk: int) -> HttpResponse:
    """Open the desk on a view; asked for the one it opens on already, go back to the whole list."""
    view = get_object_or_404(saved.views_of(request.user), pk=pk)
    if saved.first_of(request.user) == view:
        saved.open_on(request.user, None)
        messages.success(request, "L'instruction s'ouvre de nouveau sur la liste entière.")
    else:
        saved.open_on(request.user, view)
        messages.success(request, f"L'instruction s'ouvre désormais sur « {view} ».")
    return redirect("instruction:views")


@require_POST
@for_staff
def forget(request: SignedRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(saved.views_of(request.user).filter(owner=request.user), pk=pk)
    view.delete()
    messages.success(request, f"La vue « {view} » est supprimée.")
    return redirect("instruction:views")


def _desk() -> str:
    return reverse("instruction:desk")
