"""Entrance of the web server. Without its database it does not start: one sentence says so."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.urls import reverse  # noqa: E402 - needs the settings

from kit.readiness import require_database  # noqa: E402

require_database()
# Every page is loaded before gunicorn forks: once for all workers, and not at the expense of the first visitor.
reverse("home")
