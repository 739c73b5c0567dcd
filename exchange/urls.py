"""Addresses of the technical tests."""

from django.urls import path

from exchange import views

app_name = "exchange"
urlpatterns = [
    path("candidatures/<str:reference>/tests/", views.tests, name="tests"),
    path("candidatures/<str:reference>/tests/deposer/<slug:milestone>/", views.deposit, name="deposit"),
    path("candidatures/<str:reference>/tests/<int:report>/", views.download, name="report"),
    path("candidatures/<str:reference>/tests/<int:report>/accepter/", views.accept, name="accept"),
    path("candidatures/<str:reference>/tests/<int:report>/renvoyer/", views.send_back, name="send_back"),
]
