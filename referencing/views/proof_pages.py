"""The page of one proof of the vault: its revisions, where it serves, what falls when it expires, what may be done."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedRequest
from kit.files import PREVIEWED
from kit.methods import read_or_write
from questionnaires import serving, vault
from questionnaires.contents import FileRefused
from questionnaires.models import Evidence, EvidenceRevision
from referencing import access, spreading
from referencing.coffre import Fall, Place, falls, places_of
from referencing.coffre_forms import DescribeForm, MoveForm, ReplaceForm, SpreadForm
from referencing.spreading import Outcome
from referencing.views.coffre import sender_of

FAR = 36_500  # days: whatever its date, the page of a proof says what falls with it


def _evidence(request: SignedRequest, siren: str, evidence: int) -> Evidence:
    own = access.get_organisation(request.user, siren).evidence.select_related("organisation")
    return get_object_or_404(own, pk=evidence)


def _revisions(evidence: Evidence) -> QuerySet[EvidenceRevision]:
    return evidence.revisions.select_related("deposited_by", "evidence").order_by("-number")


@require_safe
def show(request: SignedRequest, siren: str, evidence: int) -> HttpResponse:
    return _page(request, _evidence(request, siren, evidence))


def _page(request: SignedRequest, evidence: Evidence, move: MoveForm | None = None, status: int = 200) -> HttpResponse:
    revisions = list(_revisions(evidence))
    everywhere = places_of(evidence.organisation, request.user)
    own = [place for place in everywhere if place.revision.evidence_id == evidence.pk]
    movable = _movable(own, revisions[0])
    context = {
        "organisation": evidence.organisation,
        "evidence": evidence,
        "latest": revisions[0],
        "revisions": revisions,
        "places": own,
        "falls": _falls(evidence, everywhere),
        "movable": movable,
        "chosen": request.POST.getlist("uses") if move else [str(place.use.pk) for place in movable],
        "move": move,
        "previewed": PREVIEWED,
        "today": timezone.localdate(),
    }
    return render(request, "referencing/proof.html", context, status=status)


def _falls(evidence: Evidence, everywhere: list[Place]) -> list[Fall]:
    """What falls with each revision, whatever its date; the other proofs given beside may hold a criterion up."""
    kinds = settings.PROCEDURE["proof_kinds_that_lapse"]
    found = falls(everywhere, timezone.localdate(), notice=FAR, kinds=kinds)
    return [fall for fall in found if fall.revision.evidence_id == evidence.pk and fall.places]


def _movable(places: list[Place], latest: EvidenceRevision) -> list[Place]:
    """The uses of an older revision, where the criterion may change now."""
    return [place for place in places if place.may_change and place.revision.pk != latest.pk]


@read_or_write
def describe(request: SignedRequest, siren: str, evidence: int) -> HttpResponse:
    found = _evidence(request, siren, evidence)
    form = DescribeForm.of(found, _revisions(found)[0], request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        vault.describe(found, title=form.cleaned_data["title"], kind=form.cleaned_data["kind"], dates=form.dates)
        messages.success(request, f"La description de « {found.title} » est enregistrée.")
        return redirect("referencing:proof_page", siren, evidence)
    context = {"organisation": found.organisation, "evidence": found, "form": form}
    return render(request, "referencing/proof_describe.html", context, status=422 if form.errors else 200)


@read_or_write
def replace(request: SignedRequest, siren: str, evidence: int) -> HttpResponse:
    found = _evidence(request, siren, evidence)
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    sender = sender_of(request, found.organisation)
    form = ReplaceForm(*posted, sender=sender, is_link=_revisions(found)[0].is_link)
    if request.method == "POST" and form.is_valid() and _replace(request, found, form):
        return redirect("referencing:proof_page", siren, evidence)
    if "file" in form.fields:
        form.fields["file"].release()  # type: ignore[attr-defined]
    context = {"organisation": found.organisation, "evidence": found, "form": form}
    return render(request, "referencing/proof_replace.html", context, status=422 if form.errors else 200)


def _replace(request: SignedRequest, evidence: Evidence, form: ReplaceForm) -> bool:
    name = "file" if "file" in form.fields else "address"
    try:
        revision = vault.replace(evidence, form.cleaned_data[name], user=request.user, dates=form.dates)
    except FileRefused as refused:
        form.add_error(name, refused.sentence)
        return False
    if name == "file":
        form.fields["file"].forget()  # type: ignore[attr-defined]
    messages.success(request, f"Révision {revision.number} de « {evidence.title} » déposée.")
    return True


@require_POST
def move(request: SignedRequest, siren: str, evidence: int) -> HttpResponse:
    found = _evidence(request, siren, evidence)
    latest = _revisions(found)[0]
    own = [place for place in places_of(found.organisation, request.user) if place.revision.evidence_id == found.pk]
    movable = _movable(own, latest)
    form = MoveForm(request.POST, places=movable)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    chosen = [place for place in movable if str(place.use.pk) in form.cleaned_data["uses"]]
    _report(request, spreading.move_uses(latest, chosen, request.user), "passe à la révision {number}", latest)
    return redirect("referencing:proof_page", siren, evidence)


@read_or_write
def spread(request: SignedRequest, siren: str, evidence: int) -> HttpResponse:
    found = _evidence(request, siren, evidence)
    latest = _revisions(found)[0]
    any_kind = request.GET.get("tous") == "1"
    choices = spreading.choices(found, request.user, any_kind=any_kind)
    form = SpreadForm(request.POST if request.method == "POST" else None, choices=choices)
    if request.method == "POST" and form.is_valid():
        chosen = [choice for choice in choices if choice.key in form.cleaned_data["criteria"]]
        outcome = spreading.spread(latest, chosen, request.user, form.cleaned_data["note"])
        _report(request, outcome, "est jointe", latest)
        return redirect("referencing:proof_page", siren, evidence)
    context = {
        "organisation": found.organisation,
        "evidence": found,
        "form": form,
        "choices": choices,
        "chosen": request.POST.getlist("criteria"),
        "any_kind": any_kind,
    }
    return render(request, "referencing/proof_spread.html", context, status=422 if form.errors else 200)


def _report(request: SignedRequest, outcome: Outcome, what: str, revision: EvidenceRevision) -> None:
    criteria = f"{outcome.done} critère{'s' if outcome.done > 1 else ''}"
    if outcome.done:
        verb = what.format(number=revision.number)
        messages.success(request, f"La preuve « {revision.evidence.title} » {verb} pour {criteria}.")
    for sentence in outcome.refusals:
        messages.error(request, sentence)


def _revision(request: SignedRequest, siren: str, public_id: UUID) -> EvidenceRevision:
    own = vault.revisions_of(access.get_organisation(request.user, siren))
    return get_object_or_404(own, public_id=public_id)


@require_safe
def download(request: SignedRequest, siren: str, public_id: UUID) -> HttpResponseBase:
    return serving.send(_revision(request, siren, public_id))


@require_safe
def preview(request: SignedRequest, siren: str, public_id: UUID) -> HttpResponseBase:
    return serving.show(_revision(request, siren, public_id), asked=request.headers.get("Range", ""))
