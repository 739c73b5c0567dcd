"""Load the référentiels; without argument, those of the project. Already loaded ones are left alone."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questionnaires.loader import LoadRefused, default_folders, load
from questionnaires.models import Version


class Command(BaseCommand):
    help = "Charge les référentiels (par défaut, ceux du projet). Une version publiée ne change jamais."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="*", type=Path, metavar="dossier")

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in options["folders"] or default_folders():
            before = Version.objects.count()
            try:
                version = load(folder)
            except LoadRefused as refusal:
                raise CommandError("\n".join(refusal.sentences)) from refusal
            state = "chargé" if Version.objects.count() > before else "déjà chargé"
            self.stdout.write(f"{version.code} : {state}, {version.criteria.count()} critères.")
