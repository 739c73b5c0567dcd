"""Entrance of the web server. Without its database it does not start: one sentence says so."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.db import connection  # noqa: E402 - needs the settings

from kit import readiness  # noqa: E402

try:
    readiness.database()
except readiness.NotReady as problem:
    raise SystemExit(str(problem)) from None
connection.close()  # gunicorn forks after this: a connection is never shared between processes
