"""Constraints the database keeps for us, with the sentence a person reads when one is broken."""

from django.db import models


def one_of(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """Let the column hold only the declared values: `choices` alone binds forms, not the database."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": sorted(choices.values)}),
        name=name,
        violation_error_message="Cette valeur n'est pas l'une de celles prévues.",
    )


def in_order(first: str, second: str, name: str, sentence: str) -> models.CheckConstraint:
    """Refuse that the first date comes after the second; either may be unknown."""
    condition = models.Q(**{f"{first}__isnull": True}) | models.Q(**{f"{second}__isnull": True})
    return models.CheckConstraint(
        condition=condition | models.Q(**{f"{first}__lte": models.F(second)}),
        name=name,
        violation_error_message=sentence,
    )
