"""The delays of the procedure as rules: what the settings say, read each time, so that a change is seen at once."""

from dataclasses import dataclass

from django.conf import settings

from kit.templatetags.french import plural
from referencing.clocks import ClockKind, Rule, Unit

FORMS = {
    Unit.DAYS: "jour,jours",
    Unit.WORKING: "jour ouvré,jours ouvrés",
    Unit.MONTHS: "mois,mois",
}


@dataclass(frozen=True)
class Delay:
    """A delay in words. `length` is "" when its date is given case by case."""

    key: str
    label: str
    length: str
    begins: str
    source: str
    known: str

    @property
    def why(self) -> str:
        """Why that date: « 60 jours à compter de la recevabilité (objectif du service…) »."""
        return f"{self.length} à compter de {self.begins} ({self.source})" if self.length else self.source


def rules() -> dict[str, Rule]:
    """Return the rule of each delay that is counted."""
    return {key: _rule(key, delay) for key, delay in settings.DELAYS.items() if delay["count"]}


def delays() -> dict[str, Delay]:
    """Return every delay in words, in the order of the procedure."""
    counted = rules()
    return {
        key: Delay(
            key=key,
            label=delay["label"],
            length=length_of(counted[key]) if key in counted else "",
            begins=delay["from"],
            source=delay["source"],
            known=delay["known"],
        )
        for key, delay in settings.DELAYS.items()
    }


def length_of(rule: Rule) -> str:
    return plural(rule.count, FORMS[rule.unit])


def silence_begins() -> ClockKind:
    """Return the fact from which silence runs: when it accepts, the reception of the last piece (CRPA, art. L. 114-5)."""
    accepts = settings.PROCEDURE["silence_means"] == "acceptation"
    return ClockKind.COMPLETENESS if accepts else ClockKind.RECEPTION


def _rule(key: str, delay: dict[str, str]) -> Rule:
    procedure = settings.PROCEDURE
    return Rule(
        count=procedure[delay["count"]],
        unit=Unit(procedure.get(delay["unit"], delay["unit"])),
        suspended=key in procedure["suspended_delays"],
        rolled=key in procedure["rolled_delays"],
        is_legal=key == "silence",
    )
