"""Write docs/lifecycle.md from the code."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from referencing.drawing import lifecycle_document


class Command(BaseCommand):
    help = "Écrit docs/lifecycle.md à partir du code."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "lifecycle.md"
        path.write_text(lifecycle_document(), encoding="utf-8")
        self.stdout.write(f"{path.name} écrit.")
