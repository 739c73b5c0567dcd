"""A real Redis and a real Celery worker: what a dead Redis delayed is done when it returns, once."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

import pytest
from django.conf import settings as house
from django.db import connection
from pytest_django import Settings

from accounts.models import User
from journal.models import Delivery, DeliveryState, Letter
from questionnaires.models import Version
from referencing import filing
from referencing.models import Document
from tests import play
from tests.fixtures.servers import PrivateRedis
from tests.programs import ROOT, environment

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PATIENCE = 60  # seconds: a worker starts in a few, the PDF takes one


def test_what_a_dead_redis_delayed_is_done_once_it_returns(
    settings: Settings, private_redis: PrivateRedis, alice: User, sophie: User, simple_version: Version
) -> None:
    settings.CELERY_BROKER_URL = private_redis.url
    private_redis.stop()
    candidature = play.submitted(alice, simple_version)
    assert set(Delivery.objects.values_list("state", flat=True)) == {DeliveryState.PENDING}
    private_redis.start()
    with a_worker(private_redis.url):
        filing.admit(candidature, actor=sophie)  # the next bell is heard, and everything owed is done
        wait_until_quiet()
    assert Document.objects.get(candidature=candidature).kind == "receipt"
    assert set(Letter.objects.values_list("kind", flat=True)) == {"filing", "filing_to_examine", "admitted"}
    assert Letter.objects.filter(recipient=alice, kind="filing").count() == 1
    assert set(Delivery.objects.values_list("state", "attempts")) == {(DeliveryState.DONE, 1)}


@contextmanager
def a_worker(redis_url: str) -> Iterator[None]:
    program = [sys.executable, "-m", "celery", "-A", "config", "worker", "--pool=solo", "--loglevel=ERROR"]
    own = {"DATABASE_URL": database_url(), "REDIS_URL": redis_url, "DATA_DIR": str(house.DATA_DIR)}
    process = subprocess.Popen(program, cwd=ROOT, env=environment(own), stdin=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def database_url() -> str:
    """Return the address of the database of the tests, as the settings read it."""
    known = connection.settings_dict
    if str(known["HOST"]).startswith("/"):
        return f"postgres://{known['USER']}@/{known['HOST']}/{known['NAME']}"
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"


def wait_until_quiet() -> None:
    limit = monotonic() + PATIENCE
    while Delivery.objects.exclude(state=DeliveryState.DONE).exists():
        assert monotonic() < limit, list(Delivery.objects.values("reaction", "state", "last_error"))
