"""The boards of workload and lateness."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from accounts.roles import Role
from instruction import boards, charts
from instruction.views.doors import for_staff
from referencing import access


@require_safe
@for_staff
def show(request: SignedRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "boards": boards.boards(request.user, today),
        "flow": boards.flow(request.user, today),
        "width": charts.WIDTH,
        "height": charts.HEIGHT,
        "floor": charts.HEIGHT - charts.BOTTOM,
        "may_act": Role.SUPPORT in access.global_roles(request.user),
    }
    return render(request, "instruction/boards.html", context)
