"""Addresses of the room."""

from django.urls import path

from dossiers import views

app_name = "dossiers"
urlpatterns = [
    path("candidatures/<str:reference>/documents/", views.papers, name="papers"),
    path("candidatures/<str:reference>/rapport/projet/", views.report_project, name="report_project"),
    path("documents/<uuid:public_id>/", views.download, name="download"),
    path("verifier/", views.verify, name="verify"),
]
