"""What Celery beat rings for the evaluation."""

from celery import shared_task
from django.utils import timezone

from evaluation.reminders import watch


@shared_task
def watch_propositions() -> None:
    """Remind the experts whose answer is awaited, by the day it is in Paris."""
    watch(timezone.localdate())
