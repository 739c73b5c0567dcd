"""Addresses of the catalogue."""

from django.urls import path

from catalogue.views import editing, public

app_name = "catalogue"
urlpatterns = [
    path("catalogue/", public.catalogue, name="list"),
    path("catalogue/<slug:slug>/", public.entry, name="entry"),
    path("candidatures/<str:reference>/fiche/", editing.fiche, name="fiche"),
    path("candidatures/<str:reference>/fiche/apercu/", editing.preview, name="preview"),
    path("candidatures/<str:reference>/publier/", editing.publish, name="publish"),
]
