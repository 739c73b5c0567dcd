"""The bell: heard when the broker is there, harmless and quick when it is not."""

from collections.abc import Callable
from time import monotonic

import pytest
import redis
from django.db import transaction
from pytest_django import Settings

from journal import outbox
from journal.record import record
from tests.fixtures.servers import PrivateRedis

Calls = list[tuple[str, int]]


def test_without_a_broker_nobody_is_called(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.CELERY_BROKER_URL = None

    outbox.ring()

    assert caplog.records == []


def test_a_worker_is_told(settings: Settings, private_redis: PrivateRedis) -> None:
    settings.CELERY_BROKER_URL = private_redis.url

    outbox.ring()

    assert waiting(private_redis) == 1


def test_a_dead_broker_neither_fails_nor_delays_a_change(
    transactional_db: None,
    settings: Settings,
    private_redis: PrivateRedis,
    react: Callable[..., Calls],
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.CELERY_BROKER_URL = private_redis.url
    calls = react("first")
    private_redis.stop()

    start = monotonic()
    with transaction.atomic():
        record("test.happened", "MES-2026-0001", actor=None, data={})
    elapsed = monotonic() - start

    assert elapsed < 2  # a publisher left to itself insists for six seconds
    (warning,) = caplog.records
    assert warning.getMessage().startswith("la sonnette ne répond pas, les suites attendront le prochain passage : ")
    private_redis.start()
    outbox.ring()  # what the sweep does every fifteen seconds
    assert waiting(private_redis) == 1
    assert (outbox.drain(), calls) == (1, [("first", 1)])


def waiting(server: PrivateRedis) -> int:
    return int(redis.Redis(unix_socket_path=str(server.socket)).llen("celery"))
