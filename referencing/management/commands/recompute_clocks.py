"""Wind every clock again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from kit.templatetags.french import plural
from referencing import durations
from referencing.recomputing import recompute


class Command(BaseCommand):
    help = "Recalcule les échéances de toutes les candidatures à partir de leurs faits et des délais en vigueur."

    def handle(self, *args: Any, **options: Any) -> None:
        done = recompute()
        durations.refresh(timezone.localdate())
        files = plural(done.files, "candidature relue,candidatures relues")
        moved = plural(done.moved, "échéance changée,échéances changées")
        facts = plural(done.facts, "fait retrouvé,faits retrouvés")
        self.stdout.write(f"{files} : {moved}, {facts} dans le journal.")
