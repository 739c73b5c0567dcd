"""A demonstration that has a past: each gesture is played on its own day, in order, through the real services."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def on_day(days_ago: float) -> Iterator[datetime]:
    """Make `timezone.now()` answer as if it were some days ago; the hands keep turning.

    Only the demonstration may do this. The chain of the journal stays in order because gestures are played in order.
    """
    real = timezone.now
    shift = timedelta(days=days_ago)
    with patch.object(timezone, "now", lambda: real() - shift):
        yield timezone.now()
