"""Addresses of the room."""

from django.urls import path

from dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("candidatures/<str:reference>/documents/", views.papers, name="papers"),
    path("documents/<uuid:public_id>/", views.download, name="download"),
    path("verifier/", views.verify, name="verify"),
]
