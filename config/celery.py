"""The Celery application: a bell that wakes the outbox, never the place where truth is kept."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("referencement")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
