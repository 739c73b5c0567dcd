"""A date by which the éditeur must answer: what it may be. Pure, one French sentence a fault."""

from datetime import date, timedelta

from kit.templatetags.french import long_date
from referencing.working_days import holiday_name, is_working_day, next_working_day

LONGEST = 366  # days: beyond, a slip of the finger in the year


def why_not_due(day: date, today: date) -> str:
    """Return why an answer cannot be asked for by that day, "" when it can."""
    tomorrow = today + timedelta(days=1)
    if day < today:
        return f"Cette échéance est passée : choisissez une date à partir du {_offered(tomorrow)}."
    if day == today:
        return f"L'échéance ne peut pas être aujourd'hui : choisissez une date à partir du {_offered(tomorrow)}."
    if (day - today).days > LONGEST:
        return "Cette échéance est à plus d'un an : vérifiez l'année."
    if not is_working_day(day):
        return f"{_first_capital(long_date(day))} {_why_closed(day)} : le jour ouvré suivant est le {_offered(day)}."
    return ""


def _why_closed(day: date) -> str:
    name = holiday_name(day)
    return f"est un jour férié ({name})" if name else "tombe un week-end"


def _offered(day: date) -> str:
    return long_date(next_working_day(day))


def _first_capital(words: str) -> str:
    return words[:1].upper() + words[1:]
