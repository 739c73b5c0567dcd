"""The background work of the embedded default: one process instead of a broker, a worker and a beat."""

import logging
import signal
from argparse import ArgumentParser
from datetime import UTC, datetime
from time import sleep
from types import FrameType
from typing import Any

from celery import current_app
from celery.schedules import maybe_schedule
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from journal import outbox

PAUSE = 1.0  # seconds between two looks at an empty outbox
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Fait le travail de fond : suites des événements, courriers, tâches périodiques. Ctrl-C ou SIGTERM l'arrête."
    stopping = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="fait ce qui est dû maintenant, puis s'arrête")

    def handle(self, *, once: bool, **options: Any) -> None:
        current_app.autodiscover_tasks(force=True)  # the tasks of the schedule are known by name
        clock = Clock()
        if once:
            clock.tick()
            while outbox.drain():
                pass
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        self.stdout.write("Travail de fond : en marche.")
        self.stdout.flush()  # read at once by whoever started us, even through a pipe
        while not self.stopping:
            if not _round(clock):
                sleep(PAUSE)
        self.stdout.write("Travail de fond : arrêté.")

    def _stop(self, number: int, frame: FrameType | None) -> None:
        """Finish what is under way, then leave; a second signal cuts it."""
        self.stopping = True
        signal.signal(number, signal.SIG_DFL)


class Clock:
    """Runs the periodic tasks of CELERY_BEAT_SCHEDULE in this process, the first time at once.

    The bell is left out: nobody is asleep here.
    """

    def __init__(self) -> None:
        self.entries = [entry for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"] != outbox.BELL]
        self.last_runs = [LONG_AGO] * len(self.entries)

    def tick(self) -> None:
        for number, entry in enumerate(self.entries):
            if maybe_schedule(entry["schedule"]).is_due(self.last_runs[number]).is_due:
                self.last_runs[number] = datetime.now(UTC)
                _run(entry)


def _round(clock: Clock) -> int:
    """Do one thing owed, if any; return how many. Whatever goes wrong, the next round is tried."""
    close_old_connections()
    try:
        clock.tick()
        return outbox.drain(limit=1)  # one at a time: a signal is heard between two
    except Exception:
        logger.exception("le travail de fond continue après une erreur")
        return 0
    finally:
        close_old_connections()


def _run(entry: dict[str, Any]) -> None:
    """Run a periodic task; Celery logs its failure, which stops nothing."""
    task = current_app.tasks.get(entry["task"])
    if task is None:
        logger.error("tâche périodique inconnue : %s", entry["task"])
    else:
        task.apply(entry.get("args", ()), entry.get("kwargs", {}), throw=False)
