"""What Celery beat rings for the commission."""

from celery import shared_task
from django.utils import timezone

from commission.members import close_ended_mandates


@shared_task
def watch_mandates() -> None:
    """Close the files to the members whose mandate is over, by the day it is in Paris."""
    close_ended_mandates(timezone.localdate())
