"""The variables of a ready-made text: a closed list, found and replaced by us, never by the template engine. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings

from kit.templatetags.french import long_date
from referencing.models import Candidature

# Name as it is written between braces → what it stands for, as the page of the templates tells it.
VARIABLES: dict[str, str] = {
    "reference": "la référence de la candidature",
    "service": "le nom du service",
    "editeur": "le nom de l'éditeur",
    "parcours": "le parcours de la candidature",
    "etape": "l'étape, telle que l'éditeur la lit",
    "echeance": "l'échéance de l'étape en cours",
    "date": "la date du jour",
    "guichet": "le nom du guichet",
    "telephone": "le téléphone du guichet",
}
# What the page of the templates shows in the place of each.
SAMPLE: dict[str, str] = {
    "reference": "MES-2026-0042",
    "service": "Carnet de glycémie",
    "editeur": "Glyco SAS",
    "parcours": "Simplifié",
    "etape": "En évaluation",
    "echeance": "mardi 3 mars 2026",
    "date": "lundi 2 février 2026",
}
PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


def flaws(body: str) -> list[str]:
    """Return one sentence per reason why a ready-made text cannot be kept, none when it can."""
    names = dict.fromkeys(PLACE.findall(body))
    known = ", ".join(f"{{{{{name}}}}}" for name in VARIABLES)
    found = [
        f"« {{{{{name}}}}} » n'est pas une variable connue : {known}." if name else "« {{}} » ne nomme aucune variable."
        for name in names
        if name not in VARIABLES
    ]
    rest = PLACE.sub("", body)
    if "{{" in rest or "}}" in rest:
        found.append("Une double accolade n'est pas refermée : une variable s'écrit {{reference}}.")
    return found


def fill(body: str, values: Mapping[str, str]) -> str:
    """Replace each variable that has a value, once: what a value itself contains is left alone."""
    return PLACE.sub(lambda match: values.get(match[1]) or match[0], body)


def left_in(text: str) -> list[str]:
    """Return the known variables that a text still holds, as they are written, in their order."""
    return list(dict.fromkeys(f"{{{{{name}}}}}" for name in PLACE.findall(text) if name in VARIABLES))


def values_for(candidature: Candidature, today: date) -> dict[str, str]:
    """Return what each variable says of a candidature; one that has nothing to say is empty."""
    return {
        "reference": candidature.reference,
        "service": candidature.service.name,
        "editeur": candidature.organisation.name,
        "parcours": candidature.track_label,
        "etape": candidature.public_label,
        "echeance": long_date(candidature.deadline) if candidature.deadline else "",
        **standing(today),
    }


def standing(today: date) -> dict[str, str]:
    """Return the variables that say the same whatever the candidature."""
    return {"date": long_date(today), "guichet": settings.OPERATOR["name"], "telephone": settings.OPERATOR["phone"]}


def sample() -> dict[str, Any]:
    """Return an invented candidature, to show what a ready-made text gives."""
    return SAMPLE | {"guichet": settings.OPERATOR["name"], "telephone": settings.OPERATOR["phone"]}
