"""The Celery application: a bell that wakes the outbox, never the place where truth is kept."""

import os

from celery import Celery
from celery.signals import beat_init, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("referencement")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def need_the_database(**_: object) -> None:
    """Stop at once, with a sentence, rather than fail at the first task."""
    from kit.readiness import require_database

    require_database()
