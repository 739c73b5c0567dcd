"""Check the text files of a référentiel without loading them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from questionnaires.lint import lint


class Command(BaseCommand):
    help = "Vérifie un dossier de référentiel et dit toutes ses fautes, avec fichier et ligne."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="dossier")

    def handle(self, *args: Any, **options: Any) -> None:
        linted = lint(options["folder"])
        if linted.faults or linted.draft is None:
            raise CommandError("\n".join(str(fault) for fault in linted.faults))
        draft = linted.draft
        self.stdout.write(
            f"{draft.code} : aucune faute ; {len(draft.variables)} variables, "
            f"{len(draft.questionnaires)} questionnaires, {len(draft.criteria)} critères."
        )
