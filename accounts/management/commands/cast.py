"""Print who one can be in the demonstration."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import CAST, by_group
from accounts.models import User


class Command(BaseCommand):
    help = "Dit qui l'on peut être dans la démonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("La démonstration n'est pas ouverte : ajoutez DEMO=1.")
        present = set(User.objects.filter(email__in=[person.email for person in CAST]).values_list("email", flat=True))
        groups = by_group(present)
        if not groups:
            raise CommandError("La démonstration n'est pas encore jouée : lancez « manage.py play_demo ».")
        for title, people in groups:
            self.stdout.write(f"{title}")
            for person in people:
                company = f", {person.company.name}" if person.company else ""
                self.stdout.write(f"  {person.full_name}, {person.quality}{company} — {person.can_do}")
        self.stdout.write(f"Choisissez à l'adresse {settings.BASE_URL}/demo/")
