"""What a track must provide. Pure: reads orientation facts, nothing else.

Four tracks: simple, data exchange, and the two dedicated ones that an ANS certificate opens (domain: guide of
référencement; the arrêté of 2025 has not been read, so what certificates cover lives in the référentiel files).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import models

from questionnaires.applicability import certificates_held

Facts = Mapping[str, object]


class Track(models.TextChoices):
    SIMPLE = "simple", "Référencement simple"
    EXCHANGE = "exchange", "Avec échange de données"
    DMN = "dmn", "Dédié — dispositif médical numérique"
    TLC = "tlc", "Dédié — téléconsultation"


# Orientation variable → (API as acts name it, as people name it).
APIS: dict[str, tuple[str, str]] = {
    "api_mesures": ("mesures", "Mesures"),
    "api_documents": ("documents", "Documents"),
    "api_agenda": ("agenda", "Agenda"),
}


@dataclass(frozen=True)
class Provision:
    """What a candidature owes beside its sheet.

    `certificate` opens the track: "DMN", "TLC" or "". `certificates` are all those that the orientation declares: each
    is owed, since each dispenses of criteria.
    """

    unit_tests: bool
    test_book: bool
    certificate: str
    certificates: tuple[str, ...] = ()


def track_of(facts: Facts) -> Track:
    """A valid ANS certificate opens the dedicated track; otherwise exchanging data decides."""
    if facts.get("tlc_certifie"):
        return Track.TLC
    if facts.get("dmn_certifie"):
        return Track.DMN
    return Track.EXCHANGE if facts.get("echange_mes") else Track.SIMPLE


def provision_of(facts: Facts) -> Provision:
    """A dedicated track that exchanges data still owes the tests: a certificate dispenses of criteria, not of them."""
    exchanges = bool(facts.get("echange_mes"))
    certificate = {Track.TLC: "TLC", Track.DMN: "DMN"}.get(track_of(facts), "")
    declared = tuple(sorted(certificates_held(facts)))
    return Provision(unit_tests=exchanges, test_book=exchanges, certificate=certificate, certificates=declared)


def declared_apis(facts: Facts) -> list[str]:
    """Return the APIs that the orientation declares: "mesures", "documents", "agenda"."""
    return [code for variable, (code, _) in APIS.items() if facts.get(variable) is True]


def uncovered_apis(facts: Facts, tested: Collection[str]) -> list[str]:
    """Return the names of the declared APIs that a test report says nothing of."""
    names = dict(APIS.values())
    return [names[code] for code in declared_apis(facts) if code not in tested]
