"""The entrances: every room answers for its own addresses, under its own name."""

from django.urls import include, path

from accounts.views import home

urlpatterns = [
    path("", home, name="home"),
    path("compte/", include("allauth.account.urls")),
    path("compte/2fa/", include("allauth.mfa.urls")),
    path("compte/3rdparty/", include("allauth.socialaccount.urls")),
    path("compte/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("kit.urls")),
    path("", include("accounts.urls")),
    path("", include("teams.urls")),
    path("", include("questionnaires.publishing.urls")),
    path("", include("referencing.urls")),
    path("", include("conversation.urls")),
    path("", include("exchange.urls")),
    path("", include("evaluation.urls")),
    path("", include("dossiers.urls")),
    path("", include("commission.urls")),
    path("", include("instruction.urls")),
    path("", include("catalogue.urls")),
]
handler400 = "kit.views.bad_request"
handler403 = "kit.views.permission_denied"
handler404 = "kit.views.not_found"
handler500 = "kit.views.server_error"
