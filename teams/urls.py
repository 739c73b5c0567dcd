"""Addresses of teams: who is in, who is invited, who was mandated."""

from django.urls import path

from teams.views import invitations, mandates, team

app_name = "teams"
urlpatterns = [
    path("equipe/", team.team, name="team"),
    path("equipe/<str:siren>/inviter/", invitations.invite, name="invite"),
    path("equipe/<str:siren>/invitations/<int:pk>/renvoyer/", invitations.send_again, name="send_again"),
    path("equipe/<str:siren>/invitations/<int:pk>/annuler/", invitations.revoke, name="revoke"),
    path("equipe/<str:siren>/<int:pk>/modifier/", team.change_member, name="change_member"),
    path("equipe/<str:siren>/<int:pk>/retirer/", team.remove_member, name="remove_member"),
    path("equipe/<str:siren>/conseil/ecarter/", team.dismiss_nudge, name="dismiss_nudge"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/<str:token>/accepter/", invitations.accept, name="accept"),
    path("organisations/<str:siren>/", mandates.organisation, name="organisation"),
    path("organisations/<str:siren>/mandat/", mandates.verify, name="verify_mandate"),
]
