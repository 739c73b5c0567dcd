"""What experts, commission and ministry say of the fictitious services."""

from datetime import timedelta

from django.utils import timezone

from demonstration.stories import Story
from evaluation.values import Value
from referencing.stages import Stage

# story → criterion → (verdict, motive, what a complement should bring). The rest is « conforme ».
FINDINGS: dict[str, dict[str, tuple[str, str, str]]] = {
    "sommeilplus": {
        "SEC-AUD-01": (
            Value.COMPLEMENT_NEEDED,
            "La synthèse du test d'intrusion n'est pas signée et ne dit pas si les applications mobiles sont couvertes.",
            "La synthèse signée par le prestataire, avec le périmètre exact et les dates.",
        ),
        "RGPD-AIP-01": (
            Value.COMPLEMENT_NEEDED,
            "L'analyse d'impact ne porte pas l'avis du délégué à la protection des données.",
            "L'analyse d'impact complétée de l'avis daté du délégué.",
        ),
        "ETH-CON-03": (
            Value.COMPLEMENT_NEEDED,
            "Deux programmes ne citent aucune source.",
            "Les sources des programmes « Endormissement » et « Réveils nocturnes ».",
        ),
    },
    "souffle": {
        "RGPD-INF-03": (
            Value.COMPLEMENT_NEEDED,
            "L'information destinée aux enfants n'est pas jointe, seulement annoncée.",
            "L'information telle que la lisent les enfants, et la trace de l'accord des parents.",
        ),
        "ETH-CON-03": (
            Value.COMPLEMENT_NEEDED,
            "Le plan d'action en cas de crise ne cite pas la recommandation qu'il suit.",
            "La source du plan d'action, avec sa date.",
        ),
    },
    "nutrifamille": {
        "RGPD-INF-03": (
            Value.MAJOR_RESERVE,
            "L'information destinée aux enfants renvoie au texte des adultes ; l'accord parental n'est pas tracé.",
            "",
        ),
        "SEC-IDA-02": (Value.MINOR_RESERVE, "La trajectoire vers le niveau substantiel n'est pas datée.", ""),
    },
    "teleconsult": {
        "ETH-ACC-01": (
            Value.MINOR_RESERVE,
            "Le taux de conformité est de 82 % ; le plan d'action s'arrête en juin.",
            "",
        ),
    },
    "osteordv": {
        "URB-HEB-01": (Value.NOT_MET, "L'hébergeur présenté n'est certifié HDS que pour deux des six activités.", ""),
        "RGPD-AIP-01": (
            Value.NOT_MET,
            "Aucune analyse d'impact n'a été menée alors que des données de santé sont traitées.",
            "",
        ),
        "SEC-AUD-01": (Value.NOT_MET, "Le dernier test d'intrusion a plus de deux ans.", ""),
    },
}
MET = (Value.MET, "", "")


def verdict_for(story: Story, code: str, round_number: int) -> tuple[str, str, str]:
    """Return (value, motive, expected): in the second round, what was asked for has come."""
    value, motive, expected = FINDINGS.get(story.key, {}).get(code, MET)
    return MET if value == Value.COMPLEMENT_NEEDED and round_number > 1 else (value, motive, expected)


def synthesis_for(story: Story) -> str:
    if story.ends == Stage.REJECTED:
        return (
            f"Le dossier de {story.name} présente trois non-conformités majeures, sur l'hébergement, l'analyse d'impact "
            "et les tests de sécurité. Les réponses de l'éditeur n'ont pas permis de les lever."
        )
    return (
        f"Le dossier de {story.name} est complet et bien documenté. Les preuves sont datées et concordent avec le service "
        f"présenté. Les données concernées sont {story.subject} ; leur hébergement par {story.host} est établi."
    )


def recommendation_for(story: Story) -> str:
    return {
        "osteordv": "Avis défavorable : les non-conformités touchent à la sécurité des données de santé.",
        "nutrifamille": "Avis favorable sous réserve que l'information des mineurs soit mise en conformité avant la décision.",
        "teleconsult": "Avis favorable, avec un suivi du plan d'accessibilité.",
    }.get(story.key, "Avis favorable.")


def reserves_for(story: Story) -> list[dict[str, object]]:
    """Return the réserves of the avis: {text, suspensive, deadline}."""
    in_six_months = (timezone.localdate() + timedelta(days=180)).isoformat()
    return {
        "teleconsult": [
            {"text": "Publier un plan d'accessibilité pluriannuel.", "suspensive": False, "deadline": in_six_months}
        ],
        "nutrifamille": [
            {
                "text": "Rédiger une information adaptée aux mineurs et tracer l'accord parental.",
                "suspensive": True,
                "deadline": in_six_months,
            },
            {
                "text": "Dater la trajectoire vers le niveau substantiel.",
                "suspensive": False,
                "deadline": in_six_months,
            },
        ],
    }.get(story.key, [])


def grounds_for(story: Story) -> tuple[str, str]:
    """Return the grounds of the decision, in law and in fact."""
    law = (
        "Vu le code de la santé publique, notamment ses articles L. 1111-13-1, R. 1111-37 et R. 1111-38 ;\n"
        "Vu l'avis de la commission de référencement."
    )
    if story.ends == Stage.REJECTED:
        return law, (
            "La commission a rendu un avis défavorable. Le rapport d'évaluation établit que l'hébergement n'est pas couvert "
            "par la certification exigée, qu'aucune analyse d'impact n'a été menée et que le service n'a pas fait l'objet "
            "d'un test d'intrusion récent."
        )
    return law, (
        f"Le rapport d'évaluation établit que {story.name} répond aux critères obligatoires applicables. "
        "La commission a rendu un avis favorable."
    )


def presentation_of(story: Story) -> str:
    return (
        f"{story.company.name} édite {story.name}. Les données sont hébergées en France par {story.host} et ne sont jamais "
        "cédées.\n\nVous choisissez ce que le service peut lire ou écrire dans Mon espace santé, et vous pouvez changer "
        "d'avis à tout moment."
    )
