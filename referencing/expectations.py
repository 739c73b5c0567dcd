"""What an éditeur may expect of the procedure: its steps, who acts in each, and the targets of the service."""

from dataclasses import dataclass

from django.conf import settings

from accounts.landing import JOURNEY

# Title of a step → setting that gives its target, in calendar days (referencing/deadlines.py).
TARGETS = {"Recevabilité": "admissibility_days", "Évaluation": "evaluation_days", "Décision": "decision_days"}


@dataclass(frozen=True)
class Expected:
    """One step. `days` is a target of the service, 0 when there is none."""

    title: str
    who: str
    text: str
    days: int


def expected_steps() -> list[Expected]:
    return [
        Expected(title, who, text, settings.PROCEDURE[TARGETS[title]] if title in TARGETS else 0)
        for title, who, text in JOURNEY
    ]
