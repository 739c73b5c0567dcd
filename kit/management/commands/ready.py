"""`manage.py ready`: one line for each thing the application leans on, or the sentence of the first that is missing."""

from django.core.management.base import BaseCommand, CommandError

from kit import readiness


class Command(BaseCommand):
    help = "Vérifie la base de données, ses tables, le stockage des fichiers et la file d'attente."
    requires_system_checks = ()

    def handle(self, *args: object, **options: object) -> None:
        for check in readiness.OPERATED:
            try:
                self.stdout.write(check())
            except readiness.NotReady as problem:
                raise CommandError(str(problem)) from None
