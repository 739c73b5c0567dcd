"""Addresses of people: profile, team, letters, and the demonstration's cast."""

from django.urls import path

from accounts import views, views_demo, views_team

app_name = "accounts"
urlpatterns = [
    path("profil/", views.profile, name="profile"),
    path("equipe/", views_team.team, name="team"),
    path("equipe/<str:siren>/ajouter/", views_team.add_member, name="add_member"),
    path("equipe/<str:siren>/<int:pk>/modifier/", views_team.change_member, name="change_member"),
    path("equipe/<str:siren>/<int:pk>/retirer/", views_team.remove_member, name="remove_member"),
    path("organisation/creer/", views.create_organisation, name="create_organisation"),
    path("courriers/", views.letters, name="letters"),
    path("courriers/<int:pk>/", views.letter, name="letter"),
    path("courriers/<int:pk>/lu/", views.mark_read, name="mark_read"),
    path("demo/", views_demo.demo, name="demo"),
    path("demo/devenir/", views_demo.become, name="become"),
]
