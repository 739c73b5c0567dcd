"""`manage.py prepare`: what must be true before the first page. Harmless when everything is already there."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from kit import readiness

# Left in DATA_DIR while a new base is being filled: scripts/run begins again when it finds it.
UNDER_WAY = ".demonstration-en-cours"


class Command(BaseCommand):
    help = "Crée ou met à jour les tables, charge les référentiels et, si DEMO=1 et que la base est neuve, joue la démonstration."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        for check in readiness.OUTSIDE:
            try:
                self.stdout.write(check())
            except readiness.NotReady as problem:
                raise CommandError(str(problem)) from None
        plays = settings.DEMO and not connection.introspection.table_names()
        under_way = settings.DATA_DIR / UNDER_WAY
        if plays:
            under_way.touch()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_referentials", stdout=self.stdout)
        if plays:
            self.stdout.write("Démonstration : on joue quelques candidatures, une minute au plus…")
            self.stdout.flush()
            call_command("play_demo", stdout=self.stdout)
            under_way.unlink()
