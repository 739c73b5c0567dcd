"""« Mon profil d'expert », and what support reads of it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.requests import SignedRequest
from accounts.roles import Role
from accounts.services import roles_of
from evaluation import profiles
from evaluation.experts import pool, profile_of
from evaluation.forms_experts import InterestForm, ProfileForm
from evaluation.models import Interest
from kit.methods import read_or_write
from referencing import access


@read_or_write
def my_profile(request: SignedRequest) -> HttpResponse:
    _experts_only(request.user)
    form = ProfileForm(request.POST or None, instance=profile_of(request.user))
    if request.method == "POST" and form.is_valid():
        closed = profiles.save_profile(form.save(commit=False))
        _say(request, "Votre profil d'expert est enregistré.", closed)
        return redirect("evaluation:my_profile")
    context = {"form": form, "interests": request.user.interests.all()}
    return render(request, "evaluation/my_profile.html", context, status=422 if form.errors else 200)


@read_or_write
def declare_interest(request: SignedRequest) -> HttpResponse:
    _experts_only(request.user)
    form = InterestForm(request.POST or None, instance=Interest(expert=request.user))
    if request.method == "POST" and form.is_valid():
        closed = profiles.declare_interest(request.user, **form.cleaned_data)
        _say(request, "Votre intérêt est déclaré.", closed)
        return redirect("evaluation:my_profile")
    return render(request, "evaluation/declare_interest.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def remove_interest(request: SignedRequest, pk: int) -> HttpResponse:
    """Take back an interest typed by mistake; a déport that it caused stays."""
    get_object_or_404(request.user.interests, pk=pk).delete()
    messages.success(request, "L'intérêt est retiré de votre profil. Un déport déjà enregistré reste acquis.")
    return redirect("evaluation:my_profile")


@require_safe
def experts(request: SignedRequest) -> HttpResponse:
    """The pool with what each declared, for support and the auditor."""
    if not {Role.SUPPORT, Role.AUDITOR} & set(access.global_roles(request.user)):
        raise Http404("experts")
    people = [(one, profile_of(one), list(one.interests.all())) for one in pool()]
    return render(request, "evaluation/experts.html", {"people": people})


def _experts_only(user: User) -> None:
    if Role.EXPERT not in roles_of(user):
        raise Http404("profil d'expert")


def _say(request: SignedRequest, sentence: str, closed: int) -> None:
    """Nothing is named of what was closed."""
    messages.success(request, sentence)
    if closed:
        files = (
            "Une candidature de cet éditeur vous est fermée"
            if closed == 1
            else f"{closed} candidatures vous sont fermées"
        )
        messages.warning(request, f"{files} : vous êtes déporté, et le support est prévenu.")
