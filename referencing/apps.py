"""The hall."""

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


def give_rights(**_: object) -> None:
    from referencing.access import install_roles

    install_roles()


class ReferencingConfig(AppConfig):
    name = "referencing"
    verbose_name = "Référencement"

    def ready(self) -> None:
        # Rights of the global roles follow the table at every migration, never by hand. `auth` comes after the rooms:
        # their permissions exist by then.
        post_migrate.connect(give_rights, sender=apps.get_app_config("auth"), dispatch_uid="referencing.rights")
