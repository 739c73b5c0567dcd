"""Constraints the database keeps for us, with the sentence a person reads when one is broken."""

from django.db import models


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Let the column hold only the declared values: `choices` alone binds forms, not the database."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": sorted(choices.values)}),
        name=name,
        violation_error_message="Cette valeur n'est pas l'une de celles prévues.",
    )
