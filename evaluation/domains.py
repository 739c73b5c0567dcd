"""The domains an expert knows, and the one each criterion belongs to. Pure.

The référentiel groups its criteria by questionnaire; an expert is chosen by trade, and the doctrine has two of them
(urbanisation, interopérabilité) while the exchange of data has two questionnaires. The family that opens the code of a
criterion says the trade; a family nobody knows follows its questionnaire.
"""

from django.db import models


class Domain(models.TextChoices):
    """In the order in which pages list them."""

    ADMINISTRATIVE = "administratif", "Dossier administratif"
    URBANISATION = "urbanisation", "Urbanisation"
    INTEROPERABILITY = "interoperabilite", "Interopérabilité"
    SECURITY = "securite", "Sécurité"
    ETHICS = "ethique", "Éthique"
    PRIVACY = "rgpd", "RGPD"
    EXCHANGE = "echange", "Échange de données"


FAMILIES = {
    "ADM": Domain.ADMINISTRATIVE,
    "URB": Domain.URBANISATION,
    "INT": Domain.INTEROPERABILITY,
    "SEC": Domain.SECURITY,
    "ETH": Domain.ETHICS,
    "RGPD": Domain.PRIVACY,
    "SEX": Domain.EXCHANGE,
    "RGX": Domain.EXCHANGE,
}
QUESTIONNAIRES = {
    "doctrine": Domain.URBANISATION,
    "securite": Domain.SECURITY,
    "ethique": Domain.ETHICS,
    "rgpd": Domain.PRIVACY,
    "securite-echange": Domain.EXCHANGE,
    "rgpd-echange": Domain.EXCHANGE,
}


def domain_of(questionnaire: str, code: str) -> Domain:
    """Return the domain of a criterion, e.g. `INTEROPERABILITY` for INT-DOC-02 of the doctrine."""
    family = FAMILIES.get(code.partition("-")[0])
    return family or QUESTIONNAIRES.get(questionnaire, Domain.ADMINISTRATIVE)
