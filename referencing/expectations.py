"""What an éditeur may expect of the procedure: its steps, who acts in each, and the targets of the service."""

from dataclasses import dataclass

from accounts.landing import JOURNEY
from referencing.delays import length_of, rules

# Title of a step → the delay that is its target (config/delays.py).
TARGETS = {"Recevabilité": "admissibility", "Évaluation": "evaluation", "Décision": "decision"}


@dataclass(frozen=True)
class Expected:
    """One step. `target` is that of the service, « 60 jours », "" when there is none."""

    title: str
    who: str
    text: str
    target: str


def expected_steps() -> list[Expected]:
    counted = rules()
    targets = {title: length_of(counted[key]) for title, key in TARGETS.items()}
    return [Expected(title, who, text, targets.get(title, "")) for title, who, text in JOURNEY]
