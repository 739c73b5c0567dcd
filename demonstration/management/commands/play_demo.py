"""Play the demonstration on a new database."""

import gc
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from demonstration.clock import on_day
from demonstration.script import pages
from demonstration.troupe import gather
from journal.outbox import drain
from questionnaires.models import Version


class Command(BaseCommand):
    help = "Joue la démonstration : des services fictifs, à toutes les étapes, par les mêmes services que les pages."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError(
                "La base contient déjà des personnes : la démonstration ne se joue que sur une base neuve."
            )
        if not Version.objects.exists():
            raise CommandError("Aucun référentiel n'est chargé ; lancez d'abord « manage.py load_referentials ».")
        script = pages()
        gc.freeze()  # what is loaded now serves until the end: looking for garbage in it is a tenth of the time
        with on_day(script[0].days_ago + 1):
            troupe = gather()
        for page in script:
            if options["verbosity"] > 1:
                self.stdout.write(f"J-{page.days_ago:g} {page.title}")
            with on_day(page.days_ago):
                page.gesture(troupe)
                # Letters and papers of the day are made on that day.
                while drain():
                    pass
        self.stdout.write(f"{len(script)} gestes joués, {len(troupe.candidatures)} candidatures.")
