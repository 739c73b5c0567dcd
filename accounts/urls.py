"""Addresses of people: profile, letters, and the demonstration's cast."""

from django.urls import path

from accounts import views, views_demo

app_name = "accounts"
urlpatterns = [
    path("profil/", views.profile, name="profile"),
    path("organisation/creer/", views.create_organisation, name="create_organisation"),
    path("courriers/", views.letters, name="letters"),
    path("courriers/<int:pk>/", views.letter, name="letter"),
    path("courriers/<int:pk>/lu/", views.mark_read, name="mark_read"),
    path("demo/", views_demo.demo, name="demo"),
    path("demo/devenir/", views_demo.become, name="become"),
]
