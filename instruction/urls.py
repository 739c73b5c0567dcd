"""Entrances of the desk."""

from django.urls import path

from instruction.views import batches, boards, desk, drafts, failures

app_name = "instruction"

urlpatterns = [
    path("instruction/", desk.desk, name="desk"),
    path("instruction/candidatures.<slug:kind>", desk.export, name="export"),
    path("instruction/vues/", desk.views, name="views"),
    path("instruction/vues/<int:pk>/ouvrir/", desk.open_on, name="open_on"),
    path("instruction/vues/<int:pk>/supprimer/", desk.forget, name="forget"),
    path("instruction/charge/", boards.show, name="boards"),
    path("instruction/lot/", batches.batch, name="batch"),
    path("instruction/lots/", batches.every, name="batches"),
    path("instruction/lots/<uuid:key>/", batches.result, name="result"),
    path("instruction/brouillons/", drafts.every, name="drafts"),
    path("instruction/brouillons/nouveau/", drafts.new, name="new_draft"),
    path("instruction/brouillons/<str:reference>/proposer/", drafts.offer, name="offer"),
    path("instruction/suites/", failures.every, name="failures"),
    path("instruction/suites/<slug:kind>/<int:pk>/relancer/", failures.retry, name="retry"),
]
