"""Entrances of the référentiels."""

from django.urls import path

from questionnaires.publishing.views import imports, public

app_name = "referentials"

urlpatterns = [
    path("referentiels/", public.versions, name="list"),
    path("referentiels/comparer/", public.compare, name="compare"),
    path("referentiels/versions/<slug:code>/", public.version, name="version"),
    path("referentiels/versions/<slug:code>/textes.zip", public.texts, name="texts"),
    path("referentiels/versions/<slug:code>/tableur.xlsx", public.spreadsheet, name="spreadsheet"),
    path("referentiels/versions/<slug:code>/ouverture/", imports.openness, name="openness"),
    path("referentiels/versions/<slug:code>/<slug:questionnaire>/", public.questionnaire, name="questionnaire"),
    path("referentiels/imports/", imports.archive, name="imports"),
    path("referentiels/imports/<int:pk>/", imports.received, name="import"),
    path("referentiels/imports/<int:pk>/essai/", imports.trial, name="trial"),
    path("referentiels/imports/<int:pk>/publier/", imports.publish, name="publish"),
    path("referentiels/imports/<int:pk>/fichier/", imports.download, name="import_file"),
]
