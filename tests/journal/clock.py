"""Time passes in the tests by moving the appointments, not the clock."""

from datetime import timedelta

from django.db.models import F

from journal.models import Delivery, Letter


def let_pass(**duration: float) -> None:
    """Bring every appointment of the outbox nearer: `let_pass(minutes=5)`."""
    elapsed = timedelta(**duration)
    Delivery.objects.update(next_try_at=F("next_try_at") - elapsed, leased_until=F("leased_until") - elapsed)
    Letter.objects.update(next_try_at=F("next_try_at") - elapsed)
