"""The skeleton of a synthesis: what the facts of the file already say, and the places where the lead must write. Pure.

It is never handed in as it is: a place left to write is a reason to refuse the report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.rounds_told import RoundTold
from evaluation.values import FINAL_VALUES
from kit.templatetags.french import plural, short_date

TO_WRITE = "[à rédiger"
# A report names one by one what weighs, and only counts beyond that.
NAMED_AT_MOST = 15
VALUE_FORMS = {
    "met": "conforme,conformes",
    "minor_reserve": "avec une réserve mineure,avec une réserve mineure",
    "major_reserve": "avec une réserve majeure,avec une réserve majeure",
    "not_met": "non conforme,non conformes",
    "irrelevant": "sans objet,sans objet",
}
HEADINGS = {
    "not_met": "Points non conformes",
    "major_reserve": "Réserves majeures",
    "minor_reserve": "Réserves mineures",
}


@dataclass(frozen=True)
class Facts:
    """What the skeleton tells. `findings` are (value, code, what the criterion asks), in the order of the référentiel."""

    service: str
    editor: str
    counts: dict[str, int]
    unsettled: int
    findings: tuple[tuple[str, str, str], ...]
    rounds: tuple[RoundTold, ...]
    dispensed: int

    @property
    def judged(self) -> int:
        return sum(self.counts.values())


def skeleton(facts: Facts) -> str:
    """Return the text proposed: paragraphs separated by a blank line, in the order of the report."""
    paragraphs = [
        f"Le service « {facts.service} », présenté par {facts.editor} : {TO_WRITE} : ce qu'il fait, pour qui].",
        _figures(facts),
        *(_findings(facts, value) for value in HEADINGS),
        _rounds(facts.rounds),
        f"Appréciation d'ensemble : {TO_WRITE} : ce que la commission doit retenir].",
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def left_to_write(texts: Mapping[str, str]) -> list[str]:
    """Return the names of the texts that still have a place of the skeleton where nobody wrote."""
    return [name for name, text in texts.items() if TO_WRITE in text]


def _figures(facts: Facts) -> str:
    given = [
        plural(facts.counts[value], VALUE_FORMS[value]) for value in map(str, FINAL_VALUES) if facts.counts.get(value)
    ]
    sentences = [f"{plural(facts.judged, 'critère est jugé,critères sont jugés')}{_colon(given)}."]
    if facts.unsettled:
        sentences.append(f"{plural(facts.unsettled, 'critère reste à trancher,critères restent à trancher')}.")
    if facts.dispensed:
        sentences.append(
            f"{plural(facts.dispensed, 'critère est dispensé,critères sont dispensés')} par un certificat ANS."
        )
    return " ".join(sentences)


def _findings(facts: Facts, value: str) -> str:
    found = [(code, text) for of, code, text in facts.findings if of == value]
    if not found:
        return ""
    lines = [f"- {code} : {_short(text)}" for code, text in found[:NAMED_AT_MOST]]
    if (left := len(found) - NAMED_AT_MOST) > 0:
        lines.append(f"- et {plural(left, 'autre critère,autres critères')}.")
    return "\n".join([f"{HEADINGS[value]} ({len(found)}) :", *lines])


def _rounds(rounds: Sequence[RoundTold]) -> str:
    if not rounds:
        return "Aucun complément n'a été demandé."
    told = [
        f"{plural(len(one.items), 'critère,critères')} le {short_date(one.asked_at)}"
        + (f", réponse reçue le {short_date(one.returned_at)}" if one.returned_at else ", réponse attendue")
        for one in rounds
    ]
    return f"Compléments demandés en {plural(len(rounds), 'fois,fois')} : {' ; '.join(told)}."


def _colon(given: Sequence[str]) -> str:
    return f" : {', '.join(given)}" if given else ""


def _short(text: str) -> str:
    """The first sentence of a requirement, or its beginning cut between words."""
    first = " ".join(text.split()).partition(". ")[0].removesuffix(".")
    return first if len(first) <= 160 else f"{first[:160].rsplit(' ', 1)[0]}…"
