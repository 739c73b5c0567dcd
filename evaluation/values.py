"""What an expert may say of a criterion, and where each criterion stands. Pure."""

from django.db import models

MOTIVE_MAX = 20_000


class Value(models.TextChoices):
    """The five values of a verdict (domain/referencing: évaluation type), and « sans objet »."""

    MET = "met", "Conforme"
    MINOR_RESERVE = "minor_reserve", "Réserve mineure"
    MAJOR_RESERVE = "major_reserve", "Réserve majeure"
    NOT_MET = "not_met", "Non conforme"
    COMPLEMENT_NEEDED = "complement_needed", "Complément demandé"
    IRRELEVANT = "irrelevant", "Sans objet"


class State(models.TextChoices):
    """Where one criterion stands in the round being evaluated."""

    TO_JUDGE = "to_judge", "À juger"
    TO_REVIEW = "to_review", "À revoir"
    SECOND_AWAITED = "second_awaited", "Second avis attendu"
    DIVERGENT = "divergent", "Divergence à trancher"
    WAITING = "waiting", "Chez l'éditeur"
    JUDGED = "judged", "Jugé"


FINAL_VALUES = tuple(value for value in Value if value != Value.COMPLEMENT_NEEDED)
SPEAKS_FOR_ITSELF = frozenset({Value.MET, Value.IRRELEVANT})
LEFT_TO_DO = (State.TO_JUDGE, State.TO_REVIEW, State.SECOND_AWAITED, State.DIVERGENT)


def lacks(value: str, motive: str, expected: str, private_note: str = "") -> dict[str, str]:
    """Return what a verdict lacks or has too much of, one sentence a field; empty when it may be recorded."""
    problems = {}
    if value not in Value.values:
        problems["value"] = "Choisissez un verdict."
    elif value not in SPEAKS_FOR_ITSELF and not motive.strip():
        problems["motive"] = f"Écrivez le motif : le verdict « {Value(value).label} » doit être motivé."
    if value == Value.COMPLEMENT_NEEDED and not expected.strip():
        problems["expected"] = "Dites à l'éditeur ce que le complément doit apporter."
    for field, text in (("motive", motive), ("expected", expected), ("private_note", private_note)):
        if len(text) > MOTIVE_MAX:
            problems[field] = too_long(text)
    return problems


def too_long(text: str) -> str:
    """Say by how much a text exceeds what a verdict or a report may hold."""
    return f"Ce texte compte {_grouped(len(text))} caractères ; il ne doit pas en dépasser {_grouped(MOTIVE_MAX)}."


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
