"""« Mes certificats ANS »: what is on file and what it dispenses of, giving one, withdrawing it, checking it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.methods import read_or_write
from questionnaires import sheets, vault
from questionnaires.applicability import CERTIFICATES, State
from questionnaires.certificate_forms import CertificateForm, CheckForm
from questionnaires.models import Certificate, ExpectedProof, Sheet
from referencing import access, certificates
from referencing.models import Candidature
from referencing.stages import Stage


@require_safe
def show(request: SignedRequest, reference: str) -> HttpResponse:
    candidature = access.get_readable_answers(request.user, reference)
    items = sheets.overview(candidature.sheet).items
    returned = [item for item in items if item.verdict.returned]
    context = {
        "candidature": candidature,
        "lines": certificates.lines(candidature),
        "dispensed": [item for item in items if item.verdict.state == State.DISPENSED],
        "partial": [item for item in items if item.verdict.applies and item.verdict.remaining],
        "returned": returned,
        "reasons": list(dict.fromkeys(item.verdict.returned for item in returned)),
        "may_change": _may_change(request, candidature),
        "may_check": candidature.stage == Stage.SUBMITTED and access.may(request.user, "admit", candidature),
    }
    return render(request, "referencing/certificates.html", context)


@read_or_write
def edit(request: SignedRequest, reference: str, kind: str) -> HttpResponse:
    candidature, kind, known = _named(request, reference, kind, "answer")
    if not _may_change(request, candidature):
        messages.error(request, "La candidature est déposée : ses certificats ne peuvent plus changer.")
        return redirect("referencing:certificates", reference)
    form = CertificateForm(
        request.POST or None,
        request.FILES or None,
        organisation=candidature.organisation,
        editions=sheets.editions_of(candidature.sheet, kind),
        known=known,
        initial={"product": candidature.service.name},
    )
    if request.method == "POST" and form.is_valid() and _saved(request, candidature, kind, form):
        return redirect("referencing:certificates", reference)
    context = {"candidature": candidature, "form": form, "known": known, "name": CERTIFICATES[kind][1]}
    return render(request, "referencing/certificate.html", context, status=422 if form.errors else 200)


def _saved(request: SignedRequest, candidature: Candidature, kind: str, form: CertificateForm) -> bool:
    """Keep the certificate and its file; what the house refuses becomes the errors of the form."""
    data = form.cleaned_data
    title = f"Certificat {kind} n° {data['number']}"
    try:
        revision = data["existing"]
        if data["file"]:
            revision = vault.deposit(
                candidature.organisation,
                data["file"],
                title=title,
                kind=ExpectedProof.Kind.CERTIFICATE,
                user=request.user,
                dates=vault.Dates(issued_on=data["issued_on"], expires_on=data["valid_until"]),
            )
        certificates.save(candidature, kind, form.given(), revision=revision, actor=request.user)
    except sheets.AnswerRefused as refused:
        form.add_error(None, refused.sentence)
        return False
    messages.success(request, f"{title} enregistré. Voici ce dont il vous dispense.")
    return True


@require_POST
def remove(request: SignedRequest, reference: str, kind: str) -> HttpResponse:
    candidature, kind, _ = _named(request, reference, kind, "answer")
    try:
        certificates.remove(candidature, kind, actor=request.user)
    except sheets.AnswerRefused as refused:
        messages.error(request, refused.sentence)
    else:
        messages.success(request, "Certificat retiré ; son fichier reste dans le coffre de l'organisation.")
    return redirect("referencing:certificates", reference)


@read_or_write
def check(request: SignedRequest, reference: str, kind: str) -> HttpResponse:
    candidature, kind, certificate = _named(request, reference, kind, "admit")
    if certificate is None:
        raise Http404(kind)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        accepted, motive = form.cleaned_data["finding"] == "accepted", form.cleaned_data["motive"]
        try:
            certificates.check(candidature, certificate, accepted=accepted, motive=motive, actor=request.user)
        except (certificates.CannotCheckNow, sheets.AnswerRefused) as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{certificate} : {'vérifié' if accepted else 'refusé'}.")
            return redirect("referencing:certificates", reference)
    line = next(line for line in certificates.lines(candidature) if line.kind == kind)
    context = {"candidature": candidature, "form": form, "line": line, "certificate": certificate}
    return render(request, "referencing/check_certificate.html", context, status=422 if form.errors else 200)


def _named(
    request: SignedRequest, reference: str, kind: str, right: str
) -> tuple[Candidature, str, Certificate | None]:
    """Return the candidature, the kind named by the address and the certificate on file; 404 for an unknown kind."""
    candidature, code = access.get_for(request.user, reference, right), kind.upper()
    known = next((one for one in sheets.certificates_of(candidature.sheet) if one.kind == code), None)
    if code not in CERTIFICATES or not (known or sheets.editions_of(candidature.sheet, code)):
        raise Http404(kind)
    return candidature, code, known


def _may_change(request: SignedRequest, candidature: Candidature) -> bool:
    return candidature.sheet.writing == Sheet.Writing.OPEN and access.may(request.user, "answer", candidature)
