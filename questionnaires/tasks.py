"""What Celery beat, or the background work, does for the vault."""

from celery import shared_task
from django.utils import timezone

from questionnaires import scanning, uploads


@shared_task
def scan_waiting() -> None:
    """Have the antivirus read what waits, and ring again while there was something: one task stays short."""
    if scanning.scan_waiting():
        scanning.ring()


@shared_task
def sweep_uploads() -> None:
    """Erase the uploads that nobody finished in time."""
    uploads.sweep(timezone.now())
