"""Until when the next person has. Pure: a verb, a Paris date and the act give a date or none.

The law gives few figures (domain/referencing: délais, INCONNU): service targets are settings, shown as targets.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings

# verb → setting that gives the number of calendar days left to whoever acts next.
TARGETS = {
    "submit": "admissibility_days",
    "admit": "evaluation_days",
    "return_complements": "evaluation_days",
    "give_opinion": "decision_days",
}
# verb → key of its act that holds the date itself.
GIVEN = {
    "declare_incomplete": "deadline",
    "request_complements": "deadline",
    "extend_deadline": "deadline",
    "schedule": "date",
}


def days_left(deadline: date, asked_on: date) -> int:
    """Return the days that an evaluation had left when complements were asked for; a late one keeps a day."""
    return max((deadline - asked_on).days, 1)


def deadline_after(verb: str, today: date, content: Mapping[str, Any], *, resumed: int | None = None) -> date | None:
    """Return the date by which the next act is due after `verb`, or None when nothing is timed.

    `resumed` is what `days_left` said of the evaluation that takes up again: its clock was suspended, not reset.
    """
    if verb == "return_complements" and resumed is not None:
        return today + timedelta(days=resumed)
    if verb in GIVEN:
        return date.fromisoformat(content[GIVEN[verb]])
    if verb in TARGETS:
        return today + timedelta(days=settings.PROCEDURE[TARGETS[verb]])
    return None
