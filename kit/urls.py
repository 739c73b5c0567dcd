"""Pages that everybody may read."""

from django.urls import path

from kit.views import public_page

app_name = "public"
urlpatterns = [
    path("accessibilite/", public_page, {"name": "accessibility"}, name="accessibility"),
    path("mentions-legales/", public_page, {"name": "legal"}, name="legal"),
    path("donnees-personnelles/", public_page, {"name": "privacy"}, name="privacy"),
    path("plan-du-site/", public_page, {"name": "sitemap"}, name="sitemap"),
    path("aide/", public_page, {"name": "help"}, name="help"),
]
