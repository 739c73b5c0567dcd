"""Sign in as one of the cast in one click; these pages exist only in a demonstration."""

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.demo import CAST, by_group
from accounts.models import User


def _only_in_demonstration() -> None:
    if not settings.DEMO:
        raise Http404


@login_not_required
@require_safe
def demo(request: HttpRequest) -> HttpResponse:
    _only_in_demonstration()
    present = set(User.objects.filter(email__in=[person.email for person in CAST]).values_list("email", flat=True))
    return render(request, "accounts/demo.html", {"groups": by_group(present)})


@login_not_required
@require_POST
def become(request: HttpRequest) -> HttpResponse:
    """Sign in as a member of the cast; anybody else's address is unknown here."""
    _only_in_demonstration()
    email = request.POST.get("email", "")
    if email not in {person.email for person in CAST}:
        raise Http404
    user = get_object_or_404(User, email=email, is_active=True)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("home")
