"""Print the sealed dossier of a candidature again, from the acts on file, and say whether it is the same."""

import hashlib
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dossiers import papers, seal
from dossiers.contents import dossier_at
from referencing.kinds import DocumentKind
from referencing.models import Document


class Command(BaseCommand):
    help = "Réimprime le dossier scellé d'une candidature et dit s'il est identique à celui qui est conservé."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reference", help="par exemple MES-2026-0007")
        parser.add_argument("--output", type=Path, help="fichier à écrire ; par défaut, <référence>.pdf")

    def handle(self, *args: Any, reference: str, output: Path | None, **options: Any) -> None:
        kept = Document.objects.filter(candidature__reference=reference, kind=DocumentKind.DOSSIER)
        document = kept.select_related("event", "candidature__service__organisation").order_by("made_at").last()
        if document is None:
            raise CommandError(f"Aucun dossier scellé pour {reference}.")
        path = output or Path(f"{reference}.pdf")
        dossier = dossier_at(document.candidature, document.event)
        printed = papers.dossier(document.candidature, document.event, dossier).print()
        with path.open("wb") as target:
            seal.seal(printed, dossier.pieces, seal.manifest(dossier), target, at=document.event.at)
        with path.open("rb") as written:
            sha256 = hashlib.file_digest(written, "sha256").hexdigest()
        if sha256 != document.sha256:
            raise CommandError(f"{path} est écrit, mais diffère du dossier conservé ({document.sha256}).")
        self.stdout.write(f"{path} est écrit ; il est identique au dossier scellé ({sha256}).")
