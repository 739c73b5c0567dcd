"""What Celery beat rings for the hall."""

from celery import shared_task
from django.utils import timezone

from referencing.reminders import watch


@shared_task
def watch_deadlines() -> None:
    """Remind the éditeurs whose deadline nears, by the day it is in Paris."""
    watch(timezone.localdate())
