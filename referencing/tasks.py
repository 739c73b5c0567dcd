"""What Celery beat rings for the hall."""

from celery import shared_task
from django.utils import timezone

from referencing import durations
from referencing.proof_watch import watch_proofs as watch_expiries
from referencing.recomputing import recompute
from referencing.reminders import watch


@shared_task
def watch_deadlines() -> None:
    """Remind the éditeurs whose deadline nears, by the day it is in Paris."""
    watch(timezone.localdate())


@shared_task
def watch_proofs() -> None:
    """Warn the éditeurs whose proofs expire, by the day it is in Paris."""
    watch_expiries(timezone.localdate())


@shared_task
def wind_clocks() -> None:
    """Wind every clock again, so that what is kept is what the facts say; count what past files took."""
    recompute()
    durations.refresh(timezone.localdate())
