"""The entrances of the house, and one more: the smallest view that updates the row of an answer."""

from django.http import HttpRequest, JsonResponse
from django.urls import path

from config.urls import handler400, handler403, handler404, handler500, urlpatterns
from questionnaires.models import Answer

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def least(request: HttpRequest, pk: int) -> JsonResponse:
    Answer.objects.filter(pk=pk).update(comment=request.POST["comment"])
    return JsonResponse({"edition": 0})


urlpatterns = [*urlpatterns, path("moindre/<int:pk>/", least)]
