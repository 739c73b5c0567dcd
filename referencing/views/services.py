"""« Nos services »: what an éditeur has on file, service by service."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import SignedRequest
from referencing import products


@require_safe
def services(request: SignedRequest) -> HttpResponse:
    return render(request, "referencing/services.html", {"products": products.products_of(request.user)})


@require_safe
def service(request: SignedRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(products.services_of(request.user), pk=pk)
    above = [("Nos services", reverse("referencing:services"))]
    return render(
        request, "referencing/service.html", {"product": products.product(request.user, found), "above": above}
    )
