"""The page of the technical tests, and what is done on it."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from exchange import services
from exchange.forms import ReportForm, SendBackForm
from exchange.milestones import Standing, standings
from exchange.models import Milestone, TestReport
from questionnaires import serving
from referencing import access
from referencing.door import Refused
from referencing.models import Candidature
from referencing.tracks import declared_apis


@require_safe
def tests(request: SignedRequest, reference: str) -> HttpResponse:
    return _page(request, access.get_visible(request.user, reference))


@require_POST
def deposit(request: SignedRequest, reference: str, milestone: str) -> HttpResponse:
    candidature = access.get_for(request.user, reference, "deposit_tests")
    if milestone not in Milestone.values:
        raise Http404(milestone)
    step = Milestone(milestone)
    form = ReportForm(request.POST, request.FILES, milestone=step, facts=candidature.sheet.facts)
    if form.is_valid() and _do(form, lambda: _deposit(candidature, step, form, request)):
        messages.success(request, f"{step.label} : rapport déposé.")
        return redirect("exchange:tests", reference)
    return _page(request, candidature, bound=form, status=422)


def _deposit(candidature: Candidature, milestone: Milestone, form: ReportForm, request: SignedRequest) -> None:
    if milestone == Milestone.UNIT:
        services.deposit_unit_tests(candidature, actor=request.user, **form.cleaned_data)
    else:
        services.deposit_test_book(candidature, milestone, actor=request.user, **form.cleaned_data)


@require_POST
def accept(request: SignedRequest, reference: str, report: int) -> HttpResponse:
    found = _to_examine(request, reference, report)
    form = Form(request.POST)
    if form.is_valid() and _do(form, lambda: services.accept_test_book(found, actor=request.user)):
        messages.success(request, f"{found.get_milestone_display()} : rapport accepté.")
        return redirect("exchange:tests", reference)
    return _page(request, found.candidature, bound=form, status=422)


@require_POST
def send_back(request: SignedRequest, reference: str, report: int) -> HttpResponse:
    found = _to_examine(request, reference, report)
    form = SendBackForm(request.POST)
    if form.is_valid() and _do(
        form, lambda: services.refuse_test_book(found, motive=form.cleaned_data["motive"], actor=request.user)
    ):
        messages.success(request, f"{found.get_milestone_display()} : rapport renvoyé à l'éditeur.")
        return redirect("exchange:tests", reference)
    return _page(request, found.candidature, bound=form, status=422)


@require_safe
def download(request: SignedRequest, reference: str, report: int) -> HttpResponseBase:
    candidature = access.get_visible(request.user, reference)
    reports = candidature.test_reports.select_related("revision")
    return serving.send(get_object_or_404(reports, pk=report).revision)


def _to_examine(request: SignedRequest, reference: str, report: int) -> TestReport:
    candidature = access.get_for(request.user, reference, "accept_tests")
    return get_object_or_404(candidature.test_reports.select_related("candidature"), pk=report)


def _do(form: Form, action: Callable[[], object]) -> bool:
    """Run an action; its refusals become errors of the form."""
    try:
        action()
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.sentence)
        return False
    return True


def _page(
    request: SignedRequest, candidature: Candidature, bound: Form | None = None, status: int = 200
) -> HttpResponse:
    """Draw the page; `bound` is the form that was refused, with what was typed."""
    steps = standings(candidature) if declared_apis(candidature.sheet.facts) else []
    deposit_form, send_back_form = _forms(request, candidature, steps, bound)
    drawn = bound in (deposit_form, send_back_form)
    context = {
        "candidature": candidature,
        "steps": steps,
        "deposit_form": deposit_form,
        "send_back_form": send_back_form,
        "refusals": [] if bound is None or drawn else [said for errors in bound.errors.values() for said in errors],
    }
    return render(request, "exchange/tests.html", context, status=status)


def _forms(
    request: SignedRequest, candidature: Candidature, steps: list[Standing], bound: Form | None
) -> tuple[Form | None, Form | None]:
    """Return the forms this person may fill now: the milestone open to a deposit, the report to examine."""
    deposit_form: Form | None = None
    send_back_form: Form | None = None
    if any(step.may_deposit for step in steps) and access.may(request.user, "deposit_tests", candidature):
        step = next(step for step in steps if step.may_deposit)
        empty = ReportForm(milestone=step.milestone, facts=candidature.sheet.facts)
        deposit_form = bound if isinstance(bound, ReportForm) and bound.prefix == empty.prefix else empty
    if any(step.may_examine for step in steps) and access.may(request.user, "accept_tests", candidature):
        send_back_form = bound if isinstance(bound, SendBackForm) else SendBackForm()
    return deposit_form, send_back_form
