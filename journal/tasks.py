"""What a Celery worker does when the bell rings."""

from celery import shared_task

from journal import outbox


@shared_task
def drain() -> None:
    """Empty the outbox, and ring again while there was something in it: one task stays short."""
    if outbox.drain():
        outbox.ring()
