"""Make the account of somebody of the staff, who then chooses their own password."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction

from accounts.addresses import password_link, vouch_for
from accounts.models import User
from accounts.roles import GLOBAL_ROLES, POOLS, Role
from accounts.services import give_role


class Command(BaseCommand):
    help = "Crée le compte d'un agent, d'un expert ou d'un membre, et affiche le lien où choisir son mot de passe."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", required=True, help="prénom et nom")
        parser.add_argument("--quality", default="", help="fonction")
        parser.add_argument("--role", required=True, choices=[str(role.value) for role in (*GLOBAL_ROLES, *POOLS)])

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"« {email} » n'est pas une adresse électronique.") from None
        if User.objects.filter(email=email).exists():
            raise CommandError(f"{email} a déjà un compte.")
        person = self._create(email, options["name"], options["quality"], Role(options["role"]))
        self.stdout.write(f"{person} peut choisir son mot de passe à cette adresse, valable une fois :")
        self.stdout.write(password_link(person))

    @transaction.atomic
    def _create(self, email: str, name: str, quality: str, role: Role) -> User:
        person = User.objects.create_user(email, None, full_name=name, quality=quality)
        vouch_for(person)
        give_role(person, role)
        return person
