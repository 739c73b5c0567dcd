"""The outbox: what is owed after an event is a row; the broker is only a bell that says « look ».

Exactly once does not exist: an effect is done at least once, and every reaction is harmless twice.
"""

import logging
from datetime import timedelta
from time import monotonic

from celery import current_app
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from journal import letters
from journal.models import Delivery, DeliveryState

BELL = "journal.tasks.drain"
LEASE = timedelta(seconds=300)
# How long to wait after the first failure, the second… ; the last wait serves until the attempts run out.
BACKOFF = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 300, 1800))
MAX_ATTEMPTS = 6
# By default a publisher insists for six seconds when Redis is down; a web request must not wait for a bell.
QUICK = {"max_retries": 0, "socket_connect_timeout": 0.5, "socket_timeout": 0.5}
ERROR_LENGTH = 2000

logger = logging.getLogger(__name__)


def ring(bell: str = BELL) -> None:
    """Tell the workers that something is owed. Never fails, never waits: the sweep rings again what was not heard.

    `bell` is the task that looks: that of the outbox, or the one of another queue that the database holds.
    """
    if not settings.CELERY_BROKER_URL:
        return  # `manage.py work` looks by itself
    try:
        with current_app.connection_for_write(settings.CELERY_BROKER_URL, transport_options=QUICK) as connection:
            current_app.send_task(bell, connection=connection, retry=False)
    except Exception as error:  # noqa: BLE001 a bell is never worth more than a line in the log
        logger.warning("la sonnette ne répond pas, les suites attendront le prochain passage : %s", error)


def drain(limit: int = 100, *, seconds: float = 60) -> int:
    """Do what is owed now, one delivery at a time, then send the letters; return how many deliveries were tried.

    Stops taking new ones after `limit` or `seconds`: a worker task has a time limit of its own.
    """
    _bury()
    stop = monotonic() + seconds
    tried = 0
    while tried < limit and monotonic() < stop and (delivery := _claim()):
        _perform(delivery)
        tried += 1
    letters.post_unsent()
    return tried


def _bury() -> None:
    """Give up the effects whose worker died at every attempt: they would kill the next one too."""
    dead = Delivery.objects.due(timezone.now()).filter(state=DeliveryState.RUNNING, attempts__gte=MAX_ATTEMPTS)
    for delivery in dead:
        _settle(delivery, DeliveryState.FAILED, last_error="interrompue à chaque essai")
        logger.error("suite abandonnée : %s de l'événement %s", delivery.reaction, delivery.event_id)


def _claim() -> Delivery | None:
    """Take the first delivery due, or None when nothing is. Two workers never hold the same one.

    The claim is a compare-and-swap, one UPDATE outside any transaction: the same on PostgreSQL and SQLite.
    """
    while True:
        now = timezone.now()
        candidates = list(Delivery.objects.due(now)[:10])
        if not candidates:
            return None
        for delivery in candidates:
            same = Delivery.objects.due(now).filter(pk=delivery.pk, attempts=delivery.attempts).order_by()
            delivery.attempts += 1
            if same.update(state=DeliveryState.RUNNING, leased_until=now + LEASE, attempts=delivery.attempts):
                return delivery


def _perform(delivery: Delivery) -> None:
    try:
        import_string(delivery.reaction)(delivery.event_id)
    except Exception as error:  # noqa: BLE001 whatever it is, it is kept on the delivery and logged
        _postpone(delivery, error)
    else:
        _settle(delivery, DeliveryState.DONE, done_at=timezone.now())


def _postpone(delivery: Delivery, error: Exception) -> None:
    what = f"{type(error).__name__} : {error}"[:ERROR_LENGTH]
    if delivery.attempts >= MAX_ATTEMPTS:
        _settle(delivery, DeliveryState.FAILED, last_error=what)
        logger.error("suite abandonnée : %s de l'événement %s", delivery.reaction, delivery.event_id, exc_info=error)
        return
    wait = BACKOFF[min(delivery.attempts, len(BACKOFF)) - 1]
    _settle(delivery, DeliveryState.PENDING, last_error=what, next_try_at=timezone.now() + wait)
    logger.warning("suite remise : %s de l'événement %s", delivery.reaction, delivery.event_id, exc_info=error)


def _settle(delivery: Delivery, state: DeliveryState, **fields: object) -> None:
    """Close an attempt, unless it outlived its lease and another worker has begun the next."""
    mine = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.RUNNING, attempts=delivery.attempts)
    mine.update(state=state, leased_until=None, **fields)
